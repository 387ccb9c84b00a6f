"""The schema of world files takes whatever a world may be, and refuses slips of the pen."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator

from logindrill.control.operations import DOOR
from logindrill.presets import PRESETS
from logindrill.rules.policy import describe
from logindrill.services import worlds
from logindrill.work.runtime import Runtime
from logindrill.world.document import World
from logindrill.world.schema import schema, text
from tests.support import documents
from tests.support.scenes import a_sandbox
from tests.support.tester import look
from tests.support.worlds import WORLDS

VALIDATOR = Draft202012Validator(schema())
ROOT = Path(__file__).parents[2]


def shown_on_pages() -> Iterator[Any]:
    """Every world file that a page of the documentation shows, the broken one excepted."""
    for page in documents.files(ROOT):
        for block in documents.blocks(page.read_text(encoding="utf-8")):
            if block.file and block.language in ("yaml", "json") and block.file != "broken.yaml":
                content = yaml.safe_load(block.text)
                if isinstance(content, dict) and "people" in content:
                    yield pytest.param(content, id=f"{page.name}: {block.file}")


def parts_of(node: Any) -> Iterator[dict[str, Any]]:
    """Every object within, faults' bodies excepted: those are anything."""
    if isinstance(node, dict):
        yield node
    for name, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if name != "body":
            yield from parts_of(value)


@pytest.mark.parametrize("preset", list(WORLDS))
def test_a_world_with_everything_in_it_is_taken(preset: str) -> None:
    VALIDATOR.validate(WORLDS[preset])


@pytest.mark.parametrize("preset", list(WORLDS))
def test_every_export_is_taken(runtime: Runtime, preset: str) -> None:
    scene = a_sandbox(runtime, preset=preset)
    look(scene, worlds.replace, World.model_validate(WORLDS[preset]))
    VALIDATOR.validate(look(scene, worlds.show))


@pytest.mark.parametrize("preset", PRESETS)
def test_a_policy_that_says_every_value_of_a_preset_is_taken(preset: str) -> None:
    VALIDATOR.validate({"policy": {knob.name: knob.value for knob in describe(PRESETS[preset].policy, {})}})
    VALIDATOR.validate({"policy": {knob.name: None for knob in describe({}, {})}})


@pytest.mark.parametrize("world", list(shown_on_pages()))
def test_every_world_on_a_page_is_taken(world: Any) -> None:
    VALIDATOR.validate(world)


def test_the_example_of_the_api_is_taken() -> None:
    [example] = [operation.example for operation in DOOR.operations if operation.name == "replace_world"]
    VALIDATOR.validate(example)


@pytest.mark.parametrize("preset", list(WORLDS))
def test_a_field_that_does_not_exist_is_refused_wherever_it_stands(preset: str) -> None:
    for index in range(len(list(parts_of(WORLDS[preset])))):
        world = deepcopy(WORLDS[preset])
        list(parts_of(world))[index]["pasword"] = "long enough"
        assert not VALIDATOR.is_valid(world), f"in part {index}"


@pytest.mark.parametrize(
    "slip",
    [
        {"people": [{"name": "Ada Ash"}]},
        {"people": [{"id": "Ada", "name": "Ada Ash"}]},
        {"people": [{"id": "ada", "name": "Ada Ash", "status": "activ"}]},
        {"people": [{"id": "ada", "name": "Ada Ash", "memberships": [{"company": "co_x", "role": "admn"}]}]},
        {"people": [{"id": "ada", "name": 7}]},
        {"policy": {"links.reset_lief": "PT15M"}},
        {"policy": {"passwords.min_length": "8"}},
        {"clock": {"mode": "stopped"}},
        {"conditions": [{"network": "hotsopt"}]},
    ],
)
def test_a_slip_is_refused(slip: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(slip)


def test_the_file_is_the_schema_and_names_its_dialect() -> None:
    assert json.loads(text()) == schema()
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert text().endswith("}\n")


@pytest.mark.parametrize("preset", list(WORLDS))
def test_a_file_may_name_its_schema_and_no_export_does(runtime: Runtime, preset: str) -> None:
    world = {"$schema": "../world.schema.json", **WORLDS[preset]}
    VALIDATOR.validate(world)
    scene = a_sandbox(runtime, preset=preset)
    look(scene, worlds.replace, World.model_validate(world))
    exported = look(scene, worlds.show)
    assert "$schema" not in exported
    look(scene, worlds.replace, World.model_validate({"$schema": "x", **exported}))
    assert look(scene, worlds.show) == exported
