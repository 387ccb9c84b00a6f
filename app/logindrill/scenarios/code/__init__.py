"""Prints scenarios as tests that run without changes."""

from collections.abc import Callable, Mapping

from logindrill.scenarios.code.curl import write as write_curl
from logindrill.scenarios.code.cypress import write as write_cypress
from logindrill.scenarios.code.playwright import write as write_playwright
from logindrill.scenarios.code.pytest_code import write as write_pytest
from logindrill.scenarios.scenario import Scenario

LANGUAGES: Mapping[str, Callable[[Scenario], str]] = {
    "curl": write_curl,
    "pytest": write_pytest,
    "playwright": write_playwright,
    "cypress": write_cypress,
}


def write(scenario: Scenario, language: str) -> str:
    """The scenario as a test in one of `LANGUAGES`; it needs a running server, by default at the default address."""
    return LANGUAGES[language](scenario)
