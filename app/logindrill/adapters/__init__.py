"""Adapters wrap the few things outside the program: real time, randomness, slow password hashes, signatures."""
