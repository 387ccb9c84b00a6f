"""The public answer for a reason, by the kind of call."""

Answer = tuple[int, str | None, str | None]
"""Status, then the problem's code or the status word of the body, then the true reason."""

_CREDENTIALS = (
    "unknown_identifier wrong_password wrong_case extra_space secondary_address not_activated deleted not_in_company "
    "temporary_password_expired temporary_password_superseded temporary_password_used temporary_password_void"
)
_CODES = (
    "wrong_second_password wrong_code superseded_code expired_code used_code void_code no_code other_sign_in "
    "too_many_code_attempts"
)
_PUBLIC_ANSWERS = {
    **dict.fromkeys(_CREDENTIALS.split(), (401, "invalid_credentials")),
    **dict.fromkeys(_CODES.split(), (401, "invalid_second_factor")),
    "deactivated": (403, "account_deactivated"),
    "merged": (403, "account_disabled"),
    "access_revoked": (403, "account_disabled"),
    "missing_permission": (403, "forbidden"),
    "not_published": (403, "not_published"),
    "reauthentication_required": (403, "reauthentication_required"),
    "not_found": (404, "not_found"),
    "email_taken": (409, "email_taken"),
    "username_taken": (409, "username_taken"),
    "last_owner": (409, "last_owner"),
    "own_account": (409, "own_account"),
    "invalid_transition": (409, "invalid_transition"),
    "more_than_one_company": (409, "more_than_one_company"),
}
_FAMILIES = {
    "sign_in": (410, "sign_in_expired"),
    "link": (410, "link_unusable"),
    "password": (422, "validation_failed"),
}


def refused(reason: str, *, confirming: bool = False) -> Answer:
    """The answer to a refused call; at a confirmation every reason about a person or a code sounds alike, and whoever
    looks for what is not there leaves no attempt."""
    if confirming:
        return 401, "invalid_code", reason
    answered = _PUBLIC_ANSWERS.get(reason) or next(
        answered for family, answered in _FAMILIES.items() if reason.startswith(family)
    )
    return (*answered, None if answered[0] == 404 else reason)


def not_current(reason: str) -> Answer:
    """The answer to whoever is signed in and types another password as the current one."""
    return 403, "current_password_incorrect", reason


def dead_session(reason: str) -> Answer:
    """The answer to whoever comes with a session that does not count."""
    return 401, "unauthenticated", reason
