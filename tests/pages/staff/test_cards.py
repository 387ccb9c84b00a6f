"""A person's card: what staff see of it, and which choices stand open (B12, A36-A40)."""

from datetime import timedelta

import pytest

from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work, card, is_closed
from tests.pages.visitor import Visitor
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, password_of, person


def test_the_card_tells_who_the_person_is(visit: Visit) -> None:
    seen = at_work(visit, "Pia", "customer-app").open(card("Carl"))
    shown = {name: seen.text(name) for name in ("status", "username", "email", "secondary-email", "last-sign-in")}
    assert shown == {
        "status": "Active",
        "username": "carl",
        "email": "carl@example.test",
        "secondary-email": "cox@example.test",
        "last-sign-in": "Never",
    }
    assert seen.text(f"place-{COMPANY}").startswith("Harbour Books Customer")


@pytest.mark.parametrize("name", ["nobody", "%00", "vera"])
def test_people_of_other_companies_are_as_unknown_as_nobody(visit: Visit, name: str) -> None:
    ola = at_work(visit, "Ola", "business-chat", person("Vera Vine", company=OTHER_COMPANY))
    assert ola.open(f"/people/usr_{name}").status == 404


def test_the_card_says_what_was_really_true(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    ola.scene.try_to_sign_in(address_of("Meg"), password_of("Meg").upper())
    seen = ola.open(card("Meg"))
    assert seen.text("told") == "The e-mail address or password is incorrect."
    assert seen.find("cause").attributes["data-reason"] == "wrong_case"
    assert seen.has("remedies")


def test_a_person_who_was_never_refused_has_nothing_on_record(visit: Visit) -> None:
    assert at_work(visit, "Ola", "business-chat").open(card("Meg")).has("never-refused")


def test_changes_since_the_last_success_are_listed(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    ola.send(card("Meg", "/deactivation"), page=card("Meg"))
    assert ola.open(card("Meg")).text("changed-since").startswith("Account deactivated, 2 March 2026")


def test_a_refused_order_is_no_reason_for_not_getting_in(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    ola.scene.try_to_sign_in(address_of("Ola"), "wrong")
    headings = [element.text for element in ola.open(card("Ola")).all("h2")]
    assert "Why can't they sign in?" in headings
    ola.send(card("Ola", "/deactivation"), page=card("Ola"))
    headings = [element.text for element in ola.open(card("Ola")).all("h2")]
    assert "What was refused" in headings
    assert "Why can't they sign in?" not in headings


def test_whoever_signed_in_after_a_refusal_can_sign_in(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    ola.scene.try_to_sign_in(address_of("Ola"), "wrong")
    ola.scene.wait(timedelta(seconds=1))
    ola.scene.signed_in("Ola")
    assert "Why can't they sign in?" not in [element.text for element in ola.open(card("Ola")).all("h2")]


def test_sessions_stand_on_the_card_for_whoever_may_see_them(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    assert ola.open(card("Ada")).has("no-sessions")
    elsewhere = Visitor(ola.app, ola.scene)
    elsewhere.sign_in(address_of("Ada"), password_of("Ada"))
    assert "Web, since 2 March 2026" in ola.open(card("Ada")).text("session")
    pia = at_work(visit, "Pia", "customer-app").open(card("Carl"))
    assert not pia.has("no-sessions")
    assert not pia.has("sessions")


def test_messages_stand_on_the_card_without_what_they_open(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    seen = ola.open(card("Dora"))
    assert seen.text("delivery").startswith("Activation by e-mail to dora@example.test")
    assert ola.scene.newest_token(address_of("Dora")) not in seen.answer.text


def test_what_the_service_lacks_is_not_offered(visit: Visit) -> None:
    seen = at_work(visit, "Ola", "business-chat").open(card("Meg"))
    for choice in ("make_temporary_password", "merge", "restore", "release_email", "join", "unlock"):
        assert not seen.has(choice)
    assert not at_work(visit, "Sam", "contact-portal").open(card("Cora")).has("assign_role")


def test_what_the_state_forbids_is_closed_with_the_reason_in_words(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    seen = ola.open(card("Dora"))
    assert is_closed(seen, "deactivate")
    assert seen.text("why-deactivate") == "An account that is invited cannot be deactivated."
    assert seen.find("deactivate").attributes["aria-describedby"] == "why-deactivate"
    assert not is_closed(seen, "resend")
    own = ola.open(card("Ola"))
    assert own.text("why-delete") == "This cannot be done to your own account."


def test_what_the_ladder_forbids_is_closed_with_the_reason_in_words(visit: Visit) -> None:
    seen = at_work(visit, "Ada", "business-chat").open(card("Ola"))
    assert seen.text("why-deactivate") == "The role admin may not act on the role owner."
    assert is_closed(seen, "change")


def test_what_the_role_lacks_is_closed_naming_the_permission_or_who_may(visit: Visit) -> None:
    merged = belongs_to(COMPANY, "customer", access="revoked", cause="merged")
    asleep = person("Ann Apple", "customer", status="merged", merged_into="usr_carl", memberships=[merged])
    seen = at_work(visit, "Pia", "customer-app", asleep).open(card("Ann"))
    assert seen.text("why-restore") == "Only support can undo a merge."
    assert seen.text("why-delete") == "Your role does not allow this. You need the permission to delete people."
    assert seen.text("merged-into") == "Carl Cox"


def test_the_unlock_is_offered_where_passwords_are_throttled(visit: Visit) -> None:
    seen = at_work(visit, "Ola", "business-chat", policy={"throttling.enabled": True}).open(card("Meg"))
    assert not is_closed(seen, "unlock")


def test_what_was_done_is_said_once_and_only_in_our_words(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    assert ola.open(card("Meg") + "?done=changed").text("notice") == "Changes saved."
    assert not ola.open(card("Meg") + "?done=hacked").has("notice")


def test_a_card_speaks_german_where_that_is_wanted(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    seen = ola.open(card("Meg"), headers={"Accept-Language": "de"})
    assert seen.text("deactivate") == "Deaktivieren"
