"""Builds situations of one to three causes, and proves that following their remedies lets the person sign in."""
