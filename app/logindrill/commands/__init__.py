"""The larger subcommands of `logindrill`; each imports what it needs when it runs, so that they start fast."""
