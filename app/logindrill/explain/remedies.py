"""The remedies of causes, in the order they must be applied: each fitting one once, and what makes the next try
succeed.
"""

from collections.abc import Iterable, Sequence

from logindrill.explain.applying import apply
from logindrill.explain.cards import Found, RemedyCard
from logindrill.explain.fitting import fits, side_effects
from logindrill.explain.situations import Situation
from logindrill.rules.orders import permitted
from logindrill.rules.reasons import Remedy, remedies_for

Told = Iterable[tuple[Situation, Found]]
"""Causes in order, each with the situation in which it is true."""


def remedies(situation: Situation, causes: Sequence[Found]) -> tuple[RemedyCard, ...]:
    """The remedies of each cause, in order; who may apply it, and with which call."""
    return remedies_of((situation, found) for found in causes)


def remedies_of(told: Told) -> tuple[RemedyCard, ...]:
    """`remedies` for causes that are true in different situations, such as on the web and in the mobile app."""
    cards: dict[str, RemedyCard] = {}
    for situation, found in told:
        for remedy in _fitting(situation, found):
            if remedy.code not in cards:
                effects = side_effects(situation, remedy)
                call = apply(situation, found, remedy)
                cards[remedy.code] = RemedyCard(remedy.code, remedy.who, remedy.action, effects, call)
    return tuple(cards.values())


def would_succeed_if(told: Told) -> tuple[str, ...]:
    """One sentence per cause, from its best remedy: who does what. Together they let the person sign in."""
    best = (next(iter(_fitting(situation, found)), None) for situation, found in told)
    return tuple(dict.fromkeys(f"{remedy.who}: {remedy.action}" for remedy in best if remedy is not None))


def _fitting(situation: Situation, found: Found) -> list[Remedy]:
    offered = remedies_for(found.reason, situation.uow.preset.roles)
    fitting = (remedy for remedy in offered if fits(situation, found, remedy))
    named = (_permitted(situation, remedy) for remedy in fitting)
    return [remedy for remedy in named if remedy is not None]


def _permitted(situation: Situation, remedy: Remedy) -> Remedy | None:
    """The remedy as those may apply it who may do it to this very person (overall rule 7)."""
    return remedy if situation.person is None else permitted(remedy, situation.person.candidates)
