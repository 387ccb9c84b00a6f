"""The tables, and what each row may change of itself."""
