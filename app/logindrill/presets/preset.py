"""What a preset is: the values and words that make the one engine speak as one of three services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from logindrill.rules.delivery import Channel
from logindrill.rules.factors import FactorMethod
from logindrill.rules.flows import Flow
from logindrill.rules.roles import Permission, Role


@dataclass(frozen=True, slots=True)
class Preset:
    """One imitated service.

    `roles`: name to permissions, highest rank first; `first_role`: of the first person of a sandbox made without a
    world; `sign_in_methods`: ways in, the first being the usual one; `identifiers`: what a person types at a password
    sign-in; `code_channels`: channels a confirmation code may be asked on; `roles_without_password`: these sign in
    with codes and are active at once; `platform_company` and `platform_role`: always there, above every company;
    `role_of_second_company`: the one role in which an account of another company may be added (overall rule 3).
    """

    name: str
    title: str
    roles: Mapping[Role, frozenset[Permission]]
    first_role: Role
    policy: Mapping[str, Any]
    wording: Mapping[str, str] = field(default_factory=dict)
    offers: frozenset[Flow] = frozenset()
    sign_in_methods: tuple[str, ...] = ("password",)
    identifiers: tuple[str, ...] = ("email",)
    factors: tuple[FactorMethod, ...] = tuple(FactorMethod)
    channels: tuple[Channel, ...] = (Channel.EMAIL, Channel.WHATSAPP)
    code_channels: tuple[Channel, ...] = ()
    roles_without_password: frozenset[Role] = frozenset()
    platform_company: str | None = None
    platform_role: Role | None = None
    role_of_second_company: Role | None = None
