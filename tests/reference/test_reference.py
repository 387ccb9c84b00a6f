"""docs/reference is what the code says now."""

from pathlib import Path

import pytest

from logindrill.reference import PAGES
from logindrill.reference.defences import DEFENCES
from logindrill.reference.sources import covering_tests, implementations, rules_named
from logindrill.rules.policy import knobs
from logindrill.rules.promises import PROMISES
from logindrill.rules.reasons import REASONS

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_a_committed_page_is_what_the_code_writes(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "run `make reference`"


@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith(".md")])
def test_no_cell_of_a_page_holds_several_lines(name: str) -> None:
    assert "<br>" not in PAGES[name]()


def test_every_reason_has_a_section() -> None:
    page = PAGES["reasons.md"]()
    assert all(f"\n### {code}\n\n{reason.cause}\n" in page for code, reason in REASONS.items())


def test_every_rule_has_a_section_of_the_page() -> None:
    ids = [*(f"A{n}" for n in range(1, 41)), *(f"B{n}" for n in range(1, 13)), *(f"C{n}" for n in range(1, 17))]
    ids += [*(f"rule-{n}" for n in range(1, 11)), *(f"O{n}" for n in range(1, 23))]
    assert list(PROMISES) == ids
    page = PAGES["rules.md"]()
    assert all(f"\n### {rule}\n\n{promise}\n" in page for rule, promise in PROMISES.items())


@pytest.mark.parametrize("rule", PROMISES)
def test_every_rule_names_the_code_that_implements_it_and_a_test(rule: str) -> None:
    assert implementations(rule), "cite the rule in the docstring of the code that implements it"
    assert covering_tests(rule), "mark a test that fails without the rule with pytest.mark.rule"


def test_every_defence_has_a_section_of_the_page() -> None:
    assert [name for flow in DEFENCES.values() for name in flow] == [f"S{n}" for n in (*range(1, 63), 69, 70)]
    page = PAGES["security.md"]()
    assert all(f"\n### {name}\n\n{it.promise}\n" in page for flow in DEFENCES.values() for name, it in flow.items())


@pytest.mark.parametrize("name", [name for flow in DEFENCES.values() for name in flow])
def test_every_defence_is_covered_by_a_test(name: str) -> None:
    assert covering_tests(name), "mark a test that fails without it with pytest.mark.rule"


def test_no_mark_knob_or_reason_names_a_rule_that_is_none() -> None:
    named = {rule for knob in knobs().values() for rule in knob.rule_ids}
    named |= {rule for reason in REASONS.values() for rule in reason.rule_ids}
    assert {rule for rule in named if rules_named(rule)} <= set(PROMISES)
    assert rules_named("overall rules 5 and 6, A9-A12, C16") == {"rule-5", "rule-6", "A9", "A10", "A11", "A12", "C16"}
