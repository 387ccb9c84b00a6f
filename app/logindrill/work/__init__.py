"""One action: it has one `now` and one transaction, and it writes its own lines of the event log."""
