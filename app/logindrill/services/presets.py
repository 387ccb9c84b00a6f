"""Lists the presets: the services that can be imitated."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from logindrill.presets import PRESETS, Preset


@dataclass(frozen=True, slots=True)
class PresetCard:
    """A preset: its sign-in methods, its roles and what they may do, and the knobs and wording it changes."""

    name: str
    title: str
    sign_in_methods: tuple[str, ...]
    identifiers: tuple[str, ...]
    factors: tuple[str, ...]
    channels: tuple[str, ...]
    roles: Mapping[str, tuple[str, ...]]
    first_role: str
    offers: tuple[str, ...]
    policy: Mapping[str, Any]
    wording: Mapping[str, str]


def list_all() -> tuple[PresetCard, ...]:
    """Every preset."""
    return tuple(map(_card, PRESETS.values()))


def _card(preset: Preset) -> PresetCard:
    return PresetCard(
        name=preset.name,
        title=preset.title,
        sign_in_methods=preset.sign_in_methods,
        identifiers=preset.identifiers,
        factors=preset.factors,
        channels=preset.channels,
        roles={role.value: tuple(sorted(permissions)) for role, permissions in preset.roles.items()},
        first_role=preset.first_role.value,
        offers=tuple(sorted(preset.offers)),
        policy=preset.policy,
        wording=preset.wording,
    )
