"""Sends a code that a contact requests; a recognised device needs none (B1-B4, B6-B8, D15)."""

from contextlib import suppress
from datetime import datetime

from logindrill.access import guesses, throttles
from logindrill.access.admission import Admission, Proof, StaleRead, admit
from logindrill.credentials import codes, devices, outbox
from logindrill.credentials.codes import Codes, IssuedCode
from logindrill.credentials.devices import NOT_SHOWN, ShownDevice
from logindrill.models import CodePurpose
from logindrill.people import contacts
from logindrill.people.contacts import Contact, TypedIdentifier
from logindrill.people.directory import NOBODY
from logindrill.rules.confirmations import CodeNeeded, ContactFacts, decide_request
from logindrill.rules.decisions import Granted, Refused
from logindrill.rules.delivery import Channel, MessageKind
from logindrill.rules.flows import Flow
from logindrill.rules.reasons import NOT_OFFERED, VPN
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork

_PURPOSE = CodePurpose.CONFIRMATION
_EVENT = "confirmation.code"
_SENT = "code_sent"


def request(
    uow: UnitOfWork, *, email: str | None = None, phone: str | None = None, channel: Channel | None = None
) -> Admission | None:
    """Request a code; the answer discloses nothing, but a contact on a recognised device is signed in.

    Every request leaves one message, the code or `not_sent` with its reason. Raises Refused where the preset has no
    such flow, and `vpn` where a recognised device uses a VPN that is not allowed; Invalid for the fields.
    """
    if Flow.CONFIRMATION_CODES not in uow.preset.offers:
        raise Refused(NOT_OFFERED)
    entry = contacts.typed(email, phone)
    uow.attempt.identifier = entry.text
    throttled = uow.policy.throttling.enabled and _is_throttled(uow, entry)
    while True:
        with suppress(StaleRead), uow.writing():
            return _answer(uow, entry, channel or entry.channel, throttled=throttled)


def _is_throttled(uow: UnitOfWork, entry: TypedIdentifier) -> bool:
    subjects = [contacts.find(uow, entry).subject, f"source:{uow.action.source}"]
    return throttles.count_first(uow, "confirmation_code", subjects) is not None


def _answer(uow: UnitOfWork, entry: TypedIdentifier, channel: Channel, *, throttled: bool) -> Admission | None:
    contact = contacts.find(uow, entry)
    uow.attempt.user_id = contact.user_id or contact.deleted_id
    address = contacts.address_for(uow, contact, entry, channel)
    to = entry.text if contact.user is None else address
    shown = devices.recognise(uow, contact.user)
    device = NOT_SHOWN if contact.user is None else shown
    facts = _facts(uow, contact, device, reachable=address is not None, throttled=throttled)
    facts = replace(facts, typed=entry.channel, channel=channel)
    decision = decide_request(facts, uow.policy, uow.now)
    if isinstance(decision, Granted):
        return _sign_in(uow, contact, device, decision)
    if isinstance(decision, Refused) and decision.reason is VPN:
        raise decision
    if isinstance(decision, CodeNeeded):
        devices.forget(uow, contact.user_id, device)
        to = address or entry.text
    _send(uow, contact, channel, to, decision)
    uow.note(_EVENT, subject=uow.attempt.user_id, outcome=uow.attempt.outcome or "done")
    return None


def _facts(uow: UnitOfWork, contact: Contact, device: ShownDevice, *, reachable: bool, throttled: bool) -> ContactFacts:
    return replace(
        contacts.facts(contact),
        reachable=reachable,
        throttled=throttled,
        wrong_in_window=guesses.in_window(uow, _PURPOSE, contact.subject),
        device=device.facts,
        circumstances=uow.circumstances,
    )


def _sign_in(uow: UnitOfWork, contact: Contact, device: ShownDevice, decision: Granted) -> Admission:
    """Sign the contact in without a code; the device's trust is not prolonged (A21)."""
    outcome = admit(uow, *contact.known(), contact.memberships, Proof(device.id, methods=""))
    uow.attempt.succeed(201, "signed_in", checks=decision.checks)
    uow.note(_EVENT, subject=contact.user_id, actor=contact.user_id, outcome="succeeded", session=outcome.session.id)
    return outcome


def _send(uow: UnitOfWork, contact: Contact, channel: Channel, to: str | None, decision: CodeNeeded | Refused) -> None:
    """Send the code, or do the same work for nobody, so that the time discloses nothing (S21, S42)."""
    refused = decision if isinstance(decision, Refused) else None
    of = Codes(_PURPOSE, contact.user_id)
    code = codes.issue_on_request(uow, of, channel=channel, address=to or NOBODY, granted=refused is None)
    sent = outbox.send_on_request(uow, _message(contact, channel, to, code), refused)
    if isinstance(decision, Refused):
        uow.attempt.refuse(decision, uow.policy, uow.preset)
    elif sent is None or not outbox.record_request(uow, sent, *decision.checks):
        uow.attempt.go_on(202, _SENT, reason=decision.reason.code, checks=decision.checks)
    uow.attempt.code = _SENT


def _message(contact: Contact, channel: Channel, to: str | None, code: IssuedCode) -> outbox.OutgoingMessage:
    values: dict[str, datetime] = {"expires": code.expires_at}
    return outbox.OutgoingMessage(
        MessageKind.CONFIRMATION_CODE,
        to=to,
        user_id=contact.user_id or None,
        template="confirmation_code",
        channel=channel,
        code=code.code,
        code_id=code.id,
        values=values,
    )
