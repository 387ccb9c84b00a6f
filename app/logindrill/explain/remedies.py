"""The remedies of causes, in the order of cure: those that fit, each once, and what would make the next try succeed."""

from collections.abc import Iterable, Sequence

from logindrill.explain.applying import apply
from logindrill.explain.cards import Found, RemedyCard
from logindrill.explain.fitting import fits, side_effects
from logindrill.explain.situations import Situation
from logindrill.rules.reasons import Remedy, remedies_for

Told = Iterable[tuple[Situation, Found]]
"""Causes in the order of cure, each with the situation it is true in."""


def remedies(situation: Situation, causes: Sequence[Found]) -> tuple[RemedyCard, ...]:
    """What cures each cause, in their order; whoever may do it, and the call that does."""
    return remedies_of((situation, found) for found in causes)


def remedies_of(told: Told) -> tuple[RemedyCard, ...]:
    """`remedies` where causes are true in different situations, such as of the web and of the mobile app."""
    cards: dict[str, RemedyCard] = {}
    for situation, found in told:
        for remedy in _fitting(situation, found):
            if remedy.code not in cards:
                effects = side_effects(situation, remedy)
                call = apply(situation, found, remedy)
                cards[remedy.code] = RemedyCard(remedy.code, remedy.who, remedy.action, effects, call)
    return tuple(cards.values())


def would_succeed_if(told: Told) -> tuple[str, ...]:
    """One sentence a cause, of its best remedy: who does what. All of them together lead in."""
    best = (next(iter(_fitting(situation, found)), None) for situation, found in told)
    return tuple(dict.fromkeys(f"{remedy.who}: {remedy.action}" for remedy in best if remedy is not None))


def _fitting(situation: Situation, found: Found) -> list[Remedy]:
    offered = remedies_for(found.reason, situation.uow.preset.roles)
    return [remedy for remedy in offered if fits(situation, found, remedy)]
