"""Steps that sign a person in: password, second factor, new password; and steps that use the session."""

from typing import Any

from logindrill.scenarios.actors import NEW_PASSWORD, PERSON
from logindrill.scenarios.step import (
    ASKED_FOR_FACTOR,
    ASKED_FOR_NEW_PASSWORD,
    BROWSER,
    SIGNED_IN,
    ClientDevice,
    Seen,
    Step,
)


def signs_in(
    who: str = PERSON,
    *,
    how: str = "",
    identifier: str | None = None,
    password: str | None = None,
    device: ClientDevice = BROWSER,
    seen: Seen = SIGNED_IN,
    **more: Any,
) -> Step:
    """A person signs in, with correct values where nothing else is given. `how` ends the sentence.

    `more` are further fields.
    """
    body = {
        "identifier": identifier or f"{{{who}.identifier}}",
        "password": password or f"{{{who}.password}}",
        **more,
    }
    return Step(
        do=f"{{{who}.first}} signs in{how and ' ' + how}",
        operation="sign_in",
        method="POST",
        path="/sign-ins",
        body=body,
        by=who,
        device=device,
        keep={"sign_in_id": "/sign_in_id"} if seen in (ASKED_FOR_FACTOR, ASKED_FOR_NEW_PASSWORD) else {},
        seen=seen,
    )


def asks_for_otp(
    phone: str = "{person.phone}", *, how: str = "", device: ClientDevice = BROWSER, sign_in: str = "{sign_in_id}"
) -> Step:
    """The person types the number that the code is to be sent to; the answer is the same for every number (A22)."""
    return Step(
        do=f"{{person.first}} asks for a code by WhatsApp{how and ' ' + how}",
        operation="request_sign_in_code",
        method="POST",
        path=f"/sign-ins/{sign_in}/otp",
        body={"phone": phone},
        by=PERSON,
        device=device,
        seen=Seen(202),
    )


def enters_code(
    code: str = "{code}",
    *,
    how: str = "",
    device: ClientDevice = BROWSER,
    sign_in: str = "{sign_in_id}",
    seen: Seen = SIGNED_IN,
) -> Step:
    """The person passes the second factor with a code."""
    return Step(
        do=f"{{person.first}} enters the code{how and ' ' + how}",
        operation="pass_second_factor",
        method="POST",
        path=f"/sign-ins/{sign_in}/second-factor",
        body={"code": code},
        by=PERSON,
        device=device,
        seen=seen,
    )


def enters_second_password(
    typed: str, *, how: str = "", device: ClientDevice = BROWSER, seen: Seen = SIGNED_IN
) -> Step:
    """The person passes the second factor with the second password."""
    return Step(
        do=f"{{person.first}} enters the second password{how and ' ' + how}",
        operation="pass_second_factor",
        method="POST",
        path="/sign-ins/{sign_in_id}/second-factor",
        body={"second_password": typed},
        by=PERSON,
        device=device,
        seen=seen,
    )


def sets_new_password(password: str = NEW_PASSWORD, *, seen: Seen = SIGNED_IN) -> Step:
    """The person replaces the temporary password by a new one (C8)."""
    return Step(
        do="{person.first} sets their own password",
        operation="choose_new_password",
        method="POST",
        path="/sign-ins/{sign_in_id}/new-password",
        body={"password": password, "password_confirmation": password},
        by=PERSON,
        seen=seen,
    )


_OPENED = {
    "show_me": "the account",
    "list_campaigns": "the campaigns",
    "list_conversations": "the conversations",
    "list_reports": "the reports",
    "list_users": "the list of people",
    "show_publication": "the publication",
}
"""The opened resource, in words."""


def opens(
    path: str = "/me", *, operation: str = "show_me", device: ClientDevice = BROWSER, seen: Seen | None = None
) -> Step:
    """The signed-in person opens something; their own account by default."""
    return Step(
        do=f"{{person.first}} opens {_OPENED.get(operation, 'a page')}",
        operation=operation,
        method="GET",
        path=path,
        by=PERSON,
        device=device,
        signed_in=True,
        seen=seen or Seen(200),
    )


def signs_out(*, device: ClientDevice = BROWSER) -> Step:
    """The person signs out."""
    return Step(
        do="{person.first} signs out",
        operation="sign_out",
        method="DELETE",
        path="/session",
        by=PERSON,
        device=device,
        signed_in=True,
    )
