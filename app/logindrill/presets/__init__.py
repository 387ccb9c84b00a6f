"""The three services that can be imitated: their policy values and wording, and no code."""

from collections.abc import Mapping

from logindrill.presets.business_chat import BUSINESS_CHAT
from logindrill.presets.contact_portal import CONTACT_PORTAL
from logindrill.presets.customer_app import CUSTOMER_APP
from logindrill.presets.preset import Preset as Preset

PRESETS: Mapping[str, Preset] = {preset.name: preset for preset in (BUSINESS_CHAT, CONTACT_PORTAL, CUSTOMER_APP)}
