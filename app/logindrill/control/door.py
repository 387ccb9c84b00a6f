"""The blueprint of the control API, on which its operations are declared."""

from logindrill.web.operations import Door, serve_tester
from logindrill.web.tester import add_time

DOOR = Door("control", "/control/v1", enter=serve_tester, finish=add_time)
