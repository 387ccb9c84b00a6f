"""Libraries that run in a browser, unchanged: by redirect, in a popup, in a frame, and out again."""

import json
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.foreign.apps import PROGRAMS
from tests.foreign.bakery import OPEN_CLIENT, Bakery, a_bakery
from tests.foreign.choice import cases
from tests.foreign.libraries import installed
from tests.pages.walks import NUMBER


@dataclass(frozen=True, slots=True)
class Kind:
    """A library, our page with it, and what it can do."""

    library: str
    page: str
    facts: dict[str, Any] = field(default_factory=dict)
    popup: bool = False
    frame: bool = False
    ends_the_session: bool = True
    sends_hint: bool = True
    """Whether the library proves a sign-out by its ID token; otherwise the person is asked."""
    accepts_behind: bool = False
    accepts_ahead: bool = True


KINDS = [
    Kind("oidc-client-ts", "oidc-client-ts.mjs", popup=True, frame=True, accepts_behind=True),
    Kind("@auth0/auth0-spa-js", "auth0-spa-js.mjs", popup=True, frame=True, sends_hint=False),
    Kind("keycloak-js", "keycloak-js.mjs", accepts_behind=True),
    Kind("keycloak-js", "keycloak-js.mjs", {"plain": True}, accepts_behind=True),
    Kind("keycloak-js", "keycloak-js.mjs", {"frame": True}, accepts_behind=True),
    Kind("react-oidc-context", "react-oidc-context.mjs", popup=True, accepts_behind=True),
    Kind("@openid/appauth", "appauth.mjs", ends_the_session=False, accepts_behind=True),
]
EACH = cases(KINDS)
IN_POPUP = cases(kind for kind in KINDS if kind.popup)
IN_FRAME = cases(kind for kind in KINDS if kind.frame)
STRICT = cases(kind for kind in KINDS if not kind.accepts_behind)
ADA = {"sub": "usr_ada", "name": "Ada Ash", "email": "ada@example.test"}
WANDA = {"sub": "usr_wanda", "name": "Wanda Willow", "email": "wanda@example.test"}


class _Files(SimpleHTTPRequestHandler):
    """The files of a folder; every other address is the one page."""

    def send_head(self) -> Any:
        if not Path(self.translate_path(self.path)).is_file():
            self.path = "/index.html"
        return super().send_head()

    def log_message(self, *_: Any) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody's browser at the page of an application, in a sandbox that is as new."""

    kind: Kind
    bakery: Bakery
    url: str
    page: Page

    def click(self, button: str) -> None:
        """Press a button of the application."""
        self.page.locator(f"#{button}").click()

    def sees(self, shown: dict[str, Any]) -> None:
        """The application shows this, after all."""
        expect(self.page.locator("#state")).to_have_text(json.dumps(shown, separators=(",", ":")))

    def fails(self, word: str) -> None:
        """The application shows an error with this word, after all."""
        expect(self.page.locator("#state")).to_contain_text(word)

    def sign_in(self, first: str, page: Page | None = None) -> None:
        """Fill in the sign-in form."""
        page = page or self.page
        page.get_by_test_id("identifier").fill(f"{first}@example.test")
        page.get_by_test_id("password").fill(f"Secret of {first}")
        page.get_by_test_id("submit").click()

    def pass_factor(self) -> None:
        """Ask for a code and enter it."""
        self.page.get_by_test_id("phone").fill(NUMBER)
        self.page.get_by_test_id("submit").click()
        expect(self.page.get_by_test_id("code")).to_be_visible()
        self.page.get_by_test_id("code").fill(self.bakery.newest_code())
        self.page.get_by_test_id("trust_device").check()
        self.page.get_by_test_id("submit").click()


@pytest.fixture(scope="module")
def opened(request: pytest.FixtureRequest, server_url: str) -> Iterator[tuple[Kind, Bakery, str]]:
    """The page of an application, and the sandbox that it uses."""
    kind: Kind = request.param
    with a_bakery(server_url) as bakery, served(kind, bakery) as url:
        yield kind, bakery, url


@pytest.fixture
def visit(opened: tuple[Kind, Bakery, str], page: Page) -> Visit:
    """Somebody new at the application."""
    kind, bakery, url = opened
    bakery.reset()
    page.goto(url)
    return Visit(kind, bakery, url, page)


@contextmanager
def served(kind: Kind, bakery: Bakery) -> Iterator[str]:
    """Serve the page of a library on a free port; its address."""
    library = installed(kind.library)
    with tempfile.TemporaryDirectory(prefix="logindrill-foreign-") as name:
        folder = Path(name)
        shutil.copytree(PROGRAMS / "pages", folder, dirs_exist_ok=True)
        (folder / "node_modules").symlink_to(library / "node_modules")
        facts = {"issuer": bakery.issuer, "base": bakery.base, "client_id": OPEN_CLIENT, **kind.facts}
        (folder / "facts.js").write_text(f"window.facts = {json.dumps(facts)}")
        bundle = [str(folder / "node_modules/.bin/esbuild"), kind.page, "--bundle", "--format=esm", "--outfile=app.js"]
        bundled = subprocess.run(bundle, cwd=folder, capture_output=True, text=True, check=False)
        assert bundled.returncode == 0, bundled.stderr
        server = ThreadingHTTPServer(("localhost", 0), partial(_Files, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://localhost:{server.server_port}/"
        finally:
            server.shutdown()
            server.server_close()


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_somebody_signs_in_by_redirect_with_a_password(visit: Visit) -> None:
    visit.sees({})
    visit.click("sign-in")
    visit.sign_in("ada")
    visit.sees(ADA)


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_a_trusted_device_is_asked_for_the_second_factor_again_after_thirty_days(visit: Visit) -> None:
    visit.click("sign-in")
    visit.sign_in("wanda")
    visit.pass_factor()
    visit.sees(WANDA)
    visit.bakery.advance("P29DT23H")
    visit.page.evaluate("localStorage.clear(); sessionStorage.clear()")
    visit.page.goto(visit.url)
    visit.click("sign-in")
    visit.sign_in("wanda")
    visit.sees(WANDA)
    visit.bakery.advance("P2D")
    visit.page.evaluate("localStorage.clear(); sessionStorage.clear()")
    visit.page.goto(visit.url)
    visit.click("sign-in")
    visit.sign_in("wanda")
    expect(visit.page.get_by_test_id("phone")).to_be_visible()


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_a_deactivated_person_is_refused_on_the_page_or_returned_as_access_denied(visit: Visit) -> None:
    visit.click("sign-in")
    visit.sign_in("dora")
    expect(visit.page.get_by_test_id("alert")).to_contain_text("deactivated")
    visit.bakery.set({"applications.refused": "return"})
    visit.sign_in("dora")
    visit.fails("access_denied")


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_tokens_are_renewed_until_the_person_is_deactivated(visit: Visit) -> None:
    """With its hidden frames, keycloak-js knows that the session has ended before it asks."""
    visit.click("sign-in")
    visit.sign_in("ada")
    visit.sees(ADA)
    for _ in range(2):
        visit.click("refresh")
        visit.sees({"refreshed": "usr_ada"})
    visit.bakery.deactivate("usr_ada")
    visit.click("refresh")
    visit.fails("error")
    if "frame" not in visit.kind.facts:
        assert "deactivated" in visit.bakery.reasons("refresh_tokens")


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_signing_out_ends_the_session_of_the_pages_where_the_library_asks_for_it(visit: Visit) -> None:
    """AppAuth only gives its tokens back."""
    visit.click("sign-in")
    visit.sign_in("ada")
    visit.sees(ADA)
    visit.click("sign-out")
    if not visit.kind.sends_hint:
        visit.page.get_by_role("main").get_by_role("button").click()
        visit.page.get_by_test_id("return").click()
    visit.sees({})
    visit.click("sign-in")
    if visit.kind.ends_the_session:
        expect(visit.page.get_by_test_id("identifier")).to_be_visible()
    else:
        visit.sees(ADA)


@pytest.mark.parametrize("opened", IN_POPUP, indirect=True)
def test_a_popup_comes_back(visit: Visit) -> None:
    """keycloak-js and AppAuth open none."""
    with visit.page.expect_popup() as popup:
        visit.click("in-popup")
    visit.sign_in("ada", popup.value)
    visit.sees(ADA)


@pytest.mark.parametrize("opened", IN_FRAME, indirect=True)
def test_a_hidden_frame_signs_in_who_is_signed_in_already(visit: Visit) -> None:
    visit.click("in-frame")
    visit.fails("login_required")
    visit.click("sign-in")
    visit.sign_in("ada")
    visit.sees(ADA)
    visit.click("in-frame")
    visit.sees(ADA)


@pytest.mark.parametrize("opened", EACH, indirect=True)
@pytest.mark.parametrize(("move", "accepted"), [("PT0S", "accepts_behind"), ("P300D", "accepts_ahead")])
def test_tokens_in_the_time_of_the_sandbox_are_refused_by_a_clock_that_did_not_move(
    visit: Visit, move: str, accepted: str
) -> None:
    visit.bakery.set({"tokens.time": "sandbox"})
    if move != "PT0S":
        visit.bakery.advance(move)
    visit.click("sign-in")
    visit.sign_in("ada")
    if getattr(visit.kind, accepted):
        visit.sees(ADA)
    else:
        visit.fails("error")


@pytest.mark.parametrize("opened", STRICT, indirect=True)
def test_a_browser_whose_clock_moves_along_takes_tokens_in_the_time_of_the_sandbox(visit: Visit) -> None:
    visit.bakery.set({"tokens.time": "sandbox"})
    visit.page.clock.set_fixed_time(visit.bakery.call("GET", "/clock")["now"])
    visit.page.goto(visit.url)
    visit.click("sign-in")
    visit.sign_in("ada")
    visit.sees(ADA)
    visit.click("refresh")
    visit.sees({"refreshed": "usr_ada"})
