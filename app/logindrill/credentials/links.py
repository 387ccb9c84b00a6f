"""Issues and consumes single-use links: invitations and password resets."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import bindparam, delete, func, select, update

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest
from logindrill.credentials.rows import link_facts
from logindrill.models import Link, LinkPurpose
from logindrill.people import directory
from logindrill.people.directory import NOBODY
from logindrill.rules.accounts import ended_by
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.links import fill_template, judge
from logindrill.rules.reasons import LINK_DAMAGED, LINK_UNKNOWN, Reason
from logindrill.work.statements import PreparedInsert, PreparedSelect, PreparedWrite, columns_of
from logindrill.work.unit_of_work import UnitOfWork


class LinkRow(NamedTuple):
    """A link as it is judged and used."""

    key: int
    id: str
    purpose: LinkPurpose
    user_id: str
    company_id: str | None
    role: str | None
    invited_by: str | None
    address: str
    expires_at: datetime
    used_at: datetime | None
    opened_at: datetime | None
    superseded_at: datetime | None
    void_at: datetime | None


_LIVE = Link.used_at.is_(None) & Link.superseded_at.is_(None) & Link.void_at.is_(None)
_INSERT = PreparedInsert(Link)
_FIND = PreparedSelect(LinkRow, select(*columns_of(LinkRow, Link)).where(Link.digest == bindparam("digest")))
_OF_PERSON = (Link.user_id == bindparam("user")) & (Link.purpose == bindparam("for_purpose"))
_SUPERSEDE = PreparedWrite(
    update(Link)
    .where(Link.key == select(func.max(Link.key)).where(_OF_PERSON).scalar_subquery(), _LIVE)
    .values(superseded_at=bindparam("now"))
)
_DELETE = PreparedWrite(delete(Link).where(Link.id == bindparam("link")))
_CONSUME = PreparedWrite(
    update(Link)
    .where(Link.key == bindparam("link"), _LIVE, Link.expires_at > bindparam("now"))
    .values(used_at=bindparam("now"))
)
_OPEN = PreparedWrite(
    update(Link)
    .where(Link.key == bindparam("link"), _LIVE, Link.opened_at.is_(None), Link.expires_at > bindparam("now"))
    .values(opened_at=bindparam("now"))
)
_NO_GRANT = {"company_id": None, "role": None, "invited_by": None}
_OPENED = "opened link"
"""The purpose of the proof that a browser holds of the link it opened."""
_PATHS = {LinkPurpose.ACTIVATION: "activate", LinkPurpose.PASSWORD_RESET: "reset-password"}


class IssuedLink(Struct, frozen=True):
    """A link as its message contains it: its id, token and full address."""

    id: str
    token: str
    url: str
    expires_at: datetime


def issue(
    uow: UnitOfWork,
    purpose: LinkPurpose,
    *,
    user_id: str,
    address: str,
    company_id: str | None = None,
    role: str | None = None,
    invited_by: str | None = None,
) -> IssuedLink:
    """Issue a new link for a user; the valid one of the same purpose is superseded (newest wins, S1, S3)."""
    supersede(uow, purpose, user_id)
    grant = {"company_id": company_id, "role": role, "invited_by": invited_by}
    return _write(uow, purpose, address, {"user_id": user_id, **grant})


def issue_on_request(uow: UnitOfWork, purpose: LinkPurpose, user_id: str | None, address: str) -> IssuedLink:
    """Issue the link that somebody requests; without a user, do the same work for nobody (S12).

    A link for nobody is written in the name of any account, and deleted at once: it opens and supersedes nothing.
    """
    somebody = directory.somebody(uow)
    supersede(uow, purpose, user_id or NOBODY)
    link = _write(uow, purpose, address, {"user_id": user_id or somebody, **_NO_GRANT})
    _DELETE.run(uow, {"link": NOBODY if user_id else link.id})
    return link


def supersede(uow: UnitOfWork, purpose: LinkPurpose, user_id: str) -> None:
    """Supersede the valid link of this purpose, the newest one, since a newer one replaces it."""
    _SUPERSEDE.run(uow, {"user": user_id, "for_purpose": purpose, "now": uow.now})


def _write(uow: UnitOfWork, purpose: LinkPurpose, address: str, holder: Mapping[str, str | None]) -> IssuedLink:
    value = randomness.token()
    link_id = randomness.public_id("inv" if purpose is LinkPurpose.ACTIVATION else "rst")
    expires_at = uow.now + _life(uow, purpose)
    if holder["user_id"] is not None:
        values = {"id": link_id, "purpose": purpose, **holder, "address": address, "digest": digest(value)}
        _INSERT.run(uow, values | {"issued_at": uow.now, "expires_at": expires_at})
    token = uow.runtime.signer.sign(purpose.value, value)
    return IssuedLink(link_id, token, _address(uow, purpose, token, address), expires_at)


def void(uow: UnitOfWork, user_id: str, purpose: LinkPurpose | None = None) -> int:
    """Void the valid links of a user, all of them or those of one purpose; returns how many."""
    statement = uow.update(Link).where(Link.user_id == user_id, _LIVE)
    if purpose is not None:
        statement = statement.where(Link.purpose == purpose)
    return uow.connection.execute(statement.values(void_at=uow.now)).rowcount


def inspect(uow: UnitOfWork, purpose: LinkPurpose, token: str) -> LinkRow:
    """The valid link of a token; nothing is used up. Raises Refused with the link_* reason (410)."""
    value = uow.runtime.signer.read(purpose.value, token)
    if value is None:
        raise Refused(LINK_DAMAGED)
    row = _FIND.one_or_none(uow, {"digest": digest(value)})
    if row is None or row.purpose is not purpose:
        raise Refused(LINK_UNKNOWN)
    uow.attempt.user_id = row.user_id
    reason = judge(link_facts(row, was_opened_here=_was_opened_here(uow, token)), uow.now)
    if reason is not None:
        raise refused(uow, reason, row.user_id)
    return row


def refused(uow: UnitOfWork, reason: Reason, user_id: str) -> Refused:
    """The refusal of a link, with the account's causes that must be fixed before a new link helps."""
    status = directory.account(uow, user_id).status
    return Refused(reason, (Check("link", False, reason.cause),), before=ended_by(status))


def consume(uow: UnitOfWork, link: LinkRow) -> bool:
    """Use a link up, in one conditional write: of any number of parallel uses exactly one returns True (S2)."""
    return _CONSUME.run(uow, {"link": link.key, "now": uow.now}) == 1


def use_by_opening(uow: UnitOfWork, link: LinkRow) -> bool:
    """The fault `links.used_by_get`: opening a link, as mail scanners do, uses it up.

    True where the sandbox does not have this fault, or this browser was the first to open the link.
    """
    if not uow.policy.links.used_by_get or link.opened_at is not None:
        return True
    with uow.writing():
        is_first = _open(uow, link)
        if is_first:
            uow.note("link.use_by_get", subject=link.user_id, link=link.id)
    return is_first


def proof_of_opening(uow: UnitOfWork, token: str) -> str | None:
    """What shows that a browser opened the link and got the form; None where opening uses no link up."""
    return uow.runtime.signer.sign(_OPENED, digest(token)) if uow.policy.links.used_by_get else None


def _open(uow: UnitOfWork, link: LinkRow) -> bool:
    """Mark a link as used up by opening, in one conditional write: of parallel openings exactly one returns True."""
    return _OPEN.run(uow, {"link": link.key, "now": uow.now}) == 1


def _was_opened_here(uow: UnitOfWork, token: str) -> bool:
    proof = uow.action.caller.opened_link
    return proof is not None and uow.runtime.signer.read(_OPENED, proof) == digest(token)


def open_as_scanner(uow: UnitOfWork, token: str) -> None:
    """Open the link as a mail scanner does before the person can: harmless, unless opening uses links up (A12)."""
    for purpose in LinkPurpose:
        value = uow.runtime.signer.read(purpose.value, token)
        if value is None:
            continue
        link = _FIND.one_or_none(uow, {"digest": digest(value)})
        if link is not None:
            used = uow.policy.links.used_by_get and _open(uow, link)
            uow.note("link.open_by_scanner", subject=link.user_id, link=link.id, used_up=used)


def _life(uow: UnitOfWork, purpose: LinkPurpose) -> timedelta:
    policy = uow.policy.links
    return policy.invitation_life if purpose is LinkPurpose.ACTIVATION else policy.reset_life


def _address(uow: UnitOfWork, purpose: LinkPurpose, token: str, email: str) -> str:
    """The address of a link, from configuration only, never from a request (S14)."""
    policy = uow.policy.links
    template = policy.activation_url if purpose is LinkPurpose.ACTIVATION else policy.password_reset_url
    if template:
        return fill_template(template, token=token, email=email, sandbox=uow.sandbox_id)
    return f"{uow.runtime.public_url}/s/{uow.sandbox_id}/{_PATHS[purpose]}/{token}"
