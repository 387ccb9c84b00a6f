"""Builds the API call that ends a mail scanner: it deletes the rule by which the scanner opens links."""

from collections.abc import Container, Mapping

from logindrill.explain.cards import Apply, Found
from logindrill.explain.situations import Situation
from logindrill.models import DeliveryRule
from logindrill.rules.identifiers import canonical


def end_rule(situation: Situation, _found: Found) -> Apply | None:
    """End the newest delivery rule by which a scanner opens the links in this person's messages, if one is left."""
    person, uow = situation.person, situation.uow
    addresses = () if person is None else {canonical(own.address) for own in person.addresses}
    rows = uow.session.scalars(uow.select(DeliveryRule).order_by(DeliveryRule.key.desc()))
    meant = (row for row in rows if row.opened_by_scanner and _matches(row.match, situation, addresses))
    row = next(meant, None)
    return None if row is None else Apply("DELETE", f"{situation.sandbox_path}/delivery-rules/{row.id}")


def _matches(match: Mapping[str, str], situation: Situation, addresses: Container[str]) -> bool:
    is_of_kind = match.get("kind") in {None, situation.purpose}
    return is_of_kind and ("to" not in match or canonical(match["to"]) in addresses)
