"""Apps that ask for a sign-in by OpenID Connect: the request is refused, or brings nobody back (O11-O15)."""

from typing import Any

from logindrill.rules.reasons import (
    APPLICATION_UNKNOWN,
    CHALLENGE_MISSING,
    CHALLENGE_PLAIN,
    PARAMETER_TWICE,
    PROMPT_CONTRADICTS,
    REDIRECT_URI_FOREIGN,
    REDIRECT_URI_MISSING,
    REDIRECT_URI_UNREGISTERED,
    UNSUPPORTED_RESPONSE_TYPE,
    Reason,
)
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import Seen, Step
from logindrill.scenarios.verbs.applications import (
    REDIRECT_URI,
    asks_for_sign_in,
    failing,
    gets_tokens,
    redeems,
    registered,
    twice,
)
from logindrill.scenarios.verbs.entering import signs_in

_OTHER_URI = "http://localhost:3000/auth/callback"
_INVALID = Seen(303, "invalid_request")


def _on_page(name: str, story: str, cause: Reason, tries: Step, remedy: str, **more: Any) -> Scenario:
    """A request whose application or address is not trusted: a page says so, and nobody is sent anywhere."""
    more = {"after": gets_tokens(), **more}
    return failing(
        name, story, cause, signs_in(), tries=tries, remedy=remedy, rules=("O11",), symptom=Symptom.PAGE_REFUSED, **more
    )


def _malformed(name: str, story: str, cause: Reason, tries: Step, remedy: str, **more: Any) -> Scenario:
    """A request that the provider understands only so far that it can send the error back."""
    more = {"rules": ("O12",), **more}
    return failing(name, story, cause, signs_in(), tries=tries, remedy=remedy, after=gets_tokens(), **more)


_PAGE = Seen(400, "application_refused")

SCENARIOS = (
    _on_page(
        "redirect-address-not-registered",
        "The developer moved the callback of the shop, and since then everybody is shown an error page instead of it.",
        REDIRECT_URI_UNREGISTERED,
        asks_for_sign_in(how="with its new callback", redirect_uri=_OTHER_URI, seen=_PAGE),
        "register_redirect_uri",
        cast=registered(),
        after=(
            asks_for_sign_in(how="with its new callback", redirect_uri=_OTHER_URI),
            redeems(redirect_uri=_OTHER_URI),
        ),
    ),
    _on_page(
        "application-not-registered",
        "A second shop front uses a client_id of its own, which nobody registered.",
        APPLICATION_UNKNOWN,
        asks_for_sign_in(how="under a client_id of its own", client_id="storefront", seen=_PAGE),
        "register_application",
        cast=registered(),
        after=(
            asks_for_sign_in(how="under the same client_id", client_id="storefront"),
            redeems(client_id="storefront"),
        ),
    ),
    _on_page(
        "redirect-address-elsewhere",
        "The shop was put on a test server, and still relies on being let in without registration.",
        REDIRECT_URI_FOREIGN,
        asks_for_sign_in(how="from a test server", redirect_uri="https://shop.example.test/callback", seen=_PAGE),
        "use_loopback",
    ),
    _on_page(
        "redirect-address-left-out",
        "The shop has two callbacks, for web and desktop, and no longer says which one it wants.",
        REDIRECT_URI_MISSING,
        asks_for_sign_in(how="without a callback", redirect_uri=None, seen=_PAGE),
        "send_redirect_uri",
        cast=registered(redirect_uris=[REDIRECT_URI, _OTHER_URI]),
    ),
    _malformed(
        "app-sends-no-challenge",
        "The shop is a public application and was built without PKCE.",
        CHALLENGE_MISSING,
        asks_for_sign_in(how="without PKCE", code_challenge=None, code_challenge_method=None, seen=_INVALID),
        "send_challenge",
        cast=registered(),
        rules=("O13",),
    ),
    _malformed(
        "app-sends-a-plain-challenge",
        "The library of the shop sends its code verifier itself as the challenge.",
        CHALLENGE_PLAIN,
        asks_for_sign_in(how="with a plain challenge", code_challenge_method="plain", seen=_INVALID),
        "send_challenge",
        rules=("O13",),
    ),
    _malformed(
        "app-wants-tokens-at-once",
        "An old library of the shop still uses the implicit flow.",
        UNSUPPORTED_RESPONSE_TYPE,
        asks_for_sign_in(how="for tokens in the address", response_type="id_token token").answered(
            303, "unsupported_response_type"
        ),
        "ask_for_code",
    ),
    _malformed(
        "app-contradicts-itself",
        "The shop asks for a sign-in without any page, and for a sign-in page, in one request.",
        PROMPT_CONTRADICTS,
        asks_for_sign_in(how="with two prompts that exclude each other", prompt="none login", seen=_INVALID),
        "correct_request",
        rules=("O15",),
    ),
    failing(
        "app-sends-a-parameter-twice",
        "A proxy in front of the shop adds the state a second time.",
        PARAMETER_TWICE,
        signs_in(),
        tries=twice(asks_for_sign_in(how="with two states", seen=_INVALID), "state"),
        remedy="send_once",
        rules=("O12",),
        after=gets_tokens(),
    ),
)
