"""When an authorization counts: what ends a person's session ends what applications hold of it (O9, O21)."""

from datetime import datetime

from msgspec import Struct

from logindrill.rules import sessions
from logindrill.rules.findings import Finding, failed, passed
from logindrill.rules.reasons import REASONS, REFRESH_EXPIRED, SESSION_EXPIRED, SESSION_VOID, Reason
from logindrill.rules.sessions import SessionFacts, SessionPolicy
from logindrill.rules.values import replace


class AuthorizationFacts(Struct, frozen=True):
    """One authorization as it stands."""

    expires_at: datetime
    """Its absolute end where it is `offline`."""
    account: SessionFacts | None
    """Its session with account and membership; None where an application acts for itself."""
    offline: bool = False
    ended_because: str | None = None
    """The reason code of its own end."""


def judge(authorization: AuthorizationFacts, policy: SessionPolicy, now: datetime) -> Reason | None:
    """Why the authorization no longer counts at `now`, or None; the end of a session is named by its own reason."""
    if authorization.ended_because:
        return REASONS.get(authorization.ended_because, SESSION_VOID)
    if authorization.account is None:
        return None
    if not authorization.offline:
        return sessions.judge(authorization.account, policy, now)
    lasting = replace(authorization.account, expires_at=authorization.expires_at, last_seen_at=now, ended_because=None)
    end = sessions.judge(lasting, policy, now)
    return REFRESH_EXPIRED if end is SESSION_EXPIRED else end


def check(authorization: AuthorizationFacts, policy: SessionPolicy, now: datetime) -> Finding:
    """The same as a check, for the explanation."""
    end = judge(authorization, policy, now)
    if end is None:
        return passed("authorization", "it counts")
    account = authorization.account
    is_unchanged = account is None or account.account_is_unchanged
    return failed("authorization", end, sessions.evidence(end, account_is_unchanged=is_unchanged))
