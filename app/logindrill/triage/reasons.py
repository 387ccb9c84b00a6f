"""What a true reason implies for the facts where a scenario's data cannot say it: one table, by reason."""

from collections.abc import Mapping
from types import MappingProxyType

from logindrill.rules import reasons as r
from logindrill.rules.reasons import About, Reason
from logindrill.triage import applications
from logindrill.triage.facts import AHEAD, BEYOND, NO, WITHIN, YES, Fact

Says = Mapping[str, frozenset[str]]
"""The name of a fact, and the answers that fit."""

PERSONAL = frozenset({About.PERSON, About.CODE, About.LINK, About.SIGN_IN, About.DEVICE})
"""Reasons of these topics concern one person; other people at the same time have reasons of their own."""

ON_MOBILE_ONLY = frozenset(
    {r.APP_OUTDATED, r.APP_VERSION_UNREADABLE, r.INSTALLATION_BROKEN, r.INSTALLATION_NEW, r.NOT_ON_MOBILE}
)
IN_BROWSERS_ONLY = frozenset({r.STALE_CACHE, r.BROWSER_UNSUPPORTED, r.COOKIES_INCOGNITO, r.COOKIES_AUTO_DELETED})
"""Reasons that only one kind of client can meet."""

_NOWHERE = {Fact.SPAM_CHECKED: YES, Fact.ARRIVES_LATE: NO}
_NOT_SENT = {**_NOWHERE, Fact.SENT_BY_SERVICE: NO}
_REAL_CODE = {Fact.CODE_ASKED_FOR: YES, Fact.CODE_DIGITS_COMPARED: YES}
_TEMPORARY = {Fact.TEMPORARY_PASSWORD_IN_USE: YES, Fact.TEMPORARY_PASSWORD_IS_NEWEST: YES}
_IN_RIGHT_MAILBOX = {**_NOWHERE, Fact.REGISTERED_MAILBOX_CHECKED: YES}
_NEWEST_LINK = {Fact.LINK_IS_NEWEST: YES, Fact.LINK_COMPLETE: YES}

_TABLE: Mapping[Reason, Mapping[Fact, str]] = {
    # the person's role and sign-in method
    r.UNKNOWN_IDENTIFIER: {Fact.ACCOUNT_EXISTS: NO},
    r.WRONG_PASSWORD: {Fact.PASSWORD_IS_RIGHT: NO, Fact.ACCOUNT_EXISTS: YES, Fact.CAPITALS_DIFFER: NO},
    r.WRONG_CASE: {Fact.CAPITALS_DIFFER: YES, Fact.SPACE_TYPED: NO, Fact.ACCOUNT_EXISTS: YES},
    r.EXTRA_SPACE: {Fact.SPACE_TYPED: YES, Fact.CAPITALS_DIFFER: NO, Fact.ACCOUNT_EXISTS: YES},
    r.SECONDARY_ADDRESS: {Fact.TYPED_IDENTIFIER: "secondary_address", Fact.ACCOUNT_EXISTS: YES},
    r.NOT_ACTIVATED: {Fact.ACTIVATED: NO, Fact.WORKED_BEFORE: NO, Fact.ACCOUNT_EXISTS: YES},
    r.DELETED: {Fact.DELETED: YES, Fact.ACCOUNT_EXISTS: NO},
    r.NOT_IN_COMPANY: {Fact.ACCOUNT_EXISTS: YES, Fact.PASSWORD_IS_RIGHT: YES},
    r.TEMPORARY_PASSWORD_EXPIRED: {**_TEMPORARY, Fact.TEMPORARY_PASSWORD_AGE: BEYOND},
    r.TEMPORARY_PASSWORD_SUPERSEDED: {**_TEMPORARY, Fact.TEMPORARY_PASSWORD_IS_NEWEST: NO},
    r.TEMPORARY_PASSWORD_USED: {**_TEMPORARY, Fact.WORKED_BEFORE: YES},
    r.TEMPORARY_PASSWORD_VOID: {**_TEMPORARY, Fact.TEMPORARY_PASSWORD_AGE: WITHIN},
    # the state of the account
    r.DEACTIVATED: {Fact.ADMIN_SAYS_DEACTIVATED: YES, Fact.ACCOUNT_EXISTS: YES, Fact.DELETED: NO},
    r.MERGED: {Fact.WAS_MERGED: YES, Fact.PASSWORD_IS_RIGHT: YES},
    r.ACCESS_REVOKED: {Fact.ACCESS_REVOKED: YES, Fact.WAS_MERGED: NO, Fact.PASSWORD_IS_RIGHT: YES},
    r.THROTTLED: {Fact.TIMES_TRIED: "several"},
    r.MORE_THAN_ONE_COMPANY: {Fact.HAS_TWO_COMPANIES: YES},
    # factors and codes
    r.WRONG_SECOND_PASSWORD: {Fact.SECOND_FACTOR_ASKED: YES, Fact.PASSWORD_IS_RIGHT: YES},
    r.SUPERSEDED_CODE: {Fact.CODE_IS_NEWEST: NO, Fact.CODE_USED_BEFORE: NO, Fact.CODE_AGE: WITHIN, **_REAL_CODE},
    r.EXPIRED_CODE: {Fact.CODE_AGE: BEYOND, Fact.CODE_IS_NEWEST: YES, Fact.CODE_USED_BEFORE: NO, **_REAL_CODE},
    r.EARLY_CODE: {Fact.PHONE_CLOCK: AHEAD, Fact.CODE_USED_BEFORE: NO, Fact.CODE_DIGITS_COMPARED: YES},
    r.USED_CODE: {Fact.CODE_USED_BEFORE: YES, Fact.CODE_IS_NEWEST: YES, **_REAL_CODE},
    r.VOID_CODE: {Fact.CODE_USED_BEFORE: NO, Fact.CODE_IS_NEWEST: YES, **_REAL_CODE},
    r.WRONG_CODE: {Fact.CODE_USED_BEFORE: NO, Fact.CODE_ASKED_FOR: YES, Fact.CODE_DIGITS_COMPARED: NO},
    r.NO_CODE: {Fact.CODE_ASKED_FOR: NO},
    r.OTHER_SIGN_IN: {Fact.SIGN_IN_BEGUN_TWICE: YES, Fact.CODE_USED_BEFORE: NO, Fact.CODE_AGE: WITHIN, **_REAL_CODE},
    r.TOO_MANY_CODE_ATTEMPTS: {Fact.TIMES_TRIED: "several", Fact.CODE_AGE: WITHIN, Fact.CODE_ASKED_FOR: YES},
    r.SIGN_IN_EXPIRED: {Fact.PENDING_SIGN_IN: "a_long_wait"},
    r.SIGN_IN_USED: {Fact.PENDING_SIGN_IN: "completed_before"},
    r.SIGN_IN_UNKNOWN: {Fact.PENDING_SIGN_IN: "id_altered_by_the_app"},
    r.SIGN_IN_VOID: {Fact.PENDING_SIGN_IN: "account_changed"},
    # devices
    r.DEVICE_NOT_SENT: {Fact.DEVICE_IS_NEW: YES, Fact.FACTOR_PASSED_WITHIN_TRUST: NO},
    r.DEVICE_UNKNOWN: {Fact.APP_RESTORED_FROM_BACKUP: YES, Fact.FACTOR_PASSED_WITHIN_TRUST: NO},
    r.DEVICE_OF_ANOTHER_USER: {Fact.DEVICE_SHARED: YES, Fact.FACTOR_PASSED_WITHIN_TRUST: NO},
    r.INSTALLATION_NEW: {Fact.APP_REINSTALLED: YES, Fact.DEVICE_SHARED: NO},
    r.DEVICE_TRUST_EXPIRED: {
        Fact.DEVICE_IS_NEW: NO,
        Fact.FACTOR_PASSED_WITHIN_TRUST: NO,
        Fact.PRIVATE_WINDOW: NO,
        Fact.COOKIES_DELETED: NO,
    },
    r.DEVICE_REVOKED: {Fact.DEVICE_IS_NEW: NO, Fact.FACTOR_PASSED_WITHIN_TRUST: YES},
    r.SECOND_FACTOR_REQUESTED: {
        Fact.DEVICE_IS_NEW: NO,
        Fact.FACTOR_PASSED_WITHIN_TRUST: YES,
        Fact.PASSWORD_RESET_LATELY: NO,
    },
    r.COOKIES_INCOGNITO: {Fact.PRIVATE_WINDOW: YES, Fact.DEVICE_IS_NEW: NO, Fact.COOKIES_DELETED: NO},
    r.COOKIES_AUTO_DELETED: {Fact.COOKIES_DELETED: YES, Fact.DEVICE_IS_NEW: NO, Fact.PRIVATE_WINDOW: NO},
    # messages that never came
    r.PHONE_MISMATCH: {Fact.NUMBER_IS_REGISTERED: NO, Fact.NUMBER_ON_ACCOUNT: YES, Fact.SENT_BY_SERVICE: NO},
    r.NO_NUMBER_ON_ACCOUNT: {Fact.NUMBER_ON_ACCOUNT: NO, Fact.SENT_BY_SERVICE: NO},
    r.FACTOR_NEEDS_NO_CODE: {Fact.SENT_BY_SERVICE: NO},
    r.NO_ADDRESS_ON_ACCOUNT: {Fact.ADDRESS_ON_ACCOUNT: NO, Fact.SENT_BY_SERVICE: NO},
    r.NOT_REGISTERED: {Fact.ACCOUNT_EXISTS: NO, **_NOT_SENT},
    r.OPTED_OUT: {Fact.OPTED_OUT: YES, Fact.ACCOUNT_EXISTS: YES, **_NOT_SENT},
    r.MAIL_IN_SPAM: {Fact.SPAM_CHECKED: NO, Fact.REGISTERED_MAILBOX_CHECKED: YES, Fact.SENT_BY_SERVICE: YES},
    r.MAIL_BLOCKED: {Fact.OTHER_PEOPLE_AFFECTED: YES, Fact.SENT_BY_SERVICE: YES, **_IN_RIGHT_MAILBOX},
    r.MAIL_NOT_SENT: {**_NOT_SENT, **_IN_RIGHT_MAILBOX},
    r.MAIL_DELAYED: {Fact.ARRIVES_LATE: YES, Fact.SENT_BY_SERVICE: YES},
    r.OTHER_MAILBOX: {Fact.REGISTERED_MAILBOX_CHECKED: NO, Fact.SENT_BY_SERVICE: YES, **_NOWHERE},
    # links
    r.LINK_SUPERSEDED: {Fact.LINK_IS_NEWEST: NO, Fact.LINK_COMPLETE: YES, Fact.LINK_OPENED_BEFORE: NO},
    r.LINK_EXPIRED: {Fact.LINK_AGE: BEYOND, Fact.LINK_OPENED_BEFORE: NO, **_NEWEST_LINK},
    r.LINK_USED: {Fact.LINK_AGE: WITHIN, Fact.LINK_REVOKED: NO, **_NEWEST_LINK},
    r.LINK_VOID: {Fact.LINK_AGE: WITHIN, Fact.LINK_REVOKED: YES, Fact.LINK_OPENED_BEFORE: NO, **_NEWEST_LINK},
    r.LINK_DAMAGED: {Fact.LINK_COMPLETE: NO, Fact.LINK_OPENED_BEFORE: NO},
    r.LINK_UNKNOWN: {Fact.LINK_OF_THIS_SERVICE: NO, Fact.LINK_OPENED_BEFORE: NO, Fact.LINK_COMPLETE: YES},
    # sessions
    r.SESSION_IDLE: {Fact.SESSION_ENDED: "after_a_pause"},
    r.VISIT_ENDED: {Fact.SESSION_ENDED: "after_a_pause"},
    r.SESSION_EXPIRED: {Fact.SESSION_ENDED: "after_many_days"},
    r.SIGNED_OUT: {Fact.SESSION_ENDED: "after_signing_out"},
    r.SESSION_ENDED_BY_USER: {Fact.SESSION_ENDED: "from_another_device"},
    r.SESSION_ENDED_BY_ADMIN: {Fact.SESSION_ENDED: "by_those_in_charge"},
    r.PASSWORD_RESET: {Fact.SESSION_ENDED: "after_a_password_reset", Fact.PASSWORD_RESET_LATELY: YES},
    r.PASSWORD_CHANGED: {Fact.SESSION_ENDED: "after_a_password_change", Fact.PASSWORD_RESET_LATELY: YES},
    r.FACTOR_CHANGED: {Fact.SESSION_ENDED: "after_a_factor_change"},
    r.INSTALLATION_BROKEN: {Fact.SESSION_ENDED: "at_once_every_time", Fact.SESSION_SENT: "whole"},
    r.NO_SESSION: {Fact.SESSION_ENDED: "at_once_every_time", Fact.SESSION_SENT: "not_at_all"},
    r.SESSION_UNKNOWN: {Fact.SESSION_ENDED: "at_once_every_time", Fact.SESSION_SENT: "damaged"},
    r.TOKEN_MALFORMED: {Fact.SESSION_ENDED: "at_once_every_time", Fact.SESSION_SENT: "damaged"},
    r.TOKEN_OF_ANOTHER_KIND: {Fact.SESSION_ENDED: "at_once_every_time", Fact.SESSION_SENT: "damaged"},
    r.TOKEN_OF_ANOTHER_SANDBOX: {Fact.SESSION_ENDED: "at_once_every_time", Fact.SESSION_SENT: "whole"},
    r.COOKIE_WITHHELD: {Fact.SESSION_ENDED: "at_once_every_time", Fact.SESSION_SENT: "not_at_all"},
    # new passwords
    r.PASSWORD_TOO_SHORT: {Fact.NEW_PASSWORD_IS: "too_short"},
    r.PASSWORD_TOO_LONG: {Fact.NEW_PASSWORD_IS: "too_long"},
    r.PASSWORD_MISMATCH: {Fact.NEW_PASSWORD_IS: "typed_twice_differently"},
    r.PASSWORD_TOO_COMMON: {Fact.NEW_PASSWORD_IS: "a_common_one"},
    r.PASSWORD_UNCHANGED: {Fact.NEW_PASSWORD_IS: "the_one_of_before"},
    # circumstances
    r.VPN: {Fact.NETWORK: "vpn"},
    r.HOTSPOT: {Fact.NETWORK: "hotspot"},
    r.OFFLINE: {Fact.NETWORK: "offline"},
    r.STALE_CACHE: {Fact.NETWORK: "wifi", Fact.OTHER_PEOPLE_AFFECTED: NO},
    r.BROWSER_UNSUPPORTED: {Fact.NETWORK: "wifi"},
    r.APP_OUTDATED: {Fact.APP_VERSION: "older"},
    r.FAULT: {Fact.OTHER_PEOPLE_AFFECTED: YES},
    **applications.SAYS,
}


def says(reason: Reason) -> Says:
    """The facts that follow from the reason alone."""
    known = {str(fact): frozenset({value}) for fact, value in _TABLE.get(reason, _NOTHING).items()}
    if reason.about in PERSONAL:
        known.setdefault(Fact.OTHER_PEOPLE_AFFECTED, frozenset({NO}))
    return known


_NOTHING: Mapping[Fact, str] = MappingProxyType({})
