"""Measures what applications of OpenID Connect ask for: codes redeemed, tokens refreshed, claims shown.

The codes are made before the clock starts, by somebody who is signed in. A redemption is held against what it must do:
it may cost three sign-ins without their hash, and two signatures.
"""

import base64
import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from logindrill.adapters import jose
from tools.bench.client import Client
from tools.bench.cores import staying_on
from tools.bench.figures import Figure, Goal
from tools.bench.hashing import verify_alone
from tools.bench.people import PASSWORD, address
from tools.bench.plan import Plan
from tools.bench.processor import spent_by
from tools.bench.providers import BACK, Oauth2MockServer, OidcProviderMock, Provider, exchange
from tools.bench.quiet import Turn
from tools.bench.rounds import take_turns
from tools.bench.servers import ours, started
from tools.bench.visits import opened
from tools.bench.worlds import person, sign_in_path, world

_TABLE, _BESIDE = "Tokens, one call after another", "Tokens beside other programs"
_COLUMN, _UNIT = "processor time", "µs"
_SIGN_IN, _REDEEM, _REFRESH, _CLAIMS = "sign-in", "code redeemed (RS256)", "tokens refreshed (RS256)", "claims shown"
_SIGNATURES, _HASH, _SHARE = (
    "two signatures (RS256)",
    "one hash, fast",
    "of three sign-ins without hash and two signatures",
)
_VERIFIER = "v" * 43
_CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(_VERIFIER.encode()).digest()).rstrip(b"=").decode()
_SIGNED_AT_ONCE = 200
_MICROSECONDS = 1e6


def measure(plan: Plan) -> list[Figure]:
    """Processor time of each kind of call, beside that of a sign-in."""
    with started(ours(), [plan.cores.server]) as server, staying_on(plan.cores.load), Client(server.url) as client:
        application = _Application(client, server.process.pid, plan.pace.flows)
        turns: dict[str, Callable[[], float]] = {
            _SIGN_IN: application.sign_in,
            _REDEEM: application.redeem,
            _REFRESH: application.refresh,
            _CLAIMS: application.show_claims,
            _SIGNATURES: _sign_twice,
            _HASH: lambda: _MICROSECONDS / verify_alone("fast", seconds=1, cores=[plan.cores.server]),
        }
        take_turns(turns, 1)
        taken = take_turns(turns, plan.pace.rounds, plan.guard)
    figures = [Figure(_TABLE, row, _COLUMN, _UNIT, tuple(values)) for row, values in taken.items()]
    allowed = (
        3 * (one - hashed) + two for one, hashed, two in zip(*_of(taken, _SIGN_IN, _HASH, _SIGNATURES), strict=True)
    )
    shares = tuple(100 * one / most for one, most in zip(taken[_REDEEM], allowed, strict=True))
    return [*figures, Figure(_TABLE, _REDEEM, _SHARE, "%", shares, Goal(100.0))]


def measure_beside(plan: Plan) -> list[Figure]:
    """Processor time of a redemption at providers that ask for no password."""
    products: tuple[type[Provider], ...] = (OidcProviderMock, Oauth2MockServer)
    turns: dict[str, list[Turn[float]]] = {product.name: [] for product in products}
    for _ in range(plan.pace.visits):
        for product in products:
            turns[product.name].append(plan.guard.take(partial(_exchanges, product, plan)))
    return [
        Figure(_BESIDE, name, _COLUMN, _UNIT, tuple(turn.result for turn in taken), None, _disturbed(taken))
        for name, taken in turns.items()
    ]


class _Application:
    """A public application of a sandbox, and the person who uses it."""

    def __init__(self, client: Client, pid: int, count: int) -> None:
        self._client = client
        self._pid = pid
        self._count = count
        body = {"id": "app", "preset": "business-chat", "world": world([person(0)])}
        client.call(201, "POST", "/control/v1/sandboxes", body)
        self._session = self._signed_in()["session"]["access_token"]
        self._refresh_token = self._exchange(self._code())["refresh_token"]

    def sign_in(self) -> float:
        """Microseconds of the server for one of them."""
        return self._each(self._signed_in, [()] * self._count)

    def redeem(self) -> float:
        """Microseconds for one code."""
        codes = [(self._code(),) for _ in range(self._count)]
        return self._each(self._exchange, codes)

    def refresh(self) -> float:
        """Microseconds for one refresh token."""
        return self._each(self._refresh, [()] * self._count)

    def show_claims(self) -> float:
        """Microseconds for one access token."""
        token = self._exchange(self._code())["access_token"]
        return self._each(
            lambda: self._client.call(200, "GET", "/s/app/oidc/userinfo", token=token), [()] * self._count
        )

    def _each(self, act: Callable[..., object], arguments: Sequence[tuple[str, ...]]) -> float:
        before = spent_by(self._pid)
        for given in arguments:
            act(*given)
        return _MICROSECONDS * (spent_by(self._pid) - before) / len(arguments)

    def _signed_in(self) -> dict[str, Any]:
        return dict(
            self._client.call(201, "POST", sign_in_path("app"), {"identifier": address(0), "password": PASSWORD})
        )

    def _code(self) -> str:
        asked = {
            "client_id": "app",
            "response_type": "code",
            "redirect_uri": BACK,
            "scope": "openid profile email",
            "code_challenge": _CHALLENGE,
            "code_challenge_method": "S256",
        }
        headers = {"Cookie": f"ld_session={self._session}"}
        sent = self._client.send(303, "GET", f"/s/app/oidc/authorize?{urlencode(asked)}", None, headers)
        return parse_qs(urlsplit(sent.headers["location"]).query)["code"][0]

    def _exchange(self, code: str) -> dict[str, Any]:
        given = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": _VERIFIER}
        return self._ask(given)

    def _refresh(self) -> None:
        given = {"grant_type": "refresh_token", "refresh_token": self._refresh_token}
        self._refresh_token = self._ask(given)["refresh_token"]

    def _ask(self, given: Mapping[str, str]) -> dict[str, Any]:
        return _tokens(self._client, "/s/app/oidc/token", {**given, "client_id": "app"})


def _tokens(client: Client, path: str, given: Mapping[str, str]) -> dict[str, Any]:
    return dict(json.loads(exchange(client, 200, path, given)))


def _sign_twice() -> float:
    key = jose.make_key("RS256")
    claims = {
        "iss": "http://localhost:8401/s/app/oidc",
        "sub": "usr_1",
        "aud": "app",
        "iat": 1,
        "exp": 2,
        "nonce": "n" * 22,
    }
    jose.sign(claims, key)
    before = time.process_time()
    for _ in range(_SIGNED_AT_ONCE):
        jose.sign(claims, key)
    return 2 * _MICROSECONDS * (time.process_time() - before) / _SIGNED_AT_ONCE


def _exchanges(product: type[Provider], plan: Plan) -> float:
    there = product(plan.folder, plan.peers)
    with opened(there, plan) as (process, url, _), staying_on(plan.cores.load), Client(url) as client:
        there.fill(client, 1)
        there.refuse(client)
        asked = [there.token_request(client) for _ in range(plan.pace.flows + 1)]
        _tokens(client, there.token_path, asked.pop())
        before = spent_by(process.pid)
        for given in asked:
            _tokens(client, there.token_path, given)
        spent = spent_by(process.pid) - before
    return _MICROSECONDS * spent / plan.pace.flows


def _of(taken: Mapping[str, list[float]], *rows: str) -> Iterator[list[float]]:
    yield from (taken[row] for row in rows)


def _disturbed(turns: list[Turn[float]]) -> int:
    return sum(turn.is_disturbed for turn in turns)
