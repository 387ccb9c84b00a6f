"""The presets, and what each of them is pinned to."""
