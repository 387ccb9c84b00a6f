"""Functions that make steps: what people and testers do."""
