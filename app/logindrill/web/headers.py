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
_SELF = "'self'"
POLICY = "Content-Security-Policy"
OPENER_POLICY = "Cross-Origin-Opener-Policy"


def page_policy(*, form_action: str = "", frame_ancestors: str = "'none'") -> str:
    """The content security policy of a page: nothing inline, nothing from other servers.

    `form_action`: where else its forms, and the redirects that answer them, may lead; `frame_ancestors`: who may show
    it in a frame.
    """
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"form-action {' '.join(filter(None, (_SELF, form_action)))}; base-uri 'none'; "
        f"frame-ancestors {frame_ancestors}"
    )


_PAGE = (POLICY, page_policy())


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
