"""Forgotten passwords: requests a link, checks it, uses it (A9-A17, C3-C7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from logindrill.access import endings, throttles
from logindrill.credentials import codes, links, notices, outbox
from logindrill.models import CodePurpose, LinkPurpose
from logindrill.people import directory, passwords
from logindrill.people.rows import UserRow
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.delivery import MessageKind
from logindrill.rules.findings import failed, follow
from logindrill.rules.identifiers import parse_identifier
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.password_resets import ResetRequestFacts, judge
from logindrill.rules.reasons import LINK_USED, LINK_VOID, PASSWORD_RESET, Reason
from logindrill.rules.sign_in_facts import KnownAs
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class UsableLink:
    """A reset link that is valid now."""

    status: str
    expires_at: datetime


def request(uow: UnitOfWork, identifier: str) -> None:
    """Request a reset link; the answer is the same for everybody (A9, S12, S18).

    Every request leaves one message: the link, to the stored address, or `not_sent` with its reason. Raises Invalid for
    a text that cannot be an identifier, judged by the text alone.
    """
    parse_identifier(identifier)
    uow.attempt.identifier = identifier
    user = directory.find(uow, identifier)
    facts = _facts(uow, identifier, user)
    subjects = [throttles.subject_of(user, identifier), f"source:{uow.action.source}"]
    if throttles.count_first(uow, "password_reset", subjects) is not None:
        facts = replace(facts, throttled=True)
    reasons = judge(facts)
    with uow.writing():
        _answer(uow, identifier, user, facts.addresses, reasons)
        uow.note("password_reset.request", subject=uow.attempt.user_id, outcome=uow.attempt.outcome or "done")


def inspect(uow: UnitOfWork, token: str) -> UsableLink:
    """The valid reset link of a token; nothing is used up (S11). Raises Refused (410)."""
    link = _usable(uow, token)
    return UsableLink("usable", link.expires_at)


def open_link(uow: UnitOfWork, token: str) -> UsableLink:
    """The answer to opening the link: `inspect`, unless the sandbox lets opening use links up. Raises Refused (410)."""
    link = _usable(uow, token)
    if not links.use_by_opening(uow, link):
        _usable(uow, token)
    return UsableLink("usable", link.expires_at)


def reset(uow: UnitOfWork, token: str, password: str, confirmation: str) -> None:
    """Set a new password with a link: it is used up, every session and trusted device ends, a notice is sent (S17).

    It neither signs in nor replaces the second factor (A12). Raises Refused for the link before it looks at the fields;
    raises Invalid for the fields, and then uses nothing up.
    """
    link = _usable(uow, token)
    user = directory.user(uow, link.user_id)
    if user is None:
        raise Refused(LINK_VOID)
    epoch = user.epoch
    hashed = passwords.hash_new(
        uow, password, confirmation, current_hash=None, context=(user.name, user.username or "", link.address)
    )
    with uow.writing():
        if not links.consume(uow, link):
            _usable(uow, token)
            raise Refused(LINK_USED)
        user = directory.user(uow, link.user_id)
        if user is None or user.epoch != epoch or user.status is not UserStatus.ACTIVE:
            raise Refused(LINK_VOID)
        user.set_password(hashed, passwords.marks(uow, password), uow.now, cause=PASSWORD_RESET.code)
        links.void(uow, user.id, LinkPurpose.PASSWORD_RESET)
        codes.void(uow, user.id, CodePurpose.SECOND_FACTOR)
        endings.void_temporary_passwords(uow, user.id)
        notices.send(
            uow,
            user,
            title="Your password was reset",
            sentence="The password of your account was reset through a link we sent you.",
        )
        uow.attempt.succeed(204, "password_reset", checks=(Check("link", True, "usable"),))
        uow.note("password_reset.use", subject=user.id, actor=user.id, outcome="succeeded", link=link.id)


def _usable(uow: UnitOfWork, token: str) -> links.LinkRow:
    link = links.inspect(uow, LinkPurpose.PASSWORD_RESET, token)
    user = directory.user(uow, link.user_id)
    if user is None or user.status is not UserStatus.ACTIVE:
        raise links.refused(uow, LINK_VOID, link.user_id)
    return link


def _facts(uow: UnitOfWork, identifier: str, user: UserRow | None) -> ResetRequestFacts:
    deleted_id = directory.find_deleted(uow, identifier)
    uow.attempt.user_id = deleted_id if user is None else user.id
    user_id = directory.NOBODY if user is None else user.id
    addresses = sorted(directory.addresses(uow, user_id), key=lambda row: row.kind != "main")
    memberships = directory.memberships_of(uow, user_id)
    if user is None:
        buried = uow.attempt.user_id is not None
        return ResetRequestFacts(KnownAs.DELETED if buried else KnownAs.UNKNOWN)
    return ResetRequestFacts(
        known_as=_KNOWN_AS.get(user.found_in, KnownAs.USERNAME),
        status=user.status,
        addresses=[row.address for row in addresses],
        is_contact=any(membership.role in uow.preset.roles_without_password for membership in memberships),
    )


_KNOWN_AS = {"main": KnownAs.MAIN_ADDRESS, "secondary": KnownAs.SECONDARY_ADDRESS}


def _answer(
    uow: UnitOfWork, typed: str, user: UserRow | None, addresses: Sequence[str], reasons: Sequence[Reason]
) -> None:
    """Send the link, or do the same work for nobody, so that the time discloses nothing (S12)."""
    _, refused = follow(failed("recipient", reason) for reason in reasons)
    user_id, name = (None, typed) if user is None else (user.id, user.name)
    to = addresses[0] if addresses else typed
    link = links.issue_on_request(uow, LinkPurpose.PASSWORD_RESET, user_id if refused is None else None, to)
    sent = outbox.send_on_request(uow, _message(user_id, name, to, link), refused)
    recipient = Check("recipient", True, "the stored address of the account")
    if refused is not None:
        uow.attempt.refuse(refused, uow.policy, uow.preset)
    elif sent is None or not outbox.record_request(uow, sent, recipient):
        uow.attempt.succeed(202, None, checks=(recipient,))


def _message(user_id: str | None, name: str, address: str, link: links.IssuedLink) -> outbox.OutgoingMessage:
    """The message with the link to the page for a new password (A11, S13)."""
    return outbox.OutgoingMessage(
        MessageKind.PASSWORD_RESET,
        to=address,
        user_id=user_id,
        template="password_reset",
        link=link.url,
        token=link.token,
        values={"name": name, "expires": link.expires_at},
    )
