"""Whole stories over HTTP, by a client that knows only the address of the program."""
