"""Every reason is pinned: none is ever renamed, and each tells its cause and what can be done."""

import pytest

from logindrill.rules.problems import PROBLEMS
from logindrill.rules.reasons import FIELD_REASONS, REASONS, Reason, Who, developer_remedies, remedies_for
from logindrill.rules.reasons import remedies as every_remedy
from logindrill.rules.reasons.reason import Remedy

PINNED = {
    "invalid_credentials": "unknown_identifier wrong_password wrong_case extra_space secondary_address not_activated"
    " deleted not_in_company temporary_password_expired temporary_password_superseded temporary_password_used"
    " temporary_password_void",
    "account_deactivated": "deactivated",
    "account_disabled": "merged access_revoked",
    "invalid_second_factor": "wrong_second_password wrong_code superseded_code expired_code used_code no_code"
    " other_sign_in too_many_code_attempts void_code early_code code_not_exact",
    "": "phone_mismatch no_number_on_account factor_needs_no_code not_registered opted_out mail_in_spam mail_blocked"
    " mail_not_sent mail_delayed other_mailbox no_address_on_account device_not_sent device_unknown"
    " device_of_another_user device_trust_expired device_revoked installation_new cookies_incognito"
    " cookies_auto_deleted second_factor_requested fault token_falsified",
    "sign_in_expired": "sign_in_expired sign_in_used sign_in_unknown sign_in_void",
    "link_unusable": "link_superseded link_expired link_used link_void link_unknown link_damaged",
    "unauthenticated": "no_session session_unknown cookie_withheld token_malformed token_of_another_kind"
    " token_of_another_sandbox session_expired session_idle signed_out session_ended_by_user"
    " session_ended_by_admin password_changed password_reset factor_changed visit_ended membership_ended"
    " installation_broken session_void application_removed",
    "network_blocked": "vpn",
    "app_update_required": "app_outdated app_version_unreadable",
    "network_unsupported": "hotspot stale_cache browser_unsupported offline",
    "not_published": "not_published",
    "not_on_mobile": "not_on_mobile",
    "forbidden": "missing_permission",
    "reauthentication_required": "reauthentication_required",
    "too_many_attempts": "throttled",
    "email_taken": "email_taken",
    "username_taken": "username_taken",
    "phone_taken": "phone_taken",
    "id_taken": "id_taken",
    "last_owner": "last_owner",
    "own_account": "own_account",
    "invalid_transition": "invalid_transition",
    "clock_backwards": "clock_backwards",
    "too_many_snapshots": "too_many_snapshots",
    "too_many_sandboxes": "too_many_sandboxes",
    "more_than_one_company": "more_than_one_company",
    "validation_failed": "password_too_short password_too_long password_mismatch password_too_common"
    " password_unchanged field_required field_invalid field_unknown",
    "not_offered": "not_offered",
    "not_found": "not_found",
    "origin_refused": "origin_refused",
    "invalid_client": "application_unknown secret_wrong secret_missing secret_unasked",
    "application_refused": "redirect_uri_unregistered redirect_uri_foreign redirect_uri_missing",
    "interaction_unknown": "interaction_unknown",
    "invalid_request": "parameter_twice parameter_damaged parameter_missing response_type_missing response_mode_unknown"
    " challenge_missing challenge_plain challenge_damaged prompt_contradicts max_age_damaged body_not_form"
    " grant_type_missing two_authentications token_twice",
    "unsupported_response_type": "unsupported_response_type",
    "request_not_supported": "request_not_supported",
    "request_uri_not_supported": "request_uri_not_supported",
    "registration_not_supported": "registration_not_supported",
    "invalid_scope": "invalid_scope",
    "login_required": "nobody_signed_in max_age_over somebody_else second_factor_not_passed",
    "unmet_authentication_requirements": "second_factor_unreachable",
    "consent_required": "consent_missing",
    "access_denied": "consent_refused person_cancelled",
    "unsupported_grant_type": "unsupported_grant_type",
    "unauthorized_client": "grant_type_unregistered",
    "invalid_grant": "proof_missing code_unknown code_expired code_used code_replayed code_of_another_application"
    " redirect_uri_mismatch verifier_missing verifier_mismatch verifier_unasked refresh_unknown refresh_reused"
    " refresh_idle refresh_expired grant_revoked",
    "invalid_token": "token_missing token_unknown token_damaged token_expired token_revoked wrong_issuer wrong_kind",
    "insufficient_scope": "scope_missing",
}

# What is never answered differently has no way out that anybody could take.
_WITHOUT_REMEDY = {"not_found"}


def test_every_reason_and_its_public_problem_are_pinned() -> None:
    pinned = {code: problem for problem, codes in PINNED.items() for code in codes.split()}
    assert {code: reason.problem for code, reason in REASONS.items()} == pinned


def test_every_public_problem_of_a_reason_exists() -> None:
    assert {reason.problem for reason in REASONS.values()} - {""} <= set(PROBLEMS)


def test_every_reason_but_dead_ends_has_a_remedy() -> None:
    assert {code for code, reason in REASONS.items() if not reason.remedies} == _WITHOUT_REMEDY


@pytest.mark.parametrize("reason", REASONS.values(), ids=list(REASONS))
def test_a_cause_is_one_sentence_for_a_tester(reason: Reason) -> None:
    assert reason.cause[0].isupper()
    assert reason.cause.endswith(".")
    assert ". " not in reason.cause
    assert reason.rule_ids


def test_no_remedy_goes_unused() -> None:
    modules = (every_remedy, developer_remedies)
    known = {value for module in modules for value in vars(module).values() if isinstance(value, Remedy)}
    assert known == {remedy for reason in REASONS.values() for remedy in reason.remedies}


@pytest.mark.rule("A31", "A35", "rule-7")
def test_the_way_out_of_a_reset_or_reinstall_foretells_the_second_factor() -> None:
    for code in ("wrong_password", "stale_cache", "installation_broken", "deactivated"):
        effects = [effect for remedy in REASONS[code].remedies for effect in remedy.side_effects]
        assert every_remedy.ASKS_FACTOR_AGAIN in effects, code


@pytest.mark.rule("A28")
@pytest.mark.parametrize(
    ("roles", "who"),
    [
        (("owner", "admin", "member"), Who.OWNER_OR_ADMIN),
        (("staff", "contact"), Who.STAFF),
        (("support", "professional", "customer"), Who.SUPPORT),
    ],
)
def test_only_those_who_exist_are_named_to_reactivate(roles: tuple[str, ...], who: Who) -> None:
    offered = remedies_for(REASONS["deactivated"], roles)
    assert [remedy.who for remedy in offered if remedy.code == "reactivate"] == [who]


def test_only_support_restores_a_merged_account() -> None:
    restores = [r for r in REASONS["merged"].remedies if r.code == "restore_merged"]
    assert [r.who for r in restores] == [Who.SUPPORT]


def test_every_field_code_of_the_contract_has_its_reason() -> None:
    assert set(FIELD_REASONS) == {
        "too_short",
        "too_long",
        "mismatch",
        "too_common",
        "unchanged",
        "required",
        "invalid",
        "unknown",
    }
