from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from logindrill.cli import main
from logindrill.commands.options import PRESET
from logindrill.presets import PRESETS

GOOD = "companies: [{id: acme, name: Acme}]\n"
BAD = """companies: [{id: acme, name: Acme}]
people:
  - {id: ada, name: Ada, emails: [{address: nope}], memberships: [{company: nowhere, role: owner}]}
  - {id: ada, name: Ben}
policy:
  links: {reset_life: PT1H}
"""


def check(folder: Path, text: str, *options: str) -> Result:
    file = folder / "world.yaml"
    file.write_text(text)
    return CliRunner().invoke(main, ["world", "check", *options, str(file)])


def lines_of(result: Result) -> list[str]:
    """Where each mistake is, without the folder of the file."""
    return [line.partition("world.yaml:")[2] for line in result.output.splitlines()]


def test_a_world_without_mistakes_passes_silently(tmp_path: Path) -> None:
    result = check(tmp_path, GOOD)
    assert (result.exit_code, result.output) == (0, "")


def test_every_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    result = check(tmp_path, BAD, "--preset", "business-chat")
    assert result.exit_code == 1
    paths = [" ".join(line.split(": ")[:2]) for line in lines_of(result)]
    assert paths[0] == "6 policy.links"
    assert {"3 people.0.emails.0.address", "3 people.0.memberships.0.company", "4 people.1.id"} <= set(paths)


def test_knobs_within_a_group_are_to_be_named_by_themselves(tmp_path: Path) -> None:
    result = check(tmp_path, "policy:\n  links: {reset_life: PT1H}\n")
    assert lines_of(result) == ["2: policy.links: Name each knob of this group by itself, as links.invitation_life."]


def test_mistakes_in_the_form_of_the_file_are_all_named(tmp_path: Path) -> None:
    result = check(tmp_path, "companies: [{id: a, nme: b}]\npeople: 3\nfoo: 1\n")
    assert [line.split(": ")[0] for line in lines_of(result)] == ["1", "1", "2", "3"]


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    assert lines_of(check(tmp_path, "a: [\n")) != []


def test_without_a_preset_a_file_passes_if_one_of_them_accepts_it(tmp_path: Path) -> None:
    pages = "publications: [{id: page, title: A page, body: Text}]\n"
    assert check(tmp_path, pages).exit_code == 0
    assert check(tmp_path, pages, "--preset", "business-chat").exit_code == 1


def test_the_presets_offered_are_those_there_are() -> None:
    assert list(PRESET.choices) == list(PRESETS)


@pytest.mark.parametrize("name", ["no-such-file.yaml", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    result = CliRunner().invoke(main, ["world", "check", str(tmp_path / name)])
    assert result.exit_code == 2
    assert name in result.output
