"""The list of all reasons: code, public problem, rules, true cause and remedies. A code is never renamed."""
# ruff: noqa: F403 - the families' constants are this package's own names

from collections.abc import Mapping
from types import MappingProxyType

from logindrill.rules.reasons import (
    authorization_requests,
    circumstances,
    codes,
    devices,
    fields,
    links,
    messages,
    orders,
    sessions,
    sign_in,
    tokens,
)
from logindrill.rules.reasons.authorization_requests import *
from logindrill.rules.reasons.circumstances import *
from logindrill.rules.reasons.codes import *
from logindrill.rules.reasons.devices import *
from logindrill.rules.reasons.fields import *
from logindrill.rules.reasons.links import *
from logindrill.rules.reasons.messages import *
from logindrill.rules.reasons.orders import *
from logindrill.rules.reasons.reason import About as About
from logindrill.rules.reasons.reason import Reason as Reason
from logindrill.rules.reasons.reason import Remedy as Remedy
from logindrill.rules.reasons.reason import Who as Who
from logindrill.rules.reasons.reason import remedies_for as remedies_for
from logindrill.rules.reasons.sessions import *
from logindrill.rules.reasons.sign_in import *
from logindrill.rules.reasons.tokens import *

_FAMILIES = (
    sign_in,
    codes,
    messages,
    links,
    sessions,
    devices,
    circumstances,
    orders,
    fields,
    authorization_requests,
    tokens,
)

REASONS: Mapping[str, Reason] = MappingProxyType(
    {value.code: value for family in _FAMILIES for value in vars(family).values() if isinstance(value, Reason)}
)
