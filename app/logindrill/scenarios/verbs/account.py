"""Steps in which a signed-in person changes their own account: password, second factor, sessions."""

from logindrill.scenarios.actors import NEW_PASSWORD, PERSON, SECOND_PASSWORD
from logindrill.scenarios.step import BROWSER, ClientDevice, Seen, Step


def changes_password(
    password: str = NEW_PASSWORD,
    *,
    current: str = "{person.password}",
    device: ClientDevice = BROWSER,
    seen: Seen | None = None,
) -> Step:
    """The person replaces a password they know; every other session ends."""
    return Step(
        do="{person.first} changes the password",
        operation="change_password",
        method="PUT",
        path="/me/password",
        body={"current_password": current, "password": password, "password_confirmation": password},
        by=PERSON,
        device=device,
        signed_in=True,
        seen=seen or Seen(204),
    )


def sets_up_second_password(*, device: ClientDevice = BROWSER, seen: Seen | None = None) -> Step:
    """The person sets a second password as second factor; every other session ends (A18, A19)."""
    return Step(
        do="{person.first} sets up a second password",
        operation="set_second_factor",
        method="PUT",
        path="/me/second-factor",
        body={
            "current_password": "{person.password}",
            "method": "second_password",
            "second_password": SECOND_PASSWORD,
        },
        by=PERSON,
        device=device,
        signed_in=True,
        seen=seen or Seen(200),
    )


def removes_second_factor(*, device: ClientDevice = BROWSER, seen: Seen | None = None) -> Step:
    """The person removes the second factor; they must have passed it recently."""
    return Step(
        do="{person.first} removes the second factor",
        operation="remove_second_factor",
        method="DELETE",
        path="/me/second-factor",
        body={"current_password": "{person.password}"},
        by=PERSON,
        device=device,
        signed_in=True,
        seen=seen or Seen(204),
    )


def ends_session(session: str = "{session_id}", *, how: str, device: ClientDevice = BROWSER) -> Step:
    """The person ends one of their own sessions from another."""
    return Step(
        do=f"{{person.first}} ends {how}",
        operation="end_own_session",
        method="DELETE",
        path=f"/me/sessions/{session}",
        by=PERSON,
        device=device,
        signed_in=True,
        seen=Seen(204),
    )
