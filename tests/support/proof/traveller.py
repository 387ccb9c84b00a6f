"""Plays a person who tries to sign in, up to the first answer that stops them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from logindrill.scenarios.actors import NEW_PASSWORD

CONTROL = "/control/v1/sandboxes"


@dataclass(frozen=True, slots=True)
class Stop:
    """The answer that stopped the person: its attempt, None where the call left none."""

    status: int
    attempt: str | None


@dataclass(slots=True)
class Traveller:
    """Somebody who does what anybody would do to get in, with the values that they believe to be right.

    `errand` is what they wait for in the inbox: the link of a reset or an invitation, a code; `asked` is the attempt
    that asked for it. `held` is a value that they type instead, such as an old code.
    """

    http: FlaskClient
    sandbox: str
    id: str
    identifier: str
    password: str
    phone: str = ""
    second_password: str = ""
    new_password: str = NEW_PASSWORD
    company: str | None = None
    channel: str | None = None
    page: str | None = None
    errand: str | None = None
    asked: str | None = None
    looks_in_spam: bool = False
    held: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=lambda: {"X-Client": "web"})
    sign_in_id: str = ""
    shown: str = ""
    has_new_password: bool = False

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """A call of the public API."""
        more = {} if body is None else {"json": body}
        return self.http.open(f"/s/{self.sandbox}/v1{path}", method=method, headers={**self.headers, **headers}, **more)

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """A call of the tester, which must succeed."""
        more = {} if body is None else {"json": body}
        answer = self.http.open(f"{CONTROL}/{self.sandbox}{path}", method=method, **more)
        assert answer.status_code < 300, (method, path, answer.text)
        return answer.get_json(silent=True)

    def act(self, who: str, method: str, path: str, body: Any = None) -> TestResponse:
        """A call of somebody else, by their id, in whose stead the tester acts."""
        begun = self.control("POST", f"/users/{who}/sessions", {})
        return self.call(method, path, body, Authorization=f"Bearer {begun['session']['access_token']}")

    def message(self, *kinds: str) -> Mapping[str, Any] | None:
        """The newest message of these kinds that the person can find; None where there is none yet."""
        own = [m for m in self.control("GET", "/messages?limit=200")["data"] if m["user_id"] == self.id]
        newest = next((m for m in reversed(own) if m["kind"] in kinds), None)
        if newest is None or not newest["arrived"]:
            return None
        places = {"inbox", "spam"} if self.looks_in_spam else {"inbox"}
        return newest if newest["disposition"] in places else None

    def try_it(self) -> Stop | None:
        """One go at getting in: None when the person is in."""
        if self.errand in {"reset", "activation"}:
            stop = self._follow_link()
            if stop is not None:
                return stop
        if not self.password:
            return self._with_code()
        return self._resumes() if self.errand == "code" and self.sign_in_id else self._with_password()

    def _resumes(self) -> Stop | None:
        """The sign-in that was begun goes on with the code that was asked for."""
        self.errand = None
        code = self._code()
        return Stop(202, self.asked) if code is None else self._enter({"code": code})

    def _follow_link(self) -> Stop | None:
        purpose = self.errand
        token = self.held.get("link") or self._token()
        if token is None:
            return Stop(202, self.asked)
        new = {"password": self.new_password, "password_confirmation": self.new_password}
        if purpose == "reset":
            answer = self.call("PUT", f"/password-resets/{token}", new)
        else:
            answer = self.call("POST", f"/invitations/{token}/acceptance", new)
        if answer.status_code >= 300:
            return stopped(answer)
        self.errand, self.password, self.has_new_password = None, self.new_password, True
        return None

    def _token(self) -> str | None:
        found = self.message("activation" if self.errand == "activation" else "password_reset")
        return None if found is None else found["token"]

    def _with_password(self) -> Stop | None:
        body: dict[str, Any] = {"identifier": self.identifier, "password": self.password}
        if self.company is not None:
            body["company"] = self.company
        answer = self.call("POST", "/sign-ins", body)
        return self._goes_on(answer)

    def _goes_on(self, answer: TestResponse) -> Stop | None:
        if answer.status_code == 201:
            return self._opens(answer.get_json())
        if answer.status_code != 200:
            return stopped(answer)
        seen = answer.get_json()
        self.sign_in_id = seen["sign_in_id"]
        if seen["status"] == "new_password_required":
            new = {"password": self.new_password, "password_confirmation": self.new_password}
            answer = self.call("POST", f"/sign-ins/{self.sign_in_id}/new-password", new)
            if answer.status_code < 300:
                self.password, self.has_new_password = self.new_password, True
            return self._goes_on(answer)
        return self._factor(seen["methods"][0])

    def _factor(self, method: str) -> Stop | None:
        if method == "second_password":
            return self._enter({"second_password": self.second_password})
        if method == "totp":
            told = self.control("GET", f"/users/{self.id}/authenticator")
            if told["code"] == self.shown:
                self.control("POST", "/clock/advance", {"by": "PT30S"})
                told = self.control("GET", f"/users/{self.id}/authenticator")
            self.shown = self.held.get("code") or told["code"]
            return self._enter({"code": self.shown})
        asked = self.call("POST", f"/sign-ins/{self.sign_in_id}/otp", {"phone": self.phone})
        self.asked = stopped(asked).attempt
        if asked.status_code != 202:
            return stopped(asked)
        code = self.held.get("code") or self._code()
        return stopped(asked) if code is None else self._enter({"code": code})

    def _enter(self, body: Mapping[str, str]) -> Stop | None:
        return self._goes_on(self.call("POST", f"/sign-ins/{self.sign_in_id}/second-factor", body))

    def _code(self) -> str | None:
        found = self.message("second_factor_code", "confirmation_code")
        return None if found is None else found["code"]

    def _with_code(self) -> Stop | None:
        who = {"phone" if self.identifier.startswith("+") else "email": self.identifier}
        code = self.held.get("code")
        if code is None:
            if self.errand != "code":
                stop = self.ask_code(who)
                if stop is not None:
                    return stop
            code = self._code()
            if code is None:
                return Stop(202, self.asked)
        answer = self.call("POST", "/confirmations", {**who, "code": code})
        return self._opens(answer.get_json()) if answer.status_code == 201 else stopped(answer)

    def ask_code(self, who: Mapping[str, str]) -> Stop | None:
        """Ask for a code and remember the attempt; the answer that refuses it."""
        body = {**who, **({} if self.channel is None else {"channel": self.channel})}
        answer = self.call("POST", "/confirmation-codes", body)
        if answer.status_code != 202:
            return stopped(answer)
        self.asked = stopped(answer).attempt
        return None

    def _opens(self, signed_in: Mapping[str, Any]) -> Stop | None:
        """The session works at the next call, and shows the page that the person came for."""
        token = {"Authorization": f"Bearer {signed_in['session']['access_token']}"}
        path = "/me" if self.page is None else f"/publications/{self.page}"
        answer = self.call("GET", path, **token)
        return None if answer.status_code == 200 else stopped(answer)


def stopped(answer: TestResponse) -> Stop:
    """The stop that an answer is."""
    return Stop(answer.status_code, answer.headers.get("X-Attempt-Id"))
