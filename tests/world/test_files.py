"""A world file is YAML or JSON; what is wrong with one is told with file, line and field."""

import json
from pathlib import Path

import pytest

from logindrill.world.files import LARGEST, WorldUnreadable, read_world
from tests.support.worlds import WORLDS

YAML = """\
companies:
  - id: co_harbour
    name: Harbour Books
people:
  - id: usr_ada
    name: Ada Ash
    password: long enough
    emails: [{address: ada@example.test}]
    last_sign_in_at: 2026-03-02T09:00:00Z
    memberships:
      - {company: co_harbour, role: owner}
"""


def written(folder: Path, text: str, name: str = "world.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def complaint(path: Path) -> str:
    with pytest.raises(WorldUnreadable) as refused:
        read_world(path)
    return str(refused.value)


def test_yaml_is_read_and_times_stay_text(tmp_path: Path) -> None:
    [person] = read_world(written(tmp_path, YAML)).people
    assert (person.name, person.last_sign_in_at) == ("Ada Ash", "2026-03-02T09:00:00Z")


@pytest.mark.parametrize("preset", list(WORLDS))
def test_json_is_read(tmp_path: Path, preset: str) -> None:
    world = read_world(written(tmp_path, json.dumps(WORLDS[preset]), "world.json"))
    assert len(world.people) == len(WORLDS[preset]["people"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (YAML.replace("Ada Ash", "7"), ":6: people.0.name: "),
        (YAML.replace("owner}", "owner, colour: red}"), ":11: people.0.memberships.0.colour: "),
        (YAML.replace("ada@example.test}]", "ada@example.test}"), "world.yaml:"),
        (YAML.replace("usr_ada", "Usr Ada"), ":5: people.0.id: "),
        ("- just\n- a list\n", ":1: "),
        ("people: &a [*a]\n", "world.yaml"),
        ("{" * 5000, "world.yaml"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_field(tmp_path: Path, text: str, told: str) -> None:
    line = complaint(written(tmp_path, text))
    assert told in line
    assert "\n" not in line


def test_a_file_that_is_missing_too_large_or_no_text_is_told_so(tmp_path: Path) -> None:
    assert "cannot be read" in complaint(tmp_path / "nowhere.yaml")
    assert "8 MiB" in complaint(written(tmp_path, "#" * (LARGEST + 1)))
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in complaint(tmp_path / "binary.yaml")


def test_python_objects_are_not_made_by_a_file(tmp_path: Path) -> None:
    assert complaint(written(tmp_path, "people: !!python/object/apply:os.getcwd []\n"))
