"""Measures speed and memory of the running server; never part of what is shipped."""
