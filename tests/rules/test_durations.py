"""Durations are ISO 8601 without months and years, both ways."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logindrill.rules.decisions import Invalid
from logindrill.rules.durations import LONGEST, parse_duration, parse_offset, parse_span, render_duration

spans = st.timedeltas(min_value=timedelta(0), max_value=LONGEST)


@given(spans)
def test_what_is_written_is_read_back(span: timedelta) -> None:
    assert parse_duration(render_duration(span)) == span


@given(spans)
def test_a_span_into_the_past_is_read_back(span: timedelta) -> None:
    assert parse_offset(render_duration(-span)) == -span


@given(st.text(max_size=20))
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    with suppress(Invalid):
        assert parse_duration(text) >= timedelta(0)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PT3M", timedelta(minutes=3)),
        ("P30D", timedelta(days=30)),
        ("P1DT2H3M4S", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        ("P2W", timedelta(weeks=2)),
        ("PT0S", timedelta(0)),
        ("PT0.5S", timedelta(milliseconds=500)),
        ("PT36H", timedelta(hours=36)),
    ],
)
def test_the_usual_spellings_are_read(written: str, meant: timedelta) -> None:
    assert parse_duration(written) == meant


@pytest.mark.parametrize("huge", ["P36501D", "P9000000D", "P99999999999999999999W", "PT99999999999999999999.5S"])
def test_a_duration_beyond_a_hundred_years_is_refused_with_the_limit(huge: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_duration(huge)
    assert refused.value.fields[0].detail == "A duration is at most P36500D."


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "P",
        "PT",
        "P1",
        "P1M",
        "P1Y",
        "PT1H1D",
        "P1DT",
        "-P1D",
        "p1d",
        "P1D ",
        "PT1,5S",
        "P1.5D",
        "P٣D",
        "P1W2D",
        5,
        None,
        True,
        "P36501D",
        "P100000000D",
        "PT" + "9" * 30 + "S",
    ],
)
def test_months_years_and_nonsense_are_refused(nonsense: object) -> None:
    with pytest.raises(Invalid):
        parse_duration(nonsense, "by")


def test_a_refusal_names_the_field() -> None:
    with pytest.raises(Invalid) as refusal:
        parse_duration("P1M", "links.reset_life")
    assert refusal.value.fields[0].field == "links.reset_life"


@pytest.mark.parametrize(
    ("span", "written"), [("P2W", "P14D"), ("PT24H", "P1D"), ("PT90M", "PT1H30M"), ("PT61S", "PT1M1S")]
)
def test_there_is_one_way_to_write_a_span(span: str, written: str) -> None:
    assert render_duration(parse_duration(span)) == written


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("45 minutes", timedelta(minutes=45)),
        ("1 minute", timedelta(minutes=1)),
        (" 2 h 30 min ", timedelta(hours=2, minutes=30)),
        ("1 day and 2 hours", timedelta(days=1, hours=2)),
        ("3 Weeks", timedelta(weeks=3)),
        ("90s", timedelta(seconds=90)),
        ("PT45M", timedelta(minutes=45)),
        ("P2DT3H", timedelta(days=2, hours=3)),
    ],
)
def test_a_span_is_read_in_words_and_as_iso_8601(text: str, span: timedelta) -> None:
    assert parse_span(text) == span


@pytest.mark.parametrize(
    "text", ["", "soon", "45", "minutes", "45 months", "5 minutes ago", "P1000000D", "99999 weeks"]
)
def test_other_texts_are_no_span(text: str) -> None:
    with pytest.raises(Invalid):
        parse_span(text)
