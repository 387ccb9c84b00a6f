"""The language of a page: chosen by the reader, else requested by application or browser, else English.

Texts are English in the code and translated with the gettext catalogues of `translations/`; `make texts` updates those.
Babel is imported by the first page, since that would make every start a tenth slower.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask, current_app, g, request

from logindrill.pages import preferences
from logindrill.pages.preferences import ENGLISH, LANGUAGES

CATALOGUES = Path(__file__).parent.parent / "translations"
_EXTENSION = "babel"
_ONCE = Lock()


def marked(text: str) -> str:
    """The text as it is: says to the catalogues that it will be looked up where it is shown."""
    return text


def say(text: str, **values: Any) -> str:
    """A text in the language of the page; `values` fill its `%(name)s`."""
    from flask_babel import gettext

    prepare(current_app)
    return str(gettext(text, **values))


def translated(text: str) -> str:
    """A text that the service says itself, in the language of the page where the catalogue knows it; what somebody
    set in words of their own stays as it is."""
    return say(text) if text else text


def is_foreign(text: str) -> bool:
    """Whether a text stays English on a page in another language, since no catalogue knows it."""
    return bool(text) and chosen() != ENGLISH and translated(text) == text


def everywhere(text: str) -> Collection[str]:
    """What a text is in every language of the pages."""
    from flask_babel import force_locale

    prepare(current_app)
    found = {text}
    for code in LANGUAGES:
        with force_locale(code):
            found.add(translated(text))
    return found


def chosen() -> str:
    """The language of the page that is asked for; before the browser, an application says in which (`ui_locales`)."""
    ongoing = g.get("ongoing_interaction")
    wanted = [] if ongoing is None else ongoing.locales
    accepted = (tag for tag, quality in request.accept_languages if quality > 0)
    asked = (tag.partition("-")[0].lower() for tag in (*wanted, *accepted))
    return preferences.kept(preferences.LANGUAGE) or next((code for code in asked if code in LANGUAGES), ENGLISH)


def others() -> Mapping[str, str]:
    """The other languages, each by its own name."""
    here = chosen()
    return {code: name for code, name in LANGUAGES.items() if code != here}


def moment(when: datetime) -> str:
    """A time as a person reads it."""
    from flask_babel import format_datetime

    prepare(current_app)
    pattern = say("d MMMM y, HH:mm")
    return f"{format_datetime(when, pattern)} UTC"


def prepare(app: Flask) -> None:
    """Let templates look texts up; the first call does it."""
    with _ONCE:
        if _EXTENSION in app.extensions:
            return
        from flask_babel import Babel

        Babel(app, default_translation_directories=str(CATALOGUES), locale_selector=chosen)
