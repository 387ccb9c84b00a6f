"""Lists the ways to sign in that situations use, each with its preset, its person and its earlier steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from logindrill.scenarios.actors import SECOND_PASSWORD, SECRET, SERVICES, known_of
from tests.support.proof.traveller import Traveller

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
    has_begun: bool = False

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
        return self.tokens.get("registered", self.address)

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
            self.traveller.must_ask = True
        elif errand == "activation":
            self.order(self.boss, "POST", "/invitations", {"method": "email"})
        elif errand == "code":
            self.traveller.errand = None

    def begins_sign_in(self) -> bool:
        """The person gets as far as the second step, with what is right."""
        return self.traveller.begins_sign_in(self.address, self.right_password)

    def asks_later(self, remedy: str) -> None:
        """The person could not ask now, and drops what they held."""
        who = self.traveller
        who.held.clear()
        who.must_ask = remedy in {"ask_new_reset", "reset_password"}
        who.errand = "reset" if who.must_ask else None

    def types_code_right(self) -> None:
        """The person types what was asked for, digit by digit."""
        for name in ("code", "off_by"):
            self.traveller.held.pop(name, None)
        self.traveller.spelling = "{}{}"
        self.traveller.second_password = self.right_second_password
        if self.part.get("second_factor", {}).get("method") != "totp":
            self.reads_on()

    def newest(self, *kinds: str) -> Mapping[str, Any]:
        """The newest message of the kind, wherever it is."""
        own = self.traveller.control("GET", "/messages?limit=200")["data"]
        return next(m for m in reversed(own) if m["kind"] in kinds and m["user_id"] == self.traveller.id)


def ask_reset(staging: Staging) -> None:
    """The person forgot the password, and asks for a link."""
    assert staging.traveller.ask_reset() is None
    staging.traveller.errand, staging.has_begun = "reset", True


def _is_invited_again(staging: Staging) -> None:
    """The invitation is sent now, when messages may go astray already."""
    staging.order(staging.boss, "POST", "/invitations", {"method": "email"})
    staging.traveller.errand, staging.has_begun = "activation", True


def _nothing(_staging: Staging) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Way:
    """A way in: the preset, how the person differs for it, and what happens before the first go.

    `also_true`: the reasons of steps that belong to the way itself, which an explanation may name as still to come.
    `device`: the token of a device that the person trusts to be recognised; `page`: the path of what they come for.
    """

    name: str
    preset: str
    person: Mapping[str, Any] = field(default_factory=dict)
    begins: Callable[[Staging], None] = _nothing
    identifier: str | None = None
    also_true: frozenset[str] = frozenset()
    device: str = ""
    page: str | None = None


_OTP = {"second_factor": {"method": "whatsapp_otp"}, "phones": [{"number": _NUMBER, "kind": "whatsapp"}]}
_SECOND = {"second_factor": {"method": "second_password", "second_password": SECOND_PASSWORD}}
_TOTP = {"second_factor": {"method": "totp", "secret": SECRET}}
_INVITED = {"status": "invited", "password": None}
_INVITES = frozenset({"not_activated"})
_ASKED = frozenset({"device_not_sent"})
_TOKEN = "token-of-a-known-device-0001"
_KNOWN = {"devices": [{"name": "Laptop", "token": _TOKEN, "trusted_at": "-P1D"}]}
PAGE = "pub_results"


def _of_preset(name: str, preset: str) -> tuple[Way, ...]:
    """The ways of those who have a password."""
    return (
        Way(f"{name} password", preset),
        Way(f"{name} otp", preset, _OTP, also_true=_ASKED),
        Way(f"{name} second password", preset, _SECOND, also_true=_ASKED),
        Way(f"{name} totp", preset, _TOTP, also_true=_ASKED),
        Way(f"{name} trusted device", preset, {**_OTP, **_KNOWN}, device=_TOKEN),
        Way(f"{name} reset", preset, {}, ask_reset),
        Way(f"{name} activation", preset, _INVITED, _is_invited_again, None, _INVITES),
    )


WAYS = (
    *_of_preset("staff", "business-chat"),
    *_of_preset("customer", "customer-app"),
    Way("customer username", "customer-app", identifier="cleo.cedar"),
    Way("contact email", "contact-portal"),
    Way("contact sms", "contact-portal", {}, _nothing, "+15550100110"),
    Way("contact page", "contact-portal", page=f"/publications/{PAGE}"),
    Way("staff page", "business-chat", page="/campaigns"),
    Way("contact recognised", "contact-portal", _KNOWN, device=_TOKEN),
)
