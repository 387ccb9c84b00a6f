"""Remedies for what an application does wrong, each naming what to change in it; two are for testers."""

from logindrill.rules.reasons.reason import Remedy, Who

REGISTER_APPLICATION = Remedy(
    "register_application",
    Who.DEVELOPER,
    "send the client_id of an application that is registered in this sandbox, or register it",
)
REGISTER_REDIRECT_URI = Remedy(
    "register_redirect_uri",
    Who.DEVELOPER,
    "register exactly the redirect_uri that the application sends: every character counts, only the port of a "
    "loopback address does not",
)
SEND_REDIRECT_URI = Remedy("send_redirect_uri", Who.DEVELOPER, "send the redirect_uri that is to receive the answer")
USE_LOOPBACK = Remedy(
    "use_loopback",
    Who.DEVELOPER,
    "use a redirect_uri on localhost, or register the application with this redirect_uri",
)
SEND_ONCE = Remedy("send_once", Who.DEVELOPER, "send each parameter once")
ASK_FOR_CODE = Remedy("ask_for_code", Who.DEVELOPER, "send response_type=code: the code flow is the only one")
SEND_CHALLENGE = Remedy(
    "send_challenge",
    Who.DEVELOPER,
    "send code_challenge and code_challenge_method=S256: the challenge is the base64url SHA-256 of the verifier",
)
SEND_VERIFIER = Remedy(
    "send_verifier",
    Who.DEVELOPER,
    "send the code_verifier that the code_challenge of this request was made from: store one for each state, since a "
    "second tab replaces a single one, and read it in the callback before it is cleared",
)
LEAVE_VERIFIER_OUT = Remedy(
    "leave_verifier_out",
    Who.DEVELOPER,
    "send a code_challenge with the authorization request, or no code_verifier to the token endpoint",
)
CORRECT_REQUEST = Remedy("correct_request", Who.DEVELOPER, "send the parameter as the specification says")
LEAVE_REQUEST_OBJECT_OUT = Remedy(
    "leave_request_object_out",
    Who.DEVELOPER,
    "send the parameters themselves, without request, request_uri or registration",
)
SIGN_IN_WITH_PAGE = Remedy(
    "sign_in_with_page",
    Who.DEVELOPER,
    "on login_required, ask again without prompt=none, so that the person can sign in",
)
ASK_AGAIN = Remedy("ask_again", Who.DEVELOPER, "start again with a new authorization request")
REDEEM_ONCE = Remedy(
    "redeem_once",
    Who.DEVELOPER,
    "redeem each code once: look for a callback that runs twice (React StrictMode, a reload of the callback page, two "
    "listeners), let the second run wait for the first, and leave the address with the code at once",
)
REDEEM_SOONER = Remedy("redeem_sooner", Who.DEVELOPER, "redeem the code in the callback itself, as soon as it arrives")
REDEEM_OWN_CODES = Remedy(
    "redeem_own_codes", Who.DEVELOPER, "send the client_id with which the code or token was requested"
)
SEND_SAME_REDIRECT_URI = Remedy(
    "send_same_redirect_uri",
    Who.DEVELOPER,
    "send the same redirect_uri as with the authorization request, letter by letter: localhost is not 127.0.0.1",
)
SEND_SECRET = Remedy(
    "send_secret",
    Who.DEVELOPER,
    "send the application's secret, by HTTP Basic or as client_secret in the form, but only in one of these places",
)
LEAVE_SECRET_OUT = Remedy(
    "leave_secret_out", Who.DEVELOPER, "send no secret for a public application, or register it with a secret"
)
SEND_FORM = Remedy("send_form", Who.DEVELOPER, "POST the parameters as application/x-www-form-urlencoded")
KEEP_NEWEST_TOKEN = Remedy(
    "keep_newest_token",
    Who.DEVELOPER,
    "store the refresh token of each answer in place of the one before, and let one call refresh for all tabs and "
    "workers",
)
SEND_TOKEN_OF_THIS_ISSUER = Remedy(
    "send_token_of_this_issuer",
    Who.DEVELOPER,
    "send a token of the issuer whose endpoint is called: compare iss in the token with the app's configuration",
)
SEND_BEARER_TOKEN = Remedy(
    "send_bearer_token", Who.DEVELOPER, "send the access token of the token endpoint in the Authorization header"
)
REFRESH = Remedy(
    "refresh",
    Who.DEVELOPER,
    "at a 401, whatever the clock of the app says, use the refresh token and repeat the call, or start again with a "
    "new authorization request",
)
REFUSE_FALSIFIED = Remedy(
    "refuse_falsified",
    Who.DEVELOPER,
    "refuse the answer, and sign nobody in: look for a check of the client library that is switched off",
)
OPEN_APPLICATIONS = Remedy(
    "open_applications", Who.TESTER, "set applications.open to true, so that any client_id works on this machine"
)
ALLOW_OVERLAP = Remedy(
    "allow_overlap",
    Who.TESTER,
    "set tokens.refresh_overlap, so that calls which refresh at the same time get the same successor",
)
ALLOW_LONGER = Remedy(
    "allow_longer", Who.TESTER, "set the knob of this lifetime (tokens.*) to a longer one, or move the clock less"
)
