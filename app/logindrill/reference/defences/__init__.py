"""What every flow guarantees, with the standards that require it; code and tests cite the ids.

The ids S63 to S68 are reserved for OpenID Connect and SCIM, which the product does not have yet.
"""

from collections.abc import Mapping
from types import MappingProxyType

from logindrill.reference.defences import entry, operation
from logindrill.reference.defences.defence import Defence as Defence

DEFENCES: Mapping[str, Mapping[str, Defence]] = MappingProxyType({**entry.DEFENCES, **operation.DEFENCES})
"""By flow, in the order of an account's life."""
