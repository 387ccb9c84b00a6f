"""The tester sees everybody, whatever company they belong to."""

import pytest

from logindrill.rules.decisions import Refused
from logindrill.services import people, presets
from logindrill.work.runtime import Runtime
from tests.support.people import OTHER_COMPANY, person
from tests.support.scenes import a_sandbox
from tests.support.tester import look

pytestmark = pytest.mark.both_engines


def test_people_of_every_company_are_listed_in_the_order_they_were_added(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ben Birch"), person("Ada Ash", company=OTHER_COMPANY), person("Cy Cane"))
    first = look(scene, people.page, after=None, limit=2)
    assert ([card.id for card in first.data], first.has_more) == (["usr_ben", "usr_ada"], True)
    rest = look(scene, people.page, after="usr_ada", limit=2)
    assert ([card.id for card in rest.data], rest.has_more) == (["usr_cy"], False)


def test_somebody_is_shown_without_any_secret(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", status="deactivated"))
    card = look(scene, people.show, "usr_ada")
    assert (card.name, card.status, card.memberships[0].role) == ("Ada Ash", "deactivated", "member")
    assert "argon2" not in str(card)


def test_somebody_of_another_sandbox_is_not_found(runtime: Runtime) -> None:
    a_sandbox(runtime, person("Ada Ash"))
    other = a_sandbox(runtime, person("Ben Birch"))
    with pytest.raises(Refused) as refused:
        look(other, people.show, "usr_ada")
    assert refused.value.reason.code == "not_found"


def test_the_three_presets_are_listed_with_their_roles() -> None:
    found = {card.name: card for card in presets.list_all()}
    assert set(found) == {"business-chat", "contact-portal", "customer-app"}
    assert list(found["business-chat"].roles) == ["owner", "admin", "member"]
    assert found["customer-app"].identifiers == ("username", "email")
