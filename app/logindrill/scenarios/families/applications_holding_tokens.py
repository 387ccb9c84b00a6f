"""Apps that hold tokens: people are signed out of them, or their data no longer loads (O8-O10, O21)."""

from typing import Any

from logindrill.rules.reasons import (
    BEARER_TOKEN_DAMAGED,
    BEARER_TOKEN_EXPIRED,
    BEARER_TOKEN_MISSING,
    DEACTIVATED,
    REFRESH_EXPIRED,
    REFRESH_IDLE,
    REFRESH_REUSED,
    REFRESH_UNKNOWN,
    SIGNED_OUT,
    WRONG_KIND,
    Reason,
)
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import Seen, Step
from logindrill.scenarios.verbs.applications import (
    asks_for_sign_in,
    failing,
    gets_tokens,
    redeems,
    refreshes,
    replaces_keys,
    shows_claims,
    stays_signed_in,
)
from logindrill.scenarios.verbs.entering import signs_in, signs_out
from logindrill.scenarios.verbs.staff import deactivates, reactivates
from logindrill.scenarios.verbs.tester import waits

_INVALID_GRANT = Seen(400, "invalid_grant")
_INVALID_TOKEN = Seen(401, "invalid_token")
_BACK_IN = (signs_in(how="again"), *gets_tokens())
_FOR_LONG = (signs_in(), stays_signed_in(asks_for_sign_in()), redeems())
"""Tokens that outlive the session."""


def _thrown_out(
    name: str,
    story: str,
    cause: Reason,
    tries: Step,
    *scene: Step,
    after: tuple[Step, ...] = _BACK_IN,
    symptom: Symptom = Symptom.THROWN_OUT,
    **more: Any,
) -> Scenario:
    """An application whose tokens no longer help; without a scene of its own it has just got them."""
    scene = scene or (signs_in(), *gets_tokens())
    return failing(name, story, cause, *scene, tries=tries, after=after, symptom=symptom, **more)


SCENARIOS = (
    _thrown_out(
        "refresh-token-used-twice",
        "Two tabs of the shop refresh with the same token; the second one is refused, and then both are signed out.",
        REFRESH_REUSED,
        refreshes(how="that it has used before", refresh_token="{first_token}", seen=_INVALID_GRANT),
        signs_in(),
        asks_for_sign_in(),
        redeems().keeping(first_token="/refresh_token"),
        refreshes(),
        remedy="keep_newest_token",
        rules=("O10",),
        after=gets_tokens(),
    ),
    _thrown_out(
        "refresh-token-of-another-day",
        "The shop still holds a refresh token from before the sandbox was reset.",
        REFRESH_UNKNOWN,
        refreshes(how="of another day", refresh_token="a-refresh-token-of-another-day", seen=_INVALID_GRANT),
        remedy="ask_again",
        rules=("O10",),
        after=gets_tokens(),
    ),
    _thrown_out(
        "signed-out-elsewhere",
        "{person.first} signed out in the chat, and the shop can no longer refresh.",
        SIGNED_OUT,
        refreshes(seen=_INVALID_GRANT),
        signs_in(),
        *gets_tokens(),
        signs_out(),
        remedy="sign_in_again",
        rules=("O21", "O9"),
    ),
    _thrown_out(
        "deactivated-while-holding-tokens",
        "{person.first} was deactivated by an admin while the shop was open.",
        DEACTIVATED,
        refreshes(seen=_INVALID_GRANT),
        signs_in(),
        *gets_tokens(),
        deactivates(),
        remedy="reactivate",
        rules=("O21", "A26"),
        cure=(reactivates(),),
    ),
    _thrown_out(
        "clock-of-the-app-is-wrong",
        "The clock of the shop's server is slow: the shop believes that its access token is valid, and is refused.",
        BEARER_TOKEN_EXPIRED,
        shows_claims(how="with a token that it believes valid", seen=_INVALID_TOKEN),
        signs_in(),
        *gets_tokens(),
        waits("PT10M", "10 minutes"),
        remedy="refresh",
        rules=("O8", "O4"),
        cast=Cast(policy={"tokens.access_life": "PT5M"}),
        after=(refreshes(), shows_claims()),
    ),
    _thrown_out(
        "keys-rotated",
        "The keys of the provider were changed and the old one was removed: tokens of before are refused.",
        BEARER_TOKEN_DAMAGED,
        shows_claims(how="with a token of before", seen=_INVALID_TOKEN),
        signs_in(),
        *gets_tokens(),
        *replaces_keys(),
        remedy="refresh",
        rules=("O22", "O8"),
        after=(refreshes(), shows_claims()),
    ),
    _thrown_out(
        "refresh-after-thirty-days",
        "The shop kept {person.first} signed in for a month, and then suddenly not any more.",
        REFRESH_EXPIRED,
        refreshes(how="after a month", seen=_INVALID_GRANT),
        *_FOR_LONG,
        waits("P10D", "10 days"),
        refreshes(),
        waits("P10D", "10 days"),
        refreshes(),
        waits("P11D", "11 days"),
        remedy="ask_again",
        rules=("O9",),
    ),
    _thrown_out(
        "refresh-after-a-holiday",
        "{person.first} did not open the shop for three weeks.",
        REFRESH_IDLE,
        refreshes(how="after three weeks", seen=_INVALID_GRANT),
        *_FOR_LONG,
        waits("P21D", "21 days"),
        remedy="ask_again",
        rules=("O9",),
    ),
    _thrown_out(
        "id-token-as-access-token",
        "The shop sends the ID token where the access token belongs.",
        WRONG_KIND,
        shows_claims("{id_token}", how="with the ID token", seen=_INVALID_TOKEN),
        remedy="send_bearer_token",
        rules=("O8",),
        after=(shows_claims(),),
        symptom=Symptom.ERROR_TEXT,
    ),
    _thrown_out(
        "app-sends-no-access-token",
        "The shop calls before it has stored its tokens.",
        BEARER_TOKEN_MISSING,
        shows_claims("", how="without a token", seen=_INVALID_TOKEN),
        remedy="send_bearer_token",
        rules=("O8",),
        after=(shows_claims(),),
        symptom=Symptom.ERROR_TEXT,
    ),
)
