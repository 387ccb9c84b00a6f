"""The door that the operations of the public API hang in."""

from logindrill.web.operations import Door, serve_client

DOOR = Door("api", "/v1", enter=serve_client)
