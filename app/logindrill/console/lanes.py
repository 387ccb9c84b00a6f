"""Computes a drawing of one person's codes in two rows, as issued and as arrived; a template draws it.

Only the newest issued code is valid, whatever arrives last (B11, A23): an arrow leads from each code to the one that
superseded it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from logindrill.services.inbox import MessageCard

ROW = 34
"""The height of a line, in the units of the drawing."""
_MIDDLE = 17
_GONE = ("blocked", "not_sent")


@dataclass(frozen=True, slots=True)
class Code:
    """One code: where it stands in each lane; `arrived_y` is None for what never arrives."""

    message: MessageCard
    issued_y: int
    arrived_y: int | None
    superseded_by: str | None
    superseded_by_y: int | None


@dataclass(frozen=True, slots=True)
class Lanes:
    """The codes in the order of issue, and how high the drawing is."""

    codes: tuple[Code, ...]
    height: int

    @property
    def said(self) -> str:
        """The drawing in words."""
        return "; ".join(_said(code) for code in self.codes)


def lanes(messages: Sequence[MessageCard]) -> Lanes | None:
    """The lanes of the messages that carry codes, given in the order of issue; None where they would tell nothing."""
    if len(messages) < 2:
        return None
    bound = [card for card in messages if card.disposition not in _GONE]
    arrival = sorted(bound, key=lambda card: card.deliver_at)
    arrival_y = {card.id: row * ROW + _MIDDLE for row, card in enumerate(arrival)}
    codes = []
    for row, card in enumerate(messages):
        later = next((n for n in range(row + 1, len(messages)) if messages[n].kind is card.kind), None)
        is_superseded = card.code_status == "superseded" and later is not None
        codes.append(
            Code(
                message=card,
                issued_y=row * ROW + _MIDDLE,
                arrived_y=arrival_y.get(card.id),
                superseded_by=messages[later].code if is_superseded and later is not None else None,
                superseded_by_y=later * ROW + _MIDDLE if is_superseded and later is not None else None,
            )
        )
    return Lanes(tuple(codes), len(messages) * ROW)


def _said(code: Code) -> str:
    card = code.message
    ended = f", superseded by {code.superseded_by}" if code.superseded_by else f", {card.code_status or 'unknown'}"
    where = "has arrived" if card.arrived else "never arrives" if code.arrived_y is None else "is on its way"
    return f"{card.code} by {card.channel.value}{ended}, {where}"
