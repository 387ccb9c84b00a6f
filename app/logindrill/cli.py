"""The command `logindrill`."""
