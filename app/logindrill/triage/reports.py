"""Reads report files: a support request as JSON (as sent, or as staff read it), or a body of the triage operation."""

from collections.abc import Mapping, Sequence
from typing import Any

from logindrill.rules.decisions import invalid
from logindrill.scenarios.scenario import Symptom
from logindrill.triage.ticket import Certainty, KnownFact, Ticket, known_fact


def read(document: object) -> Ticket:
    """The ticket of a report; unneeded fields are ignored. Raises Invalid for fields it cannot read."""
    if not isinstance(document, Mapping):
        raise invalid("body", "A report is a JSON object.")
    report = {**document, **_part(document, "reported")}
    reason = _text(_part(document, "recorded"), "reason")
    return Ticket(
        symptom=_symptom(report),
        error_message=_text(report, "error_message"),
        code=_text(report, "code"),
        client=_text(report, "client"),
        facts=tuple(_fact(entry, position) for position, entry in enumerate(_list(report, "facts"))),
        steps_tried=tuple(map(str, _list(report, "steps_tried"))),
        last_signed_in=_text(report, "last_signed_in"),
        reasons=() if reason is None else (reason,),
    )


def _part(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = document.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(report: Mapping[str, Any], name: str) -> str | None:
    value = report.get(name)
    if value is not None and not isinstance(value, str):
        raise invalid(name, "A text.")
    return value or None


def _list(report: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = report.get(name) or ()
    if not isinstance(value, list | tuple):
        raise invalid(name, "A list.")
    return value


def _symptom(report: Mapping[str, Any]) -> Symptom | None:
    word = _text(report, "symptom")
    if word is not None and word not in list(Symptom):
        raise invalid("symptom", f"One of {', '.join(Symptom)}.")
    return None if word is None else Symptom(word)


def _fact(entry: object, position: int) -> KnownFact:
    at = f"facts.{position}"
    if not isinstance(entry, Mapping):
        raise invalid(at, "An object with name and value.")
    certainty = entry.get("certainty", Certainty.SEEN)
    if certainty not in list(Certainty):
        raise invalid(f"{at}.certainty", f"One of {', '.join(Certainty)}.")
    return known_fact(str(entry.get("name")), entry.get("value"), Certainty(certainty), at=at)
