"""The catalogue is complete: each name, reason and rule has its scenario, and each is described in one way."""

import re

import pytest

from logindrill.rules.reasons import REASONS
from logindrill.scenarios.actors import SERVICES
from logindrill.scenarios.catalogue import scenarios
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.step import Step

CATALOGUE = {
    "business-chat": """
        first-sign-in activation-mail-in-spam activation-mail-late activation-mail-not-sent
        activation-mail-other-mailbox activation-mail-blocked not-activated-yet activation-link-superseded
        activation-link-expired invited-under-another-address mistyped-password wrong-case-password wrong-case-email
        space-in-email space-in-password forgotten-password reset-too-short reset-mismatch reset-link-used
        reset-link-expired reset-link-superseded reset-mail-in-spam reset-mail-other-mailbox
        reset-address-not-registered reset-mail-blocked reset-mail-not-sent reset-mail-late address-already-taken
        reset-before-activation reset-while-deactivated link-cut-in-two link-void signed-out-everywhere-after-reset
        session-ended-overnight link-scanner-opened-first new-device-asks-second-factor trusted-device-after-30-days
        wrong-second-password otp-to-wrong-number otp-three-minutes-late otp-later-than-promised otp-never-sent
        otp-expired otp-used-twice otp-from-another-sign-in sign-in-expired-while-waiting number-changed
        no-number-on-the-account otp-superseded too-many-otp-attempts otp-guessing-locked deactivated deactivated-untold
        deactivated-while-signed-in deactivated-not-deleted deleted member-cannot-deactivate cannot-deactivate-oneself
        last-owner-stays offline stuck-on-hotspot stuck-on-stale-cache stuck-on-other-browser logged-out-on-mobile
        mobile-cannot-open-campaigns mobile-without-notifications contact-your-admin
    """,
    "contact-portal": """
        code-sign-in not-on-the-contact-card outdated-address-on-the-card sms-late sms-never-sent opted-out
        sms-instead-of-email offline-contact no-phone-on-the-card code-expired code-used-twice
        incognito-asks-every-visit cookies-deleted-automatically new-device-needs-a-code not-published behind-a-vpn
        older-code older-code-arrives-last codes-crossed-channels guessed-code
    """,
    "customer-app": """
        invalid-username invalid-password wrong-case extra-space not-activated email-moved-to-secondary
        forgotten-password-by-username reset-by-secondary-address secondary-address-sign-in temporary-password
        temporary-password-expired temporary-password-superseded temporary-password-used
        temporary-password-for-another-address forgotten-password-by-main-address forgotten-password-mail-in-spam
        invitation-in-spam temporary-password-two-companies merged-account merged-email-released access-revoked
        outdated-app update-available still-stuck locked-after-many-tries
    """,
}
"""The names that were there first."""

BESIDES = {
    "business-chat": """
        invitation-resent-to-somebody-active activation-link-opened-again signed-in-on-laptop-and-tablet
        web-version-on-a-phone signed-in-to-the-wrong-company deactivated-in-one-company sign-in-page-of-another-site
        service-falters deleted-while-signed-in forgotten-password-in-capitals reset-after-deletion
        too-many-second-passwords reset-link-void link-from-before-a-restore link-scanner-does-no-harm reset-too-long
        reset-too-common password-change-to-the-same current-password-mistyped no-longer-an-admin
        second-factor-cannot-be-removed session-ended-on-a-long-day back-button-after-sign-out
        signed-out-from-the-other-computer signed-out-by-the-admin signed-out-after-password-change
        signed-out-after-second-factor-change app-forgets-to-send-the-session app-damages-the-session
        second-factor-after-a-reset second-factor-after-reinstalling second-factor-on-a-restored-phone
        second-factor-on-a-shared-computer second-factor-though-trusted second-factor-sent-twice sign-in-id-cut-short
        sign-in-ended-by-a-reset mistyped-otp otp-never-asked-for otp-ended-by-a-new-number otp-with-another-factor
        authenticator-app-sign-in authenticator-app-set-up authenticator-set-up-unfinished
        authenticator-never-confirmed authenticator-cannot-be-set-up authenticator-code-too-late
        authenticator-clock-behind authenticator-clock-ahead authenticator-code-used-twice
        authenticator-code-of-another-account too-many-authenticator-codes authenticator-guessing-locked
        authenticator-phone-lost otp-copied-with-a-space
        redirect-address-not-registered application-not-registered redirect-address-elsewhere
        redirect-address-left-out app-sends-no-challenge app-sends-a-plain-challenge app-wants-tokens-at-once
        app-contradicts-itself app-sends-a-parameter-twice refresh-token-used-twice refresh-token-of-another-day
        signed-out-elsewhere deactivated-while-holding-tokens clock-of-the-app-is-wrong keys-rotated
        refresh-after-thirty-days refresh-after-a-holiday id-token-as-access-token app-sends-no-access-token
        app-redeems-twice app-sends-no-verifier app-sends-another-verifier
        app-sends-a-verifier-without-a-challenge app-proves-nothing code-redeemed-too-late
        code-from-somewhere-else code-of-another-application redirect-address-changed-on-the-way
        app-asks-for-the-password secret-of-another-application app-forgets-its-secret public-app-sends-a-secret
        silent-renewal-without-cookie silent-renewal-after-signing-out max-age-asks-again person-cancels
        person-does-not-agree consent-cannot-be-asked-without-a-page somebody-else-signed-in-meanwhile
        app-must-refuse-wrong-signature app-must-refuse-unknown-kid id-token-names-no-key
        app-must-refuse-alg-none app-must-refuse-alg-hs256 issuer-by-another-name app-must-refuse-wrong-audience
        app-must-refuse-wrong-nonce app-must-refuse-no-nonce app-must-refuse-expired
        app-must-refuse-from-the-future app-must-refuse-no-subject app-must-refuse-no-iat
        app-must-refuse-wrong-at-hash app-must-refuse-no-id-token app-must-refuse-other-subject-at-userinfo
        app-must-refuse-other-subject-at-refresh app-must-refuse-no-state app-must-refuse-wrong-state
        app-must-refuse-wrong-iss no-keys-listed keys-rotated-just-before
    """,
    "contact-portal": """
        contact-deactivated contact-deleted mistyped-code code-never-asked-for code-ended-by-a-new-card
        code-mistyped-five-times contact-looks-for-others code-after-reactivation signed-out-in-a-private-window
        bookmarked-page-refused number-of-another-contact
    """,
    "customer-app": """
        removed-by-one-professional access-revoked-while-signed-in studio-of-somebody-else deactivated-by-support
        deleted-by-support locked-and-in-a-hurry reset-without-an-address reset-after-a-merger
        merged-into-the-other-account merged-while-signed-in professional-cannot-undo-a-merger
        old-password-after-temporary temporary-password-void username-already-taken customer-lost-the-authenticator
    """,
}
"""Those that came later. Names never change, as test suites and bookmarks know them: some are added, none is taken
out."""

NEVER_THE_CAUSE = {
    "session_void": "stands in for an end without a name, and every end of a session has one",
    "token_of_another_sandbox": "a scenario has one sandbox",
    "id_taken": "testers choose ids, people do not",
    "clock_backwards": "testers move clocks, people do not",
    "too_many_sandboxes": "testers make sandboxes, people do not",
    "too_many_snapshots": "testers take snapshots, people do not",
    "not_offered": "a 404 is no attempt, so nothing is there to explain",
    "not_found": "a 404 is no attempt, so nothing is there to explain",
    "field_required": "the answer names the missing field to the app; its users never see it",
    "field_invalid": "the answer names the field to the app; its users never see it",
    "field_unknown": "the answer names the field to the app; its users never see it",
    "body_not_form": "the answer names the mistake to the app; its users never see it",
    "grant_type_missing": "the answer names the mistake to the app; its users never see it",
    "grant_type_unregistered": "the answer names the mistake to the app; its users never see it",
    "parameter_missing": "the answer names the mistake to the app; its users never see it",
    "parameter_damaged": "the answer names the mistake to the app; its users never see it",
    "challenge_damaged": "the answer names the mistake to the app; its users never see it",
    "max_age_damaged": "the answer names the mistake to the app; its users never see it",
    "response_mode_unknown": "the answer names the mistake to the app; its users never see it",
    "response_type_missing": "the answer names the mistake to the app; its users never see it",
    "invalid_scope": "the answer names the mistake to the app; its users never see it",
    "two_authentications": "the answer names the mistake to the app; its users never see it",
    "request_not_supported": "the answer names the mistake to the app; its users never see it",
    "request_uri_not_supported": "the answer names the mistake to the app; its users never see it",
    "registration_not_supported": "the answer names the mistake to the app; its users never see it",
    "token_twice": "the answer names the mistake to the app; its users never see it",
    "scope_missing": "the answer names the mistake to the app; its users never see it",
    "wrong_issuer": "a scenario has one sandbox",
    "token_unknown": "its authorization exists, unless another sandbox issued it",
    "application_removed": "testers remove applications, people do not",
    "code_replayed": "a later effect of code_used, which has its scenario",
    "grant_revoked": "an app that gives a token back knows it",
    "token_revoked": "an app that gives a token back knows it",
    "interaction_unknown": "a page says so to whom the request does not belong; no app is involved",
    "second_factor_not_passed": "the answer names it to the app, which asks with a page then",
    "second_factor_unreachable": "the answer names it to the app; the person has no factor to pass",
}
"""Reasons that no person's report leads to, and why."""

RULES = frozenset(
    {f"A{number}" for number in range(1, 41)}
    | {f"B{number}" for number in range(1, 13)}
    | {f"C{number}" for number in range(1, 17)}
)
OTHER_RULES = re.compile(r"rule-\d+|[DO]\d+|faults|origins")
"""What rules besides the articles' are called: the overall ones, differences, those of applications, and what a
tester breaks."""

LONGEST_STORY = 200
"""Characters: more than that nobody reads on a card."""

_ALL = list(scenarios().values())
_NAMES = {part["name"].split(" ")[0] for service in SERVICES.values() for part in service.world(_ALL[0].cast)["people"]}


def steps(scenario: Scenario) -> tuple[Step, ...]:
    return (*scenario.scene, *scenario.tries, *scenario.cure, *scenario.after)


@pytest.mark.parametrize("preset", CATALOGUE)
def test_every_name_that_was_ever_given_is_there(preset: str) -> None:
    found = {scenario.name for scenario in _ALL if scenario.preset == preset}
    assert set(f"{CATALOGUE[preset]} {BESIDES[preset]}".split()) <= found


def test_a_name_can_stand_in_an_address() -> None:
    assert not [scenario.name for scenario in _ALL if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", scenario.name)]


def test_every_reason_is_what_a_scenario_turns_out_to_be() -> None:
    found = {code for scenario in _ALL for code in causes(scenario)}
    assert not REASONS.keys() - NEVER_THE_CAUSE.keys() - found


def test_what_is_excused_from_having_a_scenario_has_none() -> None:
    assert not NEVER_THE_CAUSE.keys() - REASONS.keys()
    assert not [scenario.name for scenario in _ALL if NEVER_THE_CAUSE.keys() & causes(scenario)]


def test_every_rule_is_shown_by_a_scenario() -> None:
    assert not RULES - {rule for scenario in _ALL for rule in scenario.rules}


def test_a_scenario_names_rules_that_there_are() -> None:
    assert not [scenario.name for scenario in _ALL if not scenario.rules]
    cited = {rule for scenario in _ALL for rule in scenario.rules}
    assert not [rule for rule in cited if rule not in RULES and not OTHER_RULES.fullmatch(rule)]


def test_a_story_is_a_few_whole_sentences() -> None:
    stories = [scenario.story for scenario in _ALL]
    assert not [story for story in stories if not story.endswith(".") or "  " in story]
    assert not [story for story in stories if len(story) > LONGEST_STORY]


def test_steps_name_people_by_their_part_so_that_anybody_can_play_it() -> None:
    texts = [step.do for scenario in _ALL for step in steps(scenario)]
    assert not [text for text in texts if _NAMES & set(re.findall(r"\w+", text))]


def test_the_remedy_is_one_of_those_that_the_reason_has() -> None:
    failures = [scenario for scenario in _ALL if not scenario.is_success_case]
    assert not [scenario.name for scenario in failures if scenario.remedy not in remedies(scenario)]


def test_a_failure_shows_the_answer_of_the_client() -> None:
    assert not [scenario.name for scenario in _ALL if not scenario.is_success_case and scenario.failure.seen is None]


@pytest.mark.parametrize("preset", SERVICES)
def test_every_sandbox_holds_people_who_are_fine(preset: str) -> None:
    fine = [part for part in SERVICES[preset].bystanders if part.get("status", "active") == "active"]
    assert len(fine) >= 1


def causes(scenario: Scenario) -> set[str]:
    return {reason.code for reason in (scenario.cause, *scenario.because) if reason is not None}


def remedies(scenario: Scenario) -> set[str]:
    reasons = [reason for reason in (scenario.cause, *scenario.because) if reason is not None]
    return {remedy.code for reason in reasons for remedy in reason.remedies}
