"""Asks a server to explain the last public answer: by the attempt, the message, or the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from logindrill.rules.reasons import OTHER_MAILBOX
from logindrill.scenarios.known import resolve_pointer
from logindrill.scenarios.player import Player
from logindrill.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Explained:
    """The explanation: the reason, all causes in the order they must be fixed, and the remedies it offers."""

    reason: str | None
    causes: tuple[str, ...]
    remedies: tuple[Mapping[str, Any], ...]


def ask(player: Player, scenario: Scenario) -> Explained:
    """The explanation of the last call: of the message where the inbox was searched, of the attempt where there is
    one, else of the person, as for a client that never reached the service (A30).
    """
    last = player.last
    if scenario.failure.operation == "wait_for_message":
        return _of_message(player, last.answer.body)
    attempt = last.answer.headers.get("x-attempt-id")
    if attempt is not None:
        return _of_attempt(player, attempt)
    return _of_person(player, scenario)


def _of_attempt(player: Player, attempt_id: str) -> Explained:
    card = player.look("the attempt is explained", f"/attempts/{attempt_id}").body
    return Explained(card.get("reason"), _codes(card.get("causes", ())), tuple(card.get("remedies", ())))


def _of_person(player: Player, scenario: Scenario) -> Explained:
    device = scenario.failure.device
    client = "mobile" if device.is_mobile else "web"
    path = f"/users/{player.known['person.id']}/explanation?client={client}"
    card = player.look("the person is explained", path).body
    causes = _codes(card.get("causes", ()))
    return Explained(causes[0] if causes else None, causes, tuple(card.get("remedies", ())))


def _of_message(player: Player, answer: Any) -> Explained:
    """Of the messages of the requested kind: the one to the mailbox that was searched, else the person's own."""
    wanted = parse_qs(urlsplit(player.last.request.path).query)
    looked_in, kind = wanted["to"][0], wanted["kind"][0]
    nearest = [miss for miss in resolve_pointer(answer, "/seen") or () if miss["kind"] == kind]
    cards = [player.look("the message is explained", f"/messages/{miss['id']}").body for miss in nearest]
    if not cards:
        return Explained(None, (), ())
    card = min(cards, key=lambda card: (card["to"] != looked_in, card["user_id"] != player.known.get("person.id")))
    reason = card.get("reason") or OTHER_MAILBOX.code
    return Explained(reason, (reason,), tuple(card.get("remedies", ())))


def _codes(causes: Any) -> tuple[str, ...]:
    return tuple(cause["reason"] for cause in causes)
