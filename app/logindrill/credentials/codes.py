"""Issues and consumes one-time codes for every purpose; at most the newest code of a person and purpose is valid."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import bindparam, delete, select, update

from logindrill.adapters import randomness
from logindrill.adapters.hashing import keyed_digest, same
from logindrill.credentials.rows import code_facts
from logindrill.models import CodePurpose, OneTimeCode
from logindrill.people import directory
from logindrill.people.directory import NOBODY
from logindrill.rules.code_entries import read_code
from logindrill.rules.codes import CodeFacts
from logindrill.rules.values import replace
from logindrill.work.statements import PreparedInsert, PreparedSelect, PreparedWrite, columns_of
from logindrill.work.unit_of_work import UnitOfWork


class CodeRow(NamedTuple):
    """A one-time code as an entry is judged by it."""

    key: int
    pending_sign_in_id: str | None
    digest: str
    expires_at: datetime
    wrong_entries: int
    used_at: datetime | None
    superseded_at: datetime | None
    void_at: datetime | None


_OF_PERSON = (OneTimeCode.user_id == bindparam("user")) & (OneTimeCode.purpose == bindparam("for_purpose"))
_LIVE = OneTimeCode.used_at.is_(None) & OneTimeCode.superseded_at.is_(None) & OneTimeCode.void_at.is_(None)
_NOT_EXPIRED = OneTimeCode.expires_at > bindparam("now")
_THIS = OneTimeCode.key == bindparam("code")
_COLUMNS = columns_of(CodeRow, OneTimeCode)

_INSERT = PreparedInsert(OneTimeCode)
_NEWEST = PreparedSelect(CodeRow, select(*_COLUMNS).where(_OF_PERSON).order_by(OneTimeCode.key.desc()).limit(1))
_MATCHING = PreparedSelect(
    CodeRow,
    select(*_COLUMNS)
    .where(_OF_PERSON, OneTimeCode.digest == bindparam("digest"))
    .order_by(OneTimeCode.key.desc())
    .limit(1),
)
_SUPERSEDE = PreparedWrite(update(OneTimeCode).where(_THIS, _LIVE).values(superseded_at=bindparam("now")))
_VOID = PreparedWrite(update(OneTimeCode).where(_THIS, _LIVE).values(void_at=bindparam("now")))
_CONSUME = PreparedWrite(update(OneTimeCode).where(_THIS, _LIVE, _NOT_EXPIRED).values(used_at=bindparam("now")))
_COUNT = PreparedWrite(
    update(OneTimeCode)
    .where(_THIS, _LIVE, _NOT_EXPIRED, OneTimeCode.wrong_entries < bindparam("allowed"))
    .values(wrong_entries=OneTimeCode.wrong_entries + 1)
)
_UNCOUNT = PreparedWrite(update(OneTimeCode).where(_THIS).values(wrong_entries=OneTimeCode.wrong_entries - 1))
_DELETE = PreparedWrite(delete(OneTimeCode).where(OneTimeCode.id == bindparam("code")))
_NO_KEY = 0
"""A key that no row has."""


class IssuedCode(Struct, frozen=True):
    """A code in the clear, for its message only."""

    id: str
    code: str
    expires_at: datetime


class Codes(Struct, frozen=True):
    """The owner and purpose of codes; `sign_in_id` is the pending sign-in that a second factor belongs to."""

    purpose: CodePurpose
    user_id: str
    sign_in_id: str | None = None


def issue_on_request(uow: UnitOfWork, of: Codes, *, channel: str, address: str, granted: bool) -> IssuedCode:
    """Issue the code that somebody requests; where it is not granted, do the same work for nobody (S21, S42).

    The valid code of the same person and purpose is superseded, on whatever channel it was sent (B11, S40). A code for
    nobody is written in the name of any account, and deleted at once: it supersedes nothing, and the seed is not used.
    """
    somebody = directory.somebody(uow)
    supersede(uow, of if granted else replace(of, user_id=NOBODY))
    code = _draw(uow, granted=granted)
    issued = IssuedCode(randomness.public_id("otc"), code, uow.now + uow.policy.codes.life)
    values = {
        "id": issued.id,
        "user_id": of.user_id if granted else somebody,
        "purpose": of.purpose,
        "pending_sign_in_id": of.sign_in_id,
        "channel": channel,
        "address": address,
        "digest": _digest(uow, of, issued.code),
        "issued_at": uow.now,
        "expires_at": issued.expires_at,
    }
    if values["user_id"] is not None:
        _INSERT.run(uow, values)
    _DELETE.run(uow, {"code": NOBODY if granted else issued.id})
    return issued


def supersede(uow: UnitOfWork, of: Codes) -> None:
    """Supersede the valid code of this person and purpose, since a newer one replaces it."""
    newest = _newest(uow, of)
    _SUPERSEDE.run(uow, {"code": _NO_KEY if newest is None else newest.key, "now": uow.now})


def void(uow: UnitOfWork, user_id: str, purpose: CodePurpose) -> None:
    """Void the valid code of this person and purpose, after a change of the account or too many guesses."""
    newest = _newest(uow, Codes(purpose, user_id))
    if newest is not None:
        _VOID.run(uow, {"code": newest.key, "now": uow.now})


def of_entry(uow: UnitOfWork, of: Codes, typed: str) -> Sequence[CodeRow]:
    """The codes that an entry is judged by, newest first: the newest one, and the newest one that the typed digits
    match.
    """
    newest = _newest(uow, of)
    if newest is None:
        return ()
    digest = _digest(uow, of, read_code(typed))
    matching = _MATCHING.one_or_none(uow, {**_person(of), "digest": digest})
    return (newest,) if matching is None or matching.key == newest.key else (newest, matching)


def facts(uow: UnitOfWork, of: Codes, codes: Sequence[CodeRow], typed: str, counted: int | None) -> list[CodeFacts]:
    """The facts that the rule judges these codes by.

    `counted` is the key of the code that this entry was counted against.
    """
    digest = _digest(uow, of, read_code(typed))
    return [
        code_facts(
            row,
            matches=same(row.digest, digest),
            is_counted=row.key == counted,
            of_other_sign_in=row.pending_sign_in_id != of.sign_in_id,
        )
        for row in codes
    ]


def is_newest(uow: UnitOfWork, of: Codes, codes: Sequence[CodeRow], code: str) -> bool:
    """Whether a code is the newest of these, as it is shown."""
    return bool(codes) and same(codes[0].digest, _digest(uow, of, code))


def consume(uow: UnitOfWork, code: CodeRow) -> bool:
    """Use a code up, in one conditional write: of any number of parallel uses exactly one returns True (S41)."""
    return _CONSUME.run(uow, {"code": code.key, "now": uow.now}) == 1


def count(uow: UnitOfWork, of: Codes) -> int | None:
    """Count an entry against the only code it can be meant for; returns its key, None where no such code is valid."""
    newest = _newest(uow, of)
    if newest is None or newest.pending_sign_in_id != of.sign_in_id:
        return None
    values = {"code": newest.key, "now": uow.now, "allowed": uow.policy.codes.attempts}
    return newest.key if _COUNT.run(uow, values) == 1 else None


def uncount(uow: UnitOfWork, key: int) -> None:
    """Uncount an entry that turned out to be no guess."""
    _UNCOUNT.run(uow, {"code": key})


def _newest(uow: UnitOfWork, of: Codes) -> CodeRow | None:
    return _NEWEST.one_or_none(uow, _person(of))


def _person(of: Codes) -> dict[str, Any]:
    return {"user": of.user_id, "for_purpose": of.purpose}


def _draw(uow: UnitOfWork, *, granted: bool) -> str:
    """Every digit equally likely, leading zeros kept; from the seed only where the tester chose one (D13)."""
    policy = uow.policy.codes
    if policy.fixed is not None:
        return policy.fixed
    if uow.seeded:
        return f"{uow.draw(10**policy.digits, keep=granted):0{policy.digits}d}"
    return randomness.digits(policy.digits)


def _digest(uow: UnitOfWork, of: Codes, code: str) -> str:
    """The digest of a code, keyed, and bound to person and purpose.

    It is the same in a copy of the sandbox (S29, S31).
    """
    return keyed_digest(uow.runtime.secret, f"code:{of.purpose}:{of.user_id}:{code}")
