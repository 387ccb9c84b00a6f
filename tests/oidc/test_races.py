"""Many at once, against two worker processes: what works once is got once, and a kill in between changes nothing."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from logindrill.models import RefreshToken
from logindrill.services import policies
from logindrill.work.runtime import Runtime
from tests.support.people import person
from tests.support.processes import RunningServer, running, wait_until
from tests.support.relying import BACK, VERIFIER, a_code
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import run_order

pytestmark = [pytest.mark.slow, pytest.mark.both_engines]

AT_ONCE = 64


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash"))


@pytest.fixture(scope="module")
def two_workers(runtime: Runtime, database_url: str) -> Iterator[RunningServer]:
    with running("--database-url", database_url, "--workers", "2") as started:
        yield started


def all_at_once(server: RunningServer, scene: Scene, forms: list[dict[str, str]]) -> list[httpx.Response | None]:
    """Every form is sent to the token endpoint on a connection of its own; None where no answer came."""

    async def send(http: httpx.AsyncClient, form: dict[str, str]) -> httpx.Response | None:
        try:
            return await http.post("/token", data=form)
        except httpx.TransportError:
            return None

    async def race() -> list[httpx.Response | None]:
        limits = httpx.Limits(max_connections=len(forms), max_keepalive_connections=len(forms))
        async with httpx.AsyncClient(base_url=issuer_at(server, scene), timeout=60, limits=limits) as http:
            await asyncio.gather(*(http.get("/jwks") for _ in forms))
            return await asyncio.gather(*(send(http, form) for form in forms))

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(race())).result()


def issuer_at(server: RunningServer, scene: Scene) -> str:
    return f"{server.url}/s/{scene.id}/oidc"


def redemption(code: str) -> dict[str, str]:
    return {
        "grant_type": "authorization_code",
        "client_id": "shop",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    }


def refresh(token: str) -> dict[str, str]:
    return {"grant_type": "refresh_token", "client_id": "shop", "refresh_token": token}


def new_code(server: RunningServer, scene: Scene) -> str:
    return a_code(scene, "Ada", issuer=issuer_at(server, scene))


def tokens_of(server: RunningServer, scene: Scene, form: dict[str, str]) -> dict[str, Any]:
    answer = httpx.post(f"{issuer_at(server, scene)}/token", data=form)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def reason_of(scene: Scene, answer: httpx.Response) -> str:
    [found] = [row for row in scene.attempts() if row.id == answer.headers["X-Attempt-Id"]]
    return str(found.reason)


def userinfo(server: RunningServer, scene: Scene, token: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{issuer_at(server, scene)}/userinfo", headers=headers)


def winners(answers: list[httpx.Response | None]) -> list[httpx.Response]:
    return [answer for answer in answers if answer is not None and answer.status_code == 200]


@pytest.mark.rule("O7")
def test_b39_a_code_is_redeemed_once_and_then_everything_ends(two_workers: RunningServer, scene: Scene) -> None:
    answers = all_at_once(two_workers, scene, [redemption(new_code(two_workers, scene))] * AT_ONCE)
    [winner] = winners(answers)
    lost = [answer for answer in answers if answer is not None and answer is not winner]
    assert len(lost) == AT_ONCE - 1
    assert {(answer.status_code, answer.json()["error"]) for answer in lost} == {(400, "invalid_grant")}
    reasons = Counter(row.reason for row in scene.attempts() if row.operation == "redeem_code")
    assert reasons == {None: 1, "code_used": AT_ONCE - 1}
    dead = userinfo(two_workers, scene, winner.json()["access_token"])
    assert (dead.status_code, reason_of(scene, dead)) == (401, "code_replayed")
    assert len([row for row in scene.events() if row.what == "authorization.end"]) == 1


@pytest.mark.rule("O10")
def test_b59_a_refresh_token_is_replaced_once_and_then_its_family_ends(
    two_workers: RunningServer, scene: Scene
) -> None:
    first = tokens_of(two_workers, scene, redemption(new_code(two_workers, scene)))
    answers = all_at_once(two_workers, scene, [refresh(first["refresh_token"])] * AT_ONCE)
    [winner] = winners(answers)
    reasons = Counter(row.reason for row in scene.attempts() if row.operation == "refresh_tokens")
    assert reasons == {None: 1, "refresh_reused": AT_ONCE - 1}
    for token in (first["access_token"], winner.json()["access_token"]):
        assert userinfo(two_workers, scene, token).status_code == 401
    assert len(scene.rows(RefreshToken)) == 2


@pytest.mark.rule("O10")
def test_b59_calls_that_overlap_get_one_and_the_same_successor(two_workers: RunningServer, scene: Scene) -> None:
    run_order(scene, policies.change, {"tokens.refresh_overlap": "PT10S"})
    first = tokens_of(two_workers, scene, redemption(new_code(two_workers, scene)))
    answers = all_at_once(two_workers, scene, [refresh(first["refresh_token"])] * AT_ONCE)
    successors = {answer.json()["refresh_token"] for answer in winners(answers)}
    assert (len(winners(answers)), len(successors)) == (AT_ONCE, 1)
    assert tokens_of(two_workers, scene, refresh(successors.pop()))
    assert len(scene.rows(RefreshToken)) == 3


@pytest.mark.rule("O7", "O10")
def test_a_kill_in_between_lets_nothing_happen_twice(runtime: Runtime, database_url: str, scene: Scene) -> None:
    with running("--database-url", database_url, "--workers", "2") as server:
        held = [tokens_of(server, scene, redemption(new_code(server, scene)))["refresh_token"] for _ in range(4)]
        forms = [redemption(new_code(server, scene)) for _ in range(AT_ONCE - 4)] + [refresh(token) for token in held]
        attempts = len(scene.attempts())
        with ThreadPoolExecutor(1) as apart:
            racing = apart.submit(all_at_once, server, scene, forms)
            wait_until(lambda: len(scene.attempts()) > attempts + 8)
            for worker in (*server.workers, server.process.pid):
                os.kill(worker, signal.SIGKILL)
            first = racing.result()
        server.process.wait()
    with running("--database-url", database_url, "--workers", "2") as server:
        second = all_at_once(server, scene, forms)
    granted = [
        sum(answer is not None and answer.status_code == 200 for answer in both)
        for both in zip(first, second, strict=True)
    ]
    assert max(granted) == 1, "nothing was got twice"
    assert all(answer is not None and answer.status_code in {200, 400} for answer in second)
    succeeded = [row for row in scene.attempts()[attempts:] if row.outcome == "succeeded"]
    answered = [answer for answer in (*first, *second) if answer is not None and answer.status_code == 200]
    assert len(succeeded) >= len(answered)
    assert len(succeeded) <= len(forms)
