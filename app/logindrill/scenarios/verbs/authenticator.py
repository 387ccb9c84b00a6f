"""Steps with an authenticator app: set up, confirm, read a code, enter it (RFC 6238)."""

from logindrill.scenarios.actors import PERSON
from logindrill.scenarios.step import ASKED_FOR_FACTOR, BROWSER, ClientDevice, Seen, Step
from logindrill.scenarios.verbs.entering import enters_code, signs_in

UNCONFIRMED = "status=unconfirmed"
"""Selects the app that is being set up."""


def looks_at_app(query: str = "", *, whose: str = f"{{{PERSON}.id}}", do: str | None = None, **keep: str) -> Step:
    """The code that an authenticator app shows now, kept as `code` unless another name is given.

    `query` is `UNCONFIRMED`, or says how wrong the phone's clock is: `off_by=-PT5M`.
    """
    return Step(
        do=do or "{person.first} looks at the authenticator app",
        operation="show_authenticator",
        method="GET",
        path=f"/users/{whose}/authenticator{query and '?' + query}",
        keep=keep or {"code": "/code"},
        seen=Seen(200),
    )


def passes_app(device: ClientDevice = BROWSER) -> tuple[Step, ...]:
    """The person reads the code in the app and enters it."""
    return (looks_at_app(), enters_code(device=device))


def signs_in_with_app(*, how: str = "", device: ClientDevice = BROWSER) -> tuple[Step, ...]:
    """A complete sign-in with password and app; the device is trusted afterwards."""
    return (signs_in(how=how, device=device, seen=ASKED_FOR_FACTOR), *passes_app(device))


def begins_app(*, device: ClientDevice = BROWSER) -> Step:
    """The person scans the QR code with the app, which is not used until one of its codes is confirmed."""
    return Step(
        do="{person.first} scans the QR code with an authenticator app",
        operation="set_second_factor",
        method="PUT",
        path="/me/second-factor",
        body={"current_password": "{person.password}", "method": "totp"},
        by=PERSON,
        device=device,
        signed_in=True,
        seen=Seen(200, "unconfirmed"),
    )


def confirms_app(code: str = "{code}", *, device: ClientDevice = BROWSER, seen: Seen | None = None) -> Step:
    """The person enters a code that the app shows; every other session ends."""
    return Step(
        do="{person.first} types the code from the app",
        operation="confirm_second_factor",
        method="POST",
        path="/me/second-factor/confirmation",
        body={"code": code},
        by=PERSON,
        device=device,
        signed_in=True,
        seen=seen or Seen(200, "active"),
    )


def sets_up_app(*, device: ClientDevice = BROWSER) -> tuple[Step, ...]:
    """The app becomes the second factor."""
    return (begins_app(device=device), looks_at_app(UNCONFIRMED), confirms_app(device=device))
