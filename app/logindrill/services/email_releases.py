"""Support releases an address of an ended account, so that a new account can be made under it (C14)."""

from logindrill.access import authentication, authorization
from logindrill.credentials import links
from logindrill.models import EmailAddress
from logindrill.people import identifiers
from logindrill.rules.decisions import Refused
from logindrill.rules.flows import Flow
from logindrill.rules.merging import judge_release
from logindrill.rules.reasons import NOT_FOUND, NOT_OFFERED
from logindrill.rules.roles import Permission
from logindrill.work.unit_of_work import UnitOfWork


def release(uow: UnitOfWork, user_id: str, address: str) -> None:
    """Release an address of a merged or deactivated account, once; the account stays, links to the address are
    voided.

    Raises Refused: `not_offered`, `missing_permission`, 404 for an address the account does not have, also when it was
    released before, `invalid_transition` for an account in use.
    """
    if Flow.EMAIL_RELEASES not in uow.preset.offers:
        raise Refused(NOT_OFFERED)
    actor = authentication.authenticate(uow, Permission.USERS_RELEASE_EMAIL)
    user = authorization.act_on(uow, actor, user_id, Permission.USERS_RELEASE_EMAIL).user
    judge_release(user.status)
    held = identifiers.holder_of(uow, address)
    if held is None or held.user_id != user_id:
        raise Refused(NOT_FOUND, detail="The account holds no such address.")
    uow.session.execute(uow.delete(EmailAddress).where(EmailAddress.key == held.key))
    user.released_emails = [*(user.released_emails or ()), held.address]
    links.void(uow, user_id)
    uow.note("user.release_email", subject=user_id, actor=actor.user_id, kind=held.kind)
