"""A refresh token is replaced by each use; a replaced one is a theft, unless calls overlap."""

from datetime import timedelta

import pytest

from logindrill.rules.applications.refreshes import RefreshTokenFacts, findings, narrowed, overlaps, scope_check
from logindrill.rules.findings import follow
from logindrill.rules.reasons import (
    CODE_OF_ANOTHER_APPLICATION,
    INVALID_SCOPE,
    REFRESH_IDLE,
    REFRESH_REUSED,
    REFRESH_UNKNOWN,
    Reason,
)
from logindrill.rules.values import replace
from tests.rules.moments import DAY, INSTANT, NOON, SECOND

TOKEN = RefreshTokenFacts("shop", NOON + DAY)
USED = replace(TOKEN, used_at=NOON)
NEVER = timedelta(0)


def judged(
    token: RefreshTokenFacts | None, client_id: str = "shop", *, overlap: timedelta = NEVER, at: timedelta = NEVER
) -> list[Reason]:
    _, refused = follow(findings(token, client_id, overlap, NOON + at))
    return [] if refused is None else list(refused.causes)


@pytest.mark.rule("O9")
def test_a_token_lives_until_it_was_unused_for_too_long() -> None:
    assert judged(TOKEN, at=DAY - INSTANT) == []
    assert judged(TOKEN, at=DAY) == [REFRESH_IDLE]


@pytest.mark.rule("O10")
def test_a_replaced_token_is_refused_unless_calls_overlap() -> None:
    assert judged(USED) == [REFRESH_REUSED]
    assert judged(USED, overlap=10 * SECOND, at=10 * SECOND - INSTANT) == []
    assert judged(USED, overlap=10 * SECOND, at=10 * SECOND) == [REFRESH_REUSED]
    assert not overlaps(TOKEN, 10 * SECOND, NOON)


def test_whose_token_it_is_counts_first() -> None:
    assert judged(None) == [REFRESH_UNKNOWN]
    assert judged(USED, "thief", at=2 * DAY) == [CODE_OF_ANOTHER_APPLICATION, REFRESH_REUSED]


@pytest.mark.parametrize(
    ("asked", "scope", "reason"),
    [
        (None, "openid email", None),
        ("email openid", "openid email", None),
        ("email", "email", None),
        ("openid phone", "openid", INVALID_SCOPE),
    ],
)
def test_a_refresh_asks_for_less_and_never_for_more(asked: str | None, scope: str, reason: Reason | None) -> None:
    assert scope_check("openid email", asked).reason is reason
    assert narrowed("openid email", asked) == scope
