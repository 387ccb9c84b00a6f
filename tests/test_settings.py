import subprocess
from pathlib import Path
from typing import Any

import pytest

from logindrill.settings import Settings, start_guard, strength

KEY = "4f1c9a7e0b6d2835c4f1a97e0b6d2835"
OPEN: dict[str, Any] = {
    "host": "0.0.0.0",
    "control_key": KEY,
    "public_url": "https://login.example.test",
    "behind_proxy": True,
    "password_cost": "owasp",
}


def reasons(environ: dict[str, str] | None = None, **given: Any) -> str:
    return "; ".join(start_guard(Settings(**given), environ or {}))


def test_the_defaults_may_start() -> None:
    assert reasons() == ""


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.3.2.1", "::1", "[::1]"])
def test_addresses_of_this_machine_alone_are_loopback(host: str) -> None:
    assert Settings(host=host).loopback
    assert Settings(host=host).near_misses


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "login.example.test", ""])
def test_everything_else_is_not_loopback(host: str) -> None:
    assert not Settings(host=host).loopback
    assert not Settings(host=host).near_misses


def test_a_server_for_others_may_start_when_all_is_given() -> None:
    assert reasons(**OPEN) == ""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"control_key": None}, "--control-key"),
        ({"control_key": ""}, "--control-key"),
        ({"control_key": KEY[:31]}, "--control-key"),
        ({"control_key": "a" * 64}, "--control-key"),
        ({"public_url": None}, "--public-url"),
        ({"behind_proxy": False}, "--trusted-network"),
        ({"password_cost": "fast"}, "--password-cost"),
    ],
)
@pytest.mark.rule("S59")
def test_a_server_for_others_needs_each_of_them(change: dict[str, Any], named: str) -> None:
    found = start_guard(Settings(**(OPEN | change)), {})
    assert len(found) == 1
    assert named in found[0]
    assert "\n" not in found[0]


@pytest.mark.parametrize("way", ["behind_proxy", "trusted_network"])
def test_a_proxy_or_a_trusted_network_stands_in_for_tls(way: str) -> None:
    assert reasons(**(OPEN | {"behind_proxy": False, way: True})) == ""


def test_tls_needs_files_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").touch()
    given = OPEN | {"behind_proxy": False, "tls_cert": tmp_path / "cert.pem"}
    assert "key.pem cannot be read" in reasons(**(given | {"tls_key": tmp_path / "key.pem"}))


def test_tls_needs_a_certificate_and_its_key_in_them(tmp_path: Path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {key} -out {cert}".split(),
        check=True,
        capture_output=True,
    )
    given = OPEN | {"behind_proxy": False, "tls_cert": cert}
    assert reasons(**given, tls_key=key) == ""
    assert "holds no certificate" in reasons(**given)
    key.write_text("no key at all")
    assert "holds no certificate" in reasons(**given, tls_key=key)


def test_a_server_with_tls_has_no_public_url_without(tmp_path: Path) -> None:
    found = reasons(tls_cert=tmp_path / "cert.pem", public_url="http://login.example.test")
    assert "--public-url must begin with https://" in found


@pytest.mark.parametrize(
    "url",
    ["login.example.test", "ftp://login.example.test", "https://", "https://a b", "http://[", "https://x.example.test?a=1",
     "https://me:secret@login.example.test", "https://login.example.test:99999", "https://x\r\ny",
     "https://x.example.test/s", "https://x.example.test/v1/mock", "https://x.example.test/console",
     "https://x.example.test/a//b", "https://x.example.test/a%20b", "https://x.example.test/a;b"],
)  # fmt: skip
def test_a_public_url_that_no_browser_opens_is_refused(url: str) -> None:
    assert "--public-url" in reasons(public_url=url)


@pytest.mark.parametrize("name", ["FLASK_ENV", "ENV", "APP_ENV", "NODE_ENV", "RAILS_ENV", "ENVIRONMENT"])
@pytest.mark.parametrize("value", ["production", "prod", "Production"])
def test_an_environment_that_calls_itself_production_is_refused(name: str, value: str) -> None:
    assert name in reasons({name: value})
    assert reasons({name: value}, mock_in_production=True) == ""


def test_other_environments_are_welcome() -> None:
    assert reasons({"NODE_ENV": "development", "ENV": "/etc/profile"}) == ""


@pytest.mark.parametrize(
    ("value", "refused"), [("1", True), ("true", True), ("0", False), ("", False), ("false", False)]
)
@pytest.mark.rule("S62")
def test_debug_mode_is_refused_whatever_flag_is_given(value: str, refused: bool) -> None:
    assert ("FLASK_DEBUG" in reasons({"FLASK_DEBUG": value}, mock_in_production=True)) is refused


def test_every_reason_is_reported_at_once() -> None:
    assert len(start_guard(Settings(host="0.0.0.0"), {"ENV": "prod"})) == 5


@pytest.mark.parametrize(
    ("key", "bits"),
    [("0123456789", 33), (KEY, 128), (KEY.upper(), 128), ("abcdefghijklmnopqrstuvwxyz", 134), ("abcdefgabcdefg", 0)],
)
def test_the_strength_of_a_key_follows_its_length_and_alphabet(key: str, bits: int) -> None:
    assert int(strength(key)) == bits


@pytest.mark.parametrize("path", ["", "/", "/mock", "/mock/", "/team-a/login.drill_2/v1"])
def test_a_public_url_may_have_a_path(path: str) -> None:
    url = f"https://login.example.test{path}"
    assert "public-url" not in reasons(public_url=url)
    assert Settings(public_url=url).public_path == path.rstrip("/")


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({}, "http://localhost:8401"),
        ({"port": 9000}, "http://localhost:9000"),
        ({"host": "::1"}, "http://[::1]:8401"),
        ({"host": "[::1]"}, "http://[::1]:8401"),
        ({"tls_cert": Path("cert.pem")}, "https://localhost:8401"),
        ({"public_url": "https://login.example.test/mock/"}, "https://login.example.test/mock"),
    ],
)
def test_links_are_made_from_settings_alone(given: dict[str, Any], url: str) -> None:
    assert Settings(**given).base_url == url
    assert Settings(**given).secure is url.startswith("https")


def test_the_public_host_and_the_named_ones_are_allowed() -> None:
    hosts = Settings(public_url="https://login.example.test:8443", allow_hosts=("mock.example.test",)).allowed_hosts
    assert {"localhost", ".localhost", "10.0.2.2", "login.example.test", "mock.example.test"} <= set(hosts)


def test_the_embedded_database_lies_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings().database == f"sqlite:///{tmp_path}/instance/logindrill.sqlite3"
    assert Settings(database_url="postgresql:///x").database == "postgresql:///x"
