"""Apps whose request does not bring a person back: nobody is signed in, or the person does not want to (O14, O15)."""

from logindrill.rules.reasons import (
    CONSENT_MISSING,
    CONSENT_REFUSED,
    COOKIE_WITHHELD,
    MAX_AGE_OVER,
    NOBODY_SIGNED_IN,
    PERSON_CANCELLED,
    SOMEBODY_ELSE,
)
from logindrill.scenarios.actors import ADMIN
from logindrill.scenarios.scenario import Cast, Symptom
from logindrill.scenarios.step import ClientDevice, Seen
from logindrill.scenarios.verbs.applications import (
    asks_for_sign_in,
    decides,
    failing,
    gets_tokens,
    redeems,
)
from logindrill.scenarios.verbs.entering import signs_in, signs_out
from logindrill.scenarios.verbs.tester import waits

_FRAME = ClientDevice("hidden frame on another host name", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"})
_LOGIN_REQUIRED = Seen(303, "login_required")
_DENIED = Seen(303, "access_denied")


SCENARIOS = (
    failing(
        "silent-renewal-without-cookie",
        "The shop on 127.0.0.1 renews its tokens in a hidden frame from localhost: each time it hears that nobody is "
        "signed in.",
        COOKIE_WITHHELD,
        signs_in(),
        tries=asks_for_sign_in(
            how="in a hidden frame", device=_FRAME, is_signed_in=False, prompt="none", seen=_LOGIN_REQUIRED
        ),
        remedy="use_one_host_name",
        rules=("O15",),
        symptom=Symptom.THROWN_OUT,
        after=(asks_for_sign_in(how="in a hidden frame of the same host name", prompt="none"), redeems()),
    ),
    failing(
        "silent-renewal-after-signing-out",
        "{person.first} signed out in the chat, and the shop still tries to renew its tokens without a page.",
        NOBODY_SIGNED_IN,
        signs_in(),
        *gets_tokens(),
        signs_out(),
        tries=asks_for_sign_in(how="without a page", is_signed_in=False, prompt="none", seen=_LOGIN_REQUIRED),
        remedy="sign_in_with_page",
        rules=("O15",),
        symptom=Symptom.THROWN_OUT,
        after=(signs_in(), *gets_tokens()),
    ),
    failing(
        "max-age-asks-again",
        "The shop wants everybody who pays to have signed in within ten minutes, and asks without a page.",
        MAX_AGE_OVER,
        signs_in(),
        waits("PT15M", "15 minutes"),
        tries=asks_for_sign_in(how="before paying", prompt="none", max_age="600", seen=_LOGIN_REQUIRED),
        remedy="sign_in_with_page",
        rules=("O15",),
        after=(signs_in(how="again"), asks_for_sign_in(how="before paying", prompt="none", max_age="600"), redeems()),
    ),
    failing(
        "person-cancels",
        "{person.first} is sent to the sign-in, does not want to, and presses Cancel: the shop shows an error.",
        PERSON_CANCELLED,
        asks_for_sign_in(is_signed_in=False, seen=Seen(200)),
        tries=decides("presses Cancel", "cancellation", seen=_DENIED),
        remedy="ask_again",
        rules=("O14",),
        after=(signs_in(), *gets_tokens()),
    ),
    failing(
        "person-does-not-agree",
        "{person.first} is asked whether the shop may see name and address, and refuses.",
        CONSENT_REFUSED,
        signs_in(),
        asks_for_sign_in(seen=Seen(200)),
        tries=decides("refuses", "consent", decision="refuse", seen=_DENIED),
        remedy="ask_again",
        rules=("O2",),
        cast=Cast(policy={"applications.consent": "once"}),
        after=(
            asks_for_sign_in(how="again", seen=Seen(200)),
            decides("agrees", "consent", decision="agree", seen=Seen(303)).keeping(authorization_code="/code"),
            redeems(),
        ),
    ),
    failing(
        "consent-cannot-be-asked-without-a-page",
        "The shop asks without a page, and {person.first} has not agreed yet.",
        CONSENT_MISSING,
        signs_in(),
        tries=asks_for_sign_in(how="without a page", prompt="none", seen=Seen(303, "consent_required")),
        remedy="sign_in_with_page",
        rules=("O2",),
        cast=Cast(policy={"applications.consent": "once"}),
        after=(
            asks_for_sign_in(how="with a page", seen=Seen(200)),
            decides("agrees", "consent", decision="agree", seen=Seen(303)).keeping(authorization_code="/code"),
            redeems(),
        ),
    ),
    failing(
        "somebody-else-signed-in-meanwhile",
        "{person.first} used the shop before; now {admin.first} is signed in in the same browser, and the shop still "
        "asks for {person.first}.",
        SOMEBODY_ELSE,
        signs_in(),
        *gets_tokens(),
        signs_in(ADMIN).keeping(other="/session/access_token"),
        tries=asks_for_sign_in(
            how="for the one who used it before",
            device=ClientDevice("browser of somebody else", {"Authorization": "Bearer {other}"}),
            is_signed_in=False,
            prompt="none",
            id_token_hint="{id_token}",
            seen=_LOGIN_REQUIRED,
        ),
        remedy="sign_in_with_page",
        rules=("O15",),
        after=(signs_in(how="again"), *gets_tokens()),
    ),
)
