"""The pages' texts are in step with their catalogues, and every one is translated."""

import re
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import logindrill
from logindrill.pages.language import CATALOGUES
from logindrill.pages.preferences import LANGUAGES
from tests.pages.conftest import Visit
from tests.support.people import address_of, password_of, person

TRANSLATED = sorted(set(LANGUAGES) - {"en"})
_KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None, "marked": None}
_STEP = "Run `make texts`, and fill in what it leaves empty."


def extracted() -> set[Any]:
    """Every text that templates and code look up."""
    mapping = ConfigParser()
    mapping.read(CATALOGUES / "mapping.ini")
    sections = [(name.partition(": ")[2], name.partition(": ")[0]) for name in mapping.sections()]
    options = {pattern: dict(mapping[f"{method}: {pattern}"]) for pattern, method in sections}
    found = extract_from_dir(Path(logindrill.__file__).parent, sections, options, keywords=_KEYWORDS)
    return {text for _, _, text, _, _ in found}


def catalogue(language: str) -> Catalog:
    """The catalogue of a language, as people write it."""
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> Iterator[Message]:
    """Its texts."""
    return (message for message in catalogue(language) if message.id)


def forms(text: Any) -> tuple[str, ...]:
    """The text in all its forms, of which it has one unless it counts something."""
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_holds_the_texts_of_the_code_and_no_others(language: str) -> None:
    assert {message.id for message in messages(language)} == extracted(), _STEP


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_with_the_same_blanks_to_fill(language: str) -> None:
    for message in messages(language):
        assert all(forms(message.string)), (message.id, _STEP)
        assert not message.fuzzy, message.id
        wanted = {blank for text in forms(message.id) for blank in re.findall(r"%\(\w+\)s", text)}
        for text in forms(message.string):
            assert set(re.findall(r"%\(\w+\)s", text)) == wanted, message.id
            assert text == " ".join(text.split()), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_read_at_run_time_is_made_of_what_people_write(language: str) -> None:
    made = BytesIO()
    write_mo(made, catalogue(language))
    assert (CATALOGUES / language / "LC_MESSAGES" / "messages.mo").read_bytes() == made.getvalue(), _STEP


def test_a_browser_is_answered_in_the_language_it_asks_for(visit: Visit) -> None:
    ada = visit(person("Ada Ash"))
    seen = ada.open("/login", headers={"Accept-Language": "de-AT, en;q=0.5"})
    assert seen.heading == "Anmelden"
    assert seen.all("html")[0].attributes["lang"] == "de"
    assert "2. März 2026, 09:00 UTC" in seen.text("sandbox-time")
    assert ada.open("/login", headers={"Accept-Language": "fr"}).heading == "Sign in"


def test_a_language_that_was_chosen_is_kept_and_leads_to_the_page_itself(visit: Visit) -> None:
    ada = visit(person("Ada Ash"))
    switch = ada.open("/login?done=signed_out").find("lang-de").attributes["href"]
    answer = ada.open(switch.removeprefix(ada.path("")))
    assert (answer.status, answer.headers["Location"]) == (302, ada.path("/login?done=signed_out"))
    assert ada.open("/login").heading == "Anmelden"
    ada.open("/login?lang=en", headers={"Accept-Language": "de"})
    assert ada.open("/login", headers={"Accept-Language": "de"}).heading == "Sign in"


def test_the_services_own_words_are_in_the_language_of_the_page(visit: Visit) -> None:
    ada = visit(person("Ada Ash"))
    ada.open("/login?lang=de")
    seen = ada.sign_in(address_of("Ada Ash"), "wrong")
    assert seen.find("alert").text == "Die E-Mail-Adresse oder das Passwort ist falsch."
    assert "lang" not in seen.find("alert").attributes
    assert seen.text("service") == "Business-Chat"
    assert ada.scene.attempts()[-1].detail == "The e-mail address or password is incorrect."


def test_words_of_a_sandboxs_own_stay_as_they_are(visit: Visit) -> None:
    policy = {
        "wording.invalid_credentials": "Computer says no.",
        "wording.link_unusable": "That link is stale: 0 % left.",
    }
    ada = visit(person("Ada Ash"), policy=policy)
    ada.open("/login?lang=de")
    alert = ada.sign_in(address_of("Ada Ash"), "wrong").find("alert")
    assert (alert.text, alert.attributes["lang"]) == ("Computer says no.", "en")
    problem = ada.open("/activate/cut").find("problem")
    assert (problem.text, problem.attributes["lang"]) == ("That link is stale: 0 % left.", "en")


def test_a_dead_link_and_a_session_that_ended_say_so_in_german(visit: Visit) -> None:
    ada = visit(person("Ada Ash"))
    seen = ada.open("/activate/cut?lang=de")
    seen = ada.open("/activate/cut")
    assert seen.text("problem") == "Dieser Link funktioniert nicht oder nicht mehr. Fordern Sie einen neuen an."
    assert "lang" not in seen.find("problem").attributes
    ada.sign_in(address_of("Ada Ash"), password_of("Ada Ash"))
    ada.scene.wait(timedelta(days=31))
    seen = ada.open("/account")
    assert seen.text("alert") == "Melden Sie sich an, um fortzufahren."
    assert "lang" not in seen.find("alert").attributes


def test_mishaps_that_are_nobodys_words_are_translated(visit: Visit) -> None:
    seen = visit(person("Ada Ash")).open("/login/x", headers={"Accept-Language": "de"})
    assert (seen.heading, seen.text("problem")) == ("Nicht gefunden", "Hier ist nichts.")
    assert "lang" not in seen.find("problem").attributes


def test_mistakes_are_named_in_the_language_of_the_page(visit: Visit) -> None:
    ben = visit(person("Ben Birch", status="invited"))
    ben.open("/login?lang=de")
    typed = {"password": "kurz", "password_confirmation": "kurz", "whatsapp_number": "keine"}
    seen = ben.send(f"/activate/{ben.scene.newest_token('ben@example.test')}", typed)
    assert seen.text("alert") == "Einige Angaben lassen sich so nicht annehmen."
    assert (
        seen.text("whatsapp_number-mistake")
        == "Geben Sie die Nummer mit Ländervorwahl ein, zum Beispiel +1 415 555 0100."
    )
    seen = ben.send(f"/activate/{ben.scene.newest_token('ben@example.test')}", {**typed, "whatsapp_number": ""})
    assert seen.text("password-mistake") == "Mindestens 8 Zeichen."


def test_a_start_does_not_wait_for_the_library_of_languages() -> None:
    code = "import sys, logindrill.factory; sys.exit('babel' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
