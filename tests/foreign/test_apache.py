"""Apache with mod_auth_openidc, unchanged, signs people in here."""

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.foreign.apps import PROGRAMS, process
from tests.foreign.bakery import OPEN_CLIENT, SECRET, Bakery, a_bakery
from tests.foreign.libraries import program
from tests.foreign.person import Person

pytestmark = pytest.mark.wide

MODULES = Path("/usr/lib/apache2/modules")


class Site:
    """A started Apache whose pages are for signed-in people, and somebody who visits it."""

    def __init__(self, url: str, bakery: Bakery) -> None:
        self.url = url
        self.bakery = bakery
        self.person = Person(bakery)

    def info(self) -> dict[str, Any]:
        """What the module knows of the visitor."""
        found: dict[str, Any] = self.person.get(f"{self.url}/callback?info=json")
        return found


@pytest.fixture(scope="module")
def started(server_url: str) -> Iterator[tuple[str, Bakery]]:
    """Apache, and the sandbox that it uses."""
    apache = program("apache2")
    assert (MODULES / "mod_auth_openidc.so").exists(), "install libapache2-mod-auth-openidc"
    with a_bakery(server_url) as bakery, tempfile.TemporaryDirectory(prefix="logindrill-foreign-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "index.txt").write_text("signed in")
        (folder / "open.txt").write_text("open to everybody")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        facts = {"FOLDER": name, "PORT": str(port), "ISSUER": bakery.issuer, "CLIENT": OPEN_CLIENT, "SECRET": SECRET}
        text = (PROGRAMS / "servers" / "apache.conf").read_text()
        for key, value in facts.items():
            text = text.replace(f"@{key}@", value)
        (folder / "apache.conf").write_text(text)
        command = [apache, "-d", name, "-f", str(folder / "apache.conf"), "-DFOREGROUND"]
        with process(command, folder, {}, "resuming normal operations"):
            yield f"http://localhost:{port}", bakery


@pytest.fixture
def site(started: tuple[str, Bakery]) -> Iterator[Site]:
    """Somebody new at the site."""
    url, bakery = started
    bakery.reset()
    made = Site(url, bakery)
    yield made
    made.person.close()


def test_somebody_signs_in_with_a_password_and_then_with_a_second_factor(site: Site) -> None:
    seen = site.person.sign_in(site.person.open(site.url), "wanda")
    assert seen.answer.text.strip() == "signed in"
    assert site.info()["userinfo"]["sub"] == "usr_wanda"


def test_a_deactivated_person_is_refused_on_the_page_and_not_let_in_where_the_error_returns(site: Site) -> None:
    """The module takes an error that comes with `iss` (RFC 9207) for a request to begin, and says so."""
    seen = site.person.sign_in(site.person.open(site.url), "dora")
    assert "deactivated" in seen.alert
    site.bakery.set({"applications.refused": "return"})
    seen = site.person.sign_in(site.person.open(site.url), "dora")
    assert "error=access_denied" in seen.address
    assert "target_link_uri" in seen.answer.text


def test_a_trusted_device_is_asked_for_the_second_factor_again_after_thirty_days(site: Site) -> None:
    site.person.sign_in(site.person.open(site.url), "wanda", trust=True)
    for by, is_asked in (("P29DT23H", False), ("P2D", True)):
        site.bakery.advance(by)
        site.person.forget_apps()
        form = site.person.open(site.url)
        seen = site.person.send(form, "identifier", identifier="wanda@example.test", password="Secret of wanda")
        assert seen.asks_for("phone") == is_asked


def test_tokens_are_renewed_until_the_person_is_deactivated(site: Site) -> None:
    site.person.sign_in(site.person.open(site.url), "ada")
    before = site.info()["refresh_token"]
    assert _refreshed(site) != before
    site.bakery.deactivate("usr_ada")
    site.person.open(_refresh(site))
    assert "deactivated" in site.bakery.reasons("refresh_tokens")


def test_signing_out_ends_the_session_of_the_pages(site: Site) -> None:
    site.person.sign_in(site.person.open(site.url), "ada")
    site.person.open(f"{site.url}/callback?logout={quote(site.url + '/open.txt', safe='')}")
    assert site.person.open(site.url).asks_for("identifier")


@pytest.mark.parametrize("move", ["PT1S", "P300D"])
def test_tokens_in_the_time_of_the_sandbox_are_refused_by_a_clock_that_did_not_move(site: Site, move: str) -> None:
    site.bakery.advance(move)
    assert site.person.sign_in(site.person.open(site.url), "ada").answer.text.strip() == "signed in"
    site.bakery.set({"tokens.time": "sandbox"})
    site.person.forget_apps()
    assert site.person.open(site.url).answer.text.strip() != "signed in"


def _refreshed(site: Site) -> str:
    seen = site.person.open(_refresh(site))
    assert seen.answer.text.strip() == "signed in", seen
    return str(site.info()["refresh_token"])


def _refresh(site: Site) -> str:
    token = quote(site.info()["access_token"], safe="")
    return f"{site.url}/callback?refresh={quote(site.url + '/', safe='')}&access_token={token}"
