"""Plays a scenario in a browser: the person's steps are done on the hosted pages."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Response

from logindrill.client import ReceivedAnswer, Server
from logindrill.scenarios.on_pages import OnPage, on_page
from logindrill.scenarios.player import Exchange, Phase, Player
from logindrill.scenarios.step import Seen, Step

_WORDS = "[data-testid=alert], [data-testid=problem], [data-testid=notice]"
"""Where the pages say what the service says."""

_LOADING = "the page goes on loading"
_BEGINS_ANEW = frozenset({"sign_in", "request_confirmation_code"})
"""What somebody does who is not signed in: the session of before was closed with its window."""


class PagePlayer(Player):
    """Takes steps on the pages where they have them, else by calls; every client device is a browser of its own."""

    def __init__(
        self, server: Server, browser: Browser, preset: str, policy: Mapping[str, Any], exchanges: list[Exchange]
    ) -> None:
        super().__init__(server, preset, policy, exchanges)
        self._server = server
        self._browser = browser
        self._contexts: dict[tuple[str, str], BrowserContext] = {}
        self.pages_seen = 0

    def close(self) -> None:
        """Close every browser window."""
        for context in self._contexts.values():
            context.close()

    def _send(self, step: Step, part: Phase) -> Exchange:
        shown = on_page(step)
        visited = None if shown is None else self._visit(step, shown)
        if visited is None:
            self._hand_over(step)
            exchange = super()._send(step, part)
            self._take_over(step, exchange)
            return exchange
        self.pages_seen += 1
        request = self.request_of(step, strictly=False)
        answer, words = visited
        wrong = _compare(self.expected(step.seen), step.seen, answer, words)
        return Exchange(part, self.known.fill_known(step.do), request, answer, wrong)

    def _visit(self, step: Step, shown: OnPage) -> tuple[ReceivedAnswer, str] | None:
        """The answer and text of the page; None if the step has no page, so that only an app can take it."""
        page = self._page(step)
        page.context.clear_cookies(name="ld_attempt")
        if step.operation in _BEGINS_ANEW:
            page.context.clear_cookies(name="ld_session")
        address = f"{self._server.url}/s/{self.known['sandbox']}{self.known.fill(shown.path)}"
        try:
            response = page.goto(address)
            is_fine = response is not None and response.status < 400
            if is_fine and not all(page.get_by_test_id(name).count() for name in shown.types):
                return None
            if shown.presses is not None and page.get_by_test_id(shown.presses).count():
                response = self._fill(page, shown)
        except Error as error:
            if "ERR_" not in error.message:
                raise
            return ReceivedAnswer(0), ""
        return self._answer(step, page, response)

    def _fill(self, page: Page, shown: OnPage) -> Response | None:
        for name, text in shown.types.items():
            page.get_by_test_id(name).fill(self.known.fill(text))
        for name in shown.chooses:
            page.get_by_test_id(name).check()
        with page.expect_navigation() as navigation:
            page.get_by_test_id(str(shown.presses)).click()
        return navigation.value

    def _answer(self, step: Step, page: Page, response: Response | None) -> tuple[ReceivedAnswer, str]:
        status = 0 if response is None else response.status
        attempt = _cookie(page.context, "ld_attempt")
        headers = {"x-attempt-id": attempt} if attempt is not None else {}
        words = " ".join(page.locator(_WORDS).all_inner_texts())
        if status == 503 and page.get_by_test_id("loading").count():
            words = _LOADING
        mistakes = page.locator("[data-testid$=-mistake]").evaluate_all("all => all.map(one => one.dataset.testid)")
        body = {"errors": [{"field": name.removesuffix("-mistake")} for name in mistakes]}
        return ReceivedAnswer(status, headers, body), words

    def _page(self, step: Step) -> Page:
        context = self._context(step)
        return context.pages[0] if context.pages else context.new_page()

    def _context(self, step: Step) -> BrowserContext:
        seat = (str(step.by), step.device.name)
        if seat not in self._contexts:
            context = self._contexts[seat] = self._browser.new_context()
            device = step.device.headers.get("X-Device-Token")
            if device is not None:
                self._put(context, "ld_device", self.known.fill(device))
        return self._contexts[seat]

    def _hand_over(self, step: Step) -> None:
        """Send the cookies of the device's browser with a call."""
        if (step.by or "", step.device.name) not in self._contexts:
            return
        held, context = self._tokens_of(step), self._context(step)
        held.token = _cookie(context, "ld_session")
        held.device = _cookie(context, "ld_device")
        self.known["sign_in_id"] = _cookie(context, "ld_sign_in") or self.known.get("sign_in_id", "")

    def _take_over(self, step: Step, exchange: Exchange) -> None:
        """Put the cookies of an answer into the device's browser."""
        body = exchange.answer.body if isinstance(exchange.answer.body, Mapping) else {}
        found = {
            "ld_session": (body.get("session") or {}).get("access_token"),
            "ld_device": body.get("device_token"),
            "ld_sign_in": body.get("sign_in_id"),
        }
        for name, value in found.items():
            if value and step.by is not None and not step.device.is_mobile:
                self._put(self._context(step), name, value)

    def _put(self, context: BrowserContext, name: str, value: str) -> None:
        context.add_cookies([{"name": name, "value": value, "url": f"{self._server.url}/s/{self.known['sandbox']}/"}])


def _cookie(context: BrowserContext, name: str) -> str | None:
    return next((cookie.get("value") for cookie in context.cookies() if cookie.get("name") == name), None)


def _compare(expected: Mapping[str, Any], seen: Seen | None, answer: ReceivedAnswer, words: str) -> str | None:
    """How the page differs from the expected answer, None if it does not. A page shows no code, and no text for a
    success."""
    if seen is None or (expected["status"] or 0) < 400:
        if expected["status"] == 0:
            return None if answer.status == 0 else f"answered {answer.status}"
        return None if answer.status < 400 else f"answered {answer.status}: {words}"
    if answer.status != expected["status"]:
        return f"answered {answer.status}, not {expected['status']}: {words}"
    return None if words == _LOADING else _compare_words(expected, seen, answer, words)


def _compare_words(expected: Mapping[str, Any], seen: Seen, answer: ReceivedAnswer, words: str) -> str | None:
    if seen.about is not None:
        fields = [error["field"] for error in answer.body["errors"]]
        return None if seen.about in fields else f"marks {fields}, not {seen.about}"
    if expected["detail"] is not None and expected["detail"] not in words:
        return f"says {words!r}, not {expected['detail']!r}"
    return None
