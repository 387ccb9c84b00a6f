"""Invitations on a frozen sandbox (A1-A4): from the inviter's call to the account that signs in."""

from datetime import timedelta

import pytest

from logindrill.people.directory import EmailEntry
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.services import invitations, sessions, users
from logindrill.services.sign_in import Admission
from logindrill.services.users import NewUser
from logindrill.work.perform import order, read
from logindrill.work.runtime import Runtime
from tests.services.inviting import CHOSEN, a_company, accept, invite_kim, resend, why_unusable
from tests.support.people import COMPANY, OTHER_COMPANY, belongs_to, person
from tests.support.scenes import MORNING, Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_company(runtime)


@pytest.mark.rule("A2")
def test_an_invitation_sends_a_link_to_the_invited_address(scene: Scene) -> None:
    kim = invite_kim(scene)
    [message] = scene.messages("kim@example.test")
    assert (message.kind, message.user_id, message.disposition) == ("activation", kim, "inbox")
    assert message.link == f"{scene.runtime.public_url}/s/{scene.id}/activate/{message.token}"
    assert message.link in message.text
    assert "Harbour Books" in message.text
    assert scene.user(kim).status == "invited"


def test_a_link_shows_whom_it_is_for(scene: Scene) -> None:
    invite_kim(scene)
    shown = read(scene.work(), invitations.inspect, scene.newest_token("kim@example.test"))
    assert (shown.status, shown.email, shown.company) == ("usable", "kim@example.test", "Harbour Books")
    assert shown.expires_at == MORNING + timedelta(days=7)


@pytest.mark.rule("A3")
def test_accepting_activates_under_the_invited_address_and_does_not_sign_in(scene: Scene) -> None:
    kim = invite_kim(scene)
    before = len(scene.sessions())
    activated = accept(scene, scene.newest_token("kim@example.test"))
    assert (activated.status, activated.user.id, activated.user.status) == ("activated", kim, "active")
    assert [entry.address for entry in activated.user.emails] == ["kim@example.test"]
    assert [(membership.company, membership.role) for membership in activated.user.memberships] == [(COMPANY, "member")]
    assert len(scene.sessions()) == before
    assert isinstance(scene.try_to_sign_in("kim@example.test", CHOSEN), Admission)


@pytest.mark.rule("A4", "S8")
def test_nobody_signs_in_before_accepting(scene: Scene) -> None:
    invite_kim(scene)
    outcome = scene.try_to_sign_in("kim@example.test", CHOSEN)
    assert isinstance(outcome, Refused)
    assert outcome.reason.code == "not_activated"
    attempt = scene.attempts()[-1]
    assert (attempt.status, attempt.code) == (401, "invalid_credentials")


@pytest.mark.rule("A2", "S11")
def test_looking_never_uses_an_invitation(scene: Scene) -> None:
    invite_kim(scene)
    token = scene.newest_token("kim@example.test")
    for _ in range(3):
        read(scene.work(), invitations.open_link, token)
    accept(scene, token)


def test_opening_uses_an_invitation_up_where_that_fault_is_wanted(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Kim Kale", status="invited"), policy={"links.used_by_get": True})
    token = scene.newest_token("kim@example.test")
    assert read(scene.work("look", Call.LINK), invitations.open_link, token).email == "kim@example.test"
    assert why_unusable(scene, token) == "link_used"


@pytest.mark.rule("S4")
def test_an_invitation_lives_exactly_as_long_as_the_policy_says(scene: Scene) -> None:
    invite_kim(scene)
    token = scene.newest_token("kim@example.test")
    scene.wait(timedelta(days=7) - timedelta(microseconds=1))
    read(scene.work(), invitations.inspect, token)
    scene.wait(timedelta(microseconds=1))
    assert why_unusable(scene, token) == "link_expired"


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        (("seven77", "seven77"), {("password", "too_short")}),
        (("eight888", "eight889"), {("password_confirmation", "mismatch")}),
        (("", ""), {("password", "too_short")}),
    ],
)
def test_a_password_that_cannot_be_uses_no_invitation_up(
    scene: Scene, fields: tuple[str, str], errors: set[tuple[str, str]]
) -> None:
    kim = invite_kim(scene)
    token = scene.newest_token("kim@example.test")
    with pytest.raises(Invalid) as refusal:
        accept(scene, token, *fields)
    assert {(error.field, error.code) for error in refusal.value.fields} == errors
    assert scene.user(kim).status == "invited"
    accept(scene, token)


def test_the_link_is_judged_before_the_fields(scene: Scene) -> None:
    invite_kim(scene)
    token = scene.newest_token("kim@example.test")
    accept(scene, token)
    with pytest.raises(Refused):
        accept(scene, token, "short", "other", whatsapp_number="none")


@pytest.mark.parametrize("typed", ["+1 415 555 0100", "001-415-555-0100", "+1 (415) 555-0100"])
def test_a_whatsapp_number_is_kept_in_one_spelling(scene: Scene, typed: str) -> None:
    invite_kim(scene)
    activated = accept(scene, scene.newest_token("kim@example.test"), whatsapp_number=typed)
    assert [(entry.number, entry.kind) for entry in activated.user.phones] == [("+14155550100", "whatsapp")]


def test_a_number_that_cannot_be_uses_no_invitation_up(scene: Scene) -> None:
    invite_kim(scene)
    token = scene.newest_token("kim@example.test")
    with pytest.raises(Invalid) as refusal:
        accept(scene, token, whatsapp_number="12")
    assert [error.field for error in refusal.value.fields] == ["whatsapp_number"]
    accept(scene, token)


def test_support_invites_into_any_company(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Sue Sage", "support", company="co_platform"), preset="customer-app")
    new = NewUser("Kim Kale", "customer", emails=[EmailEntry("kim@example.test", "main")], company=OTHER_COMPANY)
    order(scene.work(token=scene.signed_in("Sue Sage")), users.invite, new)
    activated = accept(scene, scene.newest_token("kim@example.test"))
    assert [membership.company for membership in activated.user.memberships] == [OTHER_COMPANY]


def test_support_invites_as_support_wherever_else_they_belong(runtime: Runtime) -> None:
    memberships = [belongs_to(COMPANY, "customer"), belongs_to("co_platform", "support")]
    sue = person("Sue Sage", "support", memberships=memberships)
    scene = a_sandbox(runtime, sue, person("Carl Cole", "customer"), preset="customer-app")
    token = scene.signed_in("Sue Sage", company="co_platform")
    order(scene.work("resend_invitation", token=token), invitations.resend, "usr_carl")
    assert accept(scene, scene.newest_token("carl@example.test")).user.id == "usr_carl"


def test_an_active_customer_who_is_invited_again_sets_a_new_password(runtime: Runtime) -> None:
    people = (person("Pia Pine", "professional"), person("Eve Elm", "customer"))
    scene = a_sandbox(runtime, *people, preset="customer-app")
    session = scene.signed_in("Eve Elm")
    resend(scene, "usr_eve", by="Pia Pine")
    token = scene.newest_token("eve@example.test")
    assert isinstance(scene.try_to_sign_in("eve@example.test", "Secret of eve"), Admission)
    accept(scene, token)
    assert isinstance(scene.try_to_sign_in("eve@example.test", CHOSEN), Admission)
    assert isinstance(scene.try_to_sign_in("eve@example.test", "Secret of eve"), Refused)
    with pytest.raises(Refused) as refusal:
        read(scene.work("session", Call.SESSION, token=session), sessions.show)
    assert refusal.value.reason.code == "password_reset"


@pytest.mark.parametrize("name", ["Cleo Cedar", "Ben Birch"])
def test_active_staff_are_not_invited_again(scene: Scene, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        resend(scene, f"usr_{name.partition(' ')[0].lower()}")
    assert refusal.value.reason.code == "invalid_transition"


def test_an_invitation_of_the_world_has_nobody_to_answer_for_it(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Kim Kale", memberships=[belongs_to(COMPANY, "owner")], status="invited"))
    accept(scene, scene.newest_token("kim@example.test"))


def test_links_lead_to_the_app_s_own_page_where_the_policy_says_so(runtime: Runtime) -> None:
    policy = {"links.activation_url": "https://app.example.test/hello/{token}"}
    scene = a_sandbox(runtime, person("Kim Kale", status="invited"), policy=policy)
    [message] = scene.messages()
    assert message.link == f"https://app.example.test/hello/{message.token}"
