"""The list of people, and how somebody new gets into it (A1, A2)."""

import pytest

from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work, card
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, person

NEW = {"name": "Nia Nettle", "role": "member", "main_email": "nia@example.test"}


def test_staff_find_the_people_of_their_company(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat", person("Vera Vine", company=OTHER_COMPANY))
    assert ola.open("/account").text("to-list_people") == "People"
    seen = ola.open("/people")
    assert [e.text for e in seen.elements if e.attributes.get("data-testid", "").startswith("person-")] == [
        "Ola Oak",
        "Ada Ash",
        "Meg Maple",
        "Dora Dale",
        "Ed Elder",
    ]
    assert [e.text for e in seen.elements if e.attributes.get("data-testid") == "status"][-2:] == [
        "Invited",
        "Deactivated",
    ]


def test_whoever_has_no_access_is_marked(visit: Visit) -> None:
    una = person("Una Urn", memberships=[belongs_to(COMPANY, "customer", access="revoked")])
    seen = at_work(visit, "Pia", "customer-app", una).open("/people")
    assert [e.text for e in seen.elements if e.attributes.get("data-testid") == "no-access"] == ["Access revoked"]


@pytest.mark.parametrize("text", ["meg maple", "MEG@", "usr_meg"])
def test_a_person_is_found_by_name_and_address(visit: Visit, text: str) -> None:
    seen = at_work(visit, "Ola", "business-chat").open(f"/people?q={text}")
    assert seen.has("person-usr_meg")
    assert not seen.has("person-usr_ada")
    assert seen.find("q").attributes["value"] == text


@pytest.mark.parametrize("text", ["nobody at all", "%00", "%ed%a0%80"])
def test_what_nobody_is_called_finds_nobody_or_counts_as_not_asked(visit: Visit, text: str) -> None:
    assert at_work(visit, "Ola", "business-chat").open(f"/people?q={text}").status == 200


def test_a_long_list_goes_on_after_the_last(visit: Visit) -> None:
    crowd = [person(f"P{n} Person") for n in range(24)]
    ola = at_work(visit, "Ola", "business-chat", *crowd)
    more = ola.open("/people").find("more").attributes["href"]
    seen = ola.open(more.removeprefix(ola.path("")))
    assert seen.has("person-usr_p23")
    assert not seen.has("more")
    assert ola.open("/people?after=nothing").has("more")


def test_a_refused_list_of_people_names_the_missing_permission(visit: Visit) -> None:
    meg = visit(person("Meg Maple"))
    meg.sign_in(address_of("Meg"), "Secret of meg")
    seen = meg.open("/people")
    assert (seen.status, seen.text("problem")) == (
        403,
        "Your role does not allow this. You need the permission to see people.",
    )
    assert meg.scene.attempts()[-1].reason == "missing_permission"
    assert not meg.open("/account").has("to-list_people")


def test_somebody_who_is_not_signed_in_meets_the_way_in(visit: Visit) -> None:
    seen = visit(person("Meg Maple")).open("/people")
    assert (seen.status, seen.heading) == (401, "Sign in")


def test_an_invited_person_gets_a_mail_and_a_card(visit: Visit) -> None:
    ola = at_work(visit, "Ola", "business-chat")
    seen = ola.follow(ola.send("/people/new", NEW))
    assert (seen.heading, seen.text("status"), seen.text("notice")) == (
        "Nia Nettle",
        "Invited",
        "The invitation is on its way.",
    )
    assert ola.scene.messages("nia@example.test")[-1].kind == "activation"


def test_roles_to_give_go_up_to_ones_own(visit: Visit) -> None:
    seen = at_work(visit, "Ada", "business-chat").open("/people/new")
    assert not seen.has("role-owner")
    assert seen.has("role-admin")
    assert "checked" in seen.find("role-member").attributes


def test_a_taken_address_keeps_what_was_typed(visit: Visit) -> None:
    seen = at_work(visit, "Ola", "business-chat").send("/people/new", {**NEW, "main_email": address_of("Ed")})
    assert (seen.status, seen.text("alert")) == (409, "This e-mail address is in use already.")
    assert seen.find("name").attributes["value"] == "Nia Nettle"
    assert "autofocus" in seen.find("main_email").attributes


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"role": ""}, "role"),
        ({"role": "professional"}, "role"),
        ({"main_email": ""}, "main_email"),
        ({"main_email": "nia at home"}, "main_email"),
        ({"whatsapp": "+14155550100\n12"}, "whatsapp"),
    ],
)
def test_mistakes_stand_at_their_fields(visit: Visit, fields: dict[str, str], field: str) -> None:
    seen = at_work(visit, "Ola", "business-chat").send("/people/new", {**NEW, **fields})
    assert seen.status == 422
    assert seen.has(f"{field}-mistake")


def test_a_role_above_ones_own_is_refused_by_the_ladder(visit: Visit) -> None:
    seen = at_work(visit, "Ada", "business-chat").send("/people/new", {**NEW, "role": "owner"})
    assert (seen.status, seen.text("alert")) == (403, "The role admin may not act on the role owner.")


def test_a_contact_is_there_at_once_and_gets_no_mail(visit: Visit) -> None:
    sam = at_work(visit, "Sam", "contact-portal")
    fields = {"name": "Nia Nettle", "role": "contact", "sms": "+1 415 555 0123", "opted_out": "on"}
    seen = sam.follow(sam.send("/people/new", fields))
    assert (seen.text("status"), seen.text("sms")) == ("Active", "+14155550123")
    assert seen.has("opted-out")
    assert seen.text("notice") == "The person was added and can sign in now."
    assert sam.scene.messages() == []


def test_a_customer_has_a_username_and_further_addresses(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app")
    fields = {
        "name": "Nia",
        "role": "customer",
        "username": "nia",
        "secondary_emails": "n@example.test\nm@example.test",
    }
    seen = pia.follow(pia.send("/people/new", fields))
    assert seen.text("username") == "nia"
    assert [e.text for e in seen.elements if e.attributes.get("data-testid") == "secondary-email"] == [
        "n@example.test",
        "m@example.test",
    ]
    wrong = pia.send("/people/new", {**fields, "username": "nia2", "secondary_emails": "o@example.test\nnone"})
    assert wrong.has("secondary_emails-mistake")


def test_support_chooses_the_company(visit: Visit) -> None:
    sue = at_work(visit, "Sue", "customer-app")
    assert sue.open("/people/new").has(f"company-{OTHER_COMPANY}")
    fields = {"name": "Nia", "role": "customer", "main_email": "nia@example.test", "company": OTHER_COMPANY}
    assert sue.follow(sue.send("/people/new", fields)).has(f"place-{OTHER_COMPANY}")
    assert not at_work(visit, "Pia", "customer-app").open("/people/new").has(f"company-{COMPANY}")


def test_an_address_of_another_company_joins_this_one(visit: Visit) -> None:
    vera = person("Vera Vine", "customer", company=OTHER_COMPANY)
    pia = at_work(visit, "Pia", "customer-app", vera)
    assert pia.open(card("Vera")).status == 404
    fields = {"name": "Vera", "role": "customer", "main_email": address_of("Vera")}
    seen = pia.follow(pia.send("/people/new", fields))
    assert (seen.heading, seen.text("notice")) == ("Vera Vine", "The person was added and can sign in now.")


@pytest.mark.parametrize("text", ["\x00", "a\r\nb", "x" * 300, "\u202e\x1b"])
@pytest.mark.parametrize("field", ["name", "role", "username", "main_email", "sms"])
def test_hostile_text_is_a_mistake_and_never_a_mishap(visit: Visit, field: str, text: str) -> None:
    sam = at_work(visit, "Sam", "contact-portal")
    seen = sam.send("/people/new", {"name": "Nia", "role": "contact", "sms": "+14155550123", field: text})
    assert seen.status == 422
    assert seen.has("mistakes")
