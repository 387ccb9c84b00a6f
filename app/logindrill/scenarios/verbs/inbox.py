"""Steps in which a person reads a mailbox or phone, through the tester's inbox."""

from urllib.parse import quote

from logindrill.scenarios.step import Seen, Step

ACTIVATION, RESET, FACTOR_CODE, CODE, NOTICE = (
    "activation",
    "password_reset",
    "second_factor_code",
    "confirmation_code",
    "notice",
)


def reads(kind: str, to: str = "{person.email}", *, do: str | None = None, **keep: str) -> Step:
    """The newest message of a kind that has arrived, spam included; keeps its `token` and `code` where it has them."""
    kept = keep or ({"code": "/code"} if kind in (FACTOR_CODE, CODE) else {"token": "/token"})
    return Step(
        do=do or f"{{person.first}} reads the message ({kind.replace('_', ' ')})",
        operation="latest_message",
        method="GET",
        path=f"/messages/latest?to={_safe(to)}&kind={kind}",
        keep=kept,
    )


def reads_by_issue(kind: str, position: int, *, do: str, to: str | None = "{person.email}", **keep: str) -> Step:
    """A message of a kind by its position in the order of issue, whatever arrived when: 0 is the oldest, -1 the
    newest.
    """
    kept = {name: f"/data/{position}{pointer}" for name, pointer in keep.items()}
    address = "" if to is None else f"&to={_safe(to)}"
    return Step(do=do, operation="list_messages", method="GET", path=f"/messages?kind={kind}{address}", keep=kept)


def looks(kind: str, to: str = "{person.email}", *, why: str, do: str | None = None, after: str | None = None) -> Step:
    """The person looks into a mailbox (not into its spam folder) and finds nothing, for a reason that the tester
    sees.

    Messages up to the one with id `after` do not count.
    """
    later = "" if after is None else f"&after={after}"
    return Step(
        do=do or f"{{person.first}} looks in the inbox of {to} and finds nothing",
        operation="wait_for_message",
        method="GET",
        path=f"/messages/wait?to={_safe(to)}&kind={kind}&disposition=inbox&timeout=0{later}",
        seen=Seen(200, why=why),
    )


def _safe(to: str) -> str:
    return quote(to, safe="{}.@_")
