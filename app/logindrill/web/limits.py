"""The largest request body for each path (S27)."""

KIBIBYTE = 1024
PUBLIC = 64 * KIBIBYTE
TESTERS = 8 * KIBIBYTE * KIBIBYTE
"""Of the control API: a world file is sent to it."""
FORMS = TESTERS + 1024 * KIBIBYTE
"""Of the console: a world file in a form, where browsers send each end of a line as two bytes."""

_BY_PART = {"/control/": TESTERS, "/console/": FORMS}


def largest_body(path: str) -> int:
    """The limit in bytes."""
    return next((limit for part, limit in _BY_PART.items() if part in path), PUBLIC)
