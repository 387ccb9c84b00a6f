"""The pages of the areas of `business-chat`, with sample content; some are for web clients only (A5)."""

from collections.abc import Callable

from logindrill.pages.door import page
from logindrill.pages.page import HostedPage
from logindrill.rules.clients import Capability
from logindrill.services import capabilities as service
from logindrill.web.visits import Visit


def _area(capability: Capability) -> Callable[[Visit], HostedPage]:
    def show(visit: Visit) -> HostedPage:
        return HostedPage("area", values={"area": capability, "samples": visit.read(service.open_area, capability)})

    show.__name__ = f"open_{capability}"
    return show


for each in service.AREAS:
    page("GET", f"/areas/{each}", f"list_{each}", signed_in=True)(_area(each))
