"""Applications belong to their sandbox: a reset, a snapshot and a fork carry them."""

from datetime import timedelta

import pytest

from logindrill.access.applications import are_open
from logindrill.adapters.hashing import digest
from logindrill.models import Application
from logindrill.rules.decisions import Refused
from logindrill.services import applications, policies, sandbox_counts, sandboxes, snapshots
from logindrill.services.applications import ApplicationCard, ApplicationOrder
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from logindrill.world.applications import ApplicationPart
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look, run_order

pytestmark = pytest.mark.both_engines

CALLBACK = ["http://localhost:3000/callback"]
SHOP = ApplicationPart(id="shop", secret="what the shop knows", redirect_uris=CALLBACK, require_pkce=True)


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), applications=[SHOP])


def held(scene: Scene) -> list[ApplicationCard]:
    return list(look(scene, applications.page, after=None, limit=9).data)


def test_a_world_brings_its_applications(scene: Scene) -> None:
    (card,) = held(scene)
    assert (card.id, card.name, card.has_secret, card.secret) == ("shop", "shop", True, None)
    assert (card.redirect_uris, card.require_pkce) == (tuple(CALLBACK), True)
    (row,) = scene.rows(Application)
    assert row.secret_hash == digest("what the shop knows")


def test_a_generated_secret_is_stored_as_a_digest(scene: Scene) -> None:
    card = run_order(scene, applications.register, ApplicationOrder(redirect_uris=CALLBACK, secret=True))
    row = next(row for row in scene.rows(Application) if row.id == card.id)
    assert card.secret is not None
    assert row.secret_hash == digest(card.secret)
    assert card.secret not in str(scene.events())


def test_a_reset_returns_to_the_applications_of_the_beginning(scene: Scene) -> None:
    before = held(scene)
    run_order(scene, applications.register, ApplicationOrder(id="other", redirect_uris=CALLBACK))
    run_order(scene, applications.replace, "shop", ApplicationOrder(redirect_uris=CALLBACK, secret=False))
    assert held(scene) != before
    run_order(scene, sandboxes.reset)
    assert held(scene) == before


def test_a_snapshot_and_a_fork_carry_applications(scene: Scene) -> None:
    before = held(scene)
    kept = order(scene.work(), snapshots.take, None)
    other = Scene(scene.runtime, order(scene.work(), snapshots.fork, None))
    run_order(scene, applications.remove, "shop")
    assert [card.id for card in held(other)] == ["shop"]
    assert held(other)[0].issuer != before[0].issuer
    order(scene.work(), snapshots.restore, kept.id)
    assert held(scene) == before


@pytest.mark.rule("O1")
def test_a_sandbox_is_open_until_an_application_is_registered_or_as_it_is_set(runtime: Runtime) -> None:
    scene = a_sandbox(runtime)
    assert look(scene, are_open)
    run_order(scene, applications.register, ApplicationOrder(redirect_uris=CALLBACK))
    assert not look(scene, are_open)
    run_order(scene, policies.change, {"applications.open": True})
    assert look(scene, are_open)


def test_two_sandboxes_may_have_the_same_client_id(scene: Scene, runtime: Runtime) -> None:
    other = a_sandbox(runtime, applications=[SHOP])
    run_order(other, applications.remove, "shop")
    assert (len(held(scene)), len(held(other))) == (1, 0)
    counts = sandbox_counts.count(runtime, [scene.id, other.id])
    assert (counts[scene.id].applications, counts[other.id].applications) == (1, 0)


def test_what_is_not_there_is_refused(scene: Scene) -> None:
    for service in (applications.show, applications.remove, applications.renew_secret):
        with pytest.raises(Refused):
            run_order(scene, service, "nobody")


def test_the_log_names_what_was_done(scene: Scene) -> None:
    card = run_order(scene, applications.renew_secret, "shop")
    assert (card.secret is not None, card.require_pkce) == (True, True)
    scene.wait(timedelta(seconds=1))
    run_order(scene, applications.remove, "shop")
    assert [event.what for event in scene.events()] == ["application.change", "application.remove"]
