"""The three services that are imitated: values and wording, nothing else."""

from collections.abc import Mapping

from logindrill.presets.business_chat import BUSINESS_CHAT
from logindrill.presets.contact_portal import CONTACT_PORTAL
from logindrill.presets.customer_app import CUSTOMER_APP
from logindrill.presets.preset import Preset as Preset

PRESETS: Mapping[str, Preset] = {preset.name: preset for preset in (BUSINESS_CHAT, CONTACT_PORTAL, CUSTOMER_APP)}
