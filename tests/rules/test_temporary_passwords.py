"""A temporary password stands in one state, and each dead state has its reason."""

import pytest

from logindrill.rules.temporary_passwords import REASON_OF, TemporaryPasswordFacts, TemporaryPasswordState, state
from logindrill.rules.values import replace
from tests.rules.moments import DAY, INSTANT, NOON

MADE = TemporaryPasswordFacts(expires_at=NOON + 7 * DAY)


def test_it_lives_until_its_very_end() -> None:
    assert state(MADE, NOON + 7 * DAY - INSTANT) is TemporaryPasswordState.LIVE
    assert state(MADE, NOON + 7 * DAY) is TemporaryPasswordState.EXPIRED


@pytest.mark.rule("rule-5")
def test_what_ended_it_is_named_even_after_it_expired() -> None:
    later = NOON + 8 * DAY
    assert state(replace(MADE, superseded_at=NOON), later) is TemporaryPasswordState.SUPERSEDED
    assert state(replace(MADE, voided_at=NOON), later) is TemporaryPasswordState.VOID
    assert state(replace(MADE, used_at=NOON, superseded_at=NOON), later) is TemporaryPasswordState.USED


def test_every_dead_state_has_its_reason() -> None:
    assert set(REASON_OF) == set(TemporaryPasswordState) - {TemporaryPasswordState.LIVE}
    assert {s: r.code for s, r in REASON_OF.items()} == {s: f"temporary_password_{s}" for s in REASON_OF}
