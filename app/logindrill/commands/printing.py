"""Prints scenarios and verdicts as text."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click
from pydantic import TypeAdapter

from logindrill.scenarios.cards import ExpectedCard, ScenarioCard, ScenarioEntry, StepCard, verdict_card
from logindrill.scenarios.play import Verdict
from logindrill.scenarios.player import Exchange

_LONGEST = 160
"""The longest body that is printed whole."""


def as_json(value: Any) -> str:
    """A value as indented JSON."""
    return TypeAdapter(type(value)).dump_json(value, indent=2).decode()


def table(entries: Sequence[ScenarioEntry]) -> Iterator[str]:
    """One line per scenario: name, what a person would report, the public answer; one heading per preset."""
    widest = max((len(entry.name) for entry in entries), default=0)
    preset = None
    for entry in entries:
        if entry.preset != preset:
            preset = entry.preset
            yield click.style(f"{preset}", bold=True)
        yield f"  {entry.name:<{widest}}  {entry.symptom:<20}  {_expectation(entry.told)}"


def description(card: ScenarioCard) -> Iterator[str]:
    """A complete scenario as text."""
    yield click.style(card.name, bold=True) + f"  {card.preset}, {', '.join(card.rules)}"
    yield card.story
    for title, steps in (("Before", card.scene), ("To do", card.steps)):
        if steps:
            yield ""
            yield f"{title}:"
            yield from _numbered(steps)
    if card.cause is None:
        yield ""
        yield "Working as intended."
        return
    yield ""
    yield f"True cause:  {card.cause.reason}. {card.cause.cause}"
    for remedy in card.remedies:
        effects = f" ({'; '.join(remedy.side_effects)})" if remedy.side_effects else ""
        yield f"Remedy:      {remedy.who}: {remedy.action}{effects}"
    if card.cure or card.after:
        yield ""
        yield "Then:"
        yield from _numbered((*card.cure, *card.after))
    yield ""
    yield f"Play it:            logindrill scenario run {card.name}"
    yield f"Try it by hand:     logindrill scenario setup {card.name}     (beside a running server)"


def verdict(outcome: Verdict, *, as_json: bool, quiet: bool) -> Iterator[str]:
    """The result of playing a scenario: the calls unless `quiet`, and the verdict in one line."""
    if as_json:
        yield TypeAdapter(type(verdict_card(outcome))).dump_json(verdict_card(outcome)).decode()
        return
    if not quiet or not outcome.passed:
        yield click.style(outcome.name, bold=True) + f"  {outcome.preset}"
        part = None
        for exchange in outcome.exchanges:
            if exchange.part != part:
                part = exchange.part
                yield f"  {part}"
            yield from _exchange(exchange)
    yield _verdict_line(outcome)


def standing(answer: Mapping[str, Any]) -> Iterator[str]:
    """A scenario that was set up, for a person who wants to try it by hand."""
    sandbox = answer["sandbox"]
    yield click.style(answer["name"], bold=True) + f"  {sandbox['preset']}"
    yield answer["story"]
    yield ""
    yield f"API base    {sandbox['base_url']}"
    yield f"Pages       {sandbox['pages_url']}"
    yield f"Console     {sandbox['console_url']}"
    yield ""
    yield "People:"
    for actor in answer["actors"]:
        secret = f"password  {actor['password']}" if actor["password"] else "no password known"
        yield f"  {actor['role']:<18} {actor['name']:<14} {actor['identifier'] or '':<28} {secret}"
    yield ""
    yield "Do this:"
    for number, step in enumerate(answer["steps"], 1):
        request = step["request"]
        yield f"  {number}. {step['do']}"
        yield f"     {request['method']} {request['path']}{_shortened(request['body'])}"
        yield f"     expect {_expectation(ExpectedCard(**step['expect']))}"
    yield ""
    cause = answer["cause"]
    if cause is None:
        yield "Working as intended."
        return
    yield f"True cause  {cause['reason']}. {cause['cause']}"
    for remedy in answer["remedies"]:
        effects = f" ({'; '.join(remedy['side_effects'])})" if remedy["side_effects"] else ""
        yield f"Remedy      {remedy['who']}: {remedy['action']}{effects}"


def _numbered(steps: Sequence[StepCard]) -> Iterator[str]:
    for number, step in enumerate(steps, 1):
        yield f"  {number}. {step.do}"
        yield f"     {step.request.method} {step.request.path}{_shortened(step.request.body)}"
        yield f"     expect {_expectation(step.expect)}"


def _expectation(expected: ExpectedCard) -> str:
    if expected.status is None:
        return "success"
    if expected.status == 0:
        return "no answer"
    if expected.status < 300 and expected.detail:
        return expected.detail
    words = f' "{expected.detail}"' if expected.detail else ""
    return f"{expected.status} {expected.code or ''}".rstrip() + words


def _exchange(exchange: Exchange) -> Iterator[str]:
    answer = exchange.answer
    body = answer.body if isinstance(answer.body, Mapping) else {}
    word = body.get("code") if answer.status >= 400 else body.get("status") or body.get("reason")
    detail = f' "{body["detail"]}"' if "detail" in body else ""
    status = answer.status or "connection closed"
    yield f"    {exchange.do}"
    yield f"      {exchange.request.method} {exchange.request.path}{_shortened(exchange.request.body)}"
    yield f"      {status} {word or ''}".rstrip() + detail
    if exchange.wrong is not None:
        yield click.style(f"      {exchange.wrong}", fg="red")


def _shortened(body: Any) -> str:
    if not body:
        return ""
    text = json.dumps(body, ensure_ascii=False)
    return f"  {text if len(text) <= _LONGEST else text[:_LONGEST] + ' …'}"


def _verdict_line(outcome: Verdict) -> str:
    if not outcome.passed:
        return click.style(f"✗ {outcome.name}: {'; '.join(outcome.wrong)}", fg="red")
    if outcome.cause is None:
        return click.style("✓", fg="green") + f" {outcome.name}: passed"
    return (
        click.style("✓", fg="green")
        + f" {outcome.name}: reproduced, explained as {outcome.cause}, fixed by {outcome.remedy}"
    )
