"""What an application sends, as its log shows it, by the reason why it is refused."""

from collections.abc import Mapping
from types import MappingProxyType

from logindrill.rules import reasons as r
from logindrill.rules.reasons import Reason

SENT: Mapping[Reason, str] = MappingProxyType(
    {
        r.APPLICATION_UNKNOWN: "an_unregistered_client_id",
        r.REDIRECT_URI_UNREGISTERED: "an_unregistered_redirect_uri",
        r.REDIRECT_URI_FOREIGN: "a_redirect_uri_elsewhere",
        r.REDIRECT_URI_MISSING: "no_redirect_uri",
        r.CHALLENGE_MISSING: "no_challenge",
        r.CHALLENGE_PLAIN: "a_plain_challenge",
        r.UNSUPPORTED_RESPONSE_TYPE: "another_response_type",
        r.PROMPT_CONTRADICTS: "prompts_that_exclude_each_other",
        r.PARAMETER_TWICE: "a_parameter_twice",
        r.NOBODY_SIGNED_IN: "prompt_none_after_a_sign_out",
        r.MAX_AGE_OVER: "a_max_age",
        r.SOMEBODY_ELSE: "a_hint_of_somebody_else",
        r.CONSENT_MISSING: "prompt_none_before_consent",
        r.AUTHORIZATION_CODE_USED: "the_same_code_twice",
        r.VERIFIER_MISSING: "no_verifier",
        r.VERIFIER_MISMATCH: "another_verifier",
        r.VERIFIER_UNASKED: "a_verifier_without_a_challenge",
        r.PROOF_MISSING: "neither_pkce_nor_a_secret",
        r.AUTHORIZATION_CODE_EXPIRED: "an_old_code",
        r.AUTHORIZATION_CODE_UNKNOWN: "a_code_of_elsewhere",
        r.CODE_OF_ANOTHER_APPLICATION: "another_client_id",
        r.REDIRECT_URI_MISMATCH: "another_redirect_uri",
        r.UNSUPPORTED_GRANT_TYPE: "another_grant_type",
        r.SECRET_WRONG: "another_secret",
        r.SECRET_MISSING: "no_secret",
        r.SECRET_UNASKED: "a_secret_of_a_public_app",
        r.REFRESH_REUSED: "a_used_refresh_token",
        r.REFRESH_UNKNOWN: "a_refresh_token_of_elsewhere",
        r.REFRESH_IDLE: "a_refresh_token_after_a_pause",
        r.REFRESH_EXPIRED: "a_refresh_token_of_a_month_ago",
        r.BEARER_TOKEN_EXPIRED: "an_old_access_token",
        r.BEARER_TOKEN_DAMAGED: "an_access_token_of_an_old_key",
        r.WRONG_KIND: "an_id_token",
        r.BEARER_TOKEN_MISSING: "no_access_token",
    }
)
