"""A company that invites people, and the calls that do it."""

from typing import Any

import pytest

from logindrill.people.directory import EmailEntry
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import invitations, users
from logindrill.services.invitations import Activated, Resent
from logindrill.services.users import NewUser
from logindrill.work.perform import attempt, order, read
from logindrill.work.runtime import Runtime
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

CHOSEN = "chosen by Kim"


def invite_kim(scene: Scene, role: str = "member", *, by: str = "Ada Ash", address: str = "kim@example.test") -> str:
    """Kim's id, after somebody invited her."""
    new = NewUser("Kim Kale", role, emails=[EmailEntry(address, "main")])
    return order(scene.work("invite_user", token=scene.signed_in(by)), users.invite, new).id


def accept(scene: Scene, token: str, password: str = CHOSEN, confirmation: str | None = None, **more: Any) -> Activated:
    confirmation = password if confirmation is None else confirmation
    work = scene.work("accept_invitation", Call.LINK)
    return attempt(work, invitations.accept, token, password, confirmation, **more)


def resend(scene: Scene, user_id: str, *, by: str = "Ada Ash") -> Resent:
    work = scene.work("send_invitation", token=scene.signed_in(by))
    return order(work, invitations.resend, user_id)


def why_unusable(scene: Scene, token: str) -> str:
    """The true reason an invitation is refused, looking and accepting alike; the public words are always the same."""
    reasons = set()
    for use in (lambda: read(scene.work("look", Call.LINK), invitations.inspect, token), lambda: accept(scene, token)):
        with pytest.raises(Refused) as refusal:
            use()
        attempt = scene.attempts()[-1]
        assert (attempt.status, attempt.code, attempt.reason) == (410, "link_unusable", refusal.value.reason.code)
        reasons.add(refusal.value.reason.code)
    [reason] = reasons
    return reason


def a_company(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", "admin"), person("Cleo Cedar"))
