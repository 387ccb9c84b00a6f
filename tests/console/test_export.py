from io import BytesIO

import pytest
import yaml
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from logindrill.services import people, snapshots, worlds
from logindrill.web.forms import FIELD
from logindrill.world.export import render
from tests.console.desk import Desk, token_of
from tests.support.people import address_of
from tests.support.scenes import Scene
from tests.support.tester import look


def ids(scene: Scene) -> list[str]:
    """Who is in the sandbox."""
    return [card.id for card in look(scene, people.page, after=None, limit=50).data]


def test_the_world_is_taken_along_as_json_and_as_yaml(desk: Desk, scene: Scene) -> None:
    world = look(scene, worlds.show)
    exported = desk.get("/export/world.json")
    assert exported.text == render(world)
    assert exported.headers["Content-Disposition"] == f'attachment; filename="{scene.id}.json"'
    assert yaml.safe_load(desk.get("/export/world.yaml").text) == world


@pytest.mark.parametrize("name", ["world.json", "world.yaml"])
def test_a_world_that_was_taken_along_is_put_back_from_a_file(desk: Desk, scene: Scene, name: str) -> None:
    before = desk.get(f"/export/{name}").data
    desk.send("/people/usr_ben/delete", {"as": "usr_ada co_harbour"}, at="/people")
    assert ids(scene) == ["usr_ada"]
    form = {FIELD: token_of(desk.open("/export")), "file": (BytesIO(before), name)}
    assert desk.client.post(desk.path("/export/world"), data=form).status_code == 303
    assert desk.get(f"/export/{name}").data == before


def test_a_world_is_put_from_its_text(desk: Desk, scene: Scene) -> None:
    text = """
    companies: [{id: co_new, name: New}]
    people:
      - {id: usr_zoe, name: Zoe, emails: [{address: zoe@example.test}], memberships: [{company: co_new, role: owner}]}
    """
    assert desk.send("/export/world", {"world": text}, at="/export").status == 303
    assert ids(scene) == ["usr_zoe"]


@pytest.mark.parametrize("as_file", [False, True])
def test_the_largest_world_is_put_from_its_text_and_from_a_file(desk: Desk, scene: Scene, as_file: bool) -> None:
    text = """companies: [{id: co_new, name: New}]
people:
  - {id: usr_zoe, name: Zoe, emails: [{address: zoe@example.test}], memberships: [{company: co_new, role: owner}]}
"""
    text += "\n".join(["# " + "x" * 97] * (8 * 1024 * 1024 // 100 - 5))
    text += "x" * (8 * 1024 * 1024 - len(text))
    sent = (
        {"file": FileStorage(BytesIO(text.encode()), "world.yaml")}
        if as_file
        else {"world": text.replace("\n", "\r\n")}
    )
    form = {FIELD: token_of(desk.open("/export"))} | sent
    boundary, body = encode_multipart(form)
    kind = f"multipart/form-data; boundary={boundary}"
    answer = desk.client.post(desk.path("/export/world"), data=body, content_type=kind)
    assert answer.status_code == 303, answer.text[:1000]
    assert ids(scene) == ["usr_zoe"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "Choose a file"),
        ("{", "world:"),
        ("people: [{id: usr_zoe}]", "name"),
        ("people:\n- {id: usr_zoe, name: Zoe, memberships: [{company: co_x, role: owner}]}", "world:2"),
        ("&a [*a, *a]", "world"),
    ],
)
def test_a_world_that_cannot_be_is_refused_by_line_and_kept_to_be_mended(
    desk: Desk, scene: Scene, text: str, expected: str
) -> None:
    refused = desk.send("/export/world", {"form": "world", "world": text}, at="/export")
    assert refused.status == 422
    assert expected in refused.text("alert")
    assert text.split("\n", maxsplit=1)[0].replace("&", "&amp;") in refused.answer.text
    assert ids(scene) == ["usr_ada", "usr_ben"]


def test_a_file_that_is_no_text_is_refused(desk: Desk) -> None:
    form = {FIELD: token_of(desk.open("/export")), "file": (BytesIO(b"\xff\xfe"), "x.yaml")}
    assert desk.client.post(desk.path("/export/world"), data=form).status_code == 422


def test_snapshots_without_a_name_are_distinguishable(desk: Desk, scene: Scene) -> None:
    desk.send("/export/snapshots", at="/export")
    scene.try_to_sign_in(address_of("Ben"), "something else")
    for _ in range(2):
        desk.send("/export/snapshots", at="/export")
    names = [one.name for one in look(scene, snapshots.page, after=None, limit=9).data]
    tried = "after “Sign-in of Ben Birch, refused”, 2 Mar 2026, 09:00:00"
    assert names == ["before any event, 2 Mar 2026, 09:00:00", tried, f"{tried} (2)"]


def test_a_snapshot_is_taken_and_returned_to(desk: Desk, scene: Scene) -> None:
    desk.follow(desk.send("/export/snapshots", {"name": "with Ben"}, at="/export"))
    assert "with Ben2 Mar 2026, 09:00:00" in desk.open("/export").text("snapshots")
    desk.send("/people/usr_ben/delete", {"as": "usr_ada co_harbour"}, at="/people")
    (snapshot,) = look(scene, snapshots.page, after=None, limit=9).data
    desk.follow(desk.send(f"/export/snapshots/{snapshot.id}/restore", at="/export"))
    assert ids(scene) == ["usr_ada", "usr_ben"]
    assert desk.send("/export/snapshots/snp_x/restore", at="/export").status == 404


def test_a_sandbox_is_forked(desk: Desk, scene: Scene) -> None:
    name = f"{scene.id}-fork"
    seen = desk.follow(desk.send("/export/forks", {"id": name}, at="/export"))
    assert name in seen.text("sandbox")
    assert f"Fork of {scene.id}" in seen.text("told")
    assert desk.send("/export/forks", {"id": name}, at="/export").status == 409
    assert desk.send("/export/forks", {"id": "Not So"}, at="/export").status == 422
    assert desk.send(f"/console/s/{name}/delete").status == 303
