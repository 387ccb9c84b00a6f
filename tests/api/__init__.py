"""The public API as a client app meets it."""
