"""Which remedies fit a situation: a way that does not lead in is none, nor is a side effect that does not come."""

from collections.abc import Callable, Mapping

from logindrill import directory
from logindrill.explain.cards import Found
from logindrill.explain.people import Person
from logindrill.explain.situations import Situation
from logindrill.models import LinkPurpose
from logindrill.rules.factors import FactorMethod
from logindrill.rules.flows import Flow
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import Remedy
from logindrill.rules.reasons import remedies as r
from logindrill.rules.throttling import blocked_until

Fits = Callable[[Situation, Found], bool]


def fits(situation: Situation, found: Found, remedy: Remedy) -> bool:
    """Whether the remedy leads anywhere, for this person, now."""
    test = _FITS.get(remedy.code)
    return test is None or test(situation, found)


def side_effects(situation: Situation, remedy: Remedy) -> tuple[str, ...]:
    """Those of the remedy that this person will feel (overall rule 7)."""
    return tuple(effect for effect in remedy.side_effects if _is_felt(situation, effect))


def _is_felt(situation: Situation, effect: str) -> bool:
    person = situation.person
    if person is None:
        return False
    felt: Mapping[str, bool] = {
        r.ASKS_FACTOR_AGAIN: person.has_factor,
        r.FORGETS_DEVICE: bool(person.devices),
        r.ENDS_SESSIONS: bool(person.live_sessions),
        r.ENDS_PASSWORD: person.has_password,
    }
    return felt.get(effect, True)


def _has(*, status: UserStatus) -> Fits:
    return lambda situation, _: situation.person is not None and situation.person.status is status


def _identifier_is_wrong(_situation: Situation, found: Found) -> bool:
    return found.check != "password"


def _may_reset(situation: Situation, _found: Found) -> bool:
    person = situation.person
    active = person is not None and person.status is UserStatus.ACTIVE
    return active and person is not None and not person.is_contact and bool(person.addresses)


def purpose_of(situation: Situation) -> LinkPurpose | None:
    """Which kind of link a situation is about, if about any."""
    word = situation.operation if situation.message is None else situation.message.kind.value
    if "invitation" in word or "activation" in word:
        return LinkPurpose.ACTIVATION
    return LinkPurpose.PASSWORD_RESET if "password_reset" in word or "reset_password" in word else None


def _asks_reset(situation: Situation, found: Found) -> bool:
    is_reset = purpose_of(situation) is LinkPurpose.PASSWORD_RESET
    return is_reset or (found.reason.code == "link_used" and _may_reset(situation, found))


def _asks_code(situation: Situation, _found: Found) -> bool:
    """A new code would be sent; not for a message of another kind, nor to whom none is sent."""
    is_other_mail = situation.message is not None and not situation.message.kind.value.endswith("_code")
    return not is_other_mail and not _types_what_is_never_sent(situation) and not _has_guessed_too_often(situation)


def _types_what_is_never_sent(situation: Situation) -> bool:
    """The second factor is a second password, or an authenticator app."""
    person = situation.person
    has_password = person is not None and person.row.second_factor == FactorMethod.SECOND_PASSWORD
    return has_password or _has_app(situation)


def _has_app(situation: Situation) -> bool:
    """The authenticator app is the second factor, or is just being set up."""
    person = situation.person
    is_one = person is not None and person.row.second_factor == FactorMethod.TOTP
    return is_one or situation.operation == "confirm_second_factor"


def _starts_over(situation: Situation, found: Found) -> bool:
    """After too many entries of what is never sent, only another sign-in gives another chance; a link that only was
    opened has set no password to sign in with."""
    if found.reason.code == "link_used":
        purpose = purpose_of(situation)
        return purpose is None or situation.person is None or not situation.person.opener_of_link(purpose)
    if found.reason.code != "too_many_code_attempts":
        return True
    return _types_what_is_never_sent(situation) and not _has_guessed_too_often(situation)


def _has_guessed_too_often(situation: Situation) -> bool:
    person = situation.person
    if person is None:
        return False
    policy = situation.uow.policy.codes
    entries = person.entries("confirmation" if person.is_contact else "second_factor")
    return blocked_until(entries, policy.account_attempts, policy.account_window, situation.uow.now) is not None


def _must_wait_for_codes(situation: Situation, _found: Found) -> bool:
    return _has_guessed_too_often(situation)


def _resends(situation: Situation, found: Found) -> bool:
    """An invited person gets a new link; of the active ones, customers do, whose link sets a new password (C10)."""
    person = situation.person
    if person is None:
        return purpose_of(situation) is LinkPurpose.ACTIVATION
    if person.status is not UserStatus.ACTIVE:
        return person.status is UserStatus.INVITED
    is_other_mail = situation.message is not None and purpose_of(situation) is not LinkPurpose.ACTIVATION
    is_of_reset = purpose_of(situation) is LinkPurpose.PASSWORD_RESET or found.reason.code == "link_used"
    return situation.uow.preset.role_of_second_company is not None and not is_other_mail and not is_of_reset


def _may_have_temporary_password(situation: Situation, _found: Found) -> bool:
    person = situation.person
    offered = Flow.TEMPORARY_PASSWORDS in situation.uow.preset.offers
    role = situation.uow.preset.role_of_second_company
    return (
        offered
        and person is not None
        and person.status in {UserStatus.ACTIVE, UserStatus.INVITED}
        and [place.role for place in person.places] == [role]
    )


def _has_other_company(situation: Situation, _found: Found) -> bool:
    return situation.person is not None and bool(situation.person.usable_places)


def _has_live_link(situation: Situation, _found: Found) -> bool:
    purpose = purpose_of(situation) or LinkPurpose.ACTIVATION
    return situation.person is None or situation.person.has_live_link(purpose)


def _has_live_invitation(situation: Situation, _found: Found) -> bool:
    return situation.person is not None and situation.person.has_live_link(LinkPurpose.ACTIVATION)


def _has_live_code(situation: Situation, _found: Found) -> bool:
    return situation.person is not None and situation.person.has_live_code


def _may_retype_code(situation: Situation, found: Found) -> bool:
    return _has_app(situation) or _has_live_code(situation, found)


def _may_be_invited(situation: Situation, _found: Found) -> bool:
    """Whoever is gone, unless somebody holds the address again, or a customer, whom another company may add (overall
    rule 3)."""
    person = situation.person
    if person is not None and person.status is UserStatus.DELETED:
        return situation.typed is None or directory.find(situation.uow, situation.typed) is None
    return person is None or situation.uow.preset.role_of_second_company is not None


def _survivor_signs_in(situation: Situation, _found: Found) -> bool:
    merged_into = None if situation.person is None else situation.person.row.merged_into
    survivor = Person.find(situation.uow, merged_into)
    return survivor is not None and survivor.status is UserStatus.ACTIVE


def _has_other_channel(situation: Situation, _found: Found) -> bool:
    return other_channel(situation) is not None


def other_channel(situation: Situation) -> str | None:
    """The channel that a code could be asked for on instead: one that the card has an address for."""
    person = situation.person
    if person is None or len(situation.uow.preset.code_channels) < 2:
        return None
    used = "" if situation.message is None else situation.message.channel.value
    reached = {"email": bool(person.addresses), "sms": bool(person.numbers)}
    return next((channel for channel, has_one in reached.items() if has_one and channel != used), None)


def _has_main_address(situation: Situation, _found: Found) -> bool:
    return situation.person is None or situation.person.main_address is not None


def _has_username(situation: Situation, _found: Found) -> bool:
    return situation.person is None or situation.person.username is not None


def _holds_an_address(situation: Situation, _found: Found) -> bool:
    return situation.person is not None and bool(situation.person.addresses)


def _is_condition(situation: Situation, found: Found) -> bool:
    return situation.condition_that_sets(CIRCUMSTANCE_OF.get(found.reason.code, "network")) is not None


def _is_kept_back(situation: Situation, _found: Found) -> bool:
    is_offline = situation.condition_that_sets("network") is not None
    return situation.delivery_rule() is not None or is_offline


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
    r.RETYPE_PASSWORD.code: lambda _, found: found.check not in {"identifier", "spelling"},
    r.RESET_PASSWORD.code: _may_reset,
    r.USE_USERNAME.code: _has_username,
    r.USE_MAIN_ADDRESS.code: _has_main_address,
    r.FOLLOW_INVITATION.code: _has_live_invitation,
    r.USE_NEWEST_LINK.code: _has_live_link,
    r.USE_NEWEST_CODE.code: _has_live_code,
    r.RETYPE_CODE.code: _may_retype_code,
    r.SET_CLOCK.code: lambda situation, _: _has_app(situation),
    r.REMOVE_FACTOR_BY_ADMIN.code: lambda situation, _: _types_what_is_never_sent(situation),
    r.SIGN_IN_AGAIN.code: _starts_over,
    r.INVITE_BY_ADMIN.code: _may_be_invited,
    r.USE_SURVIVOR.code: _survivor_signs_in,
    r.ASK_NEW_CODE.code: _asks_code,
    r.WAIT_FOR_CODES.code: _must_wait_for_codes,
    r.ASK_NEW_RESET.code: _asks_reset,
    r.RESEND_BY_ADMIN.code: _resends,
    r.RESEND_BY_EMAIL.code: _resends,
    r.REACTIVATE_BY_ADMIN.code: lambda situation, found: (
        found.reason.code == "deactivated" or _has(status=UserStatus.DEACTIVATED)(situation, found)
    ),
    r.RESTORE_MERGED.code: _has(status=UserStatus.MERGED),
    r.RELEASE_EMAIL.code: _holds_an_address,
    r.GENERATE_TEMPORARY_PASSWORD.code: _may_have_temporary_password,
    r.CHOOSE_OTHER_COMPANY.code: _has_other_company,
    r.USE_OTHER_CHANNEL.code: _has_other_channel,
    r.END_CONDITION.code: _is_condition,
    r.END_FAULT.code: lambda situation, _: situation.fault() is not None,
    r.TRY_AGAIN.code: lambda situation, _: situation.fault() is None,
    r.END_DELIVERY_RULE.code: _is_kept_back,
}
"""By the remedy's code; one that is not here always fits."""
