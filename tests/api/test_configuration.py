"""The public configuration of a service needs no session."""

import pytest
from flask import Flask

from logindrill.presets import PRESETS
from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp
from tests.support.scenes import a_sandbox


@pytest.mark.parametrize("preset", list(PRESETS))
def test_every_service_says_what_it_offers(app: Flask, runtime: Runtime, preset: str) -> None:
    body = ClientApp.of(app, a_sandbox(runtime, preset=preset)).get("/configuration").get_json()
    assert body["preset"] == preset
    assert body["sign_in_methods"]


def test_changed_wording_and_limits_are_shown(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, policy={"wording.invalid_credentials": "Try again.", "passwords.min_length": 12})
    answered = ClientApp.of(app, scene).get("/configuration")
    assert "Try again." in answered.text
    assert "12" in answered.text


def test_nothing_is_shown_of_people_or_secrets(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, policy={"codes.fixed": "123456"})
    assert "123456" not in ClientApp.of(app, scene).get("/configuration").text


def test_only_texts_of_the_public_api_are_shown(app: Flask, runtime: Runtime) -> None:
    texts = ClientApp.of(app, a_sandbox(runtime)).get("/configuration").get_json()["texts"]
    assert {"invalid_credentials", "email_taken", "current_password_incorrect"} <= set(texts)
    others = {"control_key_required", "clock_backwards", "too_many_sandboxes", "form_expired", "origin_refused"}
    others |= {"invalid_client", "invalid_token", "insufficient_scope"}
    assert not others & set(texts)
