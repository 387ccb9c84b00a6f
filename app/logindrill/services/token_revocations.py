"""Takes tokens back that an application no longer needs (RFC 7009; O19)."""

from logindrill.access import applications
from logindrill.credentials import access_tokens, authorizations, refresh_tokens, signing_keys
from logindrill.rules.applications.client_authentication import Credentials
from logindrill.rules.findings import follow
from logindrill.rules.reasons import GRANT_REVOKED
from logindrill.work.unit_of_work import UnitOfWork


def revoke(uow: UnitOfWork, credentials: Credentials, token: str) -> None:
    """End what a refresh token stands for, or an access token alone; whatever else the text is, nothing happens.

    Raises Refused only where the application cannot prove who it is.
    """
    keys = signing_keys.of_issuer(uow)
    _, identity = applications.identify(uow, credentials)
    _, refusal = follow((identity,))
    if refusal is not None:
        raise refusal
    row = refresh_tokens.find(uow, token)
    if row is not None:
        if row.application_id == credentials.client_id:
            authorizations.find(uow, row.authorization_id)
            with uow.writing():
                authorizations.end(uow, row.authorization_id, GRANT_REVOKED)
        return
    found = access_tokens.read(uow, token, keys)
    authorization = None if found.authorization_id is None else authorizations.find(uow, found.authorization_id)
    if authorization is None or authorization.application_id != credentials.client_id:
        return
    with uow.writing():
        if access_tokens.revoke(uow, found):
            uow.note("access_token.revocation", subject=authorization.user_id, token=found.id)
