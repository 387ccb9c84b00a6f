"""The operations that open an area of `business-chat`; some areas are for web clients only (A5)."""

from dataclasses import dataclass
from typing import Any

from logindrill.api.door import DOOR
from logindrill.rules.clients import Capability
from logindrill.services import capabilities as service
from logindrill.services.capabilities import Sample
from logindrill.web.visits import Visit


@dataclass(frozen=True, slots=True)
class Samples:
    """A few sample items."""

    data: tuple[Sample, ...]
    has_more: bool = False


_DECLARED: dict[str, Any] = {
    "tag": "Capabilities",
    "answers": {200: Samples},
    "problems": (401, 403, 404),
    "signed_in": True,
}


@DOOR.operation("GET", "/conversations", "List conversations", **_DECLARED)
def list_conversations(visit: Visit) -> Samples:
    """Shows sample conversations. Allowed for web and mobile clients (A5)."""
    return Samples(visit.read(service.open_area, Capability.CONVERSATIONS))


@DOOR.operation("GET", "/campaigns", "List campaigns", **_DECLARED)
def list_campaigns(visit: Visit) -> Samples:
    """Shows sample campaigns. Web clients only: a mobile client gets 403 (A5)."""
    return Samples(visit.read(service.open_area, Capability.CAMPAIGNS))


@DOOR.operation("GET", "/automations", "List automations", **_DECLARED)
def list_automations(visit: Visit) -> Samples:
    """Shows sample automations. Web clients only: a mobile client gets 403 (A5)."""
    return Samples(visit.read(service.open_area, Capability.AUTOMATIONS))


@DOOR.operation("GET", "/settings", "List settings", **_DECLARED)
def list_settings(visit: Visit) -> Samples:
    """Shows sample settings. Web clients only: a mobile client gets 403 (A5)."""
    return Samples(visit.read(service.open_area, Capability.SETTINGS))


@DOOR.operation("GET", "/reports", "List reports", **_DECLARED)
def list_reports(visit: Visit) -> Samples:
    """Shows sample reports. Web clients only: a mobile client gets 403 (A5)."""
    return Samples(visit.read(service.open_area, Capability.REPORTS))
