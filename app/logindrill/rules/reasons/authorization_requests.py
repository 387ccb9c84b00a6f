"""Reasons why an authorization request is refused (RFC 6749, 4.1.2.1; OpenID Connect Core 1.0, 3.1.2.6)."""

from logindrill.rules.reasons import developer_remedies as d
from logindrill.rules.reasons.reason import About, Reason, Remedy


def _refused(code: str, problem: str, rule_ids: tuple[str, ...], cause: str, *remedies: Remedy) -> Reason:
    return Reason(code, problem, rule_ids, cause, remedies, About.APPLICATION)


# Before the application is trusted: a page, never a redirect (RFC 6749, 4.1.2.1).
APPLICATION_UNKNOWN = _refused(
    "application_unknown",
    "invalid_client",
    ("O1", "O11", "O18"),
    "No application with this client_id is registered in this sandbox.",
    d.REGISTER_APPLICATION,
    d.OPEN_APPLICATIONS,
)
REDIRECT_URI_UNREGISTERED = _refused(
    "redirect_uri_unregistered",
    "application_refused",
    ("O11",),
    "The redirect_uri is not one that the application registered.",
    d.REGISTER_REDIRECT_URI,
)
REDIRECT_URI_FOREIGN = _refused(
    "redirect_uri_foreign",
    "application_refused",
    ("O1", "O11"),
    "An application that is not registered may only use a redirect_uri on this machine.",
    d.USE_LOOPBACK,
)
REDIRECT_URI_MISSING = _refused(
    "redirect_uri_missing",
    "application_refused",
    ("O11",),
    "No redirect_uri was sent, and the application has not registered exactly one.",
    d.SEND_REDIRECT_URI,
)
INTERACTION_UNKNOWN = _refused(
    "interaction_unknown",
    "interaction_unknown",
    ("O14",),
    "This browser has no such request of an application: it is over, was answered, or began in another browser.",
    d.ASK_AGAIN,
)

# Answered by a redirect to the application (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6).
PARAMETER_TWICE = _refused(
    "parameter_twice", "invalid_request", ("O11", "O12"), "A parameter was sent twice.", d.SEND_ONCE
)
RESPONSE_TYPE_MISSING = _refused(
    "response_type_missing", "invalid_request", ("O12",), "The request has no response_type.", d.ASK_FOR_CODE
)
UNSUPPORTED_RESPONSE_TYPE = _refused(
    "unsupported_response_type",
    "unsupported_response_type",
    ("O12",),
    "The response_type is not code.",
    d.ASK_FOR_CODE,
)
RESPONSE_MODE_UNKNOWN = _refused(
    "response_mode_unknown",
    "invalid_request",
    ("O12",),
    "The response_mode is not query, fragment or form_post.",
    d.CORRECT_REQUEST,
)
REQUEST_NOT_SUPPORTED = _refused(
    "request_not_supported",
    "request_not_supported",
    ("O12",),
    "The request carries a request object, which this server does not read.",
    d.LEAVE_REQUEST_OBJECT_OUT,
)
REQUEST_URI_NOT_SUPPORTED = _refused(
    "request_uri_not_supported",
    "request_uri_not_supported",
    ("O12",),
    "The request refers to a request object, which this server does not fetch.",
    d.LEAVE_REQUEST_OBJECT_OUT,
)
REGISTRATION_NOT_SUPPORTED = _refused(
    "registration_not_supported",
    "registration_not_supported",
    ("O12",),
    "The request wants to register the application, which only the control API and world files do.",
    d.LEAVE_REQUEST_OBJECT_OUT,
)
INVALID_SCOPE = _refused(
    "invalid_scope",
    "invalid_scope",
    ("O12", "O9"),
    "The scope is empty, or names more than what was granted.",
    d.CORRECT_REQUEST,
)
CHALLENGE_MISSING = _refused(
    "challenge_missing",
    "invalid_request",
    ("O13",),
    "The application must use PKCE, and the request has no code_challenge.",
    d.SEND_CHALLENGE,
)
CHALLENGE_PLAIN = _refused(
    "challenge_plain",
    "invalid_request",
    ("O13",),
    "The code_challenge_method is not S256; without the parameter it is plain.",
    d.SEND_CHALLENGE,
)
CHALLENGE_DAMAGED = _refused(
    "challenge_damaged",
    "invalid_request",
    ("O13",),
    "The code_challenge is not 43 characters of base64url.",
    d.SEND_CHALLENGE,
)
PROMPT_CONTRADICTS = _refused(
    "prompt_contradicts",
    "invalid_request",
    ("O15",),
    "The prompt is none together with another value, or has a value that nobody knows.",
    d.CORRECT_REQUEST,
)
MAX_AGE_DAMAGED = _refused(
    "max_age_damaged", "invalid_request", ("O15",), "The max_age is no whole number of seconds.", d.CORRECT_REQUEST
)
PARAMETER_DAMAGED = _refused(
    "parameter_damaged",
    "invalid_request",
    ("O12",),
    "A parameter is too long, or holds characters that cannot be sent back.",
    d.CORRECT_REQUEST,
)
NOBODY_SIGNED_IN = _refused(
    "nobody_signed_in",
    "login_required",
    ("O15",),
    "The request allows no page (prompt=none), and nobody is signed in in this browser.",
    d.SIGN_IN_WITH_PAGE,
)
MAX_AGE_OVER = _refused(
    "max_age_over",
    "login_required",
    ("O15",),
    "The person signed in longer ago than max_age allows, and the request allows no page.",
    d.SIGN_IN_WITH_PAGE,
)
SOMEBODY_ELSE = _refused(
    "somebody_else",
    "login_required",
    ("O15",),
    "Somebody else is signed in than the id_token_hint names, and the request allows no page.",
    d.SIGN_IN_WITH_PAGE,
)
SECOND_FACTOR_NOT_PASSED = _refused(
    "second_factor_not_passed",
    "login_required",
    ("O16",),
    "The request wants a second factor (acr_values=2), none was passed, and it allows no page.",
    d.SIGN_IN_WITH_PAGE,
)
SECOND_FACTOR_UNREACHABLE = _refused(
    "second_factor_unreachable",
    "unmet_authentication_requirements",
    ("O16",),
    "The request demands acr 2, and the person has no second factor of another kind.",
    d.CORRECT_REQUEST,
)
CONSENT_MISSING = _refused(
    "consent_missing",
    "consent_required",
    ("O2",),
    "The person has not yet agreed, and the request allows no page.",
    d.SIGN_IN_WITH_PAGE,
)
CONSENT_REFUSED = _refused("consent_refused", "access_denied", ("O2",), "The person did not agree.", d.ASK_AGAIN)
PERSON_CANCELLED = _refused(
    "person_cancelled", "access_denied", ("O14",), "The person left the sign-in by Cancel.", d.ASK_AGAIN
)
