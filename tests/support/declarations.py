"""Lists the test ids that templates declare, so that a test cannot look for an id that no page has."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import logindrill

_PACKAGE = Path(logindrill.__file__).parent
_ROOMS = ("pages", "console")
_ATTRIBUTE = re.compile(r'data-testid="([^"]+)"')
_EXPRESSION = re.compile(r"\{\{(.+?)\}\}")
_BEGINNING = re.compile(r"""['"]([a-z][\w-]*-)['"] ~""")
_ENDING = re.compile(r"""~ ['"](-[\w-]+)['"]""")
_WORD = re.compile(r"""['"]([a-z][\w-]*)['"]""")
_LETTER = re.compile("[a-z]")
_ANY = r"[\w.-]+"
"""What stands for an expression, such as the id of a person."""


@cache
def is_declared(test_id: str) -> bool:
    """Whether some template can give an element this test id."""
    order = test_id.partition("-")[0]  # `{{ choice }}-{{ company }}`
    return any(pattern.fullmatch(test_id) for pattern in _patterns()) or ("-" in test_id and order in _names())


@cache
def _patterns() -> frozenset[re.Pattern[str]]:
    return frozenset(re.compile(text) for text in _texts())


def _texts() -> Iterator[str]:
    for template in (path for room in _ROOMS for path in (_PACKAGE / room).rglob("*.html")):
        text = template.read_text(encoding="utf-8")
        for attribute in _ATTRIBUTE.findall(text):
            parts = [re.escape(part) for part in _EXPRESSION.split(attribute)[::2]]
            if any(map(_LETTER.search, parts)):  # else all of it is an expression, and its words are found below
                yield _ANY.join(parts)
        yield from (re.escape(word) + _ANY for word in _BEGINNING.findall(text))
        yield from (_ANY + re.escape(word) for word in _ENDING.findall(text))
        yield from map(re.escape, _WORD.findall(text))
    yield from map(re.escape, _names())


@cache
def _names() -> frozenset[str]:
    """The values that expressions in test ids can have: fields, orders and pages."""
    folders = [*(f"{room}/**" for room in _ROOMS), "rules", "rules/orders"]
    files = [path for folder in folders for path in _PACKAGE.glob(f"{folder}/*.py")]
    return frozenset(word for file in files for word in _WORD.findall(file.read_text(encoding="utf-8")))
