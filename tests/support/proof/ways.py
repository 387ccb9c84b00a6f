"""Lists the ways to sign in that situations use, each with its preset, its person and its earlier steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from logindrill.scenarios.actors import SECOND_PASSWORD, SECRET, SERVICES, known_of
from tests.support.proof.traveller import Traveller, stopped

_NUMBER = "+15550100100"
_ACTORS = {
    "owner or admin": ("admin", "owner"),
    "owner": ("owner",),
    "staff": ("staff",),
    "the professional": ("professional",),
    "support": ("support",),
}


@dataclass(slots=True)
class Staging:
    """A sandbox with its people, the person on the way, and what would be right to type."""

    traveller: Traveller
    preset: str
    part: Mapping[str, Any]
    newest_temporary: str = ""
    no_company: str | None = None
    right_second_password: str = SECOND_PASSWORD
    right_phone: str = _NUMBER
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The main address."""
        return str(self.part["emails"][0]["address"])

    @property
    def username(self) -> str:
        """The username, or the address where there is none."""
        return str(self.part.get("username") or self.address)

    @property
    def right_identifier(self) -> str:
        """What the person should type."""
        return self.address if self.traveller.password else self.tokens.get("registered", self.address)

    @property
    def right_password(self) -> str:
        """What the person should type as password now."""
        if self.newest_temporary:
            return self.newest_temporary
        if self.traveller.has_new_password or not self.part.get("password"):
            return self.traveller.new_password
        return str(self.part["password"])

    def actor(self, who: str) -> str | None:
        """Who of the people here is meant; None for the person on the way."""
        known = SERVICES[self.preset].actors
        return next((name for name in _ACTORS.get(who, ()) if name in known), None)

    def act(self, actor: str, method: str, path: str, body: Any = None) -> TestResponse:
        """A call of one of the people here."""
        return self.traveller.act(SERVICES[self.preset].actors[actor]["id"], method, path, body)

    def order(self, actor: str, method: str, path: str, body: Any = None) -> Any:
        """The same, where it must succeed; `path` goes on from the person."""
        answer = self.act(actor, method, f"/users/{self.traveller.id}{path}", body)
        assert answer.status_code < 300, (path, answer.text)
        return answer.get_json(silent=True)

    @property
    def boss(self) -> str:
        """Who looks after the person."""
        return {"business-chat": "owner", "contact-portal": "staff", "customer-app": "professional"}[self.preset]

    def becomes(self, actor: str) -> None:
        """The person uses another account of theirs."""
        part = SERVICES[self.preset].actors[actor]
        self.part = part
        self.traveller.id, self.traveller.identifier = part["id"], known_of("x", part)["x.identifier"]
        self.traveller.password = part["password"]

    def reads_on(self) -> None:
        """The person goes on with what was asked for, and asks for nothing anew."""
        if self.traveller.errand is None:
            self.traveller.errand = "code"

    def asks_again(self) -> None:
        """The message is sent once more."""
        errand = self.traveller.errand
        if errand == "reset":
            ask_reset(self)
        elif errand == "activation":
            self.order(self.boss, "POST", "/invitations", {"method": "email"})
        elif errand == "code":
            self.traveller.errand = None

    def types_code_right(self) -> None:
        """The person types what was asked for, digit by digit."""
        self.traveller.held.pop("code", None)
        self.traveller.second_password = self.right_second_password
        if self.part.get("second_factor", {}).get("method") != "totp":
            self.reads_on()

    def newest(self, *kinds: str) -> Mapping[str, Any]:
        """The newest message of the kind, wherever it is."""
        own = self.traveller.control("GET", "/messages?limit=200")["data"]
        return next(m for m in reversed(own) if m["kind"] in kinds and m["user_id"] == self.traveller.id)


def ask_reset(staging: Staging) -> None:
    """The person forgot the password, and asks for a link."""
    answer = staging.traveller.call("POST", "/password-resets", {"identifier": staging.address})
    assert answer.status_code == 202, answer.text
    staging.traveller.errand, staging.traveller.asked = "reset", stopped(answer).attempt


def _is_invited_again(staging: Staging) -> None:
    """The invitation is sent now, when messages may go astray already."""
    staging.order(staging.boss, "POST", "/invitations", {"method": "email"})
    staging.traveller.errand = "activation"


def _nothing(_staging: Staging) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Way:
    """A way in: the preset, how the person differs for it, and what happens before the first go.

    `also_true`: the reasons of steps that belong to the way itself, which an explanation may name as still to come.
    `excludes`: things of which only one may be touched on this way: a link is asked for before the client is stopped.
    """

    name: str
    preset: str
    person: Mapping[str, Any] = field(default_factory=dict)
    begins: Callable[[Staging], None] = _nothing
    identifier: str | None = None
    also_true: frozenset[str] = frozenset()
    excludes: frozenset[str] = frozenset()


_OTP = {"second_factor": {"method": "whatsapp_otp"}, "phones": [{"number": _NUMBER, "kind": "whatsapp"}]}
_SECOND = {"second_factor": {"method": "second_password", "second_password": SECOND_PASSWORD}}
_INVITED = {"status": "invited", "password": None}
_ASKED_BEFORE = frozenset({"mail", "client"})
_INVITES = frozenset({"not_activated"})
_ASKED = frozenset({"device_not_sent"})
WAYS = (
    Way("staff password", "business-chat"),
    Way("staff otp", "business-chat", _OTP, also_true=_ASKED),
    Way("staff second password", "business-chat", _SECOND, also_true=_ASKED),
    Way("staff totp", "business-chat", {"second_factor": {"method": "totp", "secret": SECRET}}, also_true=_ASKED),
    Way("staff reset", "business-chat", {}, ask_reset, excludes=_ASKED_BEFORE),
    Way("staff activation", "business-chat", _INVITED, _is_invited_again, None, _INVITES, _ASKED_BEFORE),
    Way("customer password", "customer-app"),
    Way("customer reset", "customer-app", {}, ask_reset, excludes=_ASKED_BEFORE),
    Way("customer activation", "customer-app", _INVITED, _is_invited_again, None, _INVITES, _ASKED_BEFORE),
    Way("contact email", "contact-portal"),
    Way("contact sms", "contact-portal", {}, _nothing, "+15550100110"),
)
