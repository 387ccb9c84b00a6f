"""An application uses the grants that it registered, and gets the scopes that it may have."""

import pytest

from logindrill.rules.applications.grants import check, own_scope, person_scope, require_offered
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import GRANT_TYPE_MISSING, GRANT_TYPE_UNREGISTERED, UNSUPPORTED_GRANT_TYPE, Reason


@pytest.mark.rule("O17")
@pytest.mark.parametrize(
    ("sent", "reason"),
    [(None, GRANT_TYPE_MISSING), ("password", UNSUPPORTED_GRANT_TYPE), ("Refresh_token", UNSUPPORTED_GRANT_TYPE)],
)
def test_other_grants_are_not_offered(sent: str | None, reason: Reason) -> None:
    with pytest.raises(Refused) as refusal:
        require_offered(sent)
    assert refusal.value.reason is reason


def test_an_application_uses_what_it_registered() -> None:
    assert check("refresh_token", ["authorization_code", "refresh_token"]).reason is None
    assert check("client_credentials", ["authorization_code"]).reason is GRANT_TYPE_UNREGISTERED


def test_a_token_of_its_own_is_for_nothing_that_needs_a_person() -> None:
    assert own_scope("openid read email write read offline_access", None) == "read write"
    assert own_scope("read write", ["write"]) == "write"
    assert own_scope(None, None) == ""


def test_a_person_grants_what_is_known_and_registered() -> None:
    asked = "email openid nonsense email offline_access"
    assert person_scope(asked, None, refreshes=True) == "email openid offline_access"
    assert person_scope(asked, None, refreshes=False) == "email openid"
    assert person_scope(asked, ["openid", "offline_access"], refreshes=False) == "openid"
