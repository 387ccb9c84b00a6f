"""A world that cannot be is refused with every mistake named by its field."""

from typing import Any

import pytest

from logindrill.presets import PRESETS
from logindrill.rules.decisions import MOST_ERRORS, Invalid
from logindrill.rules.policy import compose
from logindrill.world.check import check
from logindrill.world.document import World
from tests.support.people import COMPANY
from tests.support.worlds import WORLDS, somebody

HASH = "$argon2id$v=19$m=256,t=1,p=1$sbTGYpMlbGkr+CFkev0eIA$r64C1Ahx5S8YKzMfHr2RsyVs5LlSOdwXtO43WjkW5K4"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DP"
CHAT, PORTAL, APP = PRESETS


def checked(preset: str, *people: dict[str, Any], **world: Any) -> World:
    document = {"companies": [{"id": COMPANY, "name": "Harbour Books"}], "people": list(people)} | world
    return check(World.model_validate(document), PRESETS[preset], compose(PRESETS[preset].policy, {}))


def mistakes(preset: str, *people: dict[str, Any], **world: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        checked(preset, *people, **world)
    return [(error.field, error.code) for error in refused.value.fields]


ADA = somebody("Ada Ash", "member")
CUSTOMER = somebody("Ada Ash", "customer")


@pytest.mark.parametrize("preset", list(WORLDS))
def test_a_world_without_mistakes_is_accepted(preset: str) -> None:
    world = World.model_validate(WORLDS[preset])
    check(world, PRESETS[preset], compose(PRESETS[preset].policy, {}))


def test_an_empty_world_is_a_world() -> None:
    assert checked(CHAT, companies=[]).people == []


def test_addresses_numbers_and_usernames_are_kept_as_they_are_stored() -> None:
    ada = CUSTOMER | {"username": "Ada", "phones": [{"number": "+1 (415) 555-0100", "kind": "sms"}]}
    [person] = checked(APP, ada).people
    assert (person.username, person.phones[0].number) == ("Ada", "+14155550100")


@pytest.mark.parametrize(
    ("preset", "person", "mistake"),
    [
        (CHAT, ADA | {"memberships": []}, ("memberships", "required")),
        (CHAT, ADA | {"memberships": [{"company": "co_x", "role": "member"}]}, ("memberships.0.company", "invalid")),
        (CHAT, ADA | {"memberships": [{"company": COMPANY, "role": "customer"}]}, ("memberships.0.role", "unknown")),
        (CHAT, ADA | {"memberships": ADA["memberships"] * 2}, ("memberships.1.company", "invalid")),
        (
            CHAT,
            ADA | {"memberships": [ADA["memberships"][0] | {"cause": "revoked"}]},
            ("memberships.0.cause", "invalid"),
        ),
        (CHAT, ADA | {"emails": []}, ("emails", "required")),
        (CHAT, ADA | {"emails": [{"address": "no address"}]}, ("emails.0.address", "invalid")),
        (CHAT, ADA | {"emails": [{"address": f"{n}@example.test"} for n in "ab"]}, ("emails", "invalid")),
        (CHAT, ADA | {"phones": [{"number": "555"}]}, ("phones.0.number", "invalid")),
        (CHAT, ADA | {"username": "ada"}, ("username", "unknown")),
        (APP, CUSTOMER | {"username": "ada@example.test"}, ("username", "invalid")),
        (APP, CUSTOMER | {"status": "merged"}, ("merged_into", "required")),
        (APP, CUSTOMER | {"status": "merged", "merged_into": "usr_x"}, ("merged_into", "invalid")),
        (APP, CUSTOMER | {"status": "merged", "merged_into": "usr_ada"}, ("merged_into", "invalid")),
        (APP, CUSTOMER | {"merged_into": "usr_ada"}, ("merged_into", "invalid")),
        (APP, somebody("Ada Ash", "professional", emails=[], username="ada"), ("emails", "required")),
        (APP, somebody("Ada Ash", "support"), ("memberships.0.role", "invalid")),
        (
            APP,
            CUSTOMER | {"memberships": [{"company": "co_platform", "role": "customer"}]},
            ("memberships.0.role", "invalid"),
        ),
        (PORTAL, somebody("Cleo Cedar", "contact", emails=[]), ("emails", "required")),
        (PORTAL, somebody("Cleo Cedar", "contact", password="secret words"), ("password", "unknown")),
        (PORTAL, somebody("Cleo Cedar", "contact", status="invited"), ("status", "invalid")),
        (CHAT, ADA | {"password_hash": HASH}, ("password_hash", "invalid")),
        (CHAT, ADA | {"password": None, "password_hash": "5f4dcc3b5aa765d6"}, ("password_hash", "invalid")),
        (CHAT, ADA | {"temporary_password": {"password": "hand over"}}, ("temporary_password", "unknown")),
        (APP, CUSTOMER | {"temporary_password": {}}, ("temporary_password.password", "required")),
        (CHAT, ADA | {"second_factor": {"method": "second_password"}}, ("second_factor.second_password", "required")),
        (CHAT, ADA | {"second_factor": {"method": "totp"}}, ("second_factor.secret", "required")),
        (CHAT, ADA | {"second_factor": {"method": "totp", "secret": SECRET[:16]}}, ("second_factor.secret", "invalid")),
        (
            CHAT,
            ADA | {"second_factor": {"method": "second_password", "second_password": ADA["password"]}},
            ("second_factor.second_password", "unchanged"),
        ),
        (
            CHAT,
            ADA | {"devices": [{"name": "x", "token": "t", "token_digest": "0" * 64, "trusted_at": "-P1D"}]},
            ("devices.0.token_digest", "invalid"),
        ),
    ],
)
def test_a_person_who_cannot_be_is_named_by_the_field(
    preset: str, person: dict[str, Any], mistake: tuple[str, str]
) -> None:
    field, code = mistake
    assert mistakes(preset, person) == [(f"people.0.{field}", code)]


SHOP = {"id": "shop", "redirect_uris": ["http://localhost:3000/callback"]}


@pytest.mark.parametrize(
    ("application", "mistake"),
    [
        (SHOP | {"redirect_uris": []}, ("redirect_uris", "required")),
        (SHOP | {"redirect_uris": ["http://shop.example.test/callback"]}, ("redirect_uris.0", "invalid")),
        (SHOP | {"redirect_uris": [*SHOP["redirect_uris"], "https://a.test/#b"]}, ("redirect_uris.1", "invalid")),
        (SHOP | {"secret": "x", "redirect_uris": ["com.example.app:/callback"]}, ("redirect_uris.0", "invalid")),
        (SHOP | {"post_logout_redirect_uris": ["javascript:alert(1)"]}, ("post_logout_redirect_uris.0", "invalid")),
        (SHOP | {"grant_types": ["authorization_code", "client_credentials"]}, ("grant_types", "invalid")),
        (SHOP | {"require_pkce": False}, ("require_pkce", "invalid")),
        (SHOP | {"secret": "x", "secret_hash": "0" * 64}, ("secret_hash", "invalid")),
    ],
)
def test_an_application_that_cannot_be_is_named_by_the_field(
    application: dict[str, Any], mistake: tuple[str, str]
) -> None:
    field, code = mistake
    assert mistakes(CHAT, ADA, applications=[application]) == [(f"applications.0.{field}", code)]


def test_an_application_that_acts_for_itself_alone_needs_no_address() -> None:
    checked(CHAT, ADA, applications=[{"id": "job", "secret": "x", "grant_types": ["client_credentials"]}])
    assert mistakes(CHAT, ADA, applications=[SHOP, SHOP]) == [("applications.1.id", "invalid")]


def test_mergers_may_be_chained_but_lead_to_somebody() -> None:
    def merged(name: str, into: str) -> dict[str, Any]:
        return somebody(name, "customer", status="merged", merged_into=into, memberships=[])

    checked(APP, merged("Ada Ash", "usr_ben"), merged("Ben Birch", "usr_cy"), somebody("Cy Cane", "customer"))
    assert mistakes(APP, merged("Ada Ash", "usr_ben"), merged("Ben Birch", "usr_ada")) == [
        ("people.0.merged_into", "invalid"),
        ("people.1.merged_into", "invalid"),
    ]


def test_mergers_are_of_customer_apps() -> None:
    merged = ADA | {"status": "merged", "merged_into": "usr_ben"}
    assert mistakes(CHAT, merged, somebody("Ben Birch", "member")) == [("people.0.status", "unknown")]


def test_a_customer_may_do_with_a_username_alone() -> None:
    checked(APP, CUSTOMER | {"emails": [], "username": "ada"})


def test_a_company_without_an_owner_is_a_company() -> None:
    checked(CHAT, ADA)


def test_a_duplicate_is_reported_where_it_occurs_again() -> None:
    twin = ADA | {"id": "usr_twin", "emails": [{"address": "ADA@example.test"}]}
    assert mistakes(CHAT, ADA, ADA | {"emails": [{"address": "b@example.test"}]}) == [("people.1.id", "invalid")]
    assert mistakes(CHAT, ADA, twin) == [("people.1.emails.0.address", "invalid")]
    device = {"name": "Laptop", "token": "same", "trusted_at": "-P1D"}
    ben = somebody("Ben Birch", "member", devices=[device])
    assert mistakes(CHAT, ADA | {"devices": [device]}, ben) == [("people.1.devices.0", "invalid")]
    usernames = [CUSTOMER | {"username": "ada"}, somebody("Ben Birch", "customer", username="ADA")]
    assert mistakes(APP, *usernames) == [("people.1.username", "invalid")]
    companies = [{"id": COMPANY, "name": "Harbour Books"}] * 2
    assert mistakes(CHAT, companies=companies) == [("companies.1.id", "invalid")]


def test_publications_are_of_contact_portals_and_for_people_there_are() -> None:
    page = {"id": "pub_plan", "title": "The plan", "body": "", "audience": ["usr_nobody", "usr_nobody"]}
    assert mistakes(CHAT, publications=[page | {"audience": []}]) == [("publications", "unknown")]
    assert mistakes(PORTAL, publications=[page]) == [
        ("publications.0.audience.1", "invalid"),
        ("publications.0.audience", "invalid"),
        ("publications.0.audience", "invalid"),
    ]


def test_all_mistakes_are_listed_up_to_a_limit() -> None:
    two = mistakes(CHAT, ADA | {"emails": [], "memberships": []}, somebody("Ben Birch", "captain"))
    assert len(two) == 3
    crowd = [
        somebody("Ada Ash", "captain", id=f"usr_{n}", emails=[{"address": f"{n}@example.test"}]) for n in range(300)
    ]
    assert len(mistakes(CHAT, *crowd)) == MOST_ERRORS
