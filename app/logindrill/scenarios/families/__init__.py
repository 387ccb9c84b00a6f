"""The definitions of the catalogue, one family of failures a file; each module lists its scenarios in `SCENARIOS`."""
