from datetime import UTC, datetime

import pytest

from logindrill.models import User
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import UserStatus, UserStep

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def a_user(status: UserStatus = UserStatus.ACTIVE) -> User:
    return User(sandbox_key=1, id="usr_ada", name="Ada Ash", status=status, created_at=NOON, epoch=0)


def test_a_step_of_life_leads_to_the_next_status() -> None:
    ada = a_user(UserStatus.INVITED)
    ada.take(UserStep.ACTIVATE)
    assert ada.status is UserStatus.ACTIVE


def test_a_step_that_leads_nowhere_is_refused_and_changes_nothing() -> None:
    ada = a_user(UserStatus.INVITED)
    with pytest.raises(Refused) as refusal:
        ada.take(UserStep.DEACTIVATE)
    assert refusal.value.reason.code == "invalid_transition"
    assert ada.status is UserStatus.INVITED


def test_a_new_password_ends_what_was_handed_out_under_the_old_one() -> None:
    ada = a_user()
    ada.set_password("$argon2id$new", "marks", NOON, cause="password_reset")
    assert (ada.password_hash, ada.password_marks, ada.password_set_at) == ("$argon2id$new", "marks", NOON)
    assert (ada.epoch, ada.epoch_cause) == (1, "password_reset")


def test_every_ending_is_a_new_epoch() -> None:
    ada = a_user()
    ada.end_everything("deactivated")
    ada.end_everything("deactivated")
    assert ada.epoch == 2


def test_a_username_is_kept_as_spelled_beside_its_canonical_form() -> None:
    ada = a_user()
    ada.set_username("Ada.Ash")
    assert (ada.username, ada.username_canonical) == ("Ada.Ash", "ada.ash")
    ada.set_username(None)
    assert (ada.username, ada.username_canonical) == (None, None)
