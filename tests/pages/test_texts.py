from dataclasses import fields

from logindrill.pages.texts import ENGLISH
from logindrill.presets import PRESETS
from logindrill.rules.clients import Capability, SessionWarning
from logindrill.rules.factors import FactorMethod
from logindrill.rules.roles import Role


def test_every_word_that_a_page_may_show_has_a_text() -> None:
    assert set(ENGLISH.roles) == set(Role)
    assert set(ENGLISH.capabilities) == set(Capability)
    assert set(ENGLISH.warnings) == set(SessionWarning)
    assert set(ENGLISH.methods) == set(FactorMethod)
    assert {preset.identifiers for preset in PRESETS.values()} <= set(ENGLISH.identifier)


def test_no_text_is_empty_or_has_spaces_to_spare() -> None:
    for field in fields(ENGLISH):
        value = getattr(ENGLISH, field.name)
        for text in [value] if isinstance(value, str) else value.values():
            assert text
            assert text == " ".join(text.split())
