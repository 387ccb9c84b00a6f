"""A snapshot is everything in a sandbox at one moment, and the only way back in time."""

from datetime import timedelta

import pytest

from logindrill.rules.decisions import Refused
from logindrill.services import password_resets, sandboxes, snapshots
from logindrill.services.sign_in import Admission
from logindrill.work.perform import attempt, order, read
from logindrill.work.runtime import Runtime
from tests.support.people import address_of, password_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox

pytestmark = pytest.mark.both_engines


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


def kept(scene: Scene) -> tuple[list[str], ...]:
    """What the sandbox holds, in its order."""
    return (
        [row.id for row in scene.messages()],
        [row.id for row in scene.sessions()],
        [row.digest for row in scene.links()],
    )


def test_restoring_brings_back_messages_sessions_links_and_the_clock(scene: Scene) -> None:
    token = scene.signed_in("Ada")
    attempt(scene.work("request_password_reset"), password_resets.request, address_of("Ada"))
    before = kept(scene)
    snapshot = order(scene.work(), snapshots.take, "before the weekend")
    scene.wait(timedelta(days=3))
    attempt(scene.work("request_password_reset"), password_resets.request, address_of("Ada"))
    assert kept(scene) != before
    order(scene.work(), snapshots.restore, snapshot.id)
    assert kept(scene) == before
    assert scene.work().now == MORNING
    assert isinstance(scene.try_to_sign_in(address_of("Ada"), password_of("Ada")), Admission)
    assert token.startswith("mock_")


def test_a_list_of_snapshots_leaves_the_baseline_out(scene: Scene) -> None:
    first = order(scene.work(), snapshots.take, None)
    second = order(scene.work(), snapshots.take, "second")
    page = read(scene.work(), snapshots.page, after=None, limit=50)
    assert [card.id for card in page.data] == [first.id, second.id]
    assert page.data[1].name == "second"


def test_snapshots_outlive_a_reset(scene: Scene) -> None:
    scene.signed_in("Ada")
    snapshot = order(scene.work(), snapshots.take, None)
    order(scene.work(), sandboxes.reset)
    assert not scene.sessions()
    order(scene.work(), snapshots.restore, snapshot.id)
    assert len(scene.sessions()) == 1


def test_a_fork_is_a_sandbox_of_its_own_with_the_same_people_and_links(runtime: Runtime, scene: Scene) -> None:
    attempt(scene.work("request_password_reset"), password_resets.request, address_of("Ada"))
    fork = Scene(runtime, order(scene.work(), snapshots.fork, None))
    assert kept(fork) == kept(scene)
    token = fork.newest_token(address_of("Ada"))
    attempt(fork.work("reset"), password_resets.reset, token, "brand new one", "brand new one")
    assert isinstance(fork.try_to_sign_in(address_of("Ada"), "brand new one"), Admission)
    assert isinstance(scene.try_to_sign_in(address_of("Ada"), password_of("Ada")), Admission), "the origin is untouched"


def test_near_misses_are_still_found_in_a_fork(runtime: Runtime, scene: Scene) -> None:
    fork = Scene(runtime, order(scene.work(), snapshots.fork, None))
    refused = fork.try_to_sign_in(address_of("Ada"), password_of("Ada").upper())
    assert isinstance(refused, Refused)
    assert refused.reason.code == "wrong_case"


def test_a_reset_of_a_fork_returns_to_the_moment_of_forking(runtime: Runtime, scene: Scene) -> None:
    scene.signed_in("Ada")
    fork = Scene(runtime, order(scene.work(), snapshots.fork, None))
    fork.signed_in("Ada")
    order(fork.work(), sandboxes.reset)
    assert len(fork.sessions()) == 1


def test_a_fork_takes_no_id_that_is_taken(scene: Scene) -> None:
    with pytest.raises(Refused, match="id_taken"):
        order(scene.work(), snapshots.fork, scene.id)


def test_an_unknown_snapshot_is_refused_and_the_baseline_is_none(scene: Scene) -> None:
    for unknown in ("snp_nobody", "baseline"):
        with pytest.raises(Refused, match="not_found"):
            order(scene.work(), snapshots.restore, unknown)
