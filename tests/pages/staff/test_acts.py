"""What staff do about a person with one click, and how a refusal is shown (A24-A28, C13)."""

import pytest

from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work, card, fill_in, is_closed, press
from tests.pages.visitor import Visitor
from tests.support.people import address_of, id_of, password_of


def test_deactivation_ends_all_access_and_reactivation_gives_it_back(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    ada = Visitor(ola.app, ola.scene)
    ada.sign_in(address_of("Ada"), password_of("Ada"))
    seen = press(ola, "Ada", "/deactivation")
    assert (seen.text("status"), seen.text("notice")) == (
        "Deactivated",
        "The person is deactivated and signed out everywhere. Their data is kept.",
    )
    assert ada.open("/account").status == 401
    assert not seen.has("deactivate")
    seen = press(ola, "Ada", "/deactivation/end")
    assert seen.text("status") == "Active"
    assert ada.sign_in(address_of("Ada"), password_of("Ada")).status == 303


def test_an_invitation_goes_out_again_and_can_be_revoked(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    before = ola.scene.newest_token(address_of("Dora"))
    assert press(ola, "Dora", "/invitations").text("notice").startswith("A new invitation is on its way.")
    after = ola.scene.newest_token(address_of("Dora"))
    assert ola.open(f"/activate/{before}").status == 410
    assert ola.open(f"/activate/{after}").status == 200
    seen = press(ola, "Dora", "/invitations/end")
    assert seen.text("notice").startswith("This person's links and temporary passwords")
    assert not seen.has("revoke_invitations")
    assert ola.open(f"/activate/{after}").status == 410


def test_sessions_and_the_second_factor_can_be_ended(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    ada = Visitor(ola.app, ola.scene)
    ada.sign_in(address_of("Ada"), password_of("Ada"))
    assert press(ola, "Ada", "/sessions/end").has("no-sessions")
    assert ada.open("/account").status == 401


def test_a_second_factor_is_removed_once_that_was_confirmed(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    link = ola.open(card("Meg")).find("remove_factor").attributes["href"]
    assert link.endswith(card("Meg", "/second-factor/end"))
    assert ola.open(card("Meg", "/second-factor/end")).heading == "Remove the second factor of Meg Maple?"
    assert ola.open(card("Meg")).text("second-factor") != "None"
    assert fill_in(ola, "Meg", "/second-factor/end", {}).text("second-factor") == "None"
    assert not ola.open(card("Meg")).has("remove_factor")


def test_a_lock_is_lifted(visit: Visit) -> None:
    policy = {"throttling.enabled": True, "throttling.failures": 2}
    ola = at_work(visit, "Ola", "business-chat", policy=policy)
    for _ in range(3):
        ola.scene.try_to_sign_in(address_of("Ada"), "wrong")
    assert ola.scene.attempts()[-1].reason == "throttled"
    assert press(ola, "Ada", "/lock/end").text("notice") == "The person can try again now."
    assert ola.scene.signed_in("Ada")


def test_support_makes_a_merged_account_independent(visit: Visit) -> None:
    sue = at_work(visit, "Sue", "customer-app")
    assert not is_closed(sue.open(card("Max")), "restore")
    seen = press(sue, "Max", "/merger/end")
    assert seen.text("status") == "Active"
    assert seen.text("notice").startswith("The merge is undone.")


@pytest.mark.parametrize(
    ("who", "name", "path", "expected"),
    [
        ("Ola", "Ola", "/deactivation", "409 This cannot be done to your own account."),
        ("Ada", "Ola", "/deactivation", "403 The role admin may not act on the role owner."),
        ("Ola", "Dora", "/deactivation", "409 An account that is invited cannot be deactivated."),
        ("Ola", "Meg", "/invitations", "409 Somebody who has the role member and is active cannot be invited again."),
        (
            "Pia",
            "Carl",
            "/deactivation",
            "403 Your role does not allow this. You need the permission to deactivate people.",
        ),
        ("Pia", "Carl", "/merger/end", "403 Only support can undo a merge."),
    ],
)
def test_a_refusal_shows_the_card_again_in_the_services_words(
    visit: Visit, who: str, name: str, path: str, expected: str
) -> None:
    staff = at_work(visit, who, "customer-app" if who == "Pia" else "business-chat")
    before = staff.scene.user(id_of(name))
    seen = press(staff, name, path)
    assert f"{seen.status} {seen.text('alert')}" == expected
    assert seen.heading == before.name
    assert seen.title.startswith("Error:")
    assert staff.scene.attempts()[-1].id == seen.attempt_id
    assert staff.scene.user(id_of(name)) == before


def test_a_member_cannot_deactivate_by_sending_the_form(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    ada = Visitor(ola.app, ola.scene)
    ada.sign_in(address_of("Ada"), password_of("Ada"))
    press(ola, "Ada", "/role", {"role": "member"}, page=card("Ada", "/role"))
    token = ada.open("/account").form_token()
    seen = ada.post(card("Ola", "/deactivation"), {"form_token": token})
    assert (seen.status, seen.find("problem").attributes["data-code"]) == (403, "forbidden")
    left = ada.scene.attempts()[-1]
    assert (left.operation, left.reason, left.id) == ("deactivate_user", "missing_permission", seen.attempt_id)


def test_no_form_of_ours_no_act(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    assert ola.post(card("Ada", "/deactivation"), {}).status == 403
    assert ola.open(card("Ada")).text("status") == "Active"


def test_a_flow_that_the_service_lacks_is_not_found(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    assert press(ola, "Meg", "/merger/end").status == 404
    for path in ("/merger", "/email-release", "/memberships"):
        assert ola.open(card("Meg", path)).status == 404
