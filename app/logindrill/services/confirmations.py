"""Signs a contact in with a code that was sent, whatever page was requested (B9, B11, rule 6)."""

from collections.abc import Sequence
from contextlib import suppress

from msgspec import Struct

from logindrill.access import circumstances, guesses, publications
from logindrill.access.admission import Admission, Proof, StaleRead, admit
from logindrill.access.guesses import Guess
from logindrill.credentials import code_entries, codes, devices
from logindrill.credentials.codes import CodeRow, Codes
from logindrill.models import CodePurpose
from logindrill.people import contacts
from logindrill.people.contacts import Contact, TypedIdentifier
from logindrill.rules.applications.authentication import ONE_TIME_CODE
from logindrill.rules.code_entries import CodeEntry
from logindrill.rules.codes import CodeFacts
from logindrill.rules.confirmations import ContactFacts, decide_entry, is_guess, judge_publication
from logindrill.rules.decisions import Check, Granted, Refused
from logindrill.rules.findings import Finding, failed
from logindrill.rules.flows import Flow
from logindrill.rules.reasons import NOT_OFFERED, Reason
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork

_PURPOSE = CodePurpose.CONFIRMATION
_EVENT = "confirmation"
_IS_PUBLISHED = Check("publication", True, "published to the contact")


class Confirmed(Struct, frozen=True):
    """The code was right and is used up, and the contact is signed in.

    `refused` is why the requested page stays closed.
    """

    signed_in: Admission
    refused: Refused | None = None


class _ConfirmationEntry(Struct, frozen=True):
    """The typed values, already counted, and whether to trust the device from now on."""

    said: TypedIdentifier
    code: str
    guess: Guess
    publication_id: str | None
    trust_device: bool


class _Known(Struct, frozen=True):
    """The contact of an entry as the write transaction sees them, and the codes the entry is judged by."""

    contact: Contact
    rows: Sequence[CodeRow]
    codes: Sequence[CodeFacts]


def confirm(
    uow: UnitOfWork,
    code: str,
    *,
    email: str | None = None,
    phone: str | None = None,
    publication_id: str | None = None,
    trust_device: bool = True,
) -> Confirmed | Refused:
    """Use a code, or return the one reason why not; the entry is counted and committed before it is judged.

    `publication_id` is the requested page: where it is not published to the contact, the code is still used up and the
    contact is signed in. Raises Refused where the preset has no such flow, Invalid for the fields.
    """
    if Flow.CONFIRMATION_CODES not in uow.preset.offers:
        raise Refused(NOT_OFFERED)
    said = contacts.typed(email, phone)
    uow.attempt.identifier = said.text
    contact = contacts.find(uow, said)

    def against() -> int | None:
        return codes.count(uow, _codes(contact))

    if circumstances.is_stopped(uow):
        guess = guesses.read_count(uow, _PURPOSE, contact.subject)
    else:
        guess = guesses.count_first(uow, _PURPOSE, contact.subject, against)
    entry = _ConfirmationEntry(said, code, guess, publication_id, trust_device)
    while True:
        with suppress(StaleRead), uow.writing():
            return _judge(uow, entry)


def _judge(uow: UnitOfWork, entry: _ConfirmationEntry) -> Confirmed | Refused:
    """Judge the entry by the data of the write transaction, and write the result."""
    known = _look_again(uow, entry)
    contact = known.contact
    uow.attempt.user_id = contact.user_id or contact.deleted_id
    decision = decide_entry(_facts(uow, contact, entry), known.codes, uow.policy, uow.now, _spelling(uow, known, entry))
    if isinstance(decision, Refused):
        return _refuse(uow, known, entry, decision)
    if not codes.consume(uow, known.rows[-1]):
        raise StaleRead
    _take_back(uow, entry)
    outcome = _sign_in(uow, contact, entry)
    return _open_page(uow, outcome, entry, decision)


def _look_again(uow: UnitOfWork, entry: _ConfirmationEntry) -> _Known:
    contact = contacts.find(uow, entry.said)
    of = _codes(contact)
    rows = codes.of_entry(uow, of, entry.code)
    return _Known(contact, rows, codes.facts(uow, of, rows, entry.code, entry.guess.against))


def _facts(uow: UnitOfWork, contact: Contact, entry: _ConfirmationEntry) -> ContactFacts:
    return replace(
        contacts.facts(contact),
        typed=entry.said.channel,
        wrong_in_window=entry.guess.wrong_before,
        circumstances=uow.circumstances,
    )


def _spelling(uow: UnitOfWork, known: _Known, entry: _ConfirmationEntry) -> CodeEntry:
    """What there is to say of how the code was typed."""
    return code_entries.entry_of(
        uow, entry.code, lambda code: codes.is_newest(uow, _codes(known.contact), known.rows, code)
    )


def _refuse(uow: UnitOfWork, known: _Known, entry: _ConfirmationEntry, decision: Refused) -> Refused:
    """A wrong entry stays counted, and ends the pending code if it was the last one allowed.

    Any other entry is uncounted.
    """
    if not is_guess(decision, known.codes):
        _take_back(uow, entry)
    elif guesses.ends_codes(uow, entry.guess):
        codes.void(uow, known.contact.user_id, _PURPOSE)
    decision.further += _page_refusal(uow, known.contact, entry)
    uow.attempt.refuse(decision, uow.policy, uow.preset)
    uow.note(_EVENT, subject=uow.attempt.user_id, outcome="refused", reason=decision.reason.code)
    return decision


def _take_back(uow: UnitOfWork, entry: _ConfirmationEntry) -> None:
    guesses.take_back(uow, entry.guess)
    if entry.guess.against is not None:
        codes.uncount(uow, entry.guess.against)


def _sign_in(uow: UnitOfWork, contact: Contact, entry: _ConfirmationEntry) -> Admission:
    user, membership = contact.known()
    proof = Proof(methods=ONE_TIME_CODE)
    if entry.trust_device:
        device = devices.trust(uow, user)
        proof = replace(proof, device_id=device.id, new_device=device)
    return admit(uow, user, membership, contact.memberships, proof)


def _open_page(uow: UnitOfWork, outcome: Admission, entry: _ConfirmationEntry, decision: Granted) -> Confirmed:
    """Whether the requested page opens: a separate question, asked after the code was right (B9)."""
    user_id, session_id = outcome.user.id, outcome.session.id
    uow.note(_EVENT, subject=user_id, actor=user_id, outcome="succeeded", session=session_id)
    reason = _why_closed(uow, user_id, entry)
    if reason is None:
        checks = decision.checks if entry.publication_id is None else (*decision.checks, _IS_PUBLISHED)
        uow.attempt.succeed(201, "signed_in", checks=checks)
        return Confirmed(outcome)
    refused = Refused(reason, (*decision.checks, Check("publication", False, reason.cause)))
    uow.attempt.refuse(refused, uow.policy, uow.preset)
    uow.note("publication.open", subject=user_id, actor=user_id, outcome="refused", reason=reason.code)
    return Confirmed(outcome, refused)


def _why_closed(uow: UnitOfWork, user_id: str, entry: _ConfirmationEntry) -> Reason | None:
    """The reason why the requested page, if any, would not open for this person."""
    uow.attempt.request["publication"] = entry.publication_id
    if entry.publication_id is None:
        return None
    is_published = publications.is_published(uow, entry.publication_id, user_id)
    return judge_publication(published_to_contact=is_published)


def _page_refusal(uow: UnitOfWork, contact: Contact, entry: _ConfirmationEntry) -> tuple[Finding, ...]:
    """What would be refused next: a page is looked up for nobody too, so that the time discloses nothing."""
    reason = _why_closed(uow, contact.user_id, entry)
    return (failed("publication", reason),) if reason is not None and contact.user is not None else ()


def _codes(contact: Contact) -> Codes:
    return Codes(_PURPOSE, contact.user_id)
