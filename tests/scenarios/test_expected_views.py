"""What a walk says of pages is what the pages say of themselves."""

import re
from pathlib import Path

import pytest

import logindrill.pages
from logindrill.scenarios import expected_views, labels, walking
from logindrill.scenarios.cards import ahead
from logindrill.scenarios.catalogue import find, scenarios
from logindrill.scenarios.walking import WalkthroughStep

_PAGES = Path(logindrill.pages.__file__).parent
_TEXTS = "\n".join(path.read_text(encoding="utf-8") for path in [*_PAGES.rglob("*.html"), *_PAGES.rglob("*.py")])
_OWN = {"deactivated", "active", "merged", "revoked"}
"""Words of the console."""


def walkthrough_steps(name: str) -> tuple[WalkthroughStep, ...]:
    """The steps of a scenario, before anything has happened."""
    return walking.walk(find(name), ahead(find(name)))


@pytest.mark.parametrize("words", [*labels.TITLES.values(), *labels.BUTTONS.values(), *labels.FIELDS.values()])
def test_titles_fields_and_buttons_are_called_as_on_the_pages(words: str) -> None:
    assert f'"{words}"' in _TEXTS


def test_what_a_page_is_said_to_say_stands_on_a_page() -> None:
    for words in (*expected_views.WELL.values(), *expected_views.DONE.values()):
        for quoted in re.findall("“([^”]*)”", words):
            assert quoted in _OWN or f'"{quoted}"' in _TEXTS, quoted


def test_no_step_speaks_in_names_of_the_api() -> None:
    for name in scenarios():
        for walkthrough_step in walkthrough_steps(name):
            view = " ".join(
                (walkthrough_step.see, walkthrough_step.presses or "", *(field for field, _ in walkthrough_step.types))
            )
            if find(name).failure.to_provider:  # the provider's own words may name a parameter
                view = re.sub("“[^”]*”", "", view)
            assert "_" not in view, (name, view)
            assert view not in ("it works", "it is done")


def test_a_step_says_which_page_comes_and_with_which_words() -> None:
    seen = [walkthrough_step.see for walkthrough_step in walkthrough_steps("reset-link-used")]
    assert "“Check your e-mail”, whether or not such an account exists" in seen
    assert "The page says “This link does not work or no longer works. Ask for a new one.”" in seen


def test_a_sign_in_is_asked_for_as_its_service_asks() -> None:
    assert walkthrough_steps("deactivated")[-1].types[0][0] == "E-mail address"
    (failure,) = (
        walkthrough_step for walkthrough_step in walkthrough_steps("invalid-password") if walkthrough_step.shows_failure
    )
    assert [name for name, _ in failure.types] == ["Username or e-mail address", "Password"]
    assert failure.presses == "Sign in"


def test_a_new_password_is_asked_for_twice() -> None:
    (setting,) = (
        walkthrough_step
        for walkthrough_step in walkthrough_steps("forgotten-password")
        if walkthrough_step.say == "Ben sets a new password"
    )
    assert [name for name, _ in setting.types] == ["New password", "New password again"]


def test_what_is_looked_for_in_vain_is_not_there() -> None:
    assert walkthrough_steps("reset-after-deletion")[2].see == "Nothing has arrived where the person looks"


def test_a_code_of_an_app_is_not_looked_for_in_the_inbox() -> None:
    begun, confirmed = (
        walkthrough_step
        for walkthrough_step in walkthrough_steps("authenticator-app-set-up")
        if (walkthrough_step.page or "").startswith("/account")
    )
    assert begun.types[-1] == ("Second factor", "An authenticator app")
    assert confirmed.types == (("Code from the app", "the code that the app shows"),)
    assert walkthrough_steps("authenticator-app-set-up")[-1].types == (("Code", "the code that the app shows"),)
