"""Issues authorization codes, and uses them up (O7)."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest
from logindrill.models import Authorization, AuthorizationCode
from logindrill.rules.applications.redemptions import CodeFacts
from logindrill.work.statements import PreparedInsert, PreparedSelect, PreparedWrite, columns_of
from logindrill.work.unit_of_work import UnitOfWork


class CodeRow(NamedTuple):
    """An authorization code, with the application that it was issued to."""

    key: int
    id: str
    authorization_id: str
    redirect_uri: str | None
    challenge: str | None
    nonce: str | None
    expires_at: datetime
    used_at: datetime | None
    really_used_at: datetime | None
    application_id: str

    @property
    def facts(self) -> CodeFacts:
        """What the rules judge it by."""
        return CodeFacts(
            client_id=self.application_id,
            expires_at=self.expires_at,
            redirect_uri=self.redirect_uri,
            challenge=self.challenge,
            used_at=self.used_at,
            really_used_at=self.really_used_at,
        )


_INSERT = PreparedInsert(AuthorizationCode)
_FIND = PreparedSelect(
    CodeRow,
    select(*columns_of(CodeRow, AuthorizationCode), Authorization.application_id)
    .join_from(AuthorizationCode, Authorization, Authorization.id == AuthorizationCode.authorization_id)
    .where(AuthorizationCode.digest == bindparam("digest")),
)
_USE_UP = PreparedWrite(
    update(AuthorizationCode)
    .where(
        AuthorizationCode.key == bindparam("code"),
        AuthorizationCode.used_at.is_(None),
        AuthorizationCode.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("now"), really_used_at=bindparam("real_now"))
)


def issue(
    uow: UnitOfWork, authorization_id: str, *, redirect_uri: str | None, challenge: str | None, nonce: str | None
) -> str:
    """A new code of an authorization: 256 random bits, of which only the digest is stored."""
    code = randomness.token()
    _INSERT.run(
        uow,
        {
            "id": randomness.public_id("cod"),
            "digest": digest(code),
            "authorization_id": authorization_id,
            "redirect_uri": redirect_uri,
            "challenge": challenge,
            "nonce": nonce,
            "issued_at": uow.now,
            "expires_at": uow.now + uow.policy.tokens.code_life,
        },
    )
    return code


def find(uow: UnitOfWork, code: str) -> CodeRow | None:
    """The code with this text, used and expired ones too."""
    return _FIND.one_or_none(uow, {"digest": digest(code)})


def use_up(uow: UnitOfWork, row: CodeRow) -> bool:
    """Use a code up, in one conditional write: of any number of parallel redemptions exactly one returns True."""
    return _USE_UP.run(uow, {"code": row.key, "now": uow.now, "real_now": uow.real_now}) == 1
