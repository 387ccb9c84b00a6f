"""What a person agreed to belongs to the application that asked, not to its name (O2)."""

import pytest

from logindrill.services import applications, policies
from tests.pages.authorization.application import Asking, answer_of, press, register
from tests.pages.conftest import Visit
from tests.support.people import address_of, password_of, person
from tests.support.tester import run_order

ADA = "Ada Ash"


@pytest.mark.rule("O2")
def test_who_agreed_to_a_removed_application_is_asked_by_another_one_of_its_name(visit: Visit) -> None:
    ada = visit(person(ADA))
    register(ada.scene, consent="once")
    ada.sign_in(address_of(ADA), password_of(ADA))
    assert "code" in answer_of(press(ada, Asking(ada).ask(), "/consent", decision="agree"))
    assert "code" in answer_of(Asking(ada).ask())

    run_order(ada.scene, applications.remove, "shop")
    register(ada.scene, consent="once", name="Another Shop")

    assert Asking(ada).ask().heading == "Allow access?"


@pytest.mark.rule("O2")
def test_who_was_never_asked_has_not_agreed(visit: Visit) -> None:
    ada = visit(person(ADA))
    register(ada.scene)
    ada.sign_in(address_of(ADA), password_of(ADA))
    assert "code" in answer_of(Asking(ada).ask())

    run_order(ada.scene, policies.change, {"applications.consent": "once"})

    assert Asking(ada).ask().heading == "Allow access?"
