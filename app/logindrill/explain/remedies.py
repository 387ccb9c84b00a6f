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
from logindrill.rules.values import replace

FoundCauses = Iterable[tuple[Situation, Found]]
"""Causes in order, each with the situation in which it is true."""


def remedies(situation: Situation, causes: Sequence[Found]) -> tuple[RemedyCard, ...]:
    """The remedies of each cause, in order; who may apply it, and with which call."""
    return remedies_of((situation, found) for found in causes)


def remedies_of(found_causes: FoundCauses) -> tuple[RemedyCard, ...]:
    """`remedies` for causes that are true in different situations, such as on the web and in the mobile app."""
    cards: list[RemedyCard] = []
    for situation, found in found_causes:
        for remedy in _fitting(situation, found):
            card = _card(situation, found, remedy)
            same = next((n for n, other in enumerate(cards) if _is_same(other, card)), None)
            if same is None:
                cards.append(card)
            else:
                cards[same] = _joined(cards[same], card)
    return tuple(cards)


def _card(situation: Situation, found: Found, remedy: Remedy) -> RemedyCard:
    effects, call = side_effects(situation, remedy), apply(situation, found, remedy)
    return RemedyCard(remedy.code, remedy.who, remedy.action, effects, call, (found.reason.code,))


def _is_same(one: RemedyCard, other: RemedyCard) -> bool:
    """Of one name, or of one call that the same people make."""
    is_one_call = one.apply is not None and one.apply == other.apply and one.who == other.who
    return one.code == other.code or is_one_call


def _joined(first: RemedyCard, second: RemedyCard) -> RemedyCard:
    """One remedy with the side effects of both, and every cause that it cures."""
    effects = tuple(dict.fromkeys((*first.side_effects, *second.side_effects)))
    return replace(first, side_effects=effects, cures=tuple(dict.fromkeys((*first.cures, *second.cures))))


def would_succeed_if(found_causes: FoundCauses) -> tuple[str, ...]:
    """One sentence per cause, from its best remedy: who does what. Together they let the person sign in."""
    best = (next(iter(_fitting(situation, found)), None) for situation, found in found_causes)
    return tuple(dict.fromkeys(f"{remedy.who}: {remedy.action}" for remedy in best if remedy is not None))


def _fitting(situation: Situation, found: Found) -> list[Remedy]:
    offered = remedies_for(found.reason, situation.uow.preset.roles)
    fitting = (remedy for remedy in offered if fits(situation, found, remedy))
    named = (_permitted(situation, remedy) for remedy in fitting)
    return [remedy for remedy in named if remedy is not None]


def _permitted(situation: Situation, remedy: Remedy) -> Remedy | None:
    """The remedy as those may apply it who may do it to this very person (overall rule 7)."""
    return remedy if situation.person is None else permitted(remedy, situation.person.candidates)
