"""Headers of every answer: they mark it as a mock, and restrict what a browser may do with it (S70)."""

from collections.abc import Callable, Iterable
from typing import Any

_ALWAYS = {
    name.lower(): (name, value)
    for name, value in (
        ("X-Mock", "logindrill"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    )
}
_NOTHING = ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
"""The content security policy of answers that are no pages."""
_PAGE = (
    "Content-Security-Policy",
    (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
)
"""The content security policy of a page: nothing inline, nothing from other servers."""


class SafeHeaders:
    """The outermost WSGI middleware: it adds these headers to every answer that does not set its own."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Add the missing headers when the answer starts."""

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            names = {name.lower(): value for name, value in headers}
            added = [header for name, header in _ALWAYS.items() if name not in names]
            if "content-security-policy" not in names:
                added.append(_PAGE if names.get("content-type", "").startswith("text/html") else _NOTHING)
            return start_response(status, headers + added, exc_info)

        return self._app(environ, start)
