"""Calls that want to begin at once: their sandboxes take turns, and each call gets its own."""

import asyncio

import pytest

from logindrill.serving.rounds import Rounds
from tests.support.event_loops import run


def order_of(*paths: str) -> list[str]:
    """The order in which calls begin that have all come in one round."""
    begun: list[str] = []

    async def call(rounds: Rounds, path: str) -> None:
        await rounds.turn(path)
        begun.append(path)

    async def all_of_them() -> None:
        rounds = Rounds()
        await asyncio.gather(*(call(rounds, path) for path in paths))
        await call(rounds, "/livez")

    run(all_of_them())
    assert begun.pop() == "/livez"
    return begun


@pytest.mark.parametrize("flood", ["/s/busy/v1/sign-ins", "/control/v1/sandboxes/busy/messages", "/openapi.json"])
def test_a_flood_delays_others_by_one_call(flood: str) -> None:
    begun = order_of(*[flood] * 20, "/s/calm/v1/session", "/livez", "/s/calm/v1/session")
    assert begun[:6] == [flood, flood, "/s/calm/v1/session", "/livez", flood, "/s/calm/v1/session"]
    assert begun[6:] == [flood] * 17


def test_control_calls_and_those_of_the_sandbox_share_its_turns() -> None:
    paths = ["/s/one/v1/me", "/control/v1/sandboxes/one/messages", "/s/one/v1/session"]
    assert order_of(*paths, "/s/two/v1/me") == [paths[0], paths[1], "/s/two/v1/me", paths[2]]


def test_one_call_begins_in_each_round() -> None:
    async def count() -> list[int]:
        rounds, in_this_round, seen = Rounds(), 0, []

        async def call() -> None:
            nonlocal in_this_round
            await rounds.turn("/livez")
            in_this_round += 1

        calls = [asyncio.create_task(call()) for _ in range(5)]
        while not all(task.done() for task in calls):
            await asyncio.sleep(0)
            seen.append(in_this_round)
            in_this_round = 0
        return seen

    assert max(run(count())) == 1


def test_a_call_that_was_given_up_is_passed_over() -> None:
    async def give_up() -> None:
        rounds = Rounds()
        await rounds.turn("/a")
        lost = asyncio.create_task(rounds.turn("/b"))
        kept = asyncio.create_task(rounds.turn("/b"))
        await asyncio.sleep(0)
        lost.cancel()
        await kept

    run(asyncio.wait_for(give_up(), 60))


def test_a_path_of_nothing_is_nobody_s() -> None:
    assert order_of("", "*", "/s", "/s/") == ["", "*", "/s", "/s/"]
