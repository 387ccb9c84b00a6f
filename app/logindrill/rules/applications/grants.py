"""Which grants an application may use (RFC 6749, 4 and 5.2; O17)."""

from collections.abc import Collection, Sequence

from logindrill.rules.applications.requests import OFFLINE_ACCESS
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.findings import Finding, failed, passed
from logindrill.rules.reasons import GRANT_TYPE_MISSING, GRANT_TYPE_UNREGISTERED, UNSUPPORTED_GRANT_TYPE

CODE, REFRESH, OWN = "authorization_code", "refresh_token", "client_credentials"
OFFERED = (CODE, REFRESH, OWN)


def require_offered(sent: str | None) -> str:
    """The grant that a call asks for; raises Refused for none, and for one that the server does not offer."""
    if sent is None:
        raise Refused(GRANT_TYPE_MISSING, (Check("grant_type", False, GRANT_TYPE_MISSING.cause),))
    if sent not in OFFERED:
        offered = f"offered are {', '.join(OFFERED)}"
        raise Refused(UNSUPPORTED_GRANT_TYPE, (Check("grant_type", False, offered),))
    return sent


def check(grant_type: str, registered: Collection[str]) -> Finding:
    """Whether an application may use a grant."""
    if grant_type in registered:
        return passed("grant_type", "the application may use it")
    return failed("grant_type", GRANT_TYPE_UNREGISTERED)


def own_scope(asked: str | None, registered: Sequence[str] | None) -> str:
    """The scope of a token that an application gets for itself: what it asks for, of what it may and what needs no
    person.
    """
    wanted = (asked or "").split()
    return " ".join(dict.fromkeys(s for s in wanted if s not in _OF_PEOPLE and (registered is None or s in registered)))


def person_scope(asked: str, registered: Sequence[str] | None, *, refreshes: bool) -> str:
    """What is granted of the scopes that an application asks for; others are ignored (Core 1.0, 3.1.2.1).

    Nothing outlives a session where the application may not refresh.
    """
    known = set(_OF_PEOPLE if registered is None else registered) - (set() if refreshes else {OFFLINE_ACCESS})
    return " ".join(dict.fromkeys(each for each in asked.split() if each in known))


_OF_PEOPLE = frozenset({"openid", "profile", "email", "phone", "address", "companies", OFFLINE_ACCESS})
