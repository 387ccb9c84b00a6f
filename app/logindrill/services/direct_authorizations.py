"""Gives the tester the tokens that an application would get if a person signed in to it, without a page."""

from logindrill.access import applications
from logindrill.credentials import (
    authorizations,
    refresh_tokens,
    sessions,
    signing_keys,
    token_sets,
)
from logindrill.credentials.authorizations import Grant, Holder
from logindrill.credentials.token_sets import TokenSet
from logindrill.people import directory
from logindrill.people.rows import MembershipRow, UserRow, membership_facts
from logindrill.rules.applications import authentication, grants
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import REASON_OF, MembershipStanding, choose, standing
from logindrill.rules.reasons import DEACTIVATED, MERGED, NOT_ACTIVATED, NOT_FOUND
from logindrill.work.unit_of_work import UnitOfWork

USUAL_SCOPE = "openid profile email"

_CANNOT = {UserStatus.INVITED: NOT_ACTIVATED, UserStatus.DEACTIVATED: DEACTIVATED, UserStatus.MERGED: MERGED}


def issue(uow: UnitOfWork, application_id: str, user_id: str, *, issuer: str, scope: str = USUAL_SCOPE) -> TokenSet:
    """The tokens as the token endpoint gives them, of a session that begins now; the log says the tester did it.

    Opens its own transaction. Raises Refused: 404 for an unknown application or person, else with the reason why the
    person could not sign in.
    """
    keys = signing_keys.of_issuer(uow)
    application = applications.find(uow, application_id)
    if application is None:
        raise Refused(NOT_FOUND, detail="There is no such application.")
    if directory.user(uow, user_id) is None:
        raise Refused(NOT_FOUND, detail="There is no such person.")
    with uow.writing():
        holder = _sign_in(uow, user_id)
        refreshes = grants.REFRESH in application.grant_types
        granted = grants.person_scope(scope, application.scopes, refreshes=refreshes)
        authorization_id = authorizations.issue(uow, holder, Grant(application.id, issuer, granted))
        authorization = authorizations.get(uow, authorization_id)
        made = token_sets.draft(
            uow,
            authorization,
            scope=granted,
            audience=application.audience,
            algorithm=application.algorithm,
            refresh_token=refresh_tokens.issue(uow, authorization) if refreshes else None,
        )
        uow.note("authorization.issue", actor="tester", subject=user_id, authorization=authorization_id)
    return token_sets.sign(uow, keys, made)


def _sign_in(uow: UnitOfWork, user_id: str) -> Holder:
    """A session of a person who could sign in with the right password. Raises Refused."""
    user = directory.account(uow, user_id)
    if user.status in _CANNOT:
        raise Refused(_CANNOT[user.status])
    memberships = directory.memberships_of(uow, user_id)
    facts = [membership_facts(each) for each in memberships]
    chosen = choose(facts, None)
    where = standing(chosen)
    if chosen is None or where is not MembershipStanding.USABLE:
        raise Refused(REASON_OF[where])
    return _holder(uow, user, memberships[facts.index(chosen)])


def _holder(uow: UnitOfWork, user: UserRow, membership: MembershipRow) -> Holder:
    methods = authentication.PASSWORD
    session = sessions.issue(uow, user, membership, (), methods=methods)
    return Holder(
        user_id=user.id,
        company_id=membership.company_id,
        session_id=session.id,
        epoch=user.epoch,
        membership_epoch=membership.epoch,
        signed_in_at=uow.now,
        really_signed_in_at=uow.real_now,
        methods=methods,
    )
