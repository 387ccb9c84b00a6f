"""Whether somebody must sign in before an application is answered, and agree (Core 1.0, 3.1.2.3; O2, O15, O16)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from logindrill.rules.applications.authentication import TWO_FACTORS, acr
from logindrill.rules.applications.requests import CONSENT, LOGIN, NONE, SELECT_ACCOUNT, AuthorizationRequest
from logindrill.rules.findings import Finding, failed, passed
from logindrill.rules.reasons import (
    CONSENT_MISSING,
    MAX_AGE_OVER,
    NOBODY_SIGNED_IN,
    SECOND_FACTOR_NOT_PASSED,
    SECOND_FACTOR_UNREACHABLE,
    SOMEBODY_ELSE,
    Reason,
)

NEVER, ONCE, ALWAYS = "never", "once", "always"


class SignedIn(Struct, frozen=True):
    """Who is signed in in the browser."""

    user_id: str
    started_at: datetime
    """The sandbox's time of the sign-in."""
    methods: str | None = None
    """How, as `rules/applications/authentication` says."""
    has_second_factor: bool = False
    """Whether the person has a factor that is no password."""
    is_fresh: bool = False
    """Whether they signed in for this very request: then nothing asks them again."""


def judge(
    request: AuthorizationRequest, person: SignedIn, now: datetime, *, hinted: str | None = None
) -> Iterator[Finding]:
    """The checks whether who is signed in must do so again, the first that fails says why; `now`: the sandbox's time.

    `hinted`: the person whom a valid `id_token_hint` names. Who signed in for this request has done all of it.
    """
    yield passed("session", "signed in for this request" if person.is_fresh else "signed in")
    if person.is_fresh:
        return
    yield from _asked_again(request)
    yield _age(request, person, now)
    if hinted is not None and hinted != person.user_id:
        yield failed("id_token_hint", SOMEBODY_ELSE, "it names somebody else than who is signed in")
    if _lacks_factor(request, person):
        yield failed("acr", SECOND_FACTOR_NOT_PASSED, "no second factor of another kind was passed in this session")


def judge_acr(request: AuthorizationRequest, person: SignedIn) -> Finding:
    """Whether the sign-in is what the request says it must be (Core 1.0, 5.5.1.1); mere wishes never fail."""
    reached = acr(person.methods)
    if request.essential_acr and reached not in request.essential_acr:
        return failed("acr", SECOND_FACTOR_UNREACHABLE, f"the sign-in amounts to {reached}")
    return passed("acr", reached)


def judge_consent(request: AuthorizationRequest, knob: str, *, agreed_before: bool) -> Finding:
    """Whether the person must agree; `knob`: never, once or always; `agreed_before`: to all of it, some other time."""
    if CONSENT in request.prompts:
        return failed("consent", CONSENT_MISSING, "prompt=consent asks each time")
    if knob == ALWAYS or (knob == ONCE and not agreed_before):
        return failed("consent", CONSENT_MISSING, f"the setting is {knob}, and the person has not agreed")
    return passed("consent", "not asked" if knob == NEVER else "agreed before")


def allows_pages(request: AuthorizationRequest) -> bool:
    """Whether the person may be shown a page; `prompt=none` allows none."""
    return NONE not in request.prompts


def consent_knob(own: str | None, policy: str, *, first_party: bool) -> str:
    """When to ask for consent: as the application was registered, else as the policy says; another party's
    application asks once at least."""
    knob = own or policy
    return ONCE if knob == NEVER and not first_party and own is None else knob


def _lacks_factor(request: AuthorizationRequest, person: SignedIn) -> bool:
    """Whether a factor that the person has, and did not pass, would be nearer to what is wanted."""
    reached = acr(person.methods)
    is_wanted = request.wants_second_factor and reached not in {TWO_FACTORS, *request.essential_acr}
    return is_wanted and person.has_second_factor


def _asked_again(request: AuthorizationRequest) -> Iterator[Finding]:
    asking = sorted({LOGIN, SELECT_ACCOUNT} & request.prompts)
    if asking:
        yield failed("prompt", _ASKED_AGAIN, f"prompt={asking[0]} asks each time")


def _age(request: AuthorizationRequest, person: SignedIn, now: datetime) -> Finding:
    longest = request.longest_age
    if longest is None:
        return passed("max_age", "not sent")
    age = now - person.started_at
    seen = f"signed in {int(age.total_seconds())} seconds ago; at most {longest}"
    is_over = longest == 0 or age > timedelta(seconds=longest)  # 0 asks each time, also while the clock stands still
    return failed("max_age", MAX_AGE_OVER, seen) if is_over else passed("max_age", seen)


_ASKED_AGAIN: Reason = NOBODY_SIGNED_IN
"""Never answered: prompt=login beside prompt=none is refused before."""
