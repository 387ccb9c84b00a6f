"""Invitations that open nothing: used, replaced, revoked, or void after a change of the inviter or the account."""

from typing import Any

import pytest
from sqlalchemy import update

from logindrill.models import Membership, User
from logindrill.people.directory import EmailEntry
from logindrill.people.edits import UserEdit
from logindrill.rules.disclosure import Call
from logindrill.services import invitations, password_resets, users
from logindrill.work.perform import attempt, order
from logindrill.work.runtime import Runtime
from tests.services.inviting import a_company, accept, invite_kim, resend, why_unusable
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_company(runtime)


def revoke(scene: Scene, user_id: str) -> None:
    order(scene.work("revoke_invitations", token=scene.signed_in("Ada Ash")), invitations.revoke, user_id)


def set_by_hand(scene: Scene, noun: Any, user_id: str, **values: Any) -> None:
    """A state that other services lead to."""
    key = scene.user(user_id).sandbox_key
    owner = noun.id if noun is User else noun.user_id
    with scene.runtime.database.writing() as connection:
        connection.execute(update(noun).where(noun.sandbox_key == key, owner == user_id).values(**values))


@pytest.mark.rule("A2")
def test_an_invitation_works_once(scene: Scene) -> None:
    invite_kim(scene)
    token = scene.newest_token("kim@example.test")
    accept(scene, token)
    assert why_unusable(scene, token) == "link_used"


@pytest.mark.rule("S5")
def test_the_newest_invitation_wins(scene: Scene) -> None:
    kim = invite_kim(scene)
    older = scene.newest_token("kim@example.test")
    resent = resend(scene, kim)
    assert (resent.sign_in_identifier, resent.main_email, resent.method) == (
        "kim@example.test",
        "kim@example.test",
        "email",
    )
    assert why_unusable(scene, older) == "link_superseded"
    accept(scene, scene.newest_token("kim@example.test"))


@pytest.mark.rule("S5")
def test_revoking_kills_every_invitation(scene: Scene) -> None:
    kim = invite_kim(scene)
    tokens = [scene.newest_token("kim@example.test")]
    resend(scene, kim)
    tokens.append(scene.newest_token("kim@example.test"))
    revoke(scene, kim)
    assert [why_unusable(scene, token) for token in tokens] == ["link_superseded", "link_void"]
    events = len(scene.events())
    revoke(scene, kim)
    assert [row.what for row in scene.events()[events:]] == ["sign_in"]


@pytest.mark.parametrize("alter", [lambda token: token[:-1], lambda token: token + "x", lambda token: token.upper()])
def test_an_invitation_that_was_altered_is_named_as_such(scene: Scene, alter: Any) -> None:
    invite_kim(scene)
    assert why_unusable(scene, alter(scene.newest_token("kim@example.test"))) == "link_damaged"


@pytest.mark.rule("S3")
def test_an_invitation_opens_nothing_in_another_sandbox(runtime: Runtime, scene: Scene) -> None:
    invite_kim(scene)
    other = a_sandbox(runtime, person("Ada Ash", "owner"), person("Kim Kale", status="invited"))
    assert why_unusable(other, scene.newest_token("kim@example.test")) == "link_unknown"


@pytest.mark.rule("S8")
def test_a_reset_link_activates_nobody(scene: Scene) -> None:
    attempt(scene.work("ask", Call.ASK), password_resets.request, "cleo@example.test")
    assert why_unusable(scene, scene.newest_token("cleo@example.test")) == "link_damaged"


def test_an_inviter_who_could_no_longer_invite_leaves_invitations_that_open_nothing(scene: Scene) -> None:
    invite_kim(scene, by="Ben Birch")
    token = scene.newest_token("kim@example.test")
    order(scene.work(token=scene.signed_in("Ada Ash")), users.assign_role, "usr_ben", "member")
    assert why_unusable(scene, token) == "link_void"


@pytest.mark.rule("S6")
def test_an_inviter_who_could_no_longer_grant_the_role_leaves_invitations_that_open_nothing(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", "owner"))
    invite_kim(scene, "owner", by="Ben Birch")
    order(scene.work(token=scene.signed_in("Ada Ash")), users.assign_role, "usr_ben", "admin")
    assert why_unusable(scene, scene.newest_token("kim@example.test")) == "link_void"


@pytest.mark.parametrize(
    ("noun", "values"), [(User, {"status": "deactivated"}), (Membership, {"access": "revoked", "cause": "deactivated"})]
)
def test_a_deactivated_inviter_leaves_invitations_that_open_nothing(scene: Scene, noun: Any, values: Any) -> None:
    invite_kim(scene, by="Ben Birch")
    set_by_hand(scene, noun, "usr_ben", **values)
    assert why_unusable(scene, scene.newest_token("kim@example.test")) == "link_void"


@pytest.mark.parametrize("status", ["deactivated", "deleted", "merged"])
def test_an_invitation_of_somebody_who_is_no_longer_waiting_opens_nothing(scene: Scene, status: str) -> None:
    kim = invite_kim(scene)
    set_by_hand(scene, User, kim, status=status)
    assert why_unusable(scene, scene.newest_token("kim@example.test")) == "link_void"


@pytest.mark.rule("S3")
def test_an_invitation_that_went_to_a_corrected_address_opens_nothing(scene: Scene) -> None:
    kim = invite_kim(scene, address="kin@example.test")
    astray = scene.newest_token("kin@example.test")
    change = UserEdit(emails=[EmailEntry("kim@example.test", "main")])
    order(scene.work(token=scene.signed_in("Ada Ash")), users.change, kim, change)
    assert why_unusable(scene, astray) == "link_void"
    resend(scene, kim)
    accept(scene, scene.newest_token("kim@example.test"))
