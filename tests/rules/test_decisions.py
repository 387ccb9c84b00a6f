"""A refusal is a value to compare and an exception to raise."""

from datetime import timedelta

import pytest

from logindrill.rules.decisions import Check, FieldError, Invalid, Refused, invalid
from logindrill.rules.reasons import THROTTLED, WRONG_PASSWORD


def test_refusals_are_equal_by_what_they_say() -> None:
    chain = (Check("password", False, "not the account's password"),)
    assert Refused(WRONG_PASSWORD, chain) == Refused(WRONG_PASSWORD, chain)
    assert hash(Refused(WRONG_PASSWORD, chain)) == hash(Refused(WRONG_PASSWORD, chain))
    assert Refused(WRONG_PASSWORD, chain) != Refused(WRONG_PASSWORD)
    assert Refused(THROTTLED, retry_after=timedelta(minutes=1)) != Refused(THROTTLED)


def test_an_order_raises_the_refusal_that_an_attempt_returns() -> None:
    with pytest.raises(Refused) as refusal:
        raise Refused(WRONG_PASSWORD, detail="no")
    assert refusal.value == Refused(WRONG_PASSWORD, detail="no")


def test_invalid_input_names_its_field() -> None:
    assert invalid("email", "No.").fields == (FieldError("email", "invalid", "No."),)
    assert "email: required" in str(Invalid(FieldError("email", "required", "Missing.")))
