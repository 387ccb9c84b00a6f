import pytest
from flask import Flask

from logindrill.services import windows
from logindrill.services.windows import Window
from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look

pytestmark = pytest.mark.both_engines


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch"))


def sign_in(app: Flask, scene: Scene, name: str, host: str) -> str:
    """Somebody's access token, come by in a window."""
    answer = ClientApp.of(app, scene).sign_in(name, headers={"Host": host})
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["session"]["access_token"])


def seen(scene: Scene) -> dict[str, Window]:
    """The windows by name."""
    return {window.name: window for window in look(scene, windows.page)}


def test_each_window_tells_who_got_in_there_last(app: Flask, scene: Scene) -> None:
    sign_in(app, scene, "Ada", "dev-1.localhost:8401")
    sign_in(app, scene, "Ada", "dev-2.localhost:8401")
    sign_in(app, scene, "Ben", "dev-2.localhost:8401")
    sign_in(app, scene, "Ben", "localhost:8401")
    assert {name: (window.person, window.is_live) for name, window in seen(scene).items()} == {
        "dev-1": ("Ada Ash", True),
        "dev-2": ("Ben Birch", True),
    }
    assert {window.session_id for window in seen(scene).values()} < {row.id for row in scene.sessions()}


def test_two_windows_of_one_person_hold_two_sessions_though_the_clock_stands_still(app: Flask, scene: Scene) -> None:
    for name in ("dev-1", "dev-2"):
        sign_in(app, scene, "Ben", f"{name}.localhost:8401")
    first, second = seen(scene).values()
    assert first.since == second.since
    assert first.session_id != second.session_id


def test_a_window_whose_session_ended_says_so(app: Flask, scene: Scene) -> None:
    token = sign_in(app, scene, "Ada", "dev-1.localhost")
    client = ClientApp.of(app, scene, token=token)
    assert client.call("DELETE", "/session").status_code == 204
    assert not seen(scene)["dev-1"].is_live


def test_a_try_that_failed_opens_no_window(app: Flask, scene: Scene) -> None:
    ClientApp.of(app, scene).sign_in("Ada", password="wrong", headers={"Host": "dev-1.localhost:8401"})
    assert seen(scene) == {}
