"""Pages of others, in a real browser, against somebody who has the console open."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, Request, Route

from tests.console.reef import Reef, a_reef
from tests.support.processes import running

_TRIES = """
const tried = async (url, options) => {
  try {
    const answer = await fetch(url, { credentials: "include", ...options });
    return answer.type === "opaque" ? "opaque" : `${answer.status} ${(await answer.text()).slice(0, 40)}`;
  } catch { return "refused"; }
};
const form = (body) => ({ method: "POST", mode: "no-cors", body: new URLSearchParams(body) });
const text = (body) => ({ method: "POST", mode: "no-cors", body: JSON.stringify(body) });
window.outcomes = Promise.all([
  tried("CONSOLE/inbox"), tried("CONSOLE/mark"), tried("CONTROL/messages"), tried("CONTROL"),
  tried("CONTROL", { method: "DELETE" }),
  tried("CONTROL/clock/advance", {
    method: "POST", body: '{"by":"P1D"}', headers: { "Content-Type": "application/json" },
  }),
  tried("CONSOLE/inbox", { mode: "no-cors" }), tried("CONTROL/reset", text({})), tried("CONSOLE/reset", form({})),
  tried("CONTROL/clock/advance", text({ by: "P1D" })), tried("CONSOLE/clock/advance", form({ by: "P1D" })),
  tried("CONSOLE/inbox/delete", form({ form_token: "x" })),
]);
"""
_PAGE = """<!doctype html><title>Free prizes</title>
<iframe id="framed" src="CONSOLE/inbox"></iframe>
<iframe name="hidden"></iframe>
<form id="reset" method="post" action="CONSOLE/reset" target="hidden"><input name="form_token" value="x"></form>
<form id="move" method="post" action="CONTROL/clock/advance" enctype="text/plain" target="hidden">
<input name='{"by":"P1D","x":"' value='"}'></form>
<img src="CONSOLE/mark"><script src="CONSOLE/mark"></script>
<script>TRIES document.getElementById("reset").submit(); document.getElementById("move").submit();</script>
"""
_MAIL = """<!doctype html><script>parent.document.title = "taken"; top.location = "http://evil.test/"</script>
<meta http-equiv="refresh" content="0;url=http://evil.test/refreshed">
<img src="http://evil.test/pixel.png" onerror="parent.document.title = 'taken'">
<link rel="stylesheet" href="http://evil.test/style.css"><base href="http://evil.test/">
<form id="f" action="/console/" method="post" target="_top"><button>Win</button></form>
<script>document.getElementById("f").submit(); alert("taken"); fetch("/console/")</script>
<iframe src="http://evil.test/framed"></iframe><object data="http://evil.test/object"></object>
<a id="away" href="http://evil.test/away" target="_top">Your code</a>
"""


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """A server that keeps nothing."""
    with running("--ephemeral") as server:
        yield server.url


@pytest.fixture
def reef(server_url: str) -> Iterator[Reef]:
    """A sandbox with something of everything."""
    with a_reef(server_url) as made:
        made.live()
        yield made


@contextmanager
def a_page_elsewhere(content: str) -> Iterator[str]:
    """The address of somebody else's page, another origin on this machine."""

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_said: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def poisoned(page: Page) -> set[str]:
    """Make every message a hostile one; what became of its calls to elsewhere, `csp` being those never made."""
    became: set[str] = set()

    def poison(route: Route) -> None:
        route.fulfill(response=route.fetch(), body=_MAIL)

    def end(request: Request) -> None:
        if "evil.test" in request.url:
            became.add(request.failure or "answered")

    page.route("**/body", poison)
    page.on("requestfailed", end)
    page.on("requestfinished", end)
    return became


def settled(page: Page, left: set[str]) -> set[str]:
    """What became of those calls, once the first has ended and others had their time."""
    for _ in range(80):
        page.wait_for_timeout(250)
        if left:
            break
    page.wait_for_timeout(250)
    return left


@pytest.mark.slow
def test_a_page_elsewhere_reads_nothing_and_moves_nothing(reef: Reef, page: Page) -> None:
    page.goto(f"{reef.console}/inbox")
    before = (reef.all("messages"), len(reef.all("events")), len(reef.all("attempts")))
    filled = _PAGE.replace("TRIES", _TRIES).replace("CONSOLE", reef.console).replace("CONTROL", reef.control)
    with a_page_elsewhere(filled) as address:
        page.goto(address)
        outcomes = page.evaluate("window.outcomes")
        page.wait_for_timeout(300)
        framed = page.frame_locator("#framed").locator("body")
        assert "Inbox" not in framed.inner_text()
    assert set(outcomes) <= {"refused", "opaque"}
    assert outcomes[:6] == ["refused"] * 6
    assert (reef.all("messages"), len(reef.all("events")), len(reef.all("attempts"))) == before


@pytest.mark.slow
def test_a_page_elsewhere_may_lead_to_the_console_by_a_link(reef: Reef, page: Page) -> None:
    with a_page_elsewhere(f'<!doctype html><a href="{reef.console}/inbox">The inbox</a>') as address:
        page.goto(address)
        page.get_by_role("link").click()
        page.get_by_role("heading", name="Inbox").wait_for()


def test_a_hostile_message_does_nothing(reef: Reef, page: Page) -> None:
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    left = poisoned(page)
    mail = next(message["id"] for message in reef.all("messages") if message["channel"] == "email")
    address = f"{reef.console}/inbox?message={mail}"
    page.goto(address)
    frame = page.frame_locator("iframe")
    frame.locator("#away").wait_for()
    frame.locator("#away").click()
    assert settled(page, left) == {"csp"}
    assert page.url == address
    assert page.title().startswith("Inbox")
    assert dialogs == []


@pytest.mark.slow
def test_a_hostile_message_opened_by_itself_does_nothing_either(reef: Reef, page: Page) -> None:
    left = poisoned(page)
    mail = next(message["id"] for message in reef.all("messages") if message["channel"] == "email")
    page.goto(f"{reef.console}/inbox/{mail}/body")
    assert settled(page, left) == {"csp"}
    assert page.title() != "taken"
