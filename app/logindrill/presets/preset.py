"""A preset: the values and wording with which the one rule engine imitates one of three services."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from logindrill.rules.delivery import Channel
from logindrill.rules.factors import FactorMethod
from logindrill.rules.flows import Flow
from logindrill.rules.roles import Permission, RoleName


class Preset(Struct, frozen=True):
    """One imitated service.

    `roles`: permissions by role name, highest rank first; `first_role`: role of the first person of a sandbox made
    without a world; `sign_in_methods`: the usual one first; `identifiers`: what a person may type to sign in with a
    password; `code_channels`: channels on which a confirmation code can be requested; `roles_without_password`: these
    roles sign in with codes and are active at once; `platform_company` and `platform_role`: exist in every sandbox,
    above every company; `role_of_second_company`: the only role in which an account of another company may be added
    (overall rule 3).
    """

    name: str
    title: str
    roles: Mapping[RoleName, frozenset[Permission]]
    first_role: RoleName
    policy: Mapping[str, Any]
    wording: Mapping[str, str] = field(default_factory=dict)
    offers: frozenset[Flow] = frozenset()
    sign_in_methods: tuple[str, ...] = ("password",)
    identifiers: tuple[str, ...] = ("email",)
    factors: tuple[FactorMethod, ...] = tuple(FactorMethod)
    channels: tuple[Channel, ...] = (Channel.EMAIL, Channel.WHATSAPP)
    code_channels: tuple[Channel, ...] = ()
    roles_without_password: frozenset[RoleName] = frozenset()
    platform_company: str | None = None
    platform_role: RoleName | None = None
    role_of_second_company: RoleName | None = None
