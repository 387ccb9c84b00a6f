"""Somebody without a browser: follows redirects, keeps cookies, and fills in the forms of the hosted pages."""

from typing import Any

import httpx

from tests.foreign.bakery import PATIENCE, Bakery
from tests.foreign.forms import Seen
from tests.pages.walks import NUMBER

_MOST_STEPS = 15


class Person:
    """One browser's cookies, and a hand that fills in forms."""

    def __init__(self, bakery: Bakery) -> None:
        self._bakery = bakery
        self._http = httpx.Client(timeout=PATIENCE, headers={"Accept": "text/html,application/json;q=0.9,*/*;q=0.8"})
        self.steps: list[str] = []

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def open(self, address: str) -> Seen:
        """Go to an address, and where it leads."""
        return self._follow(self._http.get(address))

    def send(self, seen: Seen, which: str | None = None, **typed: str | None) -> Seen:
        """Fill in the form with a field of this name, and send it; None leaves a field out."""
        form = seen.form(which)
        values = {name: value for name, value in (form.fields | typed).items() if value is not None}
        if form.method == "GET":
            return self._follow(self._http.get(seen.target(form), params=values))
        url = httpx.URL(seen.address)
        origin = f"{url.scheme}://{url.netloc.decode()}"
        return self._follow(self._http.post(seen.target(form), data=values, headers={"Origin": origin}))

    def sign_in(self, seen: Seen, first: str, *, trust: bool = False) -> Seen:
        """Go through the sign-in form, and through a second factor where one is asked for."""
        seen = self.send(seen, "identifier", identifier=f"{first}@example.test", password=f"Secret of {first}")
        if seen.asks_for("phone"):
            seen = self.send(seen, "phone", phone=NUMBER)
            seen = self.send(seen, "code", code=self._bakery.newest_code(), trust_device="on" if trust else None)
        return seen

    def get(self, address: str) -> Any:
        """The JSON at an address, after all redirects."""
        answer = self.open(address).answer
        assert "json" in answer.headers.get("content-type", ""), f"{answer.url}\n{answer.text[:3000]}"
        return answer.json()

    def forget_apps(self) -> None:
        """Lose the cookies of apps; those of the sandbox stay."""
        for cookie in list(self._http.cookies.jar):
            if "/s/" not in cookie.path:
                self._http.cookies.jar.clear(cookie.domain, cookie.path, cookie.name)

    def _follow(self, answer: httpx.Response) -> Seen:
        for _ in range(_MOST_STEPS):
            self.steps.append(f"{answer.status_code} {answer.url}")
            if answer.next_request is None:
                return Seen(answer)
            answer = self._http.send(answer.next_request)
        raise AssertionError("\n".join(["redirected for ever:", *self.steps[-_MOST_STEPS:]]))
