"""A code works once, in time, for whom it was issued to; what fails first is the answer."""

from datetime import timedelta

import pytest

from logindrill.rules.applications.redemptions import CodeFacts, Redemption, challenge_of, findings
from logindrill.rules.findings import follow
from logindrill.rules.reasons import (
    AUTHORIZATION_CODE_EXPIRED,
    AUTHORIZATION_CODE_UNKNOWN,
    AUTHORIZATION_CODE_USED,
    CODE_OF_ANOTHER_APPLICATION,
    PROOF_MISSING,
    REDIRECT_URI_MISMATCH,
    VERIFIER_MISMATCH,
    VERIFIER_MISSING,
    VERIFIER_UNASKED,
    Reason,
)
from logindrill.rules.values import replace
from tests.rules.moments import INSTANT, MINUTE, NOON, SECOND

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CODE = CodeFacts(
    "shop", NOON + MINUTE, redirect_uri="http://localhost/cb", challenge="E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
)
SENT = Redemption("shop", "http://localhost/cb", VERIFIER)
USED = replace(CODE, used_at=NOON, really_used_at=NOON)


def judged(code: CodeFacts | None, sent: Redemption = SENT, at: timedelta = timedelta()) -> list[Reason]:
    _, refused = follow(findings(code, sent, NOON + at, NOON + at))
    return [] if refused is None else list(refused.causes)


def test_the_challenge_is_that_of_the_rfc() -> None:
    assert challenge_of(VERIFIER) == CODE.challenge  # RFC 7636, appendix B


def test_a_code_can_be_redeemed_until_its_very_end() -> None:
    assert judged(CODE, at=MINUTE - INSTANT) == []
    assert judged(CODE, at=MINUTE) == [AUTHORIZATION_CODE_EXPIRED]


@pytest.mark.parametrize(
    ("code", "sent", "reason"),
    [
        (None, SENT, AUTHORIZATION_CODE_UNKNOWN),
        (CODE, replace(SENT, client_id="thief"), CODE_OF_ANOTHER_APPLICATION),
        (USED, SENT, AUTHORIZATION_CODE_USED),
        (CODE, replace(SENT, redirect_uri="http://localhost/cb/"), REDIRECT_URI_MISMATCH),
        (CODE, replace(SENT, redirect_uri=None), REDIRECT_URI_MISMATCH),
        (CODE, replace(SENT, verifier=None), VERIFIER_MISSING),
        (CODE, replace(SENT, verifier=VERIFIER[1:]), VERIFIER_MISMATCH),
        (CODE, replace(SENT, verifier=VERIFIER + "\u00e9"), VERIFIER_MISMATCH),
        (replace(CODE, challenge=challenge_of("short")), replace(SENT, verifier="short"), VERIFIER_MISMATCH),
        (replace(CODE, challenge=None), SENT, VERIFIER_UNASKED),
        (replace(CODE, challenge=None), replace(SENT, verifier=None, needs_proof=True), PROOF_MISSING),
    ],
)
def test_what_does_not_fit_is_named(code: CodeFacts | None, sent: Redemption, reason: Reason) -> None:
    assert judged(code, sent) == [reason]


def test_what_was_not_asked_for_is_not_needed() -> None:
    bare = replace(CODE, challenge=None, redirect_uri=None)
    assert judged(bare, Redemption("shop")) == []
    assert judged(bare, Redemption("shop", "http://localhost/other")) == []


def test_the_order_of_the_answers() -> None:
    wrong = Redemption("thief", None, None)
    assert judged(USED, wrong, at=MINUTE) == [
        CODE_OF_ANOTHER_APPLICATION,
        AUTHORIZATION_CODE_USED,
        AUTHORIZATION_CODE_EXPIRED,
        REDIRECT_URI_MISMATCH,
        VERIFIER_MISSING,
    ]


@pytest.mark.parametrize(
    ("after", "evidence"),
    [
        (SECOND, "first redeemed 1.0 seconds before: one program redeems twice"),
        (2 * SECOND, "first redeemed 2.0 seconds before"),
    ],
)
def test_the_evidence_of_a_second_use_tells_how_soon_it_came(after: timedelta, evidence: str) -> None:
    _, refused = follow(findings(USED, SENT, NOON, NOON + after))
    assert refused is not None
    assert refused.checks[-1].evidence == evidence
