"""Tools of the developers, never shipped: the benchmark, and the pictures for the docs."""
