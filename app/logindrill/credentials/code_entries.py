"""Describes how a typed code was spelled and how close it came, where the sandbox keeps near misses."""

from collections.abc import Callable

from logindrill.models import Message
from logindrill.rules.code_entries import CodeEntry, CodeSpelling, misspelling, near_miss, read_code
from logindrill.rules.delivery import Channel
from logindrill.rules.nearness import SENTENCES, Nearness
from logindrill.work.unit_of_work import UnitOfWork

_BY = {Channel.EMAIL: "e-mail", Channel.SMS: "SMS", Channel.WHATSAPP: "WhatsApp"}


def entry_of(uow: UnitOfWork, typed: str, is_right: Callable[[str], bool]) -> CodeEntry:
    """What is known of a typed code; `is_right` says whether another code would have been right in its place."""
    reads_exactly = uow.policy.codes.spelling == CodeSpelling.EXACT
    near = None
    if uow.runtime.near_misses:
        near = near_miss(typed, is_right) or _of_another_message(uow, read_code(typed))
    return CodeEntry(misspelling(typed) if reads_exactly else None, near)


def _of_another_message(uow: UnitOfWork, code: str) -> str | None:
    """Evidence that the code stands in a message to somebody else, or for something else.

    Codes are digits; whatever else was typed may hold what a database refuses, so it is not looked up.
    """
    if not (code.isascii() and code.isdigit()):
        return None
    newest = uow.select(Message).where(Message.code == code).order_by(Message.key.desc()).limit(1)
    message = uow.session.scalar(newest)
    if message is None:
        return None
    return f"it is {SENTENCES[Nearness.OTHER_MESSAGE]}, sent by {_BY[message.channel]} to {message.recipient}"
