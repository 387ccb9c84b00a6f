"""A token at our own doors comes in one place, from us, and lives."""

import pytest

from logindrill.rules.applications.bearers import BearerFacts, findings, opens_claims, sent
from logindrill.rules.decisions import Refused
from logindrill.rules.findings import follow
from logindrill.rules.reasons import (
    BEARER_TOKEN_DAMAGED,
    BEARER_TOKEN_EXPIRED,
    BEARER_TOKEN_MISSING,
    BEARER_TOKEN_REVOKED,
    BEARER_TOKEN_TWICE,
    BEARER_TOKEN_UNKNOWN,
    SCOPE_MISSING,
    WRONG_ISSUER,
    WRONG_KIND,
    Reason,
)
from logindrill.rules.values import replace
from tests.rules.moments import HOUR, INSTANT, NOON

TOKEN = BearerFacts(expires_at=NOON + HOUR, scope="openid email")


@pytest.mark.parametrize(
    ("header", "form"), [("Bearer abc", None), ("bearer abc", None), ("BEARER  abc ", ""), (None, "abc"), ("", "abc")]
)
def test_a_token_comes_in_the_header_or_in_the_form(header: str | None, form: str | None) -> None:
    assert sent(header, form, None) == "abc"


@pytest.mark.parametrize(
    ("header", "form", "query", "reason"),
    [
        (None, None, None, BEARER_TOKEN_MISSING),
        ("Bearer", None, None, BEARER_TOKEN_MISSING),
        ("Basic abc", None, None, BEARER_TOKEN_MISSING),
        ("Bearer abc", "abc", None, BEARER_TOKEN_TWICE),
        (None, None, "abc", BEARER_TOKEN_TWICE),
        ("Bearer abc", None, "abc", BEARER_TOKEN_TWICE),
    ],
)
def test_a_token_in_the_query_or_twice_is_refused(
    header: str | None, form: str | None, query: str | None, reason: Reason
) -> None:
    with pytest.raises(Refused) as refusal:
        sent(header, form, query)
    assert refusal.value.reason is reason


@pytest.mark.rule("O8")
@pytest.mark.parametrize(
    ("token", "reason"),
    [
        (TOKEN, None),
        (replace(TOKEN, damaged_because="it was cut"), BEARER_TOKEN_DAMAGED),
        (replace(TOKEN, other_kind="an ID token"), WRONG_KIND),
        (replace(TOKEN, other_issuer=True), WRONG_ISSUER),
        (replace(TOKEN, is_known=False), BEARER_TOKEN_UNKNOWN),
        (replace(TOKEN, revoked_at=NOON, expires_at=NOON), BEARER_TOKEN_REVOKED),
        (replace(TOKEN, expires_at=NOON + INSTANT), None),
        (replace(TOKEN, expires_at=NOON), BEARER_TOKEN_EXPIRED),
    ],
)
def test_what_a_token_fails_by_is_named(token: BearerFacts, reason: Reason | None) -> None:
    _, refused = follow(findings(token, NOON))
    assert (None if refused is None else refused.reason) is reason


def test_claims_are_opened_by_the_scope_openid() -> None:
    assert opens_claims(TOKEN).reason is None
    assert opens_claims(replace(TOKEN, scope="email openid2")).reason is SCOPE_MISSING
