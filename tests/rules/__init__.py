"""The rules, tested with plain values."""
