"""How many support requests anybody may send, with throttling on and off."""

from datetime import timedelta

import pytest
from flask import Flask

from logindrill.models import SupportRequest
from logindrill.rules.decisions import Refused
from logindrill.rules.support_requests import Reported
from logindrill.services import support
from logindrill.work.perform import attempt
from logindrill.work.runtime import Runtime
from tests.api.requesting import a_company
from tests.support.doors import ClientApp
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_company(runtime)


def statuses(client: ClientApp, emails: list[str]) -> list[int]:
    return [client.post("/support-requests", {"email": email}).status_code for email in emails]


def test_with_throttling_on_requests_are_limited_alike_for_everybody(runtime: Runtime, app: Flask) -> None:
    knobs = {"throttling.enabled": True, "throttling.failures": 2}
    for email in (address_of("Ben"), "nobody@example.test"):
        scene = a_sandbox(runtime, person("Olga Oak", "owner"), person("Ben Birch"), policy=knobs)
        client = ClientApp.of(app, scene)
        assert statuses(client, [email, email.upper()]) == [201, 201]
        refused = client.post("/support-requests", {"email": f" {email}"})
        assert (refused.status_code, refused.get_json()["code"]) == (429, "too_many_attempts")
        assert refused.headers["Retry-After"] == "900"
        assert refused.headers["X-Attempt-Id"].startswith("att_")
        assert len(scene.rows(SupportRequest)) == 2
        scene.wait(timedelta(minutes=15))
        assert statuses(client, [email]) == [201]


def test_with_throttling_on_a_source_is_limited_whatever_addresses_it_names(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, policy={"throttling.enabled": True, "throttling.failures": 2})
    client = ClientApp.of(app, scene)
    assert statuses(client, [f"{name}@example.test" for name in ("ada", "ben", "cleo")]) == [201, 201, 429]


def test_two_addresses_of_one_person_are_not_shown_to_be_so_by_the_limit(runtime: Runtime) -> None:
    ada = person("Ada Ash", "customer", username="ada.ash")
    scene = a_sandbox(
        runtime, ada, preset="customer-app", policy={"throttling.enabled": True, "throttling.failures": 1}
    )

    def send_from(source: str, email: str) -> None:
        attempt(scene.work("send_support_request", source=source), support.send, email, Reported())

    send_from("192.0.2.1", "ada@example.test")
    send_from("192.0.2.2", "ada.ash")
    with pytest.raises(Refused):
        send_from("192.0.2.3", "ada.ash")


def test_without_throttling_anybody_asks_as_often_as_they_like(nobody: ClientApp) -> None:
    assert statuses(nobody, [address_of("Ben")] * 20) == [201] * 20
