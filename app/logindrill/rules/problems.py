"""The public answers to refusals: status, code, title and default text of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec import Struct

from logindrill.rules.knobs import knob, switch


@dataclass(frozen=True, slots=True)
class DisclosurePolicy:
    """How much the public answers disclose."""

    deactivated: bool = knob(
        True,
        "Whether a sign-in with the right password shows that the account is deactivated.",
        "A24",
        "D6",
        form=switch(),
    )


class Problem(Struct, frozen=True):
    """A public answer: HTTP status, code, title and the text a person reads."""

    status: int
    code: str
    title: str
    detail: str


# the answer that never changes: requests for resets and codes are answered alike for everybody
UNCHANGED = Problem(202, "", "Accepted", "")

_PROBLEMS = (
    Problem(401, "invalid_credentials", "Sign-in failed", "Invalid User / password"),
    Problem(
        403,
        "account_deactivated",
        "Account deactivated",
        "This account has been deactivated. Contact your administrator.",
    ),
    Problem(403, "account_disabled", "Account disabled", "Account disabled"),
    Problem(401, "invalid_second_factor", "Second factor failed", "The code or second password is not right."),
    Problem(401, "invalid_code", "Code not accepted", "The code is not right or no longer works."),
    Problem(410, "sign_in_expired", "Sign-in expired", "This sign-in is over. Start again."),
    Problem(
        410,
        "link_unusable",
        "This link no longer works",
        "This link does not work or no longer works. Ask for a new one.",
    ),
    Problem(401, "unauthenticated", "Not signed in", "Sign in to continue."),
    Problem(403, "network_blocked", "Network blocked", "Sign-in is not possible from this network."),
    Problem(426, "app_update_required", "Update required", "Update the app to continue."),
    Problem(503, "network_unsupported", "Not reachable", "The service cannot be reached from this connection."),
    Problem(403, "not_published", "Not published", "This page is not published to you."),
    Problem(403, "not_on_mobile", "Not on mobile", "This is available on the web only."),
    Problem(403, "forbidden", "Forbidden", "Your role does not allow this."),
    Problem(
        403, "reauthentication_required", "Confirm it is you", "Sign in with your second factor again, then retry."
    ),
    Problem(403, "current_password_incorrect", "Current password incorrect", "Your current password is not correct."),
    Problem(429, "too_many_attempts", "Too many attempts", "Too many attempts. Try again later."),
    Problem(409, "email_taken", "Address taken", "This e-mail address is in use already."),
    Problem(409, "username_taken", "Username taken", "This username is in use already."),
    Problem(409, "phone_taken", "Number taken", "This phone number is in use already."),
    Problem(409, "id_taken", "ID taken", "This id is in use already."),
    Problem(409, "last_owner", "Last owner", "A company keeps at least one active owner."),
    Problem(409, "own_account", "Own account", "This cannot be done to your own account."),
    Problem(409, "invalid_transition", "Not possible now", "The account is not in a state that allows this."),
    Problem(
        409, "clock_backwards", "Clock cannot go back", "The clock only goes forward. Restore a snapshot to go back."
    ),
    Problem(409, "too_many_snapshots", "Too many snapshots", "No more snapshots fit into this sandbox."),
    Problem(409, "too_many_sandboxes", "Too many sandboxes", "No more sandboxes fit here. Delete some first."),
    Problem(
        409,
        "more_than_one_company",
        "More than one company",
        "The person belongs to another company too. Only the person or support can do this.",
    ),
    Problem(
        409,
        "temporary_password_unavailable",
        "No temporary password",
        "A temporary password is not available for a customer of more than one company.",
    ),
    Problem(422, "validation_failed", "Not accepted", "Some fields cannot be accepted."),
    Problem(404, "not_offered", "Not offered", "This service does not offer that."),
    Problem(404, "not_found", "Not found", "There is nothing here."),
    Problem(400, "malformed", "Malformed request", "The request cannot be read."),
    Problem(400, "host_refused", "Host not allowed", "This host name is not allowed."),
    Problem(403, "origin_refused", "Origin not allowed", "This call may not come from another site."),
    Problem(401, "control_key_required", "Control key required", "Send the control key as a bearer token."),
    Problem(403, "form_expired", "Form expired", "This form is too old or came from elsewhere. Load the page again."),
    Problem(
        409,
        "form_outdated",
        "Signed in or out elsewhere",
        "You signed in or out in another window after you opened this form. Check it, then send it again.",
    ),
    Problem(405, "method_not_allowed", "Method not allowed", "This method is not allowed here."),
    Problem(413, "too_large", "Too large", "The request is too large."),
    Problem(415, "unsupported_media_type", "Unsupported media type", "Send application/json."),
    # to applications: RFC 6749 (4.1.2.1, 5.2), RFC 6750 (3.1), OpenID Connect Core 1.0 (3.1.2.6)
    Problem(
        400,
        "application_refused",
        "Application not accepted",
        "The application that sent you here is not set up correctly. Go back, and tell its developer.",
    ),
    Problem(400, "interaction_unknown", "Nothing to continue", "Go back to the application, and sign in from there."),
    Problem(400, "invalid_request", "Invalid request", "A parameter is missing, repeated or not valid."),
    Problem(400, "unauthorized_client", "Not allowed", "The application may not use this grant type."),
    Problem(400, "unsupported_response_type", "Unsupported response type", "Only response_type=code is supported."),
    Problem(400, "invalid_scope", "Invalid scope", "The scope is not valid, or more than what was granted."),
    Problem(400, "request_not_supported", "Not supported", "The request parameter is not supported."),
    Problem(400, "request_uri_not_supported", "Not supported", "The request_uri parameter is not supported."),
    Problem(400, "registration_not_supported", "Not supported", "The registration parameter is not supported."),
    Problem(400, "access_denied", "Access denied", "The person did not allow it."),
    Problem(400, "login_required", "Sign-in required", "The person must sign in."),
    Problem(400, "consent_required", "Consent required", "The person must agree."),
    Problem(
        400,
        "unmet_authentication_requirements",
        "Sign-in not strong enough",
        "The person cannot sign in in the way that was asked for.",
    ),
    Problem(401, "invalid_client", "Application not authenticated", "The application could not prove who it is."),
    Problem(400, "invalid_grant", "Grant not valid", "The code or token is not valid, has expired or was used."),
    Problem(400, "unsupported_grant_type", "Unsupported grant type", "This grant_type is not supported."),
    Problem(401, "invalid_token", "Token not valid", "The access token is not valid, has expired or was revoked."),
    Problem(403, "insufficient_scope", "Scope missing", "The access token was issued for less."),
    Problem(503, "storage_unavailable", "Storage unavailable", "The database does not answer. Try again."),
)

OF_CONTROL = frozenset({"clock_backwards", "too_many_snapshots", "too_many_sandboxes", "control_key_required"})
"""Problems that only the control API answers with."""
OF_FORMS = frozenset({"form_expired", "form_outdated"})
"""Problems of the form of a page, which a reload ends."""
OF_PAGES = OF_FORMS | {"application_refused", "interaction_unknown"}
"""Problems that only pages answer with."""
OF_APPLICATIONS = frozenset(
    {
        "invalid_request",
        "unauthorized_client",
        "unsupported_response_type",
        "invalid_scope",
        "request_not_supported",
        "request_uri_not_supported",
        "registration_not_supported",
        "access_denied",
        "login_required",
        "consent_required",
        "unmet_authentication_requirements",
        "invalid_client",
        "invalid_grant",
        "unsupported_grant_type",
        "invalid_token",
        "insufficient_scope",
    }
)
"""Problems that only applications are answered with: the error codes of OAuth 2.0 and OpenID Connect."""
OF_EVERY_DOOR = frozenset({"host_refused", "origin_refused"})
"""Problems of the server itself, whatever is called."""

PROBLEMS: Mapping[str, Problem] = {problem.code: problem for problem in _PROBLEMS}
