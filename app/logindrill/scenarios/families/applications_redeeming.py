"""Apps that exchange a code for tokens: the person has signed in, and the app still shows an error (O7, O13, O18)."""

from typing import Any

from logindrill.rules.reasons import (
    AUTHORIZATION_CODE_EXPIRED,
    AUTHORIZATION_CODE_UNKNOWN,
    AUTHORIZATION_CODE_USED,
    CODE_OF_ANOTHER_APPLICATION,
    PROOF_MISSING,
    REDIRECT_URI_MISMATCH,
    SECRET_MISSING,
    SECRET_UNASKED,
    SECRET_WRONG,
    UNSUPPORTED_GRANT_TYPE,
    VERIFIER_MISMATCH,
    VERIFIER_MISSING,
    VERIFIER_UNASKED,
    Reason,
)
from logindrill.scenarios.scenario import ORDINARY, Cast, Scenario
from logindrill.scenarios.step import Step
from logindrill.scenarios.verbs.applications import asks_for_sign_in, failing, gets_tokens, redeems, registered
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.tester import waits

_SECRET = "secret of the shop"
_ASKS_WITHOUT_PKCE = asks_for_sign_in(how="without PKCE", code_challenge=None, code_challenge_method=None)
_PATIENT = Cast(policy={"tokens.code_life": "PT1H"})
"""The code lives as long as somebody may take to go through the steps."""


def _with_secret() -> Cast:
    return Cast(world=registered(secret=_SECRET).world, policy=_PATIENT.policy)


def _refused(
    name: str,
    story: str,
    cause: Reason,
    tries: Step,
    *scene: Step,
    code: str = "invalid_grant",
    after: tuple[Step, ...] | None = None,
    **more: Any,
) -> Scenario:
    """A redemption that is refused; without a scene of its own the code was just issued."""
    scene = scene or (signs_in(), asks_for_sign_in())
    more = {"cast": _PATIENT, "rules": ("O7",), **more}
    answered = tries.answered(401 if code == "invalid_client" else 400, code)
    return failing(name, story, cause, *scene, tries=answered, after=(redeems(),) if after is None else after, **more)


def _client(name: str, story: str, cause: Reason, tries: Step, remedy: str, **more: Any) -> Scenario:
    """An application that does not prove who it is."""
    more = {"cast": _with_secret(), "after": (redeems(client_secret=_SECRET),), **more}
    return _refused(name, story, cause, tries, remedy=remedy, code="invalid_client", rules=("O18",), **more)


SCENARIOS = (
    _refused(
        "app-redeems-twice",
        "The callback of the shop runs twice, as React StrictMode makes it: {person.first} is signed in for a moment, "
        "and then sees an error.",
        AUTHORIZATION_CODE_USED,
        redeems(how="a second time"),
        signs_in(),
        *gets_tokens(),
        remedy="redeem_once",
        cast=ORDINARY,
        after=gets_tokens(),
    ),
    _refused(
        "app-sends-no-verifier",
        "After a rewrite of its callback the shop no longer sends the code verifier.",
        VERIFIER_MISSING,
        redeems(how="without the verifier", code_verifier=""),
        remedy="send_verifier",
        rules=("O13",),
    ),
    _refused(
        "app-sends-another-verifier",
        "{person.first} opened the shop in two tabs; the second one replaced the verifier of the first.",
        VERIFIER_MISMATCH,
        redeems(how="with the verifier of the other tab", code_verifier="the-code-verifier-of-another-tab-0123456789"),
        remedy="send_verifier",
        rules=("O13",),
    ),
    _refused(
        "app-sends-a-verifier-without-a-challenge",
        "The shop lost its code challenge on the way to the sign-in, and sends the verifier all the same.",
        VERIFIER_UNASKED,
        redeems(how="with a verifier that nobody asked for"),
        signs_in(),
        _ASKS_WITHOUT_PKCE,
        remedy="leave_verifier_out",
        after=gets_tokens(),
        rules=("O13",),
    ),
    _refused(
        "app-proves-nothing",
        "The shop neither uses PKCE nor has a secret.",
        PROOF_MISSING,
        redeems(how="without any proof", code_verifier=""),
        signs_in(),
        _ASKS_WITHOUT_PKCE,
        remedy="send_challenge",
        after=gets_tokens(),
        rules=("O13",),
    ),
    _refused(
        "code-redeemed-too-late",
        "The shop keeps the code in a queue, and redeems it minutes later.",
        AUTHORIZATION_CODE_EXPIRED,
        redeems(how="two minutes late"),
        signs_in(),
        asks_for_sign_in(),
        waits("PT2M", "2 minutes"),
        remedy="redeem_sooner",
        cast=ORDINARY,
        after=gets_tokens(),
    ),
    _refused(
        "code-from-somewhere-else",
        "The shop still holds a code from before the sandbox was reset.",
        AUTHORIZATION_CODE_UNKNOWN,
        redeems(how="that was never issued here", code="a-code-of-another-day"),
        signs_in(),
        remedy="ask_again",
        after=gets_tokens(),
    ),
    _refused(
        "code-of-another-application",
        "Two front ends share one callback, and the wrong one takes the code.",
        CODE_OF_ANOTHER_APPLICATION,
        redeems(how="of the other front end", client_id="storefront"),
        remedy="redeem_own_codes",
    ),
    _refused(
        "redirect-address-changed-on-the-way",
        "The shop asks with localhost and redeems with 127.0.0.1.",
        REDIRECT_URI_MISMATCH,
        redeems(how="with another callback", redirect_uri="http://127.0.0.1:3000/callback"),
        remedy="send_same_redirect_uri",
    ),
    _refused(
        "app-asks-for-the-password",
        "An old library of the shop sends name and password to the token endpoint.",
        UNSUPPORTED_GRANT_TYPE,
        redeems(how="by the password grant", grant_type="password"),
        remedy="ask_for_code",
        code="unsupported_grant_type",
        rules=("O17",),
    ),
    _client(
        "secret-of-another-application",
        "The shop was given the secret of another application.",
        SECRET_WRONG,
        redeems(how="with another secret", client_secret="secret of the storefront"),
        "send_secret",
    ),
    _client(
        "app-forgets-its-secret",
        "On the new server, the variable with the secret of the shop is empty.",
        SECRET_MISSING,
        redeems(how="without its secret"),
        "send_secret",
    ),
    _client(
        "public-app-sends-a-secret",
        "The shop is registered as a public application, and sends a secret.",
        SECRET_UNASKED,
        redeems(how="with a secret", client_secret=_SECRET),
        "leave_secret_out",
        cast=Cast(world=registered().world, policy=_PATIENT.policy),
        after=(redeems(),),
    ),
)
