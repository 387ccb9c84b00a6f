"""Recognises the texts of the services in a reported text, ignoring case, spaces and punctuation."""

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
"""The text of each problem code."""

_SHORTEST_PART = 8
"""The minimum length of a text to be recognised within another."""
_WORD = re.compile(r"\w+")
_SENTENCES = re.compile(r"[.!?]\s+")


@dataclass(frozen=True, slots=True)
class RecognisedText:
    """The texts that a reported text stands for, and whether it equals one of them or only contains it or is part of
    it.
    """

    texts: frozenset[str]
    exact: bool


def plain(text: str) -> str:
    """The form in which texts are compared."""
    return " ".join(_WORD.findall(text.casefold()))


def texts_of(scenario: Scenario) -> frozenset[str]:
    """Every text that the client may show at the failure, in plain form: the problem's wording as a whole and
    sentence by sentence, its title and its code, and the message of an invalid field. Empty where the client sees no
    error.
    """
    seen = scenario.failure.seen
    if seen is None or seen.code is None or not seen.is_refusal or seen.code not in PROBLEMS:
        return frozenset()
    worded = _worded(scenario, seen.code)
    shown = {seen.code, PROBLEMS[seen.code].title, worded, *_SENTENCES.split(worded), *_of_fields(scenario)}
    return frozenset(filter(None, map(plain, shown)))


def recognise(text: str, known: frozenset[str], custom: Wording) -> RecognisedText | None:
    """The texts of the catalogue that a reported text stands for; a custom wording stands for the code it words.

    None where no text matches.
    """
    reported = plain(text)
    meant = {plain(worded): plain(code) for code, worded in custom.items()}
    if not reported:
        return None
    if reported in known or reported in meant:
        return RecognisedText(frozenset({reported, meant.get(reported, reported)}), exact=True)
    near = {each for each in (*known, *meant) if _holds(reported, each)}
    if not near:
        return None
    return RecognisedText(frozenset(near | {meant[each] for each in near if each in meant}), exact=False)


def _holds(reported: str, known: str) -> bool:
    short, long = sorted((reported, known), key=len)
    return len(short) >= _SHORTEST_PART and short in long


def _worded(scenario: Scenario, code: str) -> str:
    own = scenario.cast.policy.get(f"wording.{code}")
    return str(own or PRESETS[scenario.preset].wording.get(code) or PROBLEMS[code].detail)


def _of_fields(scenario: Scenario) -> Iterator[str]:
    """The message about a new password, by the rule that judges it (A13, A14).

    The list of common passwords is not loaded, since loading it takes longer than everything else.
    """
    body = scenario.failure.body or {}
    if "password_confirmation" in body:
        knobs = {**scenario.cast.policy, "passwords.blocklist": False}
        policy = compose(PRESETS[scenario.preset].policy, knobs).passwords
        same = scenario.cause is PASSWORD_UNCHANGED
        errors = judge_new(body["password"], body["password_confirmation"], policy, unchanged=same)
        yield from (error.detail for error in errors)
