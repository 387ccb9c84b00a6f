"""docs/differences.md lists the differences in the same words as the control API."""

import re
from pathlib import Path

from logindrill.rules.differences import DIFFERENCES
from logindrill.rules.policy import knobs

PAGE = (Path(__file__).parents[2] / "docs" / "differences.md").read_text(encoding="utf-8")


def test_every_difference_is_on_the_page_in_its_own_words() -> None:
    sections = re.findall(r"^## (D\d+)\n\n(.*)$", PAGE, re.MULTILINE)
    assert dict(sections) == dict(DIFFERENCES)


def test_the_knobs_the_page_names_are_there() -> None:
    named = {part.partition("`")[0] for part in PAGE.split("knob `")[1:]}
    assert named
    assert named <= set(knobs())
