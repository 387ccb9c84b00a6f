"""The door that the tester's operations hang in."""

from logindrill.control.work import add_time
from logindrill.web.operations import Door, serve_tester

DOOR = Door("control", "/control/v1", enter=serve_tester)
DOOR.blueprint.after_request(add_time)
