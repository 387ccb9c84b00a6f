"""The knobs of applications and of their tokens."""

from dataclasses import dataclass
from datetime import timedelta

from logindrill.rules.knobs import choice, knob, or_word, span, switch

_SHORTEST, _LONGEST = timedelta(seconds=1), timedelta(days=400)


@dataclass(frozen=True, slots=True)
class ApplicationPolicy:
    """Which applications may sign people in, and what they are told (O1-O3)."""

    open: bool | str = knob(
        "auto",
        "Whether any client_id works with a redirect_uri on this machine; auto: while no application is registered.",
        "O1",
        form=or_word(switch(), "auto"),
    )
    consent: str = knob(
        "never",
        "When the person is asked whether the application may have what it asks for.",
        "O2",
        form=choice("never", "once", "always"),
    )
    refused: str = knob(
        "stay",
        "Where a person who is finally refused goes: stay on the page, or return to the application (access_denied).",
        "O3",
        form=choice("stay", "return"),
    )


@dataclass(frozen=True, slots=True)
class TokenPolicy:
    """What tokens are, how long they live, and what using one twice means."""

    time: str = knob(
        "real",
        "The time that tokens tell (iat, exp, auth_time): real, or the sandbox's, by which the server judges them.",
        "O4",
        form=choice("real", "sandbox"),
    )
    format: str = knob(
        "jwt", "What access tokens are: jwt (RFC 9068), or opaque text.", "O5", form=choice("jwt", "opaque")
    )
    algorithm: str = knob(
        "RS256",
        "What signs the ID tokens of applications that name no algorithm, and all access tokens.",
        "O5",
        form=choice("RS256", "ES256"),
    )
    id_token_claims: str = knob(
        "scopes",
        "What ID tokens say of the person: all that the scopes allow, or only who it is (bare).",
        "O6",
        form=choice("scopes", "bare"),
    )
    code_life: timedelta = knob(
        timedelta(minutes=1), "How long an authorization code is valid.", "O7", form=span(_SHORTEST, timedelta(hours=1))
    )
    access_life: timedelta = knob(
        timedelta(hours=1), "How long an access token is valid.", "O8", form=span(_SHORTEST, _LONGEST)
    )
    id_life: timedelta = knob(
        timedelta(hours=1), "How long an ID token says that it is valid.", "O6", form=span(_SHORTEST, _LONGEST)
    )
    refresh_idle: timedelta = knob(
        timedelta(days=14), "How long a refresh token is valid without use.", "O9", form=span(_SHORTEST, _LONGEST)
    )
    refresh_absolute: timedelta = knob(
        timedelta(days=30),
        "How long an authorization with offline_access lasts.",
        "O9",
        form=span(_SHORTEST, _LONGEST),
    )
    rotation: bool = knob(True, "Whether each use of a refresh token replaces it by a new one.", "O10", form=switch())
    refresh_overlap: timedelta = knob(
        timedelta(0),
        "How long after its use a replaced refresh token still gives the same successor.",
        "O10",
        form=span(timedelta(0), timedelta(minutes=10)),
    )
    code_replay: str = knob(
        "end",
        "What a second use of an authorization code does: end everything that was issued with it, or only refuse.",
        "O7",
        form=choice("end", "refuse"),
    )
