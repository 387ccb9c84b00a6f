"""A world file is YAML or JSON; a mistake is reported with file, line and field."""

import json
from pathlib import Path

import pytest

from logindrill.rules.decisions import Invalid
from logindrill.services import sandboxes
from logindrill.services.sandboxes import SandboxProperties
from logindrill.work.runtime import Runtime
from logindrill.world.files import LARGEST, WorldUnreadable, parse_world, read_world
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
    [person] = read_world(written(tmp_path, YAML)).world.people
    assert (person.name, person.last_sign_in_at) == ("Ada Ash", "2026-03-02T09:00:00Z")


@pytest.mark.parametrize("preset", list(WORLDS))
def test_json_is_read(tmp_path: Path, preset: str) -> None:
    world = read_world(written(tmp_path, json.dumps(WORLDS[preset]), "world.json"))
    assert len(world.world.people) == len(WORLDS[preset]["people"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (YAML.replace("Ada Ash", "7"), ":6: people.0.name: "),
        (YAML.replace("owner}", "owner, colour: red}"), ":11: people.0.memberships.0.colour: "),
        (YAML.replace("ada@example.test}]", "ada@example.test}"), "world.yaml:"),
        (YAML.replace("usr_ada", "Usr Ada"), ":5: people.0.id: "),
        (YAML.replace("password:", "pasword:"), ":7: people.0.pasword: There is no such field. Did you mean password?"),
        (YAML.replace("role:", "rolle:"), ":11: people.0.memberships.0.role: Field required (1 more to mend)"),
        (YAML + "people: []\n", ":12: people is there twice"),
        (YAML.replace("    name:", "    id: usr_ben\n    name:"), ":3: id is there twice"),
        (YAML + "clock:\n  mode: stopped\n", ":13: clock.mode: Input should be 'running' or 'frozen'"),
        (YAML + "faults:\n- effect:\n    body: {}\n", ":13: faults.0.effect: one of status, drop, hang and token"),
        ("- just\n- a list\n", ":1: "),
        ("people: &a [*a]\n", "world.yaml"),
        ("{" * 5000, "world.yaml"),
    ],
)
def test_a_mistake_is_reported_with_its_line_and_field(tmp_path: Path, text: str, expected: str) -> None:
    line = complaint(written(tmp_path, text))
    assert expected in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (YAML.replace("owner}", "captain}"), ":11: people.0.memberships.0.role: business-chat has no role captain"),
        (YAML.replace("co_harbour, role", "co_haven, role"), ":11: people.0.memberships.0.company: "),
        (YAML.replace("ada@example.test", "ada at home"), ":8: people.0.emails.0.address: "),
        (YAML.replace("emails: [{address: ada@example.test}]", "emails: []"), ":8: people.0.emails: "),
        (YAML.replace("    emails: [{address: ada@example.test}]\n", ""), ":5: people.0.emails: "),
        (YAML + "    status: merged\n", ":12: people.0.status: "),
        (
            YAML + "  - id: usr_ben\n    name: Ben Birch\n    emails:\n      - address: ADA@example.test\n"
            "    memberships: [{company: co_harbour, role: member}]\n",
            ":15: people.1.emails.0.address: The same is there already.",
        ),
        (YAML + "policy:\n  links.reset_lief: PT1H\n", ":13: policy.links.reset_lief: There is no such knob. "),
        (YAML + "policy:\n  codes.digits: 60\n", ":13: policy.codes.digits: A whole number"),
        (YAML + "policy:\n  links.reset_life: P900D\n", ":13: policy.links.reset_life: A duration from "),
    ],
)
def test_a_mistake_that_the_preset_finds_is_reported_with_its_line_too(
    runtime: Runtime, tmp_path: Path, text: str, expected: str
) -> None:
    file = read_world(written(tmp_path, text))
    with pytest.raises(Invalid) as refused:
        sandboxes.create(runtime, SandboxProperties("business-chat", world=file.world))
    line = file.complaint(refused.value)
    assert f"{file.path}{expected}" in line
    assert "\n" not in line


@pytest.mark.parametrize("first", ["$schema: world.schema.json\n", '"$schema": "https://example.test/world.json"\n'])
def test_a_file_may_name_the_schema_that_its_editor_reads(tmp_path: Path, first: str) -> None:
    assert read_world(written(tmp_path, first + YAML)).world.people[0].id == "usr_ada"
    text = json.dumps({"$schema": "world.schema.json", "companies": [{"id": "co_harbour", "name": "Harbour Books"}]})
    assert read_world(written(tmp_path, text, "world.json")).world.companies[0].id == "co_harbour"
    assert complaint(written(tmp_path, first.replace("$schema", "$scheme"))).endswith("Did you mean $schema?")


def test_on_and_off_are_words(tmp_path: Path) -> None:
    world = read_world(written(tmp_path, "conditions: [{notifications: off}, {notifications: on}]\n")).world
    assert [part.notifications for part in world.conditions] == ["off", "on"]
    assert read_world(written(tmp_path, YAML + "    opted_out: true\n")).world.people[0].opted_out


def test_a_file_that_is_missing_too_large_or_no_text_is_refused_as_such(tmp_path: Path) -> None:
    assert "cannot be read" in complaint(tmp_path / "nowhere.yaml")
    assert "8 MiB" in complaint(written(tmp_path, "#" * (LARGEST + 1)))
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in complaint(tmp_path / "binary.yaml")


def test_aliases_of_aliases_are_not_followed_without_end() -> None:
    levels = "".join(f"  b{i}: &x{i} [{', '.join([f'*x{i - 1}'] * 10)}]\n" for i in range(1, 9))
    for text in (f"policy:\n  b0: &x0 [1, 1]\n{levels}", "people: &everybody [*everybody]\n"):
        with pytest.raises(WorldUnreadable, match="aliases come to too much"):
            parse_world(Path("world.yaml"), text)
    people = "people:\n- &ada {id: ada, name: Ada Ash, emails: &at [{address: ada@example.test}]}\n"
    assert parse_world(Path("world.yaml"), f"{people}- {{id: ben, name: Ben Birch, emails: *at}}\n").world.people


@pytest.mark.parametrize("parts", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("depth", [50, 15_000, 200_000])
@pytest.mark.rule("S62")
def test_parts_within_parts_without_end_are_refused_before_they_are_read(parts: str, depth: int) -> None:
    with pytest.raises(WorldUnreadable, match="too deep"):
        parse_world(Path("world.yaml"), parts * depth)


def test_python_objects_are_not_made_by_a_file(tmp_path: Path) -> None:
    assert complaint(written(tmp_path, "people: !!python/object/apply:os.getcwd []\n"))
