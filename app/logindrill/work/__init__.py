"""One action: its one `now`, its one transaction, and its lines in the event log."""
