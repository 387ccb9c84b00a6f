"""Decides which remedies fit a situation: those that help this person now, and the side effects that will occur."""

from collections.abc import Callable, Mapping

from logindrill.explain import applications, entering, sending, waiting
from logindrill.explain.cards import Found
from logindrill.explain.releases import released_from
from logindrill.explain.situations import Situation
from logindrill.explain.survivors import last_of
from logindrill.people import identifiers
from logindrill.rules.circumstances import Network
from logindrill.rules.invitations import invitation_refusal
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import Remedy
from logindrill.rules.reasons import developer_remedies as d
from logindrill.rules.reasons import remedies as r
from logindrill.rules.temporary_passwords import TemporaryPasswordState

Fits = Callable[[Situation, Found], bool]


def fits(situation: Situation, found: Found, remedy: Remedy) -> bool:
    """Whether the remedy leads anywhere, for this person, now."""
    if _has_live_temporary_password(situation) and _is_undone_by_another(found, remedy):
        return False
    test = _FITS.get(remedy.code)
    return test is None or test(situation, found)


def _has_live_temporary_password(situation: Situation) -> bool:
    person = situation.person
    return person is not None and person.temporary_password is TemporaryPasswordState.LIVE


def _is_undone_by_another(found: Found, remedy: Remedy) -> bool:
    """A live temporary password leads in; any other way would end it (C8)."""
    is_of_temporary = found.reason.code.startswith("temporary_password_")
    replaces = remedy.code in {r.GENERATE_TEMPORARY_PASSWORD.code, r.RESEND_BY_EMAIL.code}
    is_password = is_of_temporary or found.reason.code == "wrong_password"
    return is_password and (replaces or (is_of_temporary and remedy.code != r.USE_NEWEST_TEMPORARY_PASSWORD.code))


def side_effects(situation: Situation, remedy: Remedy) -> tuple[str, ...]:
    """Those of the remedy that this person will feel (overall rule 7)."""
    return tuple(effect for effect in remedy.side_effects if _is_felt(situation, effect))


def _is_felt(situation: Situation, effect: str) -> bool:
    person = situation.person
    if person is None:
        return False
    felt: Mapping[str, bool] = {
        r.ASKS_FACTOR_AGAIN: person.has_factor,
        r.FORGETS_DEVICE: bool(person.devices or person.devices_lost_with_account),
        r.ENDS_SESSIONS: bool(person.live_sessions),
        r.ENDS_PASSWORD: person.has_password,
    }
    return felt.get(effect, True)


def _identifier_is_wrong(situation: Situation, found: Found) -> bool:
    return found.check != "password" and not _is_released(situation, found)


def _is_released(situation: Situation, found: Found) -> bool:
    """Of what was typed as identifier: it is free since support released it (C14)."""
    return found.reason.code == "unknown_identifier" and released_from(situation) is not None


def _has_other_company(situation: Situation, _found: Found) -> bool:
    """Of somebody whose account itself is open, and who can say which company is meant."""
    person = situation.person
    is_open = person is not None and person.status is UserStatus.ACTIVE and not person.is_contact
    return is_open and person is not None and bool(person.usable_memberships)


def _may_be_invited(situation: Situation, found: Found) -> bool:
    """Whether an invitation by a further company makes an account, or adds a membership, where that is offered."""
    uow, person = situation.uow, situation.person
    if found.reason.code == "unknown_identifier" and not _is_released(situation, found):
        return False
    address = situation.typed or (None if person is None else person.main_address)
    held = None if address is None else identifiers.holder_of(uow, address)
    holder = None if held is None else identifiers.as_holder(uow, held, None)
    return invitation_refusal(list(uow.preset.roles)[-1], holder, uow.preset.role_of_second_company) is None


def _survivor_signs_in(situation: Situation, _found: Found) -> bool:
    """The one at the end, where the survivor was merged in turn; no chain of mergers leads back."""
    survivor = last_of(situation.person)
    return survivor is not None and survivor.status is UserStatus.ACTIVE


def _is_own_to_change(situation: Situation, found: Found) -> bool:
    """Of what is their own, a person changes the name and the second factor in the account; where there is no support,
    nobody else changes the rest either."""
    is_order = bool(found.check) and found.check not in {"account", "lock"}
    return is_order and (found.check in {"name", "second_factor"} or situation.uow.preset.platform_role is None)


def _is_supports_to_do(_situation: Situation, found: Found) -> bool:
    """A temporary password is not: not even support knows one of somebody of two companies (C10)."""
    return bool(found.check)


def _has_main_address(situation: Situation, _found: Found) -> bool:
    return situation.person is None or situation.person.main_address is not None


def _has_username(situation: Situation, _found: Found) -> bool:
    return situation.person is None or situation.person.username is not None


def _holds_an_address(situation: Situation, _found: Found) -> bool:
    return situation.person is not None and bool(situation.person.addresses)


def _is_condition(situation: Situation, found: Found) -> bool:
    return situation.condition_that_sets(CIRCUMSTANCE_OF.get(found.reason.code, "network")) is not None


def _is_kept_back(situation: Situation, found: Found) -> bool:
    network = situation.condition_that_sets("network")
    is_offline = network is not None and network.circumstances["network"] == Network.OFFLINE
    return (situation.delivery_rule() is not None or is_offline) and sending.is_sent_again(situation, found)


CIRCUMSTANCE_OF = {
    "vpn": "network",
    "hotspot": "network",
    "offline": "network",
    "stale_cache": "cache",
    "browser_unsupported": "browser",
    "app_outdated": "app_version",
    "installation_broken": "installation",
    "cookies_incognito": "cookies",
    "cookies_auto_deleted": "cookies",
    "visit_ended": "cookies",
}
"""The circumstance behind a reason, as a condition names it."""

_FITS: Mapping[str, Fits] = {
    r.RETYPE_IDENTIFIER.code: _identifier_is_wrong,
    r.USE_INVITED_ADDRESS.code: lambda situation, found: not _is_released(situation, found),
    r.RETYPE_PASSWORD.code: entering.may_retype_password,
    r.RESET_PASSWORD.code: sending.may_reset,
    r.USE_USERNAME.code: _has_username,
    r.USE_MAIN_ADDRESS.code: _has_main_address,
    r.FOLLOW_INVITATION.code: sending.has_live_invitation,
    r.USE_NEWEST_LINK.code: sending.has_live_link,
    r.USE_NEWEST_CODE.code: entering.has_live_code,
    r.RETYPE_CODE.code: entering.may_retype_code,
    r.SET_CLOCK.code: lambda situation, _: entering.has_app(situation),
    r.REMOVE_FACTOR_BY_ADMIN.code: lambda situation, _: entering.types_what_is_never_sent(situation),
    r.SIGN_IN_AGAIN.code: entering.starts_over,
    r.INVITE_BY_ADMIN.code: _may_be_invited,
    r.USE_SURVIVOR.code: _survivor_signs_in,
    r.ASK_NEW_CODE.code: lambda situation, found: (
        entering.asks_code(situation, found) and sending.is_sent_again(situation, found)
    ),
    r.WAIT_FOR_MESSAGE.code: sending.is_worth_waiting,
    r.EXCLUDE_FROM_SCANNING.code: sending.is_eaten_by_scanner,
    r.KEEP_LINKS_UNUSED.code: sending.is_eaten,
    r.USE_NEWEST_TEMPORARY_PASSWORD.code: lambda situation, _: _has_live_temporary_password(situation),
    r.USE_NEXT_CODE.code: lambda situation, _: entering.has_app(situation),
    r.WAIT_FOR_CODES.code: entering.must_wait_for_codes,
    r.ASK_NEW_RESET.code: sending.asks_reset,
    r.RESEND_BY_ADMIN.code: sending.resends,
    r.RESEND_BY_EMAIL.code: sending.resends,
    r.RELEASE_EMAIL.code: _holds_an_address,
    r.CHANGE_IT_ONESELF.code: _is_own_to_change,
    r.HAVE_SUPPORT_DO_IT.code: _is_supports_to_do,
    r.CHOOSE_OTHER_COMPANY.code: _has_other_company,
    r.USE_OTHER_CHANNEL.code: entering.has_other_channel,
    r.END_CONDITION.code: _is_condition,
    r.END_FAULT.code: lambda situation, _: situation.fault() is not None,
    r.TRY_AGAIN.code: lambda situation, _: situation.fault() is None,
    r.UNLOCK_BY_ADMIN.code: waiting.may_unlock,
    r.END_DELIVERY_RULE.code: _is_kept_back,
    r.SEND_CODES_SOONER.code: sending.are_codes_late,
    d.OPEN_APPLICATIONS.code: applications.is_closed,
    d.ALLOW_OVERLAP.code: applications.is_without_overlap,
}
"""By the remedy's code; one that is not here always fits."""
