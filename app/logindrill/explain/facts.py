"""Gathers the present facts of a person, by which the rules would judge a sign-in now.

The typed values are assumed to be right: the identifier, the password, and the newest code.
"""

from dataclasses import dataclass

from logindrill.access import throttles
from logindrill.credentials import visits
from logindrill.explain.faults import next_fault
from logindrill.explain.people import Person
from logindrill.models import TrustedDevice
from logindrill.people.rows import membership_facts
from logindrill.rules import conditions
from logindrill.rules.circumstances import Circumstances, Cookies
from logindrill.rules.clients import Caller, Client, recognise
from logindrill.rules.confirmations import ContactFacts
from logindrill.rules.decisions import invalid
from logindrill.rules.devices import NO_DEVICE, DeviceFacts
from logindrill.rules.factors import FactorMethod
from logindrill.rules.faults import FaultFacts
from logindrill.rules.flows import Flow
from logindrill.rules.identifiers import Spelling
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import MembershipFacts, choose, standing
from logindrill.rules.passwords import PasswordMatch
from logindrill.rules.sign_in_facts import KnownAs, SignInFacts
from logindrill.rules.temporary_passwords import TemporaryPasswordState
from logindrill.rules.values import replace

RECOGNISED, NEW = "recognised", "new"


@dataclass(frozen=True, slots=True)
class ClientSetting:
    """The assumed client and device, their circumstances, and the armed fault that would be triggered."""

    client: Client
    device: str
    row: TrustedDevice | None
    circumstances: Circumstances
    subject: conditions.ConditionSubject
    fault: FaultFacts | None


def setting(person: Person, client: Client, device: str) -> ClientSetting:
    """A client with a device that is recognised, that is new, or that has this id. Raises Invalid for no such one."""
    row = _device(person, client, device)
    caller = _caller(person, client)
    subject = conditions.ConditionSubject(
        person.id, client, None if row is None else row.id, _installation(person, client, device, row)
    )
    _, circumstances = conditions.override(caller, conditions.prevailing(person.conditions_of_all, subject))
    fault = next_fault(person, client)
    return ClientSetting(client, device, row, replace(circumstances, fault_armed=fault is not None), subject, fault)


def of_sign_in(person: Person, setting: ClientSetting) -> SignInFacts:
    """The facts by which a sign-in with the right identifier and password would be judged."""
    uow = person.uow
    known_as = KnownAs.MAIN_ADDRESS if person.main_address else KnownAs.USERNAME
    return SignInFacts(
        known_as=KnownAs.UNKNOWN if _is_unknown(person) else known_as,
        spelling=Spelling.EXACT,
        status=person.status,
        password=PasswordMatch.RIGHT if person.has_password else PasswordMatch.NONE_SET,
        temporary_password=_temporary_password(person),
        throttled_until=throttles.locked_until(uow, "password", [person.id]),
        standing=standing(_membership(person)),
        second_factor=None if person.row.second_factor is None else FactorMethod(person.row.second_factor),
        device=_device_facts(person, setting),
        circumstances=setting.circumstances,
    )


def _is_unknown(person: Person) -> bool:
    """Whether the person has no identifier left.

    For a merged account whose address was released, the merger is still the cause (C14).
    """
    return person.is_contact or (person.signs_in_as is None and person.status is not UserStatus.MERGED)


def of_contact(person: Person, setting: ClientSetting) -> ContactFacts:
    """The facts by which a contact would be judged who requests a code, on any channel that reaches them."""
    window = person.uow.now - person.uow.policy.codes.account_window
    return ContactFacts(
        registered=bool(person.addresses or person.numbers),
        status=person.status,
        standing=standing(_membership(person)),
        opted_out=person.row.opted_out,
        throttled=throttles.locked_until(person.uow, "confirmation_code", [person.id]) is not None,
        wrong_in_window=len([at for at in person.entries("confirmation") if at > window]),
        device=_device_facts(person, setting),
        circumstances=setting.circumstances,
    )


def _device(person: Person, client: Client, device: str) -> TrustedDevice | None:
    if device == NEW:
        return None
    if device == RECOGNISED:
        own = [row for row in reversed(person.all_devices) if row.client == client]
        live = {row.id for row in person.devices}
        return next((row for row in own if row.id in live), own[0] if own else None)
    named = person.uow.find(TrustedDevice, device)
    if named is None:
        raise invalid("device", "There is no such device; say `recognised`, `new` or the id of one.")
    return named


def _installation(person: Person, client: Client, device: str, row: TrustedDevice | None) -> str | None:
    """The installation of the device; where none was ever trusted, the last one used counts as recognised."""
    if row is not None:
        return row.installation_id
    return person.last_installation if device == RECOGNISED and client is Client.MOBILE else None


def _device_facts(person: Person, setting: ClientSetting) -> DeviceFacts:
    row = setting.row
    if row is None:
        had_app = any(device.client == Client.MOBILE for device in person.all_devices)
        return replace(NO_DEVICE, new_installation=setting.client is Client.MOBILE and had_app)
    own = row.user_id == person.id
    return DeviceFacts(
        sent=True,
        known=True,
        of_this_user=own,
        current=own and row.revoked_at is None and row.epoch == person.row.epoch,
        forgotten_by=visits.forgotten_by(person.uow, person.id, row, setting.circumstances.cookies, had_device=True)
        if own
        else Cookies.KEPT,
        trusted_at=row.trusted_at,
    )


def _caller(person: Person, client: Client) -> Caller:
    """The client as the person last used it."""
    last = person.last_request(client.value)
    agent = last.get("user_agent", "")
    version = last.get("version") or recognise(None, agent)[1]
    return Caller(client=client, version=version, user_agent=agent)


def _membership(person: Person) -> MembershipFacts | None:
    return choose([membership_facts(membership) for membership in person.memberships], None)


def _temporary_password(person: Person) -> TemporaryPasswordState | None:
    """The state of the temporary password that replaced the person's own, if there is one (C8)."""
    uow = person.uow
    if Flow.TEMPORARY_PASSWORDS not in uow.preset.offers or person.has_password:
        return None
    return person.temporary_password
