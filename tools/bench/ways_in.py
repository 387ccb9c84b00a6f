"""Measures sign-ins with a second factor or a code in each preset, compared with a plain sign-in."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pyotp

from tools.bench.client import Client
from tools.bench.figures import Figure, milliseconds, shares
from tools.bench.people import PASSWORD, address
from tools.bench.plan import Plan
from tools.bench.rounds import take_turns
from tools.bench.servers import ours, started
from tools.bench.worlds import person, sign_in_path, world

ROLES = {"business-chat": "member", "contact-portal": "staff", "customer-app": "customer"}
"""Who signs in with a password."""

_TABLE = "Ways in, one call after another"
_PLAIN, _OTP, _TOTP = "sign-in with a password", "sign-in, code by WhatsApp, factor", "sign-in, authenticator, factor"
_CODE = "code by mail, confirmation"
_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DP"
_STEP = timedelta(seconds=30)
_WARM_UP = 5

Way = Callable[[], dict[str, Any]]


def measure(plan: Plan) -> list[Figure]:
    """From the first call to the session, reading the inbox included; and that as a share of a plain sign-in."""
    figures = []
    with started(ours(), [plan.cores.server]) as server, Client(server.url) as client:
        for preset in ROLES:
            figures += _figures(Entrance.made(client, preset), plan)
    return figures


@dataclass(slots=True)
class Entrance:
    """A sandbox of one person for each way in, its clock frozen and moved by us."""

    client: Client
    sandbox: str
    preset: str
    now: datetime

    @classmethod
    def made(cls, client: Client, preset: str) -> "Entrance":
        """A new one."""
        now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        clock = {"mode": "frozen", "now": f"{now:%Y-%m-%dT%H:%M:%SZ}"}
        body = {"preset": preset, "world": world(_people(preset)), "clock": clock}
        return cls(client, client.call(201, "POST", "/control/v1/sandboxes", body)["id"], preset, now)

    @property
    def ways(self) -> Mapping[str, Way]:
        """What the preset offers, by the name of its row; the plain one first."""
        with_password: dict[str, Way] = {_PLAIN: self.sign_in, _OTP: self.sign_in_by_otp, _TOTP: self.sign_in_by_totp}
        return with_password | ({_CODE: self.confirm} if self.preset == "contact-portal" else {})

    def move_on(self) -> None:
        """To the next step of authenticators, each of which counts once."""
        self.now += _STEP
        self.client.call(200, "POST", f"{self._control}/clock/advance", {"by": "PT30S"})

    def sign_in(self) -> dict[str, Any]:
        """One call."""
        return dict(self._type_password(201, 0))

    def sign_in_by_otp(self) -> dict[str, Any]:
        """Four calls: the password, the number, the inbox, the code."""
        started_id = self._type_password(200, 1)["sign_in_id"]
        self.client.call(202, "POST", f"{self._path}/{started_id}/otp", {"phone": _number(1)})
        return self._pass_factor(started_id, self._newest_code(_number(1)))

    def sign_in_by_totp(self) -> dict[str, Any]:
        """Two calls."""
        started_id = self._type_password(200, 2)["sign_in_id"]
        return self._pass_factor(started_id, pyotp.TOTP(_SECRET).at(self.now))

    def confirm(self) -> dict[str, Any]:
        """Three calls: for the code, the inbox, the code."""
        base = self._path.removesuffix("/sign-ins")
        self.client.call(202, "POST", f"{base}/confirmation-codes", {"email": address(3)})
        typed = {"email": address(3), "code": self._newest_code(address(3)), "trust_device": False}
        return dict(self.client.call(201, "POST", f"{base}/confirmations", typed))

    @property
    def _path(self) -> str:
        return sign_in_path(self.sandbox)

    @property
    def _control(self) -> str:
        return f"/control/v1/sandboxes/{self.sandbox}"

    def _type_password(self, expected: int, number: int) -> Any:
        typed = {"identifier": address(number), "password": PASSWORD}
        return self.client.call(expected, "POST", self._path, typed)

    def _pass_factor(self, sign_in_id: str, code: str) -> dict[str, Any]:
        typed = {"code": code, "trust_device": False}
        return dict(self.client.call(201, "POST", f"{self._path}/{sign_in_id}/second-factor", typed))

    def _newest_code(self, recipient: str) -> str:
        found = self.client.call(200, "GET", f"{self._control}/messages/latest?to={recipient.replace('+', '%2B')}")
        return str(found["code"])


def _people(preset: str) -> list[dict[str, Any]]:
    role = ROLES[preset]
    people = [
        person(0, role),
        person(1, role)
        | {"second_factor": {"method": "whatsapp_otp"}, "phones": [{"number": _number(1), "kind": "whatsapp"}]},
        person(2, role) | {"second_factor": {"method": "totp", "secret": _SECRET}},
    ]
    if preset == "contact-portal":
        people.append({name: value for name, value in person(3, "contact").items() if name != "password"})
    return people


def _number(person_number: int) -> str:
    return f"+1415555010{person_number}"


def _figures(entrance: Entrance, plan: Plan) -> list[Figure]:
    turns = {row: partial(_time, entrance, way) for row, way in entrance.ways.items()}
    take_turns(turns, _WARM_UP)
    taken = take_turns(turns, plan.pace.flows)
    figures = []
    for row, seconds in taken.items():
        named = f"{entrance.preset}: {row}"
        figures.append(Figure(_TABLE, named, "time", "ms", milliseconds(seconds)))
        if row != _PLAIN:
            figures.append(Figure(_TABLE, named, "÷ plain sign-in", "%", shares(seconds, taken[_PLAIN])))
    return figures


def _time(entrance: Entrance, way: Way) -> float:
    entrance.move_on()
    beginning = time.perf_counter()
    way()
    return time.perf_counter() - beginning
