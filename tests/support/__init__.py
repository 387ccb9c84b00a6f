"""Helpers that many tests use, such as a PostgreSQL server, people, sandboxes and calls."""
