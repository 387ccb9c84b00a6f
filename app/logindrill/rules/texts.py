"""What any text from outside must be before a rule looks at it: storable, and free of invisible commands."""

import unicodedata

# Spaces that are no whitespace to Unicode and yet are seen as none at all: they come along when text is copied.
_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff")


def is_storable(text: str) -> bool:
    """Whether both databases and the hash can take the text: no NUL and no lone surrogate."""
    return "\0" not in text and (text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text))


def has_controls(text: str) -> bool:
    """Whether the text holds a control character, a line break or a lone surrogate."""
    if text.isascii():
        return not text.isprintable()
    return any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in text)


def has_spaces(text: str) -> bool:
    """Whether the text holds a space of any kind, an invisible one included."""
    return any(c.isspace() or c in _INVISIBLE for c in text)


def without_spaces(text: str) -> str:
    """The text without its spaces of any kind."""
    if text.isascii():
        return "".join(text.split())
    return "".join(c for c in text if not (c.isspace() or c in _INVISIBLE))
