"""Whoever changes a factor must have passed it just now; a first factor asks for none."""

from logindrill.rules.proof import ProofPolicy, judge
from logindrill.rules.reasons import REAUTHENTICATION_REQUIRED
from tests.rules.moments import INSTANT, MINUTE, NOON


def test_a_factor_passed_within_five_minutes_is_proof() -> None:
    assert judge(NOON, ProofPolicy(), NOON + 5 * MINUTE - INSTANT, has_factor=True) is None
    assert judge(NOON, ProofPolicy(), NOON + 5 * MINUTE, has_factor=True) is REAUTHENTICATION_REQUIRED


def test_a_factor_not_passed_in_this_session_is_no_proof() -> None:
    assert judge(None, ProofPolicy(), NOON, has_factor=True) is REAUTHENTICATION_REQUIRED


def test_a_first_factor_needs_no_proof() -> None:
    assert judge(None, ProofPolicy(), NOON, has_factor=False) is None
