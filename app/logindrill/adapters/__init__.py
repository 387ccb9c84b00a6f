"""The few things that touch the outside world: real time, randomness, slow hashes, signatures."""
