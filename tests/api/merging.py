"""Customers whose accounts are merged, and the calls that do it."""

from werkzeug.test import TestResponse

from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, id_of, person
from tests.support.scenes import Scene, a_sandbox

PAULA = person("Paula Pine", "professional")
PETE = person("Pete Poplar", "professional", company=OTHER_COMPANY)
SUE = person("Sue Sage", "support", company="co_platform")
CARL = person("Carl Crab", "customer", username="carl.crab")
CARLA = person("Carla Crab", "customer")
DAN = person("Dan Dale", memberships=[belongs_to(COMPANY, "customer"), belongs_to(OTHER_COMPANY, "customer")])
OLE = person("Ole Olive", "customer", company=OTHER_COMPANY)


def merge(client: ClientApp, name: str, into: str) -> TestResponse:
    return client.call("PUT", f"/users/{id_of(name)}/merge", {"into": id_of(into)})


def restore(client: ClientApp, name: str) -> TestResponse:
    return client.call("DELETE", f"/users/{id_of(name)}/merge")


def release(client: ClientApp, name: str, address: str | None = None) -> TestResponse:
    return client.post(f"/users/{id_of(name)}/email-releases", {"address": address or address_of(name)})


def a_portal_of_customers(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, PAULA, PETE, SUE, CARL, CARLA, DAN, OLE, preset="customer-app")
