"""The door that the tester's operations hang in."""

from logindrill.web.operations import Door, serve_tester

DOOR = Door("control", "/control/v1", enter=serve_tester)
