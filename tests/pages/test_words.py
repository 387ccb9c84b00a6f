from pathlib import Path

import logindrill
from logindrill.pages import words
from logindrill.presets import PRESETS
from logindrill.rules.clients import Capability, Client, SessionWarning
from logindrill.rules.disclosure import PROBLEMS
from logindrill.rules.factors import FactorMethod
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.roles import Role

_APP = Path(logindrill.__file__).parent


def test_every_word_that_a_page_may_show_has_a_text() -> None:
    assert set(words.ROLES) == set(Role)
    assert set(words.AREAS) == set(Capability)
    assert set(words.WARNINGS) == set(SessionWarning)
    assert set(words.METHODS) == set(FactorMethod)
    assert set(words.STATUSES) == set(UserStatus)
    assert set(words.CLIENTS) == set(Client)
    assert {preset.identifiers for preset in PRESETS.values()} <= set(words.IDENTIFIERS)


def test_what_is_ours_to_translate_is_what_is_told() -> None:
    assert set(words.TITLES) <= {problem.title for problem in PROBLEMS.values()}
    assert {code: PROBLEMS[code].detail for code in words.MISHAPS} == words.MISHAPS


def test_services_say_of_fields_what_the_catalogues_know() -> None:
    floors = ("rules", "credentials", "services", "world")
    code = "".join(path.read_text(encoding="utf-8") for floor in floors for path in (_APP / floor).rglob("*.py"))
    assert [text for text in words.SERVICE_MISTAKES if f'"{text}"' not in code] == []
