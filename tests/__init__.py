"""Tests mirror the package; `journeys` tell whole stories, `house` keeps the house in order."""
