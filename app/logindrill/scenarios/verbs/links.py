"""Steps with invitation and reset links: request, open and use them."""

from logindrill.scenarios.actors import NEW_PASSWORD, PERSON
from logindrill.scenarios.step import Seen, Step


def asks_for_reset(identifier: str = "{person.identifier}", *, how: str = "") -> Step:
    """The person requests a reset link; the answer is the same for every address (A9)."""
    return Step(
        do=f"{{person.first}} asks for a new password{how and ' ' + how}",
        operation="request_password_reset",
        method="POST",
        path="/password-resets",
        body={"identifier": identifier},
        by=PERSON,
        seen=Seen(202),
    )


def opens_reset_link(token: str = "{token}", *, how: str = "", seen: Seen | None = None) -> Step:
    """The person opens a reset link; that uses nothing up (A12)."""
    return Step(
        do=f"{{person.first}} opens the reset link{how and ' ' + how}",
        operation="show_password_reset",
        method="GET",
        path=f"/password-resets/{token}",
        by=PERSON,
        seen=seen or Seen(200, "usable"),
    )


def sets_password(
    password: str = NEW_PASSWORD, confirmation: str | None = None, *, token: str = "{token}", seen: Seen | None = None
) -> Step:
    """The person sets a new password with the reset link."""
    return Step(
        do="{person.first} sets a new password",
        operation="use_password_reset",
        method="PUT",
        path=f"/password-resets/{token}",
        body={"password": password, "password_confirmation": password if confirmation is None else confirmation},
        by=PERSON,
        seen=seen or Seen(204),
    )


def opens_invitation(token: str = "{token}", *, how: str = "", seen: Seen | None = None) -> Step:
    """The person opens an invitation; that uses nothing up (A2)."""
    return Step(
        do=f"{{person.first}} opens the invitation link{how and ' ' + how}",
        operation="show_invitation",
        method="GET",
        path=f"/invitations/{token}",
        by=PERSON,
        seen=seen or Seen(200, "usable"),
    )


def activates(password: str = NEW_PASSWORD, *, token: str = "{token}", **more: object) -> Step:
    """The person accepts the invitation; `more` are further fields, such as `whatsapp_number` (A2, A22)."""
    return Step(
        do="{person.first} activates the account with a password",
        operation="accept_invitation",
        method="POST",
        path=f"/invitations/{token}/acceptance",
        body={"password": password, "password_confirmation": password, **more},
        by=PERSON,
        seen=Seen(201, "activated"),
    )
