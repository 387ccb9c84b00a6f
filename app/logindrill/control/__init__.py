"""The tester's side: sandboxes, clock, inbox, attempts; one noun a file."""

from logindrill.control.door import DOOR

__all__ = ["DOOR"]
