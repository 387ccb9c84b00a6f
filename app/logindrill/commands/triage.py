"""`logindrill triage`: from the content of a ticket to the failures that fit it. It needs no server."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from logindrill.commands.terminal import inert

if TYPE_CHECKING:
    from logindrill.triage.cards import MatchCard, QuestionCard, TriageCard
    from logindrill.triage.ticket import KnownFact, Ticket

_SHOWN = 5
_NAMED = 4
_LISTED = 8
"""How many failures are named after an answer, and how many facts in a line."""
_ALL_FACTS = "All facts with their answers: logindrill triage --facts"
_READABLE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command()
@click.argument("text", required=False)
@click.option("--symptom", help="What was reported: error_text, nothing_arrived, never_loads, thrown_out …")
@click.option("--code", help="The code of the answer, as invalid_credentials.")
@click.option("--client", type=click.Choice(["web", "mobile"]), help="Where it happens.")
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE[:told|guessed]",
    help="Another known fact, seen unless marked otherwise (repeatable).",
)
@click.option(
    "--tried", "steps_tried", multiple=True, help="What was tried without success, in any words (repeatable)."
)
@click.option("--wording", "wordings", multiple=True, metavar="CODE=TEXT", help="A text of your own service.")
@click.option("--report", type=_READABLE, help="A support request as a JSON file.")
@click.option("--all", "every", is_flag=True, help=f"Show all matches, not only the first {_SHOWN}.")
@click.option("--facts", "list_facts", is_flag=True, help="List all facts, then stop.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def triage(*, list_facts: bool, every: bool, as_json: bool, report: Path | None, **given: Any) -> None:
    """Find the login failures that match a ticket. TEXT is the exact error message, if there is one.

    Shows for each match what agrees, what contradicts and what is open, what to ask next, and how to set it up.
    """
    from logindrill.rules.decisions import Invalid
    from logindrill.triage.cards import card
    from logindrill.triage.sorting import rank_failures

    if list_facts:
        _print(_facts())
        return
    if report is None and not any(given.values()):
        raise click.UsageError("Give the error text, a --symptom or a --fact. --facts lists all facts.")
    try:
        found = card(rank_failures(_ticket(report, given)))
    except Invalid as mistakes:
        said = "; ".join(f"{error.field}: {error.detail}" for error in mistakes.fields)
        hint = f" {_ALL_FACTS}" if any(_is_of_fact(error.field) for error in mistakes.fields) else ""
        raise click.UsageError(said + hint) from mistakes
    _print([_as_json(found)] if as_json else _as_lines(found, len(found.matches) if every else _SHOWN))


def _ticket(report: Path | None, given: Mapping[str, Any]) -> "Ticket":
    """The report, overridden and completed by the typed options."""
    from logindrill.rules.values import replace
    from logindrill.triage.reports import read

    document = _read(report) if report else {}
    typed = {name: given[name] for name in ("symptom", "code", "client") if given[name]}
    if given["text"]:
        typed["error_message"] = given["text"]
    reported = document.get("reported")
    reported = reported if isinstance(reported, dict) else {}
    ticket = read({**document, "reported": {**reported, **typed}})
    return replace(
        ticket,
        facts=(*ticket.facts, *map(_fact, given["facts"])),
        steps_tried=(*ticket.steps_tried, *given["steps_tried"]),
        wording=dict(_split_pair(wording, "--wording") for wording in given["wordings"]),
    )


def _read(report: Path) -> dict[str, Any]:
    try:
        document = json.loads(report.read_bytes())
    except ValueError as error:
        raise click.BadParameter(f"{report} is no JSON: {error}", param_hint="--report") from error
    if not isinstance(document, dict):
        raise click.BadParameter("A report is a JSON object.", param_hint="--report")
    return document


def _fact(typed: str) -> "KnownFact":
    from logindrill.triage.ticket import Certainty, known_fact

    name, value = _split_pair(typed, "--fact")
    value, _, certainty = value.partition(":")
    if certainty not in ("", *Certainty):
        raise click.BadParameter(f"{certainty} is none of {', '.join(Certainty)}.", param_hint="--fact")
    return known_fact(name, value, Certainty(certainty or Certainty.SEEN), at=f"--fact {name}")


def _is_of_fact(field: str) -> bool:
    return field.startswith(("--fact", "facts."))


def _split_pair(typed: str, option: str) -> tuple[str, str]:
    name, equals, value = typed.partition("=")
    if not equals:
        raise click.BadParameter(f"{typed} has no =.", param_hint=option)
    return name.strip(), value.strip()


def _print(lines: "Iterator[str] | list[str]") -> None:
    for line in lines:
        click.echo(line)


def _as_json(found: "TriageCard") -> str:
    from dataclasses import asdict

    return json.dumps(asdict(found), ensure_ascii=False, indent=2)


def _facts() -> Iterator[str]:
    from logindrill.triage.facts import FACTS

    for fact in FACTS.values():
        yield click.style(fact.name, bold=True) + f"  {', '.join(fact.values)}"
        yield f"  {fact.question}"


def _as_lines(found: "TriageCard", most: int) -> Iterator[str]:
    for words in found.not_understood:
        yield f'Not understood, and not counted: "{inert(words)}"'
    if not found.matches:
        yield "No failure of the catalogue fits what is known. Is everything that was seen really seen?"
    for rank, match in enumerate(found.matches[:most], 1):
        yield from _match(rank, match)
    rest = found.matches[most:]
    if rest:
        yield f"{len(rest)} more fit less well or as well (--all shows them): {_names(rest)}"
        yield ""
    if found.ask_next:
        yield "Ask next:"
        for question in found.ask_next:
            yield from _question(question)
    if found.matches:
        yield ""
        yield from _next(found.matches[0])


def _match(rank: int, match: "MatchCard") -> Iterator[str]:
    from logindrill.scenarios.cards import story_of
    from logindrill.scenarios.catalogue import find

    both = "  both at once" if len(match.scenarios) > 1 else ""
    yield f"{rank}. " + click.style(" + ".join(match.scenarios), bold=True) + f"  {match.preset}{both}"
    for name in match.scenarios:
        yield f"   {story_of(find(name))}"
    yield f"   true cause   {', '.join(match.causes) or 'none, this is as it should be'}"
    against = [_contradiction(match, name) for name in match.contradicts]
    for title, names in (("agrees", match.agrees), ("contradicts", against), ("open", match.open)):
        if names:
            more = " …" if len(names) > _LISTED else ""
            yield f"   {title:<11}  {', '.join(map(_readable, names[:_LISTED]))}{more}"
    yield ""


def _readable(name: str) -> str:
    """A remedy that was tried, as text: it did not help."""
    return name.replace("steps_tried.", "tried ", 1)


def _contradiction(match: "MatchCard", name: str) -> str:
    """A contradicting fact, with the value that this failure would lead one to expect."""
    if name.startswith("steps_tried."):
        return f"{name} (would have helped)"
    expected = next((values for fact, values in match.expects.items() if fact == name), ())
    return f"{name} (expects {' or '.join(expected)})" if expected else name


def _question(question: "QuestionCard") -> Iterator[str]:
    yield f"  {question.question}"
    for value, names in question.splits.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"    --fact {question.fact}={value}: {', '.join(names[:_NAMED])}{more}"


def _names(matches: "tuple[MatchCard, ...]") -> str:
    return ", ".join(" + ".join(match.scenarios) for match in matches)


def _next(match: "MatchCard") -> Iterator[str]:
    first, *others = match.scenarios
    yield f"See it:  logindrill scenario setup {first}     (beside a running server)"
    for other in others:
        yield f"         logindrill scenario setup {other} --sandbox SANDBOX     (the one just made)"
