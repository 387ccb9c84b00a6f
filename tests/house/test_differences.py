"""The page of differences says what the product says of itself."""

from pathlib import Path

from logindrill.rules.differences import DIFFERENCES
from logindrill.rules.policy import knobs

PAGE = (Path(__file__).parents[2] / "docs" / "differences.md").read_text(encoding="utf-8")


def test_every_difference_is_on_the_page_in_its_own_words() -> None:
    rows = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| D")]
    assert {row[0].removeprefix("| "): row[1] for row in rows} == dict(DIFFERENCES)


def test_the_knobs_the_page_names_are_there() -> None:
    named = {part.partition("`")[0] for part in PAGE.split("knob `")[1:]}
    assert named
    assert named <= set(knobs())
