"""The keys of an installation are made once, are the same for every process, or come from a file."""

from pathlib import Path

import pytest

from logindrill.adapters import jose
from logindrill.work.installation_keys import InstallationKeys, mistakes_in
from logindrill.work.runtime import Runtime

pytestmark = pytest.mark.both_engines


def test_every_process_has_the_same_keys(runtime: Runtime) -> None:
    one, other = (InstallationKeys(runtime.database) for _ in range(2))
    assert one.all() == other.all() == InstallationKeys(runtime.database).all()
    assert [key.alg for key in one.all()] == ["RS256", "ES256"]


def test_keys_of_two_that_make_them_at_once_are_those_of_the_first(runtime: Runtime) -> None:
    kept = InstallationKeys(runtime.database).all()
    late = InstallationKeys(runtime.database)
    assert late._made() == kept


@pytest.mark.rule("O5")
def test_a_file_gives_the_key_of_its_algorithm(runtime: Runtime, tmp_path: Path) -> None:
    file, key = tmp_path / "key.json", jose.make_key("ES256")
    file.write_text(key.text)
    assert mistakes_in(file) == []
    given = InstallationKeys(runtime.database, file).all()
    assert given[0].kid == key.kid
    assert [found.alg for found in given] == ["ES256", "RS256"]
    assert given[1] in InstallationKeys(runtime.database).all()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no key",
        "{}",
        '{"kty": "oct", "k": "c2VjcmV0"}',
        '{"kty": "EC", "crv": "P-256"}',
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    ],
)
def test_a_file_without_a_key_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "key.pem"
    file.write_text(text)
    (said,) = mistakes_in(file)
    assert said.startswith("--signing-key")
    assert "\n" not in said


def test_a_public_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    file.write_text(jose.make_key("ES256").public.text)
    assert "no private key" in mistakes_in(file)[0]


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    assert "cannot be read" in mistakes_in(tmp_path / "none.pem")[0]
