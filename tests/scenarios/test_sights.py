"""What a walk says of pages is what the pages say of themselves."""

import re
from pathlib import Path

import pytest

import logindrill.pages
from logindrill.scenarios import labels, sights, walking
from logindrill.scenarios.cards import ahead
from logindrill.scenarios.catalogue import find, scenarios
from logindrill.scenarios.walking import Leg

_PAGES = Path(logindrill.pages.__file__).parent
_TEXTS = "\n".join(path.read_text(encoding="utf-8") for path in [*_PAGES.rglob("*.html"), *_PAGES.rglob("*.py")])
_OWN = {"deactivated", "active", "merged", "revoked"}
"""Words of the console."""


def legs(name: str) -> tuple[Leg, ...]:
    """The steps of a scenario, before anything has happened."""
    return walking.walk(find(name), ahead(find(name)))


@pytest.mark.parametrize("words", [*labels.TITLES.values(), *labels.BUTTONS.values(), *labels.FIELDS.values()])
def test_titles_fields_and_buttons_are_called_as_on_the_pages(words: str) -> None:
    assert f'"{words}"' in _TEXTS


def test_what_a_page_is_said_to_say_stands_on_a_page() -> None:
    for words in (*sights.WELL.values(), *sights.DONE.values()):
        for quoted in re.findall("“([^”]*)”", words):
            assert quoted in _OWN or f'"{quoted}"' in _TEXTS, quoted


def test_no_step_speaks_in_names_of_the_api() -> None:
    for name in scenarios():
        for leg in legs(name):
            told = " ".join((leg.see, leg.presses or "", *(field for field, _ in leg.types)))
            assert "_" not in told, (name, told)
            assert told not in ("it works", "it is done")


def test_a_step_says_which_page_comes_and_with_which_words() -> None:
    seen = [leg.see for leg in legs("reset-link-used")]
    assert "“Check your e-mail”, whether there is such an account or not" in seen
    assert "The page says “This link does not work or no longer works. Ask for a new one.”" in seen


def test_a_sign_in_is_asked_for_as_its_service_asks() -> None:
    assert legs("deactivated")[-1].types[0][0] == "E-mail address"
    (failure,) = (leg for leg in legs("invalid-password") if leg.shows_failure)
    assert [name for name, _ in failure.types] == ["Username or e-mail address", "Password"]
    assert failure.presses == "Sign in"


def test_a_new_password_is_asked_for_twice() -> None:
    (setting,) = (leg for leg in legs("forgotten-password") if leg.say == "Ben sets a new password")
    assert [name for name, _ in setting.types] == ["New password", "New password again"]


def test_what_is_looked_for_in_vain_is_not_there() -> None:
    assert legs("reset-after-deletion")[2].see == "Nothing has arrived where the person looks"


def test_a_code_of_an_app_is_not_looked_for_in_the_inbox() -> None:
    begun, confirmed = (leg for leg in legs("authenticator-app-set-up") if (leg.page or "").startswith("/account"))
    assert begun.types[-1] == ("Second factor", "An authenticator app")
    assert confirmed.types == (("Code that the app shows", "the code that the app shows"),)
    assert legs("authenticator-app-set-up")[-1].types == (("Code", "the code that the app shows"),)
