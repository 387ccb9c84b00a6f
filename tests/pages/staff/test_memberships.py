"""Companies joined and left, and access to one of them revoked (overall rule 3, C10, C12)."""

from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work, card, fill_in, is_closed, press
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, password_of, person


def test_support_adds_a_company_and_the_temporary_password_dies(visit: Visit) -> None:
    sue = at_work(visit, "Sue", "customer-app")
    password = press(sue, "Carl", "/temporary-password").text("temporary-password")
    seen = fill_in(sue, "Carl", "/memberships", {"company": OTHER_COMPANY, "role": "customer"})
    assert seen.has(f"place-{OTHER_COMPANY}")
    assert is_closed(seen, "make_temporary_password")
    sue.scene.try_to_sign_in("carl", password)
    assert sue.scene.attempts()[-1].reason == "temporary_password_void"


def test_company_and_role_must_be_chosen(visit: Visit) -> None:
    seen = fill_in(at_work(visit, "Sue", "customer-app"), "Carl", "/memberships", {"role": "customer"})
    assert seen.text("company-mistake") == "Choose a company."
    assert "checked" in seen.find("role-customer").attributes


def test_only_support_adds_companies(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    assert pia.open(card("Carl")).text("why-join") == "Only support can add a person to a company."
    assert pia.open(card("Carl", "/memberships")).status == 403


def test_access_to_one_company_is_revoked_and_given_back(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    path = f"/memberships/{COMPANY}"
    seen = press(pia, "Carl", f"{path}/access-revocation")
    assert seen.text("notice") == "Access to the company is revoked."
    assert "Access revoked" in seen.text(f"place-{COMPANY}")
    assert pia.scene.try_to_sign_in("carl", password_of("Carl"))
    assert pia.scene.attempts()[-1].reason == "access_revoked"
    seen = press(pia, "Carl", f"{path}/access-revocation/end")
    assert seen.has(f"revoke_access-{COMPANY}")
    assert pia.scene.signed_in("Carl")


def test_a_further_company_is_left_and_the_last_one_is_not(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    assert not pia.open(card("Carl")).has(f"leave-{COMPANY}")
    assert press(pia, "Two", f"/memberships/{COMPANY}/end").text("notice") == "The person has left the company."
    assert pia.open(card("Two")).status == 404
    seen = press(pia, "Carl", f"/memberships/{COMPANY}/end")
    assert (seen.status, seen.text("alert")) == (409, "A person cannot be removed from their only company.")


def test_the_last_owner_stays(visit: Visit) -> None:
    both = [belongs_to(COMPANY, "owner"), belongs_to(OTHER_COMPANY, "member")]
    ola = visit(person("Ola Oak", memberships=both), person("Ada Ash", "admin"))
    ola.sign_in(address_of("Ola"), password_of("Ola"))
    assert ola.open(card("Ola")).text(f"why-leave-{COMPANY}") == "A company keeps at least one active owner."


def test_staff_have_no_say_in_other_companies(visit: Visit) -> None:
    seen = at_work(visit, "Pia", "customer-app").open(card("Two"))
    assert seen.text(f"place-{OTHER_COMPANY}") == "Another company Customer"
    assert not seen.has(f"revoke_access-{OTHER_COMPANY}")
