"""Builds the navigation menu of a signed-in person."""

from collections.abc import Sequence
from dataclasses import dataclass

from logindrill.access.authentication import Actor
from logindrill.pages.language import marked
from logindrill.presets import Preset
from logindrill.rules.flows import Flow
from logindrill.rules.roles import Permission


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A page that is linked from every other, for whom it is open to."""

    endpoint: str
    label: str
    needs: Permission | None = None
    flow: Flow | None = None


NAVIGATION: list[NavigationItem] = [
    NavigationItem("pages.list_publications", marked("Publications"), flow=Flow.PUBLICATIONS),
    NavigationItem("pages.show_session", marked("Account")),
]
"""In the order they are shown; a room that adds pages for staff adds its areas."""


def areas(actor: Actor, preset: Preset) -> Sequence[NavigationItem]:
    """The areas open to this person in this service."""
    return [
        area
        for area in NAVIGATION
        if (area.needs is None or area.needs in actor.permissions) and (area.flow is None or area.flow in preset.offers)
    ]
