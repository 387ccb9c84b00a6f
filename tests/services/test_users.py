"""People of a company on a frozen sandbox: who may invite, see and change whom (A1, A25, overall rule 1)."""

from functools import partial
from typing import Any

import pytest

from logindrill.people.directory import EmailEntry, PhoneEntry, UserCard
from logindrill.people.edits import UserEdit
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.services import password_resets, users
from logindrill.services.users import NewUser
from logindrill.work.perform import attempt, order, read
from logindrill.work.runtime import Runtime
from logindrill.world.document import EmailPart
from tests.services.staffing import a_company, call, why_refused
from tests.support.people import COMPANY, OTHER_COMPANY, person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_company(runtime)


def somebody(role: str = "member", address: str = "kim@example.test", **more: Any) -> NewUser:
    return NewUser("Kim Kale", role, emails=[EmailEntry(address, "main")], **more)


@pytest.mark.parametrize(
    ("by", "role"), [("Ada Ash", "owner"), ("Ada Ash", "admin"), ("Ben Birch", "admin"), ("Ben Birch", "member")]
)
def test_owner_and_admin_invite_up_to_their_own_rank(scene: Scene, by: str, role: str) -> None:
    card: UserCard = call(scene, by, users.invite, somebody(role))
    assert (card.name, card.status) == ("Kim Kale", "invited")
    assert [(membership.company, membership.role) for membership in card.memberships] == [(COMPANY, role)]
    assert scene.events()[-1].what == "user.invite"
    assert scene.events()[-1].subject == card.id


@pytest.mark.rule("A1", "rule-1", "S6")
@pytest.mark.parametrize(
    ("by", "role"), [("Ben Birch", "owner"), ("Cleo Cedar", "member"), ("Cleo Cedar", "owner"), ("Cleo Cedar", "admin")]
)
def test_nobody_invites_above_their_rank_or_without_the_permission(scene: Scene, by: str, role: str) -> None:
    assert why_refused(scene, by, users.invite, somebody(role)) == ("missing_permission", "users.invite")
    attempt = scene.attempts()[-1]
    assert (attempt.status, attempt.code, attempt.user_id) == (403, "forbidden", f"usr_{by.partition(' ')[0].lower()}")


def test_nobody_invites_without_a_session(scene: Scene) -> None:
    with pytest.raises(Refused) as refusal:
        order(scene.work(), users.invite, somebody())
    assert refusal.value.reason.code == "no_session"


@pytest.mark.rule("A1", "S7")
@pytest.mark.parametrize(
    "taken",
    [f"{holder}@example.test" for holder in ("ada", "ADA", "\uff41da", "cleo", "dora", "ed", "olga")],
)
def test_a_taken_address_is_taken_whatever_the_state_of_its_holder(scene: Scene, taken: str) -> None:
    assert why_refused(scene, "Ben Birch", users.invite, somebody(address=taken)) == ("email_taken", None)
    assert (scene.attempts()[-1].status, scene.attempts()[-1].code) == (409, "email_taken")
    assert len(scene.messages()) == 1


@pytest.mark.rule("S7")
def test_whoever_may_not_invite_learns_nothing_of_an_address(scene: Scene) -> None:
    for address in ("ada@example.test", "nobody@example.test"):
        assert why_refused(scene, "Cleo Cedar", users.invite, somebody(address=address))[0] == "missing_permission"


@pytest.mark.parametrize("role", ["customer", "support", "contact", "root", ""])
def test_a_role_that_the_preset_lacks_cannot_be_given(scene: Scene, role: str) -> None:
    token = scene.signed_in("Ada Ash")
    with pytest.raises(Invalid) as refusal:
        order(scene.work(token=token), users.invite, somebody(role))
    assert [error.field for error in refusal.value.fields] == ["role"]


@pytest.mark.parametrize(
    "emails",
    [
        [],
        [EmailEntry("kim", "main")],
        [EmailEntry("kim @example.test", "main")],
        [EmailEntry("kim@example.test\n", "main")],
        [EmailEntry("kim@example.test", "main"), EmailEntry("kim2@example.test", "main")],
        [EmailEntry("kim@example.test", "main"), EmailEntry("kim2@example.test", "secondary")],
        [EmailEntry("kim@example.test", "secondary")],
    ],
)
def test_staff_have_exactly_one_main_address(scene: Scene, emails: list[EmailEntry]) -> None:
    token = scene.signed_in("Ada Ash")
    with pytest.raises(Invalid) as refusal:
        order(scene.work(token=token), users.invite, NewUser("Kim Kale", "member", emails=emails))
    assert refusal.value.fields[0].field.startswith("emails")


def test_only_support_invites_into_another_company(runtime: Runtime, scene: Scene) -> None:
    assert why_refused(scene, "Ada Ash", users.invite, somebody(company=OTHER_COMPANY))[0] == "not_found"
    assert why_refused(scene, "Ada Ash", users.invite, somebody(company="co_nowhere"))[0] == "not_found"


@pytest.mark.rule("rule-3")
def test_inviting_an_address_of_another_company_adds_a_membership_and_changes_no_credential(runtime: Runtime) -> None:
    secondary = [EmailPart(address="post@example.test", kind="secondary")]
    scene = a_sandbox(
        runtime,
        person("Pia Pine", "professional"),
        person("Quinn Quince", "professional", company=OTHER_COMPANY),
        person("Eve Elm", "customer", company=OTHER_COMPANY),
        person("Ed Elder", "customer", company=OTHER_COMPANY, status="deactivated"),
        person("Finn Fir", "customer", username="finn.fir", emails=secondary, company=OTHER_COMPANY),
        preset="customer-app",
    )
    before = scene.user("usr_eve")
    card: UserCard = call(scene, "Pia Pine", users.invite, somebody("customer", "EVE@example.test"))
    assert card.id == "usr_eve"
    assert [membership.company for membership in card.memberships] == [OTHER_COMPANY, COMPANY]
    assert scene.user("usr_eve") == before
    assert [row.kind for row in scene.messages("eve@example.test")] == ["notice"]
    assert why_refused(scene, "Pia Pine", users.invite, somebody("customer", "eve@example.test"))[0] == "email_taken"
    for taken in ("ed@example.test", "post@example.test"):
        assert why_refused(scene, "Pia Pine", users.invite, somebody("customer", taken))[0] == "email_taken"
    assert why_refused(scene, "Pia Pine", users.invite, somebody("professional", "quinn@example.test"))[0] == (
        "email_taken"
    )


@pytest.mark.parametrize("user_id", ["usr_olga", "usr_nobody", "", "' OR 1=1 --"])
def test_people_of_other_companies_are_as_unknown_as_nobody(scene: Scene, user_id: str) -> None:
    for service, arguments in (
        (users.show, ()),
        (users.change, (UserEdit(name="Other"),)),
        (users.assign_role, ("member",)),
    ):
        assert why_refused(scene, "Ada Ash", service, user_id, *arguments) == ("not_found", None)


def test_people_of_another_sandbox_are_as_unknown_as_nobody(runtime: Runtime, scene: Scene) -> None:
    a_sandbox(runtime, person("Ada Ash", "owner"), person("Zoe Zinnia"))
    assert why_refused(scene, "Ada Ash", users.show, "usr_zoe") == ("not_found", None)


def test_a_list_holds_the_people_of_the_company_in_their_order(scene: Scene) -> None:
    token = scene.signed_in("Ben Birch")
    first = read(scene.work(token=token), users.page, after=None, limit=3)
    rest = read(scene.work(token=token), users.page, after=first.data[-1].id, limit=3)
    assert [card.id for card in first.data] == ["usr_ada", "usr_ben", "usr_cleo"]
    assert [card.id for card in rest.data] == ["usr_dora", "usr_ed"]
    assert (first.has_more, rest.has_more) == (True, False)


@pytest.mark.parametrize("after", ["usr_olga", "usr_nobody", "", "0"])
@pytest.mark.rule("S57")
def test_a_cursor_is_checked_and_not_trusted(scene: Scene, after: str) -> None:
    token = scene.signed_in("Ben Birch")
    with pytest.raises(Invalid) as refusal:
        read(scene.work(token=token), users.page, after=after, limit=3)
    assert [error.field for error in refusal.value.fields] == ["after"]


def test_a_member_sees_nobody(scene: Scene) -> None:
    token = scene.signed_in("Cleo Cedar")
    looks: list[Any] = [partial(users.show, user_id="usr_ada"), partial(users.page, after=None, limit=5)]
    for look in looks:
        with pytest.raises(Refused) as refusal:
            read(scene.work(token=token), look)
        assert (refusal.value.reason.code, refusal.value.permission) == ("missing_permission", "users.read")


def test_a_card_shows_no_secret(scene: Scene) -> None:
    card: UserCard = read(scene.work(token=scene.signed_in("Ada Ash")), users.show, "usr_cleo")
    stored = scene.user("usr_cleo")
    shown = repr(card)
    assert stored.password_hash not in shown
    assert stored.password_marks not in shown


def test_a_change_replaces_what_it_names_and_leaves_the_rest(scene: Scene) -> None:
    change = UserEdit(name="Cleo Cypress", phones=[PhoneEntry("+1 415 555 0100", "whatsapp")])
    card: UserCard = call(scene, "Ben Birch", users.change, "usr_cleo", change)
    assert (card.name, [entry.number for entry in card.phones]) == ("Cleo Cypress", ["+14155550100"])
    assert [entry.address for entry in card.emails] == ["cleo@example.test"]
    event = scene.events()[-1]
    assert (event.what, event.actor, event.subject, event.details) == (
        "user.change",
        "usr_ben",
        "usr_cleo",
        {"fields": ["name", "phones"], "kinds": ["name changed", "whatsapp number added"]},
    )


def test_a_change_of_nothing_is_no_event(scene: Scene) -> None:
    token = scene.signed_in("Ben Birch")
    before = len(scene.events())
    order(scene.work(token=token), users.change, "usr_cleo", UserEdit())
    assert len(scene.events()) == before


def test_an_admin_never_touches_an_owner(scene: Scene) -> None:
    assert why_refused(scene, "Ben Birch", users.change, "usr_ada", UserEdit(name="Other")) == (
        "missing_permission",
        "users.edit",
    )
    assert why_refused(scene, "Ben Birch", users.assign_role, "usr_ada", "member")[0] == "missing_permission"


def test_a_changed_address_signs_in_and_the_old_one_does_not(scene: Scene) -> None:
    change = UserEdit(emails=[EmailEntry("cypress@example.test", "main")])
    call(scene, "Ben Birch", users.change, "usr_cleo", change)
    assert not isinstance(scene.try_to_sign_in("cypress@example.test", "Secret of cleo"), Refused)
    assert isinstance(scene.try_to_sign_in("cleo@example.test", "Secret of cleo"), Refused)


@pytest.mark.rule("S15")
def test_a_changed_address_ends_open_reset_links_and_the_same_one_does_not(scene: Scene) -> None:
    attempt(scene.work("ask", Call.ASK), password_resets.request, "cleo@example.test")
    token = scene.newest_token("cleo@example.test")
    call(scene, "Ben Birch", users.change, "usr_cleo", UserEdit(emails=[EmailEntry("cleo@example.test", "main")]))
    assert read(scene.work(), password_resets.inspect, token).status == "usable"
    call(scene, "Ben Birch", users.change, "usr_cleo", UserEdit(emails=[EmailEntry("cypress@example.test", "main")]))
    with pytest.raises(Refused) as refusal:
        read(scene.work(), password_resets.inspect, token)
    assert refusal.value.reason.code == "link_void"


def test_a_change_to_a_taken_address_is_refused_and_undone(scene: Scene) -> None:
    change = UserEdit(name="Other", emails=[EmailEntry("ED@example.test", "main")])
    assert why_refused(scene, "Ada Ash", users.change, "usr_cleo", change) == ("email_taken", None)


def test_nobody_is_left_without_a_way_in(scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    with pytest.raises(Invalid):
        order(scene.work(token=token), users.change, "usr_cleo", UserEdit(emails=[]))
    assert not isinstance(scene.try_to_sign_in("cleo@example.test", "Secret of cleo"), Refused)


def test_usernames_are_unique_by_canonical_form_and_offered_by_some_presets_only(
    runtime: Runtime, scene: Scene
) -> None:
    token = scene.signed_in("Ada Ash")
    with pytest.raises(Invalid):
        order(scene.work(token=token), users.change, "usr_cleo", UserEdit(username="cleo"))
    secondary = [EmailPart(address="eve@example.test", kind="secondary")]
    people = (
        person("Pia Pine", "professional"),
        person("Eve Elm", "customer", username="Eve.Elm", emails=secondary),
        person("Finn Fir", "customer"),
    )
    customers = a_sandbox(runtime, *people, preset="customer-app")
    assert why_refused(customers, "Pia Pine", users.change, "usr_finn", UserEdit(username="eve.ELM"))[0] == (
        "username_taken"
    )
    for unfit in ("finn@fir", "finn fir", "x" * 65, "finn\uff20fir"):
        with pytest.raises(Invalid):
            call(customers, "Pia Pine", users.change, "usr_finn", UserEdit(username=unfit))
    with pytest.raises(Invalid):
        call(customers, "Pia Pine", users.change, "usr_eve", UserEdit(username=""))


@pytest.mark.parametrize(("text", "found"), [("CLEO", ["usr_cleo"]), ("dora@", ["usr_dora"]), ("Olga", []), ("", 5)])
def test_people_of_the_company_are_found_by_name_and_address(scene: Scene, text: str, found: list[str] | int) -> None:
    page = read(scene.work(token=scene.signed_in("Ada Ash")), users.page, after=None, limit=50, text=text)
    ids = [card.id for card in page.data]
    assert found in (ids, len(ids))
