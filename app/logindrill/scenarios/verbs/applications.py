"""Steps of an application that signs people in by OpenID Connect: it asks, redeems, refreshes, and shows claims."""

import hashlib
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import quote

from logindrill.rules.reasons import Reason
from logindrill.rules.values import replace
from logindrill.scenarios.actors import PERSON
from logindrill.scenarios.scenario import ORDINARY, Cast, Scenario, Symptom
from logindrill.scenarios.step import APPLICATION, BROWSER, ClientDevice, Seen, Step

CLIENT_ID = "shop"
REDIRECT_URI = "http://localhost:3000/callback"
VERIFIER = "the-code-verifier-of-this-sign-in-0123456789"
NONCE = "n-0S6_WzA2Mj"
_CHALLENGE = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
_ANSWERED = Seen(303)
_TOKENS = {"access_token": "/access_token", "refresh_token": "/refresh_token", "id_token": "/id_token"}


def registered(**fields: Any) -> Cast:
    """A sandbox in which the application is registered, without a secret."""
    return Cast(world={"applications": [{"id": CLIENT_ID, "redirect_uris": [REDIRECT_URI], **fields}]})


def failing(
    name: str,
    story: str,
    cause: Reason,
    *scene: Step,
    tries: Step,
    remedy: str,
    after: tuple[Step, ...],
    rules: tuple[str, ...],
    cast: Cast = ORDINARY,
    symptom: Symptom = Symptom.ERROR_TEXT,
    cure: tuple[Step, ...] = (),
) -> Scenario:
    """A failure of an application at one thing that it, or its person, `tries`."""
    return Scenario(
        name=name,
        preset="business-chat",
        rules=rules,
        symptom=symptom,
        story=story,
        cast=cast,
        scene=scene,
        tries=(tries,),
        cause=cause,
        remedy=remedy,
        cure=cure,
        after=after,
    )


def asks_for_sign_in(
    *,
    how: str = "",
    device: ClientDevice = BROWSER,
    is_signed_in: bool = True,
    seen: Seen = _ANSWERED,
    **parameters: str | None,
) -> Step:
    """The application sends the browser to the provider, right in every way but for what `parameters` replace.

    Where somebody is signed in there, the answer brings a code.
    """
    sent: dict[str, str | None] = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": REDIRECT_URI,
        "scope": "openid profile email",
        "state": "af0ifjsldkj",
        "nonce": NONCE,
        "code_challenge": _CHALLENGE,
        "code_challenge_method": "S256",
        **parameters,
    }
    query = "&".join(f"{name}={_encoded(value)}" for name, value in sent.items() if value is not None)
    return Step(
        do=f"The app sends {{person.first}}'s browser to the sign-in{how and ' ' + how}",
        operation="authorize",
        method="GET",
        path=f"/authorize?{query}",
        by=PERSON,
        device=device,
        signed_in=is_signed_in,
        keep={"authorization_code": "/code", "interaction": "/interaction", "form_token": "/form_token"},
        seen=seen,
        to_provider=True,
    )


def decides(words: str, path: str, *, seen: Seen, **fields: str) -> Step:
    """The person answers the page of an interaction with a button."""
    return Step(
        do=f"{{person.first}} {words}",
        operation="cancel_authorization" if path == "cancellation" else "resume_authorization",
        method="POST",
        path=f"/interactions/{{interaction}}/{path}",
        body={"form_token": "{form_token}", **fields},
        by=PERSON,
        signed_in=path == "consent",
        seen=seen,
        to_provider=True,
    )


def redeems(*, how: str = "", device: ClientDevice = APPLICATION, seen: Seen | None = None, **fields: str) -> Step:
    """The application exchanges the code for tokens; an empty field is left out."""
    sent = {
        "grant_type": "authorization_code",
        "code": "{authorization_code}",
        "redirect_uri": REDIRECT_URI,
        "client_id": CLIENT_ID,
        "code_verifier": VERIFIER,
    }
    return _to_token_endpoint(
        "redeem_code", f"The app redeems the code{how and ' ' + how}", sent | fields, device, seen
    )


def refreshes(*, how: str = "", device: ClientDevice = APPLICATION, seen: Seen | None = None, **fields: str) -> Step:
    """The application exchanges the refresh token for new tokens."""
    sent = {"grant_type": "refresh_token", "refresh_token": "{refresh_token}", "client_id": CLIENT_ID}
    said = f"The app uses the refresh token{how and ' ' + how}"
    return _to_token_endpoint("refresh_tokens", said, sent | fields, device, seen)


def shows_claims(token: str = "{access_token}", *, how: str = "", seen: Seen | None = None) -> Step:
    """The application asks who signed in, with the access token."""
    return Step(
        do=f"The app asks who {{person.first}} is{how and ' ' + how}",
        operation="show_claims",
        method="GET",
        path="/userinfo",
        by=PERSON,
        device=APPLICATION,
        headers={"Authorization": f"Bearer {token}"},
        seen=seen or Seen(200),
        to_provider=True,
    )


def reads_keys(*, how: str = "", seen: Seen | None = None) -> Step:
    """The application fetches the keys by which it verifies ID tokens."""
    return Step(
        do=f"The app fetches the keys of the provider{how and ' ' + how}",
        operation="list_keys",
        method="GET",
        path="/jwks",
        by=PERSON,
        device=APPLICATION,
        seen=seen or Seen(200),
        to_provider=True,
    )


def replaces_keys() -> tuple[Step, ...]:
    """The tester gives the provider new keys and removes the one of before."""
    return (
        Step(
            do="The tester looks at the signing keys",
            operation="list_signing_keys",
            method="GET",
            path="/keys",
            keep={"old_key": "/data/0/kid"},
        ),
        Step(do="The tester rotates them", operation="rotate_signing_keys", method="POST", path="/keys/rotation"),
        Step(
            do="The tester removes the old one",
            operation="remove_signing_key",
            method="DELETE",
            path="/keys/{old_key}",
        ),
    )


def gets_tokens() -> tuple[Step, ...]:
    """The application gets tokens for the person who is signed in in the browser."""
    return (asks_for_sign_in(), redeems())


def twice(step: Step, name: str) -> Step:
    """The same request with one of its parameters a second time."""
    return replace(step, path=f"{step.path}&{name}=another")


def stays_signed_in(step: Step) -> Step:
    """The same request, for tokens that outlive the session."""
    return replace(step, path=step.path.replace("openid%20profile", "openid%20offline_access%20profile"))


def _to_token_endpoint(
    operation: str, said: str, fields: dict[str, str], device: ClientDevice, seen: Seen | None
) -> Step:
    body: dict[str, Any] = {name: value for name, value in fields.items() if value}
    return Step(
        do=said,
        operation=operation,
        method="POST",
        path="/token",
        body=body,
        by=PERSON,
        device=device,
        keep=_TOKENS,
        seen=seen or Seen(200),
        to_provider=True,
    )


def _encoded(value: str) -> str:
    """The value of a parameter; a name in braces stays, and is encoded when it is filled in."""
    return quote(value, safe="{}")
