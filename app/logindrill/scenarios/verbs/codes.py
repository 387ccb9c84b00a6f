"""Steps in which a contact requests a confirmation code, enters it, and opens a publication."""

from logindrill.scenarios.actors import PERSON
from logindrill.scenarios.step import BROWSER, SIGNED_IN, ClientDevice, Seen, Step
from logindrill.scenarios.verbs.inbox import CODE, reads


def asks_for_code(
    *,
    email: str | None = "{person.email}",
    phone: str | None = None,
    channel: str | None = None,
    how: str = "",
    device: ClientDevice = BROWSER,
    seen: Seen | None = None,
) -> Step:
    """The contact requests a code; the answer is the same for everybody (B1-B3)."""
    given = {"email": None if phone else email, "phone": phone, "channel": channel}
    return Step(
        do=f"{{person.first}} asks for a code{how and ' ' + how}",
        operation="request_confirmation_code",
        method="POST",
        path="/confirmation-codes",
        body={name: value for name, value in given.items() if value is not None},
        by=PERSON,
        device=device,
        seen=seen or Seen(202, "code_sent"),
    )


def confirms(
    code: str = "{code}",
    *,
    email: str | None = "{person.email}",
    phone: str | None = None,
    publication: str | None = None,
    how: str = "",
    device: ClientDevice = BROWSER,
    seen: Seen = SIGNED_IN,
) -> Step:
    """The contact enters a code (B11)."""
    given = {"email": None if phone else email, "phone": phone, "code": code, "publication_id": publication}
    return Step(
        do=f"{{person.first}} enters the code{how and ' ' + how}",
        operation="use_confirmation_code",
        method="POST",
        path="/confirmations",
        body={name: value for name, value in given.items() if value is not None},
        by=PERSON,
        device=device,
        seen=seen,
    )


def reads_code(to: str = "{person.email}", **keep: str) -> Step:
    """The contact reads the code that arrived last; kept as `code` unless another name is given."""
    return reads(CODE, to=to, do=f"{{person.first}} reads the code sent to {to}", **keep)
