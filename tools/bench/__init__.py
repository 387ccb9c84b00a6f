"""Measures the speed and memory of the running server; it is not part of the released package."""
