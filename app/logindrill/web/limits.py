"""The largest request body for each path (S27)."""

KIBIBYTE = 1024
PUBLIC = 64 * KIBIBYTE
TESTERS = 8 * KIBIBYTE * KIBIBYTE
"""Of the control API and of the console: a world file is sent to them."""

_OF_TESTERS = ("/control/", "/console/")


def largest_body(path: str) -> int:
    """The limit in bytes."""
    return TESTERS if any(part in path for part in _OF_TESTERS) else PUBLIC
