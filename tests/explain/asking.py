"""What tests of odd situations ask, and how they set one up."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.support.control import ControlTool
from tests.support.people import address_of
from tests.support.scenes import Scene


def truth(app: Flask, scene: Scene, answer: TestResponse) -> dict[str, Any]:
    """The explanation of the attempt behind an answer."""
    card: dict[str, Any] = ControlTool.of(app, scene).get(f"/attempts/{answer.headers['X-Attempt-Id']}")
    return card


def why(app: Flask, scene: Scene, name: str = "ada", **about: str) -> Any:
    """The explanation of a person."""
    return ControlTool.of(app, scene).get(f"/users/usr_{name}/explanation", query_string=about)


def set_up(app: Flask, scene: Scene, path: str, body: dict[str, Any]) -> None:
    """What a tester arms, sets or rules."""
    answer = ControlTool.of(app, scene).call("POST", path, body)
    assert answer.status_code == 201, answer.text


def reasons(card: Any) -> list[str]:
    return [cause["reason"] for cause in card["causes"]]


def codes(card: Any) -> list[str]:
    return [remedy["code"] for remedy in card["remedies"]]


def remedy(card: Any, code: str) -> Any:
    return next(found for found in card["remedies"] if found["code"] == code)


def token_in_mail(app: Flask, scene: Scene, name: str) -> str:
    messages = ControlTool.of(app, scene).get("/messages", query_string={"to": address_of(name)})["data"]
    return str([message["token"] for message in messages if message["token"]][-1])
