"""What the services say, and which of it a reported text is: case, spaces and punctuation aside."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from logindrill.presets import PRESETS
from logindrill.rules.passwords import judge_new
from logindrill.rules.policy import compose
from logindrill.rules.problems import PROBLEMS
from logindrill.rules.reasons import PASSWORD_UNCHANGED
from logindrill.scenarios.scenario import Scenario

Wording = Mapping[str, str]
"""Problem code to the text that is said of it."""

_SHORTEST_PART = 8
"""A shorter text, found within another, says nothing."""
_WORD = re.compile(r"\w+")
_SENTENCES = re.compile(r"[.!?]\s+")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a reported text is: the texts it stands for, and whether it is one of them or only holds or is part of
    one."""

    texts: frozenset[str]
    exact: bool


def plain(text: str) -> str:
    """The form in which texts are compared."""
    return " ".join(_WORD.findall(text.casefold()))


def said(scenario: Scenario) -> frozenset[str]:
    """Every text that the client may show at the failure, plain: the problem's in the service's words, whole and
    sentence by sentence, its title and its code, and what is said of the field. Empty where it is told nothing wrong.
    """
    seen = scenario.failure.seen
    if seen is None or seen.code is None or seen.status < 400 or seen.code not in PROBLEMS:
        return frozenset()
    worded = _worded(scenario, seen.code)
    told = {seen.code, PROBLEMS[seen.code].title, worded, *_SENTENCES.split(worded), *_of_fields(scenario)}
    return frozenset(filter(None, map(plain, told)))


def hear(text: str, known: frozenset[str], custom: Wording) -> Heard | None:
    """What a reported text stands for, of the texts known; a custom wording stands for the code it words. None where
    it is nobody's."""
    reported = plain(text)
    meant = {plain(worded): plain(code) for code, worded in custom.items()}
    if not reported:
        return None
    if reported in known or reported in meant:
        return Heard(frozenset({reported, meant.get(reported, reported)}), exact=True)
    near = {each for each in (*known, *meant) if _holds(reported, each)}
    if not near:
        return None
    return Heard(frozenset(near | {meant[each] for each in near if each in meant}), exact=False)


def _holds(reported: str, known: str) -> bool:
    short, long = sorted((reported, known), key=len)
    return len(short) >= _SHORTEST_PART and short in long


def _worded(scenario: Scenario, code: str) -> str:
    own = scenario.cast.policy.get(f"wording.{code}")
    return str(own or PRESETS[scenario.preset].wording.get(code) or PROBLEMS[code].detail)


def _of_fields(scenario: Scenario) -> Iterator[str]:
    """What is said of a new password, by the very rule that judges it (A13, A14); the list of common ones is left
    closed, since opening it takes longer than everything else."""
    body = scenario.failure.body or {}
    if "password_confirmation" in body:
        knobs = {**scenario.cast.policy, "passwords.blocklist": False}
        policy = compose(PRESETS[scenario.preset].policy, knobs).passwords
        same = scenario.cause is PASSWORD_UNCHANGED
        errors = judge_new(body["password"], body["password_confirmation"], policy, unchanged=same)
        yield from (error.detail for error in errors)
