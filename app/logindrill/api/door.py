"""The blueprint of the public API, on which its operations are declared."""

from logindrill.web.operations import Door, serve_client

DOOR = Door("api", "/v1", enter=serve_client)
