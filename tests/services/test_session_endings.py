"""Sessions that end with something else: the sign-out, the account, the membership or the access (S52)."""

from typing import Any

import pytest
from sqlalchemy import delete, update

from logindrill.models import Membership, User
from logindrill.rules.decisions import Refused
from logindrill.services import me, sessions
from logindrill.work.perform import order, read
from logindrill.work.runtime import Runtime
from tests.services.liveness import a_company, is_live, why_dead
from tests.support.scenes import Scene


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_company(runtime)


@pytest.mark.rule("S52")
def test_signing_out_ends_this_session_at_once_and_no_other(scene: Scene) -> None:
    token, other = scene.signed_in("Ada Ash"), scene.signed_in("Ada Ash")
    order(scene.work("sign_out", token=token), sessions.sign_out)
    assert why_dead(scene, token) == "signed_out"
    assert is_live(scene, other)
    assert scene.events()[-2].what == "session.end"


def test_somebody_who_is_signed_out_cannot_sign_out(scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    order(scene.work("sign_out", token=token), sessions.sign_out)
    with pytest.raises(Refused) as refusal:
        order(scene.work("sign_out", token=token), sessions.sign_out)
    assert refusal.value.reason.code == "signed_out"


@pytest.mark.parametrize(
    ("status", "reason"), [("deactivated", "deactivated"), ("deleted", "deleted"), ("merged", "merged")]
)
def test_a_session_ends_with_the_account(scene: Scene, status: str, reason: str) -> None:
    token = scene.signed_in("Cleo Cedar")
    change(scene, User, status=status, epoch=1, epoch_cause=reason)
    assert why_dead(scene, token) == reason


def test_a_session_of_an_earlier_epoch_stays_dead_when_the_account_wakes_again(scene: Scene) -> None:
    token = scene.signed_in("Cleo Cedar")
    change(scene, User, status="deactivated", epoch=1, epoch_cause="deactivated")
    change(scene, User, status="active")
    assert why_dead(scene, token) == "deactivated"


def test_a_session_ends_with_the_membership_it_acts_in(scene: Scene) -> None:
    token = scene.signed_in("Cleo Cedar")
    key = scene.user("usr_cleo").sandbox_key
    with scene.runtime.database.writing() as connection:
        connection.execute(delete(Membership).where(Membership.sandbox_key == key, Membership.user_id == "usr_cleo"))
    assert why_dead(scene, token) == "membership_ended"


def test_a_session_ends_when_access_to_its_company_is_revoked(scene: Scene) -> None:
    token = scene.signed_in("Cleo Cedar")
    change(scene, Membership, access="revoked", cause="revoked", epoch=1, epoch_cause="access_revoked")
    assert why_dead(scene, token) == "access_revoked"
    change(scene, Membership, access="granted", cause=None)
    assert why_dead(scene, token) == "access_revoked"


def test_what_a_session_may_do_is_asked_anew_at_every_call(scene: Scene) -> None:
    token = scene.signed_in("Cleo Cedar")
    change(scene, User, name="Cleo Cypress")
    assert read(scene.work(token=token), me.show).name == "Cleo Cypress"


def change(scene: Scene, noun: Any, **values: Any) -> None:
    """A state of Cleo's that other services lead to."""
    key = scene.user("usr_cleo").sandbox_key
    owner = noun.id if noun is User else noun.user_id
    with scene.runtime.database.writing() as connection:
        connection.execute(update(noun).where(noun.sandbox_key == key, owner == "usr_cleo").values(**values))
