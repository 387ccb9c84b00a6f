"""What a person sees after each step: the page and its words, or the part of the console that shows the effect."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from logindrill.presets import PRESETS
from logindrill.rules.flows import Flow
from logindrill.rules.reasons import TOKEN_FALSIFIED, Who
from logindrill.scenarios.actors import PERSON
from logindrill.scenarios.labels import field, title
from logindrill.scenarios.on_pages import OnPage
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.step import Step


@dataclass(frozen=True, slots=True)
class ExpectedView:
    """What a person sees, in words; `tells` is whether it says more than that the step succeeded."""

    words: str
    is_informative: bool


def expected_view(scenario: Scenario, step: Step, expected: Mapping[str, Any], shown: OnPage | None) -> ExpectedView:
    """What the person who takes the step sees; `expected` is the expected answer, `shown` the step on the pages."""
    said = _without_words(scenario, step, expected)
    if said is not None:
        return ExpectedView(said, is_informative=True)
    if step.seen is not None and step.seen.about is not None:
        return ExpectedView(_mistake(step, shown), is_informative=True)
    if step.seen is not None and step.seen.is_refusal:
        return ExpectedView(_refusal(step, expected, shown), is_informative=True)
    if shown is not None:
        return _on_page(scenario, step, expected["code"], shown)
    return _by_call(step, expected["code"])


def _without_words(scenario: Scenario, step: Step, expected: Mapping[str, Any]) -> str | None:
    """A failure of which the service itself says nothing."""
    if expected["status"] == 0:
        return "No answer at all: the connection closes"
    if step.operation == "wait_for_message":
        return "Nothing has arrived where the person looks"
    is_falsified = scenario.cause is TOKEN_FALSIFIED and step is scenario.failure
    return "The app refuses what it got, and shows an error of its own" if is_falsified else None


def _mistake(step: Step, shown: OnPage | None) -> str:
    """A field that is not accepted."""
    about = str(None if step.seen is None else step.seen.about)
    label = field(about, "" if shown is None else shown.path)
    who = "The page marks" if shown is not None else "The answer names"
    return f"{who} “{label}”, and says what is wrong with it"


def _refusal(step: Step, expected: Mapping[str, Any], shown: OnPage | None) -> str:
    if shown is not None and expected["code"] == "network_unsupported":
        return "The page keeps loading and never finishes"
    who = "The page says" if shown is not None else "The app shows" if step.by == PERSON else "They see"
    return f"{who} “{expected['detail']}”" if expected["detail"] else f"{who} that it is refused"


def _on_page(scenario: Scenario, step: Step, code: str | None, shown: OnPage) -> ExpectedView:
    """A successful step on the pages."""
    if code == "signed_in":
        return ExpectedView(f"{_home(scenario, shown)}: the person is signed in", is_informative=True)
    if code == "second_factor_required":
        page = "/second-factor/number" if _method(scenario) == "whatsapp_otp" else "/second-factor"
        return ExpectedView(f"“{title(page)}”: the second factor is asked for", is_informative=True)
    if code == "new_password_required":
        return ExpectedView(f"“{title('/new-password')}”: a new password is asked for", is_informative=True)
    if shown.presses is None:
        page = shown.path if step.operation != "show_publication" else "The publication"
        return ExpectedView(f"“{title(page)}”" if page.startswith("/") else page, is_informative=False)
    words = WELL.get(step.operation)
    return ExpectedView(words or f"“{title(shown.path)}”", is_informative=False)


def _home(scenario: Scenario, shown: OnPage) -> str:
    """The page that a person reaches after signing in."""
    if "publication=" in shown.path:
        return "The requested publication"
    has_publications = Flow.PUBLICATIONS in PRESETS[scenario.preset].offers
    return f"“{title('/publications' if has_publications else '/account')}”"


def _method(scenario: Scenario) -> str:
    """The second factor that is asked for: the one set up before, else the one set up during the story."""
    factor = scenario.cast.person.get("second_factor")
    sets_up_app = any(step.operation == "confirm_second_factor" for step in scenario.tries)
    return str(factor["method"]) if factor else "totp" if sets_up_app else "whatsapp_otp"


def _by_call(step: Step, code: str | None) -> ExpectedView:
    """A successful step without a page: in an app, by the tester, or by staff."""
    if step.by == PERSON and code in _APP:
        return ExpectedView(_APP[str(code)], is_informative=True)
    if step.operation == "resend_invitation" and (step.body or {}).get("method") == "temporary_password":
        return ExpectedView("The temporary password, to give to the person", is_informative=False)
    if step.operation == "apply" and step.do.startswith(Who.PERSON):
        return ExpectedView("The result, at the next step", is_informative=False)
    otherwise = "The app continues" if step.by == PERSON else "A line in the timeline"
    return ExpectedView(DONE.get(step.operation, otherwise), is_informative=False)


_APP: Mapping[str, str] = {
    "signed_in": "The app lets the person in",
    "second_factor_required": "The app asks for the second factor",
    "new_password_required": "The app asks for a new password",
}
WELL: Mapping[str, str] = {
    "request_password_reset": f"“{title('/forgot-password/sent')}”, whether or not such an account exists",
    "request_sign_in_code": f"“{title('/second-factor')}”: if the number is the account's, a code is on its way",
    "request_confirmation_code": f"“{title('/code/entry')}”: if the contact is known, a code is on its way",
    "use_password_reset": "“Sign in”, saying “Your new password is set. Sign in with it.”",
    "accept_invitation": "“Sign in”, saying "
    "“Your account is active. Sign in with the address that received the invitation.”",
    "set_second_factor": f"“{title('/account/second-factor/confirmation')}”, with a QR code for the app",
    "confirm_second_factor": "“Your account”, saying "
    "“Your second factor is set up. You are signed out everywhere else.”",
    "sign_out": "“Sign in”, saying “You are signed out.”",
}
"""By operation: the page that follows, and what it says."""
_CARD = "on the person's page"
DONE: Mapping[str, str] = {
    "add_delivery_rule": "The active delivery rule, at the top",
    "end_delivery_rule": "No delivery rule at the top any more",
    "begin_condition": "The active condition, at the top",
    "end_condition": "No condition at the top any more",
    "arm_fault": "The active fault, at the top",
    "disarm_fault": "No fault at the top any more",
    "advance_clock": "The clock at the top, moved forward",
    "change_policy": "The changed setting, under Settings",
    "take_snapshot": "The snapshot, under Data and snapshots",
    "restore_snapshot": "Everything as it was then, including the time",
    "latest_message": "The message, in the inbox",
    "list_messages": "The message, in the inbox",
    "show_authenticator": "The code in the app; the step that needs it shows it again",
    "apply": "What was done, at the top of the timeline",
    "invite_user": "The person, under People",
    "resend_invitation": "Another message, in the inbox",
    "revoke_invitations": f"The revoked invitation, {_CARD}",
    "change_user": f"The change, {_CARD}",
    "deactivate_user": f"“deactivated”, {_CARD}",
    "reactivate_user": f"“active”, {_CARD}",
    "delete_user": "The person is no longer under People",
    "merge_user": f"“merged”, {_CARD}",
    "restore_merged_user": f"“active” again, {_CARD}",
    "release_email": f"The address is removed, {_CARD}",
    "revoke_access": f"“revoked” beside the company, {_CARD}",
    "restore_access": f"The company without “revoked”, {_CARD}",
    "assign_role": f"The new role, {_CARD}",
    "remove_membership": f"The company is removed, {_CARD}",
    "publish_to_user": f"The page under Publications, {_CARD}",
    "lift_lock": f"No lock, {_CARD}",
    "end_sessions_of_user": f"No session, {_CARD}",
    "end_own_session": f"The session has ended, {_CARD}",
    "change_password": "The new password is set, and every other session has ended",
    "set_second_factor": f"The second factor, {_CARD}",
    "confirm_second_factor": f"The second factor, {_CARD}",
    "remove_second_factor": f"No second factor, {_CARD}",
    "remove_second_factor_of_user": f"No second factor, {_CARD}",
    "send_support_request": "A support request, in the timeline",
    "show_support_request": "Reported vs. recorded",
    "show_user": "The person's card",
    "list_deliveries": "What was sent to the person, without the codes",
    "list_users": "The people of the company",
    "list_campaigns": "The campaigns",
    "list_conversations": "The conversations",
    "list_reports": "The reports",
    "show_me": "The app shows whose account it is",
    "authorize": "The browser returns to the app, with a code",
    "redeem_code": "The app gets its tokens",
    "refresh_tokens": "The app gets new tokens",
    "show_claims": "The app shows who signed in",
    "list_keys": "The app has the keys by which it verifies tokens",
    "register_application": "The application, under Applications",
    "rotate_signing_keys": "The new key, under Applications",
}
"""By operation: where its effect can be seen."""
