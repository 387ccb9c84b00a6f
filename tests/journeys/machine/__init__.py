"""A model of the rules in plain Python, and the machines that hold the product against it at random."""
