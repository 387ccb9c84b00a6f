"""The catalogue's definitions, one file a family: each module names its own in `SCENARIOS`."""
