"""Checks any text from outside before a rule reads it, and removes invisible characters."""

import unicodedata

# Marks that are drawn as nothing and are no format character (Cf) to Unicode: joiners and fillers of some scripts.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Variation selectors, which only choose how the character before them is drawn, as U+FE0F does in an emoji.
_SELECTORS = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))


def is_storable(text: str) -> bool:
    """Whether both databases and the hash can take the text: no NUL and no lone surrogate."""
    return "\0" not in text and (text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text))


def has_controls(text: str) -> bool:
    """Whether the text holds a control character, a line break or a lone surrogate."""
    if text.isascii():
        return not text.isprintable()
    return any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in text)


def visible(text: str) -> str:
    """The text with everything that cannot be printed written as an escape: safe for a terminal and for one line."""
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()


def is_invisible(character: str) -> bool:
    """Whether a character takes no room: marks of direction, joiners, selectors, soft hyphens and the like."""
    if character.isascii():
        return False
    code_point = ord(character)
    return (
        unicodedata.category(character) == "Cf"
        or character in _UNSEEN
        or any(first <= code_point <= last for first, last in _SELECTORS)
    )


def has_spaces(text: str) -> bool:
    """Whether the text holds a space of any kind, or an invisible character."""
    return any(c.isspace() or is_invisible(c) for c in text)


def without_spaces(text: str) -> str:
    """The text without its spaces of any kind and without invisible characters."""
    if text.isascii():
        return "".join(text.split())
    return "".join(c for c in text if not (c.isspace() or is_invisible(c)))


def without_whitespace(text: str) -> str:
    """The text without its spaces of any kind; invisible characters stay."""
    return "".join(text.split())


def without_invisible(text: str) -> str:
    """The text without its invisible characters; spaces stay."""
    return text if text.isascii() else "".join(c for c in text if not is_invisible(c))


def with_plain_digits(text: str) -> str:
    """The text with the decimal digits of every script written as 0 to 9."""
    if text.isascii():
        return text
    return "".join(c if c.isascii() else str(unicodedata.decimal(c, c)) for c in text)
