"""Types of options that several commands share."""

import click

PRESET = click.Choice(["business-chat", "contact-portal", "customer-app"])
"""The name of a preset; written out, since a command that starts fast does not load the presets."""
