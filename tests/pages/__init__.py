"""Hosted pages: through Flask's client on both databases, and in a real browser."""
