"""The tester sees what a client sent in place of a session; the public answer is always the same."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.work.runtime import Runtime
from tests.support.doors import code_of
from tests.support.people import address_of, password_of, person
from tests.support.scenes import Scene, a_sandbox

FROM_ELSEWHERE = {"Host": "localhost:8401", "Origin": "http://127.0.0.1:3000"}
FROM_HERE = {"Host": "localhost:8401", "Origin": "http://localhost:3000"}

Call = Callable[..., TestResponse]


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


def sign_in(app: Flask, scene: Scene, headers: dict[str, str]) -> TestResponse:
    typed = {"identifier": address_of("Ada Ash"), "password": password_of("Ada Ash")}
    client = app.test_client(use_cookies=False)
    return client.post(f"/s/{scene.id}/v1/sign-ins", json=typed, headers=headers)


def why(app: Flask, scene: Scene, headers: dict[str, str]) -> str:
    """The true reason of a refused call."""
    client = app.test_client(use_cookies=False)
    answer = client.get(f"/s/{scene.id}/v1/session", headers=headers)
    assert (answer.status_code, code_of(answer)) == (401, "unauthenticated")
    path = f"/control/v1/sandboxes/{scene.id}/attempts/{answer.headers['X-Attempt-Id']}"
    return str(client.get(path).get_json()["reason"])


@pytest.mark.parametrize(
    "header", ["Bearer undefined", "Bearer null", "Bearer", "Bearer ", "Basic YWRhOng=", "Token x"]
)
@pytest.mark.rule("A26")
def test_a_header_without_an_access_token_is_malformed(app: Flask, scene: Scene, header: str) -> None:
    assert why(app, scene, {"Authorization": header}) == "token_malformed"


@pytest.mark.rule("A26")
def test_the_token_of_another_sandbox_is_named(app: Flask, scene: Scene, runtime: Runtime) -> None:
    other = a_sandbox(runtime, person("Ada Ash", "owner"))
    assert why(app, scene, {"Authorization": f"Bearer {other.signed_in('Ada Ash')}"}) == "token_of_another_sandbox"


@pytest.mark.rule("A26")
def test_a_link_a_code_and_a_device_are_no_access_token(app: Flask, scene: Scene) -> None:
    app.test_client().post(f"/s/{scene.id}/v1/password-resets", json={"identifier": address_of("Ada Ash")})
    for text in (scene.newest_token(address_of("Ada Ash")), "123456", "ses_0123456789abcdef"):
        assert why(app, scene, {"Authorization": f"Bearer {text}"}) == "token_of_another_kind"


@pytest.mark.rule("A26")
def test_a_cookie_that_the_browser_withholds_is_named(app: Flask, scene: Scene) -> None:
    assert sign_in(app, scene, FROM_ELSEWHERE).status_code == 201
    assert why(app, scene, FROM_ELSEWHERE) == "cookie_withheld"


def test_nothing_is_kept_back_from_a_page_of_the_same_site(app: Flask, scene: Scene) -> None:
    assert sign_in(app, scene, FROM_HERE).status_code == 201
    assert why(app, scene, FROM_HERE) == "no_session"


def test_nothing_is_kept_back_where_nobody_signed_in_from_that_page(app: Flask, scene: Scene) -> None:
    assert sign_in(app, scene, FROM_HERE).status_code == 201
    assert why(app, scene, FROM_ELSEWHERE) == "no_session"
