"""Authorizations: what a person has allowed an application, by one sign-in; every code and token points to one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from msgspec import Struct, structs
from sqlalchemy import bindparam, select, update

from logindrill.adapters import randomness
from logindrill.models import Authorization, Membership, Session, User
from logindrill.rules.applications import authentication, authorizations
from logindrill.rules.applications.authorizations import AuthorizationFacts
from logindrill.rules.applications.claims import SignIn
from logindrill.rules.applications.requests import OFFLINE_ACCESS
from logindrill.rules.findings import Finding, failed
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import APPLICATION_REMOVED, SESSION_VOID, WRONG_ISSUER, Reason
from logindrill.rules.sessions import SessionFacts, expires_at
from logindrill.work.statements import PreparedInsert, PreparedSelect, PreparedWrite, columns_of
from logindrill.work.unit_of_work import UnitOfWork


class AuthorizationRow(NamedTuple):
    """An authorization, with what of account, session and membership it is judged by."""

    id: str
    application_id: str
    interaction_id: str | None
    user_id: str | None
    company_id: str | None
    session_id: str | None
    epoch: int | None
    membership_epoch: int | None
    issuer: str
    scope: str
    audience: str | None
    offline: bool
    id_token_claims: Any | None
    signed_in_at: datetime | None
    really_signed_in_at: datetime | None
    amr: Any
    acr: str | None
    expires_at: datetime
    ended_reason: str | None
    status: UserStatus | None
    user_epoch: int | None
    user_epoch_cause: str | None
    current_membership_epoch: int | None
    membership_epoch_cause: str | None
    role: str | None
    started_at: datetime | None
    last_seen_at: datetime | None
    session_ended_reason: str | None

    @property
    def sign_in(self) -> SignIn:
        """How and when its person signed in."""
        return SignIn(self.signed_in_at, self.really_signed_in_at, self.amr, self.acr)


_FIND = PreparedSelect(
    AuthorizationRow,
    select(
        *columns_of(AuthorizationRow, Authorization),
        User.status,
        User.epoch.label("user_epoch"),
        User.epoch_cause.label("user_epoch_cause"),
        Membership.epoch.label("current_membership_epoch"),
        Membership.epoch_cause.label("membership_epoch_cause"),
        Membership.role,
        Session.started_at,
        Session.last_seen_at,
        Session.ended_reason.label("session_ended_reason"),
    )
    .select_from(Authorization)
    .outerjoin(User, User.id == Authorization.user_id)
    .outerjoin(
        Membership,
        (Membership.user_id == Authorization.user_id) & (Membership.company_id == Authorization.company_id),
    )
    .outerjoin(Session, Session.id == Authorization.session_id)
    .where(Authorization.id == bindparam("authorization")),
)
_INSERT = PreparedInsert(Authorization)
_END = PreparedWrite(
    update(Authorization)
    .where(Authorization.id == bindparam("authorization"), Authorization.ended_at.is_(None))
    .values(ended_at=bindparam("now"), ended_reason=bindparam("reason"))
)
_SEEN = PreparedWrite(update(Session).where(Session.id == bindparam("session")).values(last_seen_at=bindparam("now")))
_SEEN_AT_MOST_EVERY = timedelta(minutes=1)
_END_WITH_SESSION = PreparedWrite(
    update(Authorization)
    .where(
        Authorization.session_id == bindparam("session"),
        Authorization.offline.is_(False),
        Authorization.ended_at.is_(None),
    )
    .values(ended_at=bindparam("now"), ended_reason=bindparam("reason"))
)


class Holder(Struct, frozen=True):
    """The person and the session that an authorization is bound to: their state at the sign-in."""

    user_id: str
    company_id: str
    session_id: str
    epoch: int
    membership_epoch: int
    signed_in_at: datetime
    """The sandbox's time."""
    really_signed_in_at: datetime | None
    methods: str | None
    """As `rules/applications/authentication` says."""


class Grant(Struct, frozen=True):
    """What an application gets."""

    application_id: str
    issuer: str
    scope: str
    audience: str | None = None
    """The `aud` of the access tokens where the application asked for one; with a space between several."""
    id_token_claims: Sequence[str] = ()
    interaction_id: str | None = None
    agreed: bool = False
    """Whether the person was asked for consent, and agreed."""


def issue(uow: UnitOfWork, holder: Holder | None, grant: Grant) -> str:
    """The id of a new authorization; without a holder, that of an application which acts for itself."""
    authorization_id = randomness.public_id("aut")
    _INSERT.run(
        uow,
        {
            "id": authorization_id,
            "application_id": grant.application_id,
            "interaction_id": grant.interaction_id,
            **(_NOBODY if holder is None else _values(holder)),
            "issuer": grant.issuer,
            "scope": grant.scope,
            "audience": grant.audience,
            "offline": OFFLINE_ACCESS in grant.scope.split(),
            "agreed": grant.agreed,
            "id_token_claims": list(grant.id_token_claims) or None,
            "created_at": uow.now,
            "expires_at": uow.now + uow.policy.tokens.refresh_absolute,
        },
    )
    return authorization_id


def cover(uow: UnitOfWork, application_id: str, user_id: str, scope: str) -> bool:
    """Whether the person, when asked, has allowed the application these scopes; not one of its name before it."""
    theirs = (Authorization.application_id == application_id, Authorization.user_id == user_id)
    is_same = Authorization.ended_reason.is_distinct_from(APPLICATION_REMOVED.code)
    allowed = uow.session.scalars(uow.select(Authorization.scope).where(*theirs, is_same, Authorization.agreed))
    return set(scope.split()) <= {word for words in allowed for word in words.split()}


def find(uow: UnitOfWork, authorization_id: str) -> AuthorizationRow | None:
    """The authorization with this id; from now on the attempt names its application, person and interaction."""
    row = _FIND.one_or_none(uow, {"authorization": authorization_id})
    if row is not None:
        uow.attempt.user_id = row.user_id
        uow.attempt.interaction_id = row.interaction_id
    return row


def get(uow: UnitOfWork, authorization_id: str) -> AuthorizationRow:
    """The authorization with this id, which must exist."""
    return _FIND.one(uow, {"authorization": authorization_id})


def check(uow: UnitOfWork, row: AuthorizationRow) -> Finding:
    """Whether it counts now; else with the reason that ended it. In a fork, none of the origin's issuer counts."""
    if f"/s/{uow.sandbox_id}/" not in row.issuer:
        return failed("issuer", WRONG_ISSUER)
    return authorizations.check(_facts(uow, row), uow.policy.sessions, uow.now)


def counts(uow: UnitOfWork, authorization_id: str) -> bool:
    """Whether an authorization counts by what is stored now."""
    row = _FIND.one_or_none(uow, {"authorization": authorization_id})
    return row is not None and check(uow, row).reason is None


def end(uow: UnitOfWork, authorization_id: str, reason: Reason) -> bool:
    """End an authorization, and with it everything that was issued with it; whether it had not ended before."""
    values = {"authorization": authorization_id, "now": uow.now, "reason": reason.code}
    ended = _END.run(uow, values) == 1
    if ended:
        uow.note("authorization.end", subject=uow.attempt.user_id, authorization=authorization_id, reason=reason.code)
    return ended


def end_in_company(uow: UnitOfWork, user_id: str, company_id: str, reason: Reason) -> None:
    """End all authorizations of a person that act in a company."""
    theirs = uow.update(Authorization).where(
        Authorization.user_id == user_id, Authorization.company_id == company_id, Authorization.ended_at.is_(None)
    )
    uow.connection.execute(theirs.values(ended_at=uow.now, ended_reason=reason.code))


def record_use(uow: UnitOfWork, row: AuthorizationRow) -> None:
    """Record that an application uses the session, so that it does not end as idle; an offline one needs none."""
    if row.offline or row.session_id is None or row.last_seen_at is None:
        return
    if uow.now - row.last_seen_at >= min(_SEEN_AT_MOST_EVERY, uow.policy.sessions.idle / 10):
        _SEEN.run(uow, {"session": row.session_id, "now": uow.now})


def _values(holder: Holder) -> dict[str, Any]:
    values = structs.asdict(holder)
    methods = values.pop("methods")
    return values | {"amr": authentication.amr(methods), "acr": authentication.acr(methods)}


_OF_HOLDER = [name for name in Holder.__struct_fields__ if name != "methods"]
_NOBODY: dict[str, Any] = {**dict.fromkeys((*_OF_HOLDER, "acr")), "amr": []}


def _facts(uow: UnitOfWork, row: AuthorizationRow) -> AuthorizationFacts:
    return AuthorizationFacts(
        expires_at=row.expires_at,
        account=None if row.user_id is None else _account(uow, row),
        offline=row.offline,
        ended_because=row.ended_reason,
    )


def _account(uow: UnitOfWork, row: AuthorizationRow) -> SessionFacts:
    started_at, seen_at = row.started_at or row.expires_at, row.last_seen_at or row.expires_at
    return SessionFacts(
        expires_at=expires_at(started_at, uow.policy.sessions),
        last_seen_at=seen_at,
        ended_because=row.session_ended_reason if row.started_at is not None else SESSION_VOID.code,
        account_is_unchanged=row.epoch == row.user_epoch,
        account_changed_because=row.user_epoch_cause,
        status=row.status or UserStatus.DELETED,
        membership_is_unchanged=row.membership_epoch == row.current_membership_epoch,
        membership_changed_because=row.membership_epoch_cause,
    )


def end_with_session(uow: UnitOfWork, session_id: str, reason: Reason) -> None:
    """End what was allowed for the time of a session; `offline_access` outlives it."""
    _END_WITH_SESSION.run(uow, {"session": session_id, "now": uow.now, "reason": reason.code})
