"""What only a real browser shows of the way to an application and back: policies, popups, forms without scripts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.authorization.application import CHALLENGE
from tests.pages.walks import COMPANY, person
from tests.support.processes import running

pytestmark = pytest.mark.slow


@dataclass
class Running:
    """An application with two addresses: its back end takes the answer and leads on to its front end."""

    pages: str
    people: dict[str, str]
    back_end: str = ""
    front_end: str = ""
    received: list[tuple[str, str, dict[str, list[str]], str | None]] = field(default_factory=list)

    def ask(self, path: str = "/oidc/authorize", to: str = "/callback", **more: str) -> str:
        """The address of an authorization request."""
        parameters = {
            "client_id": "shop",
            "redirect_uri": self.back_end + to,
            "response_type": "code",
            "scope": "openid",
            "state": "the state",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        }
        return f"{self.pages}{path}?{urlencode(parameters | more)}"

    def sign_in(self, page: Page) -> None:
        """Fill in the form that the page shows."""
        for name, value in self.people.items():
            page.get_by_test_id(name).fill(value)
        page.get_by_test_id("password").press("Enter")


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    with running("--ephemeral") as server:
        yield server.url


@pytest.fixture
def shop(server_url: str) -> Iterator[Running]:
    """An application that runs, and a sandbox with somebody in it."""
    world = {"companies": [COMPANY], "people": [person("Ada Ash", "member")]}
    body = {"preset": "business-chat", "world": world}
    made = httpx.post(f"{server_url}/control/v1/sandboxes", json=body, timeout=30).raise_for_status().json()
    typed = {"identifier": "ada@example.test", "password": "Secret of ada"}
    made_by = Running(made["pages_url"].removesuffix("/login"), typed)
    back_end, front_end = (ThreadingHTTPServer(("localhost", 0), _handler(made_by)) for _ in range(2))
    made_by.back_end, made_by.front_end = (f"http://localhost:{s.server_port}" for s in (back_end, front_end))
    for served in (back_end, front_end):
        Thread(target=served.serve_forever, daemon=True).start()
    yield made_by
    for served in (back_end, front_end):
        served.shutdown()
        served.server_close()


def _handler(application: Running) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            self._answer(path, query)

        def do_POST(self) -> None:
            self._answer(self.path, self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, path: str, sent: str) -> None:
            if sent:
                application.received.append((self.command, path, parse_qs(sent), self.headers["Origin"]))
            leads_on = path == "/callback"
            self.send_response(302 if leads_on else 200)
            self.send_header("Content-Type", "text/html")
            if leads_on:
                self.send_header("Location", f"{application.front_end}/home")
            self.end_headers()
            self.wfile.write(b"<title>app</title>" + _SCRIPTS.get(path, b""))

        def log_message(self, *_args: Any) -> None:
            pass

    return Handler


_SCRIPTS = {
    "/opener": b"<script>addEventListener('message', (m) => { document.title = JSON.stringify(m.data); })</script>",
    "/popup": b"<script>opener.postMessage(location.search, '*')</script>",
}
_FRAMES = "(src) => { document.body.append(Object.assign(document.createElement('iframe'), { src })) }"


def test_the_answer_comes_and_the_application_leads_on_to_another_port(shop: Running, page: Page) -> None:
    page.goto(shop.ask())
    shop.sign_in(page)

    page.wait_for_url(f"{shop.front_end}/home")
    ((method, path, answer, _),) = shop.received
    assert (method, path, answer["state"]) == ("GET", "/callback", ["the state"])


def test_a_form_brings_the_answer_with_its_origin_also_without_scripts(shop: Running, browser: Browser) -> None:
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(shop.ask(response_mode="form_post"))
        shop.sign_in(page)
        if not scripts:
            page.get_by_test_id("continue").click()
        page.wait_for_url(f"{shop.front_end}/home")
        context.close()

    for method, path, answer, origin in shop.received:
        assert (method, path, answer["state"]) == ("POST", "/callback", ["the state"])
        assert shop.pages.startswith(str(origin))


@pytest.mark.parametrize("more", [{"to": "/popup"}, {"to": "/opener", "path": "/auth0/authorize"}])
def test_a_popup_finds_its_opener_before_and_after_the_sign_in(shop: Running, page: Page, more: dict[str, str]) -> None:
    message = {"response_mode": "web_message"} if "path" in more else {}
    page.goto(f"{shop.back_end}/opener")
    for needs_sign_in in (True, False):
        page.evaluate("document.title = ''")
        with page.expect_popup() as opened:
            page.evaluate("(address) => { open(address) }", shop.ask(**more, **message))
        if needs_sign_in:
            shop.sign_in(opened.value)
        page.wait_for_function("document.title.includes('code')")
        opened.value.close()


def test_a_frame_of_the_same_host_name_renews_silently(shop: Running, page: Page) -> None:
    page.goto(shop.ask())
    shop.sign_in(page)
    page.wait_for_url(f"{shop.front_end}/home")
    page.goto(f"{shop.back_end}/opener")

    address = shop.ask("/auth0/authorize", "/opener", prompt="none", response_mode="web_message")
    page.evaluate(_FRAMES, address)

    page.wait_for_function("document.title.includes('authorization_response')")


def test_cancel_by_keyboard(shop: Running, page: Page) -> None:
    page.goto(shop.ask(to="/cancelled"))
    cancel = page.get_by_test_id("cancel")
    cancel.focus()
    page.keyboard.press("Enter")

    page.wait_for_url(f"{shop.back_end}/cancelled?**")
    expect(page).to_have_title("app")
    assert shop.received[0][2]["error"] == ["access_denied"]
