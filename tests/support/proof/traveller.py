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
    that asked for it, and `must_ask` says that they still have to. `held` is a value that they type instead, such as an
    old code. Who `expects_recognition` stops where a factor or a code is asked for all the same.
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
    spent: set[str] = field(default_factory=set)
    has_new_password: bool = False
    device: str = ""
    expects_recognition: bool = False
    must_ask: bool = False
    given_device: str = ""
    opened: Mapping[str, Any] | None = None
    spelling: str = "{}{}"
    token: str = ""
    has_page_open: bool = False

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """A call of the public API."""
        more = {} if body is None else {"json": body}
        sent = {**self.headers, **({"X-Device-Token": self.device} if self.device else {}), **headers}
        return self.http.open(f"/s/{self.sandbox}/v1{path}", method=method, headers=sent, **more)

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """A call of the tester, which must succeed."""
        more = {} if body is None else {"json": body}
        answer = self.http.open(f"{CONTROL}/{self.sandbox}{path}", method=method, **more)
        assert answer.status_code < 300, (method, path, answer.text)
        return answer.get_json(silent=True)

    def act(self, who: str, method: str, path: str, body: Any = None) -> TestResponse:
        """A call of somebody else on the web, by their id, in whose stead the tester acts."""
        begun = self.control("POST", f"/users/{who}/sessions", {})
        more = {} if body is None else {"json": body}
        token = {"X-Client": "web", "Authorization": f"Bearer {begun['session']['access_token']}"}
        return self.http.open(f"/s/{self.sandbox}/v1{path}", method=method, headers=token, **more)

    def message(self, *kinds: str) -> Mapping[str, Any] | None:
        """The newest message of these kinds that the person can find; None where there is none yet."""
        own = [m for m in self.control("GET", "/messages?limit=200")["data"] if m["user_id"] == self.id]
        newest = next((m for m in reversed(own) if m["kind"] in kinds), None)
        if newest is None or not newest["arrived"]:
            return None
        folders = {"inbox", "spam"} if self.looks_in_spam else {"inbox"}
        return newest if newest["disposition"] in folders else None

    def try_it(self) -> Stop | None:
        """One go at getting in: None when the person is in."""
        if self.has_page_open:
            return self._reads()
        if self.errand == "reset" and self.must_ask:
            stop = self.ask_reset()
            if stop is not None:
                return stop
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
        if self.expects_recognition and seen["status"] == "second_factor_required":
            return stopped(answer)
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
            off = self.held.get("off_by")
            reported = self.control("GET", f"/users/{self.id}/authenticator{f'?off_by={off}' if off else ''}")
            if reported["code"] in self.spent and "code" not in self.held:
                self.control("POST", "/clock/advance", {"by": "PT30S"})
                reported = self.control("GET", f"/users/{self.id}/authenticator")
            self.shown = self.held.get("code") or reported["code"]
            self.spent.add(self.shown)
            return self._enter({"code": self.shown})
        asked = self.call("POST", f"/sign-ins/{self.sign_in_id}/otp", {"phone": self.phone})
        self.asked = stopped(asked).attempt
        if asked.status_code != 202:
            return stopped(asked)
        code = self.held.get("code") or self._code()
        return stopped(asked) if code is None else self._enter({"code": code})

    def _enter(self, body: Mapping[str, str]) -> Stop | None:
        typed = {name: self._spelled(value) if name == "code" else value for name, value in body.items()}
        return self._goes_on(self.call("POST", f"/sign-ins/{self.sign_in_id}/second-factor", typed))

    def _spelled(self, code: str) -> str:
        return self.spelling.format(code[:3], code[3:])

    def begins_sign_in(self, identifier: str, password: str) -> bool:
        """Go as far as the second step, where a code is asked for, and no further."""
        answer = self.call("POST", "/sign-ins", {"identifier": identifier, "password": password})
        self.sign_in_id = answer.get_json().get("sign_in_id", "")
        if answer.get_json().get("methods") == ["whatsapp_otp"]:
            self.call("POST", f"/sign-ins/{self.sign_in_id}/otp", {"phone": self.phone})
        return bool(self.sign_in_id)

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
                if self.opened is not None:
                    opened, self.opened = self.opened, None
                    return self._opens(opened)
            code = self._code()
            if code is None:
                return Stop(202, self.asked)
        answer = self.call("POST", "/confirmations", {**who, "code": self._spelled(code)})
        return self._opens(answer.get_json()) if answer.status_code == 201 else stopped(answer)

    def ask_code(self, who: Mapping[str, str]) -> Stop | None:
        """Ask for a code and remember the attempt; the answer that refuses it."""
        body = {**who, **({} if self.channel is None else {"channel": self.channel})}
        answer = self.call("POST", "/confirmation-codes", body)
        if answer.status_code == 201:
            self.opened = answer.get_json()
            return None
        if answer.status_code != 202 or self.expects_recognition:
            return stopped(answer)
        self.asked = stopped(answer).attempt
        return None

    def ask_reset(self) -> Stop | None:
        """Ask for a reset link and remember the attempt; the answer that refuses it."""
        answer = self.call("POST", "/password-resets", {"identifier": self.identifier})
        if answer.status_code != 202:
            return stopped(answer)
        self.asked, self.must_ask = stopped(answer).attempt, False
        return None

    def _opens(self, signed_in: Mapping[str, Any]) -> Stop | None:
        """The session works at the next call, and shows the page that the person came for."""
        self.given_device = signed_in.get("device_token") or ""
        self.token = signed_in["session"]["access_token"]
        return self._reads()

    def _reads(self) -> Stop | None:
        answer = self.call("GET", self.page or "/me", Authorization=f"Bearer {self.token}")
        return None if answer.status_code == 200 else stopped(answer)


def stopped(answer: TestResponse) -> Stop:
    """The stop that an answer is."""
    return Stop(answer.status_code, answer.headers.get("X-Attempt-Id"))
