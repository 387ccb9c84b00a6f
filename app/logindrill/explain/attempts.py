"""Explains attempts for the tester: the public answer, the true causes, and their remedies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from logindrill.explain import history, interactions, whereabouts
from logindrill.explain.attempt_cards import AttemptCard, AttemptEntry, PublicAnswer, RequestCard
from logindrill.explain.cards import Found, cause
from logindrill.explain.near_misses import near_misses
from logindrill.explain.people import Person
from logindrill.explain.remedies import remedies_of, would_succeed_if
from logindrill.explain.situations import Situation
from logindrill.explain.survivors import survivor_of, with_survivor
from logindrill.models import Attempt, Message
from logindrill.people import directory
from logindrill.rules.decisions import Check, Refused, invalid
from logindrill.rules.reasons import LINK_USED, NOT_FOUND, REASONS, TOKEN_FALSIFIED, About
from logindrill.rules.suggestions import did_you_mean
from logindrill.rules.token_faults import WORDS, TokenFault
from logindrill.rules.values import replace
from logindrill.work.paging import Page, page_after
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AttemptFilter:
    """The properties of the requested attempts; None means any."""

    user: str | None = None
    outcome: str | None = None
    reason: str | None = None
    operation: str | None = None
    application: str | None = None
    interaction: str | None = None


def page(uow: UnitOfWork, criteria: AttemptFilter, *, after: str | None, limit: int) -> Page[AttemptEntry]:
    """Attempts in the order in which they were made. Raises Invalid for a user or reason that does not exist."""
    if criteria.user is not None:
        directory.require_user_id(uow, criteria.user)
    if criteria.reason is not None and criteria.reason not in REASONS:
        meant = did_you_mean(criteria.reason, REASONS)
        raise invalid("reason", f"There is no reason {criteria.reason}.{meant}", "unknown")
    asked = {name: value for name in criteria.__slots__ if (value := getattr(criteria, name)) is not None}
    columns = {"user": Attempt.user_id, "outcome": Attempt.outcome}
    columns |= {"reason": Attempt.reason, "operation": Attempt.operation}
    columns |= {"application": Attempt.application_id, "interaction": Attempt.interaction_id}
    statement = uow.select(Attempt).where(*(columns[name] == value for name, value in asked.items()))
    return page_after(uow, Attempt, statement, after=after, limit=limit, show=entry)


def show(uow: UnitOfWork, attempt_id: str) -> AttemptCard:
    """One attempt, explained. Raises Refused (404)."""
    attempt = uow.find(Attempt, attempt_id)
    if attempt is None:
        raise Refused(NOT_FOUND, detail="There is no such attempt.")
    return explain(uow, attempt)


def explain(uow: UnitOfWork, attempt: Attempt) -> AttemptCard:
    """An attempt with everything known about it; the remedies are those that fit now."""
    short = entry(attempt)
    situation = situation_of(uow, attempt)
    causes = _causes(situation, attempt)
    survivor = survivor_of(situation.person)
    followed = interactions.earlier(uow, attempt)
    found_causes = with_survivor(
        [*whereabouts.with_messages(situation, causes), *_of_person(uow, attempt, followed)], survivor
    )
    success = history.success_before(uow, attempt.user_id, attempt.key)
    return AttemptCard(
        **{name: getattr(short, name) for name in AttemptEntry.__slots__},
        checks=tuple(Check(*check) for check in attempt.checks),
        causes=tuple(cause(found) for _, found in found_causes),
        near_misses=near_misses(situation, causes),
        remedies=remedies_of(found_causes),
        would_succeed_if=would_succeed_if(found_causes),
        last_success=history.last_success(uow, attempt.user_id, success, attempt),
        changed_since=history.changes(uow, attempt.user_id, success, attempt),
        survivor=survivor,
        follows=tuple(one.id for one in followed),
        request=_request(attempt),
    )


def _causes(situation: Situation, attempt: Attempt) -> list[Found]:
    return [_seen_closer(situation, found) for found in findings(attempt)]


def _of_person(uow: UnitOfWork, attempt: Attempt, followed: Sequence[Attempt]) -> list[tuple[Situation, Found]]:
    """The causes for which the person was refused, where the application was told of the end of their interaction."""
    refused = interactions.refused_before(attempt, followed)
    if refused is None:
        return []
    situation = situation_of(uow, refused)
    return whereabouts.with_messages(situation, _causes(situation, refused))


def entry(attempt: Attempt) -> AttemptEntry:
    """An attempt as a list shows it."""
    reason = REASONS.get(attempt.reason or "")
    return AttemptEntry(
        id=attempt.id,
        at=attempt.at,
        operation=attempt.operation,
        user_id=attempt.user_id,
        identifier=attempt.identifier,
        client=attempt.client,
        outcome=attempt.outcome,
        public=PublicAnswer(attempt.status, attempt.code, attempt.detail),
        reason=attempt.reason,
        rule_ids=() if reason is None else reason.rule_ids,
    )


def findings(attempt: Attempt) -> list[Found]:
    """Every cause of a refusal, in the order they must be fixed; for a step that goes on, why it was asked for."""
    kept = [(REASONS.get(code), check, evidence) for code, check, evidence in attempt.causes]
    found = [Found(reason, check, evidence) for reason, check, evidence in kept if reason is not None]
    reason = REASONS.get(attempt.reason or "")
    if found or reason is None:
        return found
    failed = [name for name, passed, _ in attempt.checks if not passed]
    evidence = [text for _, passed, text in attempt.checks if not passed]
    return [Found(reason, failed[-1] if failed else "", evidence[-1] if evidence else reason.cause)]


def _seen_closer(situation: Situation, found: Found) -> Found:
    """With the fate of the very message, or the event that used a link up without the person, such as a scanner's."""
    if found.reason.about is About.MESSAGE:
        return whereabouts.of_message(situation, found)
    if found.reason is TOKEN_FALSIFIED:
        return replace(found, evidence=WORDS[TokenFault(situation.request["falsified"])])
    person, purpose = situation.person, situation.purpose
    if found.reason is not LINK_USED or person is None or purpose is None:
        return found
    return replace(found, evidence=_OPENED.get(person.opener_of_link(purpose) or "", found.evidence))


_OPENED = {
    "link.open_by_scanner": "a mail scanner opened it, which used it up",
    "link.use_by_get": "opening it used it up, before anything was set",
}


def situation_of(uow: UnitOfWork, attempt: Attempt) -> Situation:
    """The person and data that the remedies concern: for a refused order, the person it was for, or the holder of the
    identifier that is taken.
    """
    reason = REASONS.get(attempt.reason or "")
    subject = attempt.request.get("holder") or attempt.request.get("subject")
    is_order = reason is not None and reason.about is About.ORDER and subject is not None
    return Situation(
        uow,
        Person.find(uow, subject if is_order else attempt.user_id),
        operation=attempt.operation,
        typed=attempt.identifier,
        client=attempt.client,
        at=attempt.at,
        request={**attempt.request, "application": attempt.application_id},
        message=_lost_message(uow, attempt),
    )


def _lost_message(uow: UnitOfWork, attempt: Attempt) -> Message | None:
    """The message that a request sent and that did not reach the inbox in time, if it is kept still."""
    message_id = attempt.request.get("message")
    if message_id is None:
        return None
    return uow.session.scalar(uow.select(Message).where(Message.id == message_id))


def _request(attempt: Attempt) -> RequestCard:
    seen: Mapping[str, Any] = attempt.request
    return RequestCard(
        method=seen.get("method", ""),
        path=seen.get("path", ""),
        user_agent=seen.get("user_agent", ""),
        origin=seen.get("origin"),
        device=seen.get("device", "none"),
        cookies_seen=seen.get("cookies_seen", False),
        conditions=seen.get("conditions", {}),
        application=attempt.application_id,
        interaction=attempt.interaction_id,
    )
