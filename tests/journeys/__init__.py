"""Whole stories over HTTP, told by a client that knows nothing of the program but its address."""
