"""Reasons why an application gets no token, or nothing for a token (RFC 6749, 5.2; RFC 6750, 3.1)."""

from logindrill.rules.reasons import developer_remedies as d
from logindrill.rules.reasons.reason import About, Reason, Remedy


def _refused(code: str, problem: str, rule_ids: tuple[str, ...], cause: str, *remedies: Remedy) -> Reason:
    return Reason(code, problem, rule_ids, cause, remedies, About.APPLICATION)


# The token endpoint (RFC 6749, 5.2).
BODY_NOT_FORM = _refused(
    "body_not_form", "invalid_request", ("O17",), "The body is not application/x-www-form-urlencoded.", d.SEND_FORM
)
GRANT_TYPE_MISSING = _refused(
    "grant_type_missing", "invalid_request", ("O17",), "The request has no grant_type.", d.CORRECT_REQUEST
)
PARAMETER_MISSING = _refused(
    "parameter_missing", "invalid_request", ("O17",), "A parameter that this call needs is missing.", d.CORRECT_REQUEST
)
UNSUPPORTED_GRANT_TYPE = _refused(
    "unsupported_grant_type",
    "unsupported_grant_type",
    ("O17",),
    "The grant_type is none that this server offers.",
    d.ASK_FOR_CODE,
)
GRANT_TYPE_UNREGISTERED = _refused(
    "grant_type_unregistered",
    "unauthorized_client",
    ("O17",),
    "The application is not registered for this grant_type.",
    d.REGISTER_APPLICATION,
)
TWO_AUTHENTICATIONS = _refused(
    "two_authentications",
    "invalid_request",
    ("O18",),
    "The application authenticates itself in the header and in the form.",
    d.SEND_SECRET,
)
SECRET_WRONG = _refused(
    "secret_wrong", "invalid_client", ("O18",), "The secret is not that of the application.", d.SEND_SECRET
)
SECRET_MISSING = _refused(
    "secret_missing", "invalid_client", ("O18",), "The application has a secret and sent none.", d.SEND_SECRET
)
SECRET_UNASKED = _refused(
    "secret_unasked",
    "invalid_client",
    ("O18",),
    "The application is public, and sent a secret.",
    d.LEAVE_SECRET_OUT,
)
PROOF_MISSING = _refused(
    "proof_missing",
    "invalid_grant",
    ("O13",),
    "An application that is not registered proves itself by PKCE or by a secret, and sent neither.",
    d.SEND_CHALLENGE,
    d.SEND_SECRET,
)
AUTHORIZATION_CODE_UNKNOWN = _refused(
    "code_unknown",
    "invalid_grant",
    ("O7",),
    "This sandbox never issued such an authorization code, or was reset since.",
    d.ASK_AGAIN,
)
AUTHORIZATION_CODE_EXPIRED = _refused(
    "code_expired",
    "invalid_grant",
    ("O7",),
    "The authorization code was redeemed too late.",
    d.REDEEM_SOONER,
    d.ALLOW_LONGER,
)
AUTHORIZATION_CODE_USED = _refused(
    "code_used",
    "invalid_grant",
    ("O7",),
    "The authorization code was redeemed before; it works once.",
    d.REDEEM_ONCE,
)
AUTHORIZATION_CODE_REPLAYED = _refused(
    "code_replayed",
    "invalid_grant",
    ("O7",),
    "The authorization code was used twice, which ended everything that was issued with it.",
    d.REDEEM_ONCE,
    d.ASK_AGAIN,
)
CODE_OF_ANOTHER_APPLICATION = _refused(
    "code_of_another_application",
    "invalid_grant",
    ("O7", "O10"),
    "The code or token was issued to another application.",
    d.REDEEM_OWN_CODES,
)
REDIRECT_URI_MISMATCH = _refused(
    "redirect_uri_mismatch",
    "invalid_grant",
    ("O7",),
    "The redirect_uri is not the one of the authorization request.",
    d.SEND_SAME_REDIRECT_URI,
)
VERIFIER_MISSING = _refused(
    "verifier_missing",
    "invalid_grant",
    ("O13",),
    "The authorization request had a code_challenge, and no code_verifier came.",
    d.SEND_VERIFIER,
)
VERIFIER_MISMATCH = _refused(
    "verifier_mismatch",
    "invalid_grant",
    ("O13",),
    "The code_verifier does not fit the code_challenge.",
    d.SEND_VERIFIER,
)
VERIFIER_UNASKED = _refused(
    "verifier_unasked",
    "invalid_grant",
    ("O13",),
    "A code_verifier came, but the authorization request had no code_challenge.",
    d.LEAVE_VERIFIER_OUT,
)
REFRESH_UNKNOWN = _refused(
    "refresh_unknown",
    "invalid_grant",
    ("O10",),
    "This sandbox never issued such a refresh token, or was reset since.",
    d.ASK_AGAIN,
)
REFRESH_REUSED = _refused(
    "refresh_reused",
    "invalid_grant",
    ("O10",),
    "The refresh token was used before, which ended everything that was issued with it.",
    d.KEEP_NEWEST_TOKEN,
    d.ALLOW_OVERLAP,
    d.ASK_AGAIN,
)
REFRESH_IDLE = _refused(
    "refresh_idle",
    "invalid_grant",
    ("O9",),
    "The refresh token was not used for too long.",
    d.ASK_AGAIN,
    d.ALLOW_LONGER,
)
REFRESH_EXPIRED = _refused(
    "refresh_expired",
    "invalid_grant",
    ("O9",),
    "The authorization reached its longest duration.",
    d.ASK_AGAIN,
    d.ALLOW_LONGER,
)
GRANT_REVOKED = _refused(
    "grant_revoked", "invalid_grant", ("O19",), "The application gave the refresh token back.", d.ASK_AGAIN
)

APPLICATION_REMOVED = Reason(
    "application_removed",
    "unauthenticated",
    ("O21",),
    "The application was removed from the sandbox, which ended everything that was issued to it.",
    (d.REGISTER_APPLICATION,),
    About.SESSION,
)

# Tokens at the doors (RFC 6750, 3.1).
BEARER_TOKEN_MISSING = _refused(
    "token_missing", "invalid_token", ("O8",), "The request carried no access token.", d.SEND_BEARER_TOKEN
)
BEARER_TOKEN_TWICE = _refused(
    "token_twice",
    "invalid_request",
    ("O8",),
    "The access token came twice, or in the query, where logs and histories keep it.",
    d.SEND_BEARER_TOKEN,
)
BEARER_TOKEN_UNKNOWN = _refused(
    "token_unknown",
    "invalid_token",
    ("O8",),
    "This sandbox never issued such an access token, or was reset since.",
    d.ASK_AGAIN,
)
BEARER_TOKEN_DAMAGED = _refused(
    "token_damaged",
    "invalid_token",
    ("O8",),
    "The access token was cut or changed, or is not signed by a key of this issuer.",
    d.SEND_BEARER_TOKEN,
    d.REFRESH,
)
BEARER_TOKEN_EXPIRED = _refused(
    "token_expired",
    "invalid_token",
    ("O8",),
    "The access token has expired by the time of the sandbox.",
    d.REFRESH,
    d.ALLOW_LONGER,
)
BEARER_TOKEN_REVOKED = _refused(
    "token_revoked", "invalid_token", ("O19",), "The application gave the access token back.", d.REFRESH
)
WRONG_ISSUER = _refused(
    "wrong_issuer",
    "invalid_token",
    ("O8",),
    "The token or code was issued by another sandbox or another server.",
    d.SEND_TOKEN_OF_THIS_ISSUER,
)
WRONG_KIND = _refused(
    "wrong_kind",
    "invalid_token",
    ("O8",),
    "Something else was sent in place of an access token: an ID token, a refresh token, a code or a session.",
    d.SEND_BEARER_TOKEN,
)
SCOPE_MISSING = _refused(
    "scope_missing",
    "insufficient_scope",
    ("O8",),
    "The access token was not issued for the scope openid.",
    d.CORRECT_REQUEST,
)
