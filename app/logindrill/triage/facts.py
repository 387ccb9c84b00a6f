"""The closed list of facts that can be known of a login failure besides its text, each with question and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from logindrill.presets import PRESETS
from logindrill.rules.factors import FactorMethod
from logindrill.rules.token_faults import TokenFault
from logindrill.triage.sent_by_applications import SENT


class Fact(StrEnum):
    """One thing that a person can answer when asked."""

    SERVICE = "service"
    WHO_REPORTS = "who_reports"
    AT_STEP = "at_step"
    WORKED_BEFORE = "worked_before"
    OTHER_PEOPLE_AFFECTED = "other_people_affected"
    TIMES_TRIED = "times_tried"
    TYPED_IDENTIFIER = "typed_identifier"
    ACCOUNT_EXISTS = "account_exists"
    ADDRESS_ON_ACCOUNT = "address_on_account"
    ACTIVATED = "activated"
    PASSWORD_IS_RIGHT = "password_is_right"
    CAPITALS_DIFFER = "capitals_differ"
    SPACE_TYPED = "space_typed"
    PASSWORD_RESET_LATELY = "password_reset_lately"
    ADDRESS_CHANGED = "address_changed"
    ADMIN_SAYS_DEACTIVATED = "admin_says_deactivated"
    DELETED = "deleted"
    WAS_MERGED = "was_merged"
    ACCESS_REVOKED = "access_revoked"
    HAS_TWO_COMPANIES = "has_two_companies"
    OPTED_OUT = "opted_out"
    TEMPORARY_PASSWORD_IN_USE = "temporary_password_in_use"
    TEMPORARY_PASSWORD_IS_NEWEST = "temporary_password_is_newest"
    TEMPORARY_PASSWORD_AGE = "temporary_password_age"
    NEW_PASSWORD_IS = "new_password_is"
    SECOND_FACTOR_ASKED = "second_factor_asked"
    FACTOR_METHOD = "factor_method"
    DEVICE_IS_NEW = "device_is_new"
    DEVICE_SHARED = "device_shared"
    APP_REINSTALLED = "app_reinstalled"
    APP_RESTORED_FROM_BACKUP = "app_restored_from_backup"
    FACTOR_PASSED_WITHIN_TRUST = "factor_passed_within_trust"
    NUMBER_IS_REGISTERED = "number_is_registered"
    NUMBER_ON_ACCOUNT = "number_on_account"
    NUMBER_CHANGED = "number_changed"
    CHANNEL = "channel"
    SENT_BY_SERVICE = "sent_by_service"
    ARRIVES_LATE = "arrives_late"
    SPAM_CHECKED = "spam_checked"
    REGISTERED_MAILBOX_CHECKED = "registered_mailbox_checked"
    CODE_ASKED_FOR = "code_asked_for"
    CODE_DIGITS_COMPARED = "code_digits_compared"
    CODE_IS_NEWEST = "code_is_newest"
    CODE_AGE = "code_age"
    CODE_USED_BEFORE = "code_used_before"
    CODE_OF_THIS_ACCOUNT = "code_of_this_account"
    PHONE_CLOCK = "phone_clock"
    APP_CONFIRMED = "app_confirmed"
    APP_AT_HAND = "app_at_hand"
    SIGN_IN_BEGUN_TWICE = "sign_in_begun_twice"
    PENDING_SIGN_IN = "pending_sign_in"
    LINK_IS_NEWEST = "link_is_newest"
    LINK_AGE = "link_age"
    LINK_OPENED_BEFORE = "link_opened_before"
    LINK_COMPLETE = "link_complete"
    LINK_SCANNED = "link_scanned"
    LINK_REVOKED = "link_revoked"
    LINK_OF_THIS_SERVICE = "link_of_this_service"
    NETWORK = "network"
    BROWSER = "browser"
    PRIVATE_WINDOW = "private_window"
    COOKIES_DELETED = "cookies_deleted"
    APP_VERSION = "app_version"
    SESSION_ENDED = "session_ended"
    SESSION_SENT = "session_sent"
    APP_SENDS = "app_sends"
    APP_RECEIVES = "app_receives"
    PERSON_PRESSED = "person_pressed"
    ERROR_TEXT_EXACT = "error_text_exact"


@dataclass(frozen=True, slots=True)
class FactCard:
    """A fact as it is published: its name, its question and the possible answers."""

    name: Fact
    question: str
    values: tuple[str, ...]


YES, NO = "yes", "no"
YES_NO = (YES, NO)
"""A fact with these answers may also be given as true or false."""
WITHIN, BEYOND = "within_its_life", "beyond_its_life"
RIGHT, BEHIND, AHEAD = "the_right_time", "behind", "ahead"

_QUESTIONS: Mapping[Fact, tuple[str, tuple[str, ...]]] = {
    Fact.SERVICE: ("Which of the imitated services is it about?", tuple(PRESETS)),
    Fact.WHO_REPORTS: (
        "Who meets the failure: the person, or somebody who looks after people?",
        ("person", "owner", "admin", "staff", "professional", "support"),
    ),
    Fact.AT_STEP: (
        "At which step does it happen?",
        (
            "sign_in",
            "second_factor",
            "new_password",
            "code",
            "reset_request",
            "reset_link",
            "invitation",
            "signed_in",
            "managing_people",
            "support_request",
            "app_request",
            "app_redemption",
            "app_refresh",
            "app_claims",
            "app_keys",
        ),
    ),
    Fact.WORKED_BEFORE: ("Has this person ever got in before?", YES_NO),
    Fact.OTHER_PEOPLE_AFFECTED: ("Are others affected at the same time?", YES_NO),
    Fact.TIMES_TRIED: ("How often was it tried?", ("once", "several")),
    Fact.TYPED_IDENTIFIER: (
        "What was typed to say who one is, by what the account holds now?",
        ("main_address", "secondary_address", "username", "phone", "something_else"),
    ),
    Fact.ACCOUNT_EXISTS: ("Do those in charge find an account or card under what was typed?", YES_NO),
    Fact.ADDRESS_ON_ACCOUNT: ("Does the account hold an e-mail address at all?", YES_NO),
    Fact.ACTIVATED: ("Has the person ever followed the invitation link and set a password?", YES_NO),
    Fact.PASSWORD_IS_RIGHT: ("Is it certain that the password typed is the account's?", YES_NO),
    Fact.CAPITALS_DIFFER: ("Do capitals differ from what is registered (Caps Lock, a phone's first letter)?", YES_NO),
    Fact.SPACE_TYPED: ("Is there a space before or behind what was typed or pasted?", YES_NO),
    Fact.PASSWORD_RESET_LATELY: ("Was the password reset or changed since it last worked?", YES_NO),
    Fact.ADDRESS_CHANGED: ("Did somebody change the account's address since it last worked?", YES_NO),
    Fact.ADMIN_SAYS_DEACTIVATED: ("Do those in charge see the account as deactivated?", YES_NO),
    Fact.DELETED: ("Was the account deleted?", YES_NO),
    Fact.WAS_MERGED: ("Was the account merged into another one?", YES_NO),
    Fact.ACCESS_REVOKED: ("Was access to the app taken away for this company?", YES_NO),
    Fact.HAS_TWO_COMPANIES: ("Does the person belong to more than one company?", YES_NO),
    Fact.OPTED_OUT: ("Has the contact opted out of communication?", YES_NO),
    Fact.TEMPORARY_PASSWORD_IN_USE: ("Is it a temporary password that is typed?", YES_NO),
    Fact.TEMPORARY_PASSWORD_IS_NEWEST: ("Is it the temporary password that was generated last?", YES_NO),
    Fact.TEMPORARY_PASSWORD_AGE: ("How old was the temporary password when it was typed?", (WITHIN, BEYOND)),
    Fact.NEW_PASSWORD_IS: (
        "What is the new password like that is not accepted?",
        ("too_short", "too_long", "typed_twice_differently", "a_common_one", "the_one_of_before"),
    ),
    Fact.SECOND_FACTOR_ASKED: ("Was a second factor asked after the password?", YES_NO),
    Fact.FACTOR_METHOD: ("Which second factor is it?", tuple(FactorMethod)),
    Fact.DEVICE_IS_NEW: ("Is it a device, browser or installation that was never used to sign in before?", YES_NO),
    Fact.DEVICE_SHARED: ("Does somebody else sign in on the same device?", YES_NO),
    Fact.APP_REINSTALLED: ("Was the mobile app installed anew since it last worked?", YES_NO),
    Fact.APP_RESTORED_FROM_BACKUP: ("Was the app moved to this device from a backup of another one?", YES_NO),
    Fact.FACTOR_PASSED_WITHIN_TRUST: (
        "Was a factor or code passed on this very device within the time that it is trusted (30 days as a rule)?",
        YES_NO,
    ),
    Fact.NUMBER_IS_REGISTERED: ("Is the number typed the one that the account holds?", YES_NO),
    Fact.NUMBER_ON_ACCOUNT: ("Does the account hold a number at all?", YES_NO),
    Fact.NUMBER_CHANGED: ("Was the number of the account or card changed lately?", YES_NO),
    Fact.CHANNEL: ("How was the message to come?", ("email", "sms", "whatsapp")),
    Fact.SENT_BY_SERVICE: ("Does the service's own list of deliveries show that it was sent?", YES_NO),
    Fact.ARRIVES_LATE: ("Did it arrive after all, only late?", YES_NO),
    Fact.SPAM_CHECKED: ("Was the spam folder looked through, without finding it?", YES_NO),
    Fact.REGISTERED_MAILBOX_CHECKED: ("Was the mailbox of the registered address looked into?", YES_NO),
    Fact.CODE_ASKED_FOR: ("Was a code asked for, by this person, for this very sign-in?", YES_NO),
    Fact.CODE_DIGITS_COMPARED: ("Were the digits compared one by one with those of the message?", YES_NO),
    Fact.CODE_IS_NEWEST: ("Is it the code that was asked for last, whichever arrived last?", YES_NO),
    Fact.CODE_AGE: ("How old was the code when it was entered?", (WITHIN, BEYOND)),
    Fact.CODE_USED_BEFORE: ("Had that code been entered successfully before?", YES_NO),
    Fact.CODE_OF_THIS_ACCOUNT: ("Is it this account's own code, of all that the authenticator app shows?", YES_NO),
    Fact.PHONE_CLOCK: ("What does the clock of the phone with the authenticator app show?", (RIGHT, BEHIND, AHEAD)),
    Fact.APP_CONFIRMED: ("Was a code of the authenticator app typed back when it was set up?", YES_NO),
    Fact.APP_AT_HAND: ("Does the person still have the phone with the authenticator app?", YES_NO),
    Fact.SIGN_IN_BEGUN_TWICE: (
        "Was the sign-in begun twice, as in two windows, the code being the other's?",
        YES_NO,
    ),
    Fact.PENDING_SIGN_IN: (
        "What happened between the password and the second step?",
        ("a_long_wait", "completed_before", "id_altered_by_the_app", "account_changed"),
    ),
    Fact.LINK_IS_NEWEST: ("Is it the link of the newest message?", YES_NO),
    Fact.LINK_AGE: ("How old was the link when it was opened?", (WITHIN, BEYOND)),
    Fact.LINK_OPENED_BEFORE: ("Had the link been used to set a password before?", YES_NO),
    Fact.LINK_COMPLETE: ("Was the whole link opened, nothing cut off at a line break?", YES_NO),
    Fact.LINK_SCANNED: ("Does something open links in mails before the person does, such as a scanner?", YES_NO),
    Fact.LINK_REVOKED: ("Was the invitation revoked, or the account changed, after the link was sent?", YES_NO),
    Fact.LINK_OF_THIS_SERVICE: ("Is the link of this service as it is now, not from before data was restored?", YES_NO),
    Fact.NETWORK: ("What is the device connected through?", ("wifi", "hotspot", "vpn", "offline")),
    Fact.BROWSER: ("Which browser is it?", ("chrome", "edge", "firefox", "safari", "other")),
    Fact.PRIVATE_WINDOW: ("Is it a private (incognito) window?", YES_NO),
    Fact.COOKIES_DELETED: ("Does the browser delete cookies by itself when it is closed?", YES_NO),
    Fact.APP_VERSION: ("Is the latest version of the mobile app installed?", ("latest", "older")),
    Fact.SESSION_ENDED: (
        "When, or by whom, was the person thrown out?",
        (
            "at_once_every_time",
            "after_a_pause",
            "after_many_days",
            "after_signing_out",
            "from_another_device",
            "by_those_in_charge",
            "after_a_password_change",
            "after_a_password_reset",
            "after_a_factor_change",
        ),
    ),
    Fact.SESSION_SENT: ("How does the app send the session with its calls?", ("whole", "damaged", "not_at_all")),
    Fact.APP_SENDS: (
        "What does the app send, as its log or the browser shows?",
        tuple(SENT.values()),
    ),
    Fact.APP_RECEIVES: (
        "What is wrong with what the app got, by the message of its library?",
        tuple(fault.value for fault in TokenFault),
    ),
    Fact.PERSON_PRESSED: ("What did the person press when the app asked?", ("cancel", "refuse")),
    Fact.ERROR_TEXT_EXACT: ("Is the error text copied letter by letter, not from memory?", YES_NO),
}

FACTS: Mapping[Fact, FactCard] = MappingProxyType(
    {fact: FactCard(fact, question, values) for fact, (question, values) in _QUESTIONS.items()}
)
"""All facts; a new fact is added here first, before code can refer to it."""
