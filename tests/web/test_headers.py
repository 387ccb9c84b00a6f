"""Headers that are on every answer, unless it set its own."""

from typing import Any

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Response

from logindrill.web.headers import SafeHeaders


def dressed(**headers: str) -> dict[str, str]:
    """The headers of a bare answer after the middleware."""
    bare = Response("x", headers={name.replace("_", "-"): value for name, value in headers.items()})
    answered: Any = run_wsgi_app(SafeHeaders(bare), EnvironBuilder().get_environ(), buffered=True)
    found: list[tuple[str, str]] = list(answered[2])
    assert len(found) == len({name.lower() for name, _ in found})
    return dict(found)


def test_what_is_no_page_may_load_nothing_at_all() -> None:
    headers = dressed(Content_Type="application/json")
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.rule("S70")
def test_a_page_may_load_from_its_own_server_only_and_nothing_inline() -> None:
    policy = dressed(Content_Type="text/html; charset=utf-8")["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["base-uri"] == "'none'"
    assert {rules[name] for name in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}
    assert "unsafe" not in policy
    assert "http" not in policy


def test_an_answer_keeps_what_it_says_itself() -> None:
    headers = dressed(Cache_Control="max-age=3600", Content_Security_Policy="default-src 'self'")
    assert headers["Cache-Control"] == "max-age=3600"
    assert headers["Content-Security-Policy"] == "default-src 'self'"
    assert headers["X-Mock"] == "logindrill"
