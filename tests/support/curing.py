"""Makes the call in the `apply` field of a remedy: to the control API, or as a person who may make it."""

from typing import Any

from flask import Flask

from tests.support.scenes import Scene


def cure(app: Flask, scene: Scene, remedy: dict[str, Any], *, by: str) -> None:
    """Make the call of a remedy. `by` is the id of a person with the permission; the tester acts as that person."""
    call = remedy["apply"]
    assert call is not None, remedy
    client = app.test_client(use_cookies=False)
    headers = {}
    if call["path"].startswith("/s/"):
        begun = client.post(f"/control/v1/sandboxes/{scene.id}/users/{by}/sessions", json={})
        headers["Authorization"] = f"Bearer {begun.get_json()['session']['access_token']}"
    body = {} if call["body"] is None else {"json": call["body"]}
    answer = client.open(call["path"], method=call["method"], headers=headers, **body)
    assert answer.status_code < 300, (call, answer.text)
