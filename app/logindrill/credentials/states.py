"""The present state of the codes and links that messages contain."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from logindrill.adapters.hashing import digest
from logindrill.credentials.rows import code_facts, link_facts
from logindrill.models import Link, LinkPurpose, OneTimeCode
from logindrill.rules import codes, links
from logindrill.rules.reasons import EXPIRED_CODE, SUPERSEDED_CODE, USED_CODE, Reason
from logindrill.work.unit_of_work import UnitOfWork


class CredentialState(StrEnum):
    """Whether a credential is still valid, and if not, what ended it."""

    LIVE = "live"
    SUPERSEDED = "superseded"
    USED = "used"
    EXPIRED = "expired"
    VOID = "void"


_OF_REASON: Mapping[Reason | None, CredentialState] = {
    None: CredentialState.LIVE,
    USED_CODE: CredentialState.USED,
    SUPERSEDED_CODE: CredentialState.SUPERSEDED,
    EXPIRED_CODE: CredentialState.EXPIRED,
}


def of_links(uow: UnitOfWork, tokens: Iterable[tuple[LinkPurpose, str]]) -> dict[str, CredentialState]:
    """The state of each link by its token; tokens that are unknown here are left out."""
    by_digest = {}
    for purpose, token in tokens:
        value = uow.runtime.signer.read(purpose.value, token)
        if value is not None:
            by_digest[digest(value)] = token
    rows = uow.session.scalars(uow.select(Link).where(Link.digest.in_(by_digest))).all()
    return {by_digest[row.digest]: _of_link(uow, row) for row in rows}


def of_codes(uow: UnitOfWork, ids: Iterable[str]) -> dict[str, CredentialState]:
    """The state of each one-time code by its id."""
    rows = uow.session.scalars(uow.select(OneTimeCode).where(OneTimeCode.id.in_(list(ids)))).all()
    return {row.id: _of_code(uow, row) for row in rows}


def _of_link(uow: UnitOfWork, row: Link) -> CredentialState:
    return CredentialState(links.state(link_facts(row), uow.now).value)


def _of_code(uow: UnitOfWork, row: OneTimeCode) -> CredentialState:
    reason = codes.judge([code_facts(row)], 0, uow.policy.codes, uow.now)
    return _OF_REASON.get(reason, CredentialState.VOID)
