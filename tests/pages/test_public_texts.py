"""Everything the service says on pages is translated, and what is gathered for the catalogues is all there is."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import logindrill
from logindrill.pages import words
from logindrill.pages.public_texts import needing, public_texts
from logindrill.presets import PRESETS
from logindrill.rules.decisions import Invalid
from logindrill.rules.disclosure import PROBLEMS
from logindrill.rules.identifiers import LONGEST, parse_identifier, parse_username
from logindrill.rules.reasons import REASONS, Who
from logindrill.rules.roles import Permission
from tests.pages.test_language import TRANSLATED, catalogue

_APP = Path(logindrill.__file__).parent
_OF_THE_TESTER = {
    "rules/clocks.py",
    "rules/delivery.py",
    "rules/durations.py",
    "rules/knobs.py",
    "rules/links.py",
    "rules/policy.py",
    "rules/throttling.py",
    "services/applications.py",
    "services/clocks.py",
    "services/inbox/filters.py",
    "services/sandboxes.py",
    "services/signing_keys.py",
    "services/impersonations.py",
    "services/timelines.py",
}
"""What speaks to testers alone, who read no pages of the service."""


def said() -> Iterator[str]:
    """What the tables of answers, presets and reasons say, read from the tables themselves."""
    for problem in PROBLEMS.values():
        yield from (problem.title, problem.detail)
    for preset in PRESETS.values():
        yield from (preset.title, *preset.wording.values())
    for reason in REASONS.values():
        yield reason.cause
        for remedy in reason.remedies:
            yield from (remedy.action, *remedy.side_effects)
    yield from (who.value for who in Who)
    yield from (needing(PROBLEMS["forbidden"].detail, permission) for permission in Permission)


def calls(name: str) -> Iterator[ast.Call]:
    """The calls of a function, wherever rules and the layers below the doors refuse something to people."""
    for floor in ("rules", "people", "credentials", "access", "services"):
        for path in (_APP / floor).rglob("*.py"):
            if path.relative_to(_APP).as_posix() in _OF_THE_TESTER:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                    yield node


def constants(nodes: Iterator[ast.expr]) -> set[str]:
    """Those that are plain text."""
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_the_service_says_is_translated(language: str) -> None:
    known = {message.id: message.string for message in catalogue(language) if message.id}
    assert sorted(text for text in {*said(), *public_texts()} if not known.get(text)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_differs_so_that_untranslated_text_is_noticed(language: str) -> None:
    known = {message.id: message.string for message in catalogue(language) if message.id}
    sentences = {text for text in public_texts() if text.endswith(".")}
    assert sorted(text for text in sentences if known[text] == text) == []


def test_what_is_gathered_holds_all_that_the_tables_say() -> None:
    assert set(said()) <= set(public_texts())


def test_every_order_that_is_refused_in_words_of_its_own_is_known() -> None:
    shown = constants(
        keyword.value
        for call in calls("Refused")
        for keyword in call.keywords
        if keyword.arg == "detail" and not (isinstance(call.args[0], ast.Name) and call.args[0].id == "NOT_FOUND")
    )
    assert shown <= {*words.SERVICE_REFUSALS, *public_texts()}


def test_every_mistake_in_a_field_is_known() -> None:
    shown = constants(call.args[1] for call in calls("invalid")) | constants(
        call.args[2] for call in calls("FieldError") if len(call.args) > 2
    )
    assert shown - {"There is no such item."} <= set(words.SERVICE_MISTAKES)


@pytest.mark.parametrize(
    "parse", [lambda: parse_username("u" * (LONGEST + 1)), lambda: parse_identifier("u" * (LONGEST + 1))]
)
def test_what_is_said_of_lengths_is_known(parse: Callable[[], str]) -> None:
    with pytest.raises(Invalid) as refused:
        parse()
    assert refused.value.fields[0].detail in set(public_texts())
