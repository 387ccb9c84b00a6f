"""The commands that have a file of their own; each imports what it needs when it runs, so that they start fast."""
