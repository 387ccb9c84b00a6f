"""Worlds: documents from which a sandbox is filled, with their checks, import and export."""
