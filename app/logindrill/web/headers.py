"""Headers of every answer: that it is a mock, and what a browser must not do with it (security.md 70)."""

from flask import Response

_ALWAYS = (
    ("X-Mock", "logindrill"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
NOTHING = "default-src 'none'; frame-ancestors 'none'"
"""The content policy of what is no page."""
PAGE = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The content policy of a page: nothing inline, nothing foreign."""


def secure(response: Response) -> Response:
    """Add what every answer carries, unless its view has set it already."""
    headers = response.headers
    for name, value in _ALWAYS:
        if name not in headers:
            headers[name] = value
    if "Content-Security-Policy" not in headers:
        headers["Content-Security-Policy"] = PAGE if response.mimetype == "text/html" else NOTHING
    return response
