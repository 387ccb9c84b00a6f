"""Fields of a world take what can be stored and reckoned with, and refuse the rest."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from logindrill.world.document import World
from logindrill.world.fields import Duration, Id, Line, Moment, Prose, Secret, moment, render_moment

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("2031-05-04T12:00:00Z", NOON),
        ("2031-05-04T14:00:00+02:00", NOON),
        ("2031-05-04T12:00:00.000001Z", NOON + timedelta(microseconds=1)),
        ("-P29D", NOON - timedelta(days=29)),
        ("PT3M", NOON + timedelta(minutes=3)),
        ("+PT3M", NOON + timedelta(minutes=3)),
    ],
)
def test_a_moment_is_a_time_or_a_span_from_now(text: str, means: datetime) -> None:
    assert moment(text, NOON) == means
    assert moment(render_moment(means), NOON) == means


@pytest.mark.parametrize(
    "text",
    [
        *("", "now", "2031-05-04T12:00:00", "2031-13-04T12:00:00Z", "2031-05-04T12:00:00Z\n"),
        *("9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "\uff12031-05-04T12:00:00Z", "\ud800"),
        *("P1Y", "P", "-P", "P1e9D", "P99999999999D", "--P1D"),
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Moment).validate_python(text)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Id, "Ada"),
        (Id, "-ada"),
        (Id, "a" * 65),
        (Id, "ada\n"),
        (Line, ""),
        (Line, "two\nlines"),
        (Line, "nul\0"),
        (Line, "\ud800"),
        (Line, "x" * 255),
        (Prose, "nul\0"),
        (Prose, "\udfff"),
        (Secret, "\ud800"),
        (Secret, "x" * 1025),
        (Duration, "-P1D"),
        (Duration, "P1M"),
    ],
)
def test_what_cannot_be_stored_or_reckoned_with_is_refused(kind: Any, value: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


def test_text_may_have_lines_and_secrets_any_character() -> None:
    assert TypeAdapter(Prose).validate_python("one\ntwo\t三") == "one\ntwo\t三"
    assert TypeAdapter(Secret).validate_python(" pass\nword ") == " pass\nword "


@pytest.mark.parametrize(
    "document",
    [
        {"peoples": []},
        {"people": [{"id": "a", "name": "A", "colour": "red"}]},
        {"people": [{"id": "a", "name": "A", "opted_out": "yes"}]},
        {"people": {"id": "a"}},
        {"companies": [{"id": 7, "name": "A"}]},
        {"delivery_rules": [{"disposition": "delayed"}]},
        {"delivery_rules": [{"disposition": "lost"}]},
        {"delivery_rules": [{"disposition": "spam", "times": 0}]},
        {"clock": {"mode": "backwards"}},
    ],
)
def test_a_field_that_is_unknown_or_of_another_kind_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        World.model_validate(document)
