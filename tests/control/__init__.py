"""The control API over HTTP: what the door adds to the services."""
