"""Customers who are given temporary passwords, and the calls that do it."""

from typing import Any

from werkzeug.test import TestResponse

from logindrill.models import TemporaryPassword
from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp
from tests.support.people import COMPANY, OTHER_COMPANY, belongs_to, id_of, person
from tests.support.scenes import Scene, a_sandbox

PAULA = person("Paula Pine", "professional")
PETE = person("Pete Poplar", "professional", company=OTHER_COMPANY)
SUE = person("Sue Sage", "support", company="co_platform")
CARL = person("Carl Crab", "customer", username="carl.crab")
IVY = person("Ivy Iris", "customer", status="invited")
DAN = person("Dan Dale", memberships=[belongs_to(COMPANY, "customer"), belongs_to(OTHER_COMPANY, "customer")])
NEW = "a password of my own"
INVALID_USER = (401, "invalid_credentials", "Invalid User / password")


def ask(client: ClientApp, name: str) -> TestResponse:
    return client.post(f"/users/{id_of(name)}/invitations", {"method": "temporary_password"})


def generate(client: ClientApp, name: str) -> str:
    answer = ask(client, name)
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["temporary_password"])


def enter(client: ClientApp, name: str, password: str) -> TestResponse:
    return ClientApp(client.http, client.base).sign_in(name, password=password)


def begin(client: ClientApp, name: str, password: str) -> str:
    answer = enter(client, name, password)
    assert (answer.status_code, answer.get_json()["status"]) == (200, "new_password_required"), answer.text
    assert set(answer.get_json()) == {"status", "sign_in_id"}, "it opens nothing but the next step"
    return str(answer.get_json()["sign_in_id"])


def choose(client: ClientApp, sign_in_id: str, password: str = NEW, confirmation: str | None = None) -> TestResponse:
    body = {"password": password, "password_confirmation": confirmation or password}
    return ClientApp(client.http, client.base).post(f"/sign-ins/{sign_in_id}/new-password", body)


def refused(scene: Scene, answer: TestResponse) -> tuple[str, tuple[int, str, str]]:
    problem = answer.get_json()
    assert answer.headers["X-Attempt-Id"] == scene.attempts()[-1].id
    return scene.attempts()[-1].reason, (answer.status_code, problem["code"], problem["detail"])


def rows(scene: Scene) -> list[Any]:
    return list(scene.rows(TemporaryPassword))


def a_portal_of_customers(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, PAULA, PETE, SUE, CARL, IVY, DAN, preset="customer-app")
