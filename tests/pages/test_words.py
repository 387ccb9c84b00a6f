from pathlib import Path

import logindrill
from logindrill.pages import words
from logindrill.presets import PRESETS
from logindrill.rules.clients import Capability, Client, SessionWarning
from logindrill.rules.factors import FactorMethod
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.roles import RoleName
from tests.pages.conftest import Visit
from tests.support.people import address_of, password_of, person

_APP = Path(logindrill.__file__).parent


def test_every_word_that_a_page_may_show_has_a_text() -> None:
    assert set(words.ROLES) == set(RoleName)
    assert set(words.AREAS) == set(Capability)
    assert set(words.WARNINGS) == set(SessionWarning)
    assert set(words.METHODS) == set(FactorMethod)
    assert set(words.STATUSES) == set(UserStatus)
    assert set(words.CLIENTS) == set(Client)
    assert {preset.identifiers for preset in PRESETS.values()} <= set(words.IDENTIFIERS) & set(
        words.REQUIRED_IDENTIFIER
    )


def test_services_say_of_fields_and_orders_what_the_catalogues_know() -> None:
    floors = ("rules", "people", "access", "credentials", "services", "world")
    code = "".join(path.read_text(encoding="utf-8") for floor in floors for path in (_APP / floor).rglob("*.py"))
    assert [text for text in (*words.SERVICE_MISTAKES, *words.SERVICE_REFUSALS) if f'"{text}"' not in code] == []


def test_the_samples_of_areas_are_those_that_services_show(visit: Visit) -> None:
    ada = visit(person("Ada Ash"))
    ada.sign_in(address_of("Ada Ash"), password_of("Ada Ash"))
    shown = [element.text for area in Capability for element in ada.open(f"/areas/{area}").all("li")]
    assert set(words.SAMPLES) <= set(shown)
