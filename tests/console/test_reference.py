"""docs/reference/console.md names every pane and every test id."""

import re

import pytest
from flask import Flask

from logindrill.console import CONSOLE
from logindrill.factory import BROWSERS
from logindrill.reference import console as reference
from tests.console.desk import Desk
from tests.support.people import address_of
from tests.support.scenes import Scene

_PLACE = re.compile(r"\\\{\w+\\\}")


def test_every_template_is_a_pane_or_a_part_of_one() -> None:
    written = {path.stem for path in reference.TEMPLATES.glob("*.html")}
    assert written == {*reference.PANES, *reference.EVERYWHERE, *reference.PARTS}


def test_every_address_is_one_of_the_console(app: Flask) -> None:
    known = {
        re.sub(r"<sandbox_id>", "{sandbox}", rule.rule) for rule in app.extensions[BROWSERS].built.url_map.iter_rules()
    }
    known = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule) for rule in known if rule.startswith(CONSOLE.url_prefix or "")}
    addresses = {address for address, _ in reference.PANES.values()} - {"any"}
    assert addresses <= known


@pytest.mark.parametrize(
    ("pane", "path"),
    [
        ("timeline", "/timeline"),
        ("people", "/people"),
        ("person", "/people/usr_ben"),
        ("inbox", "/inbox"),
        ("applications", "/applications"),
        ("clock", "/clock"),
        ("faults", "/faults"),
        ("staging", "/scenarios"),
        ("rules", "/rules"),
        ("export", "/export"),
        ("settings", "/settings"),
        ("home", "/console/"),
        ("scenarios", "/console/scenarios"),
        ("scenario", "/console/scenarios/deactivated"),
    ],
)
def test_what_a_pane_carries_is_in_its_line(desk: Desk, scene: Scene, pane: str, path: str) -> None:
    scene.try_to_sign_in(address_of("Ben"), "something else")
    listed = [one for name in (pane, *reference.EVERYWHERE) for one in reference.test_ids(name)]
    patterns = [re.compile(_PLACE.sub(".+", re.escape(one))) for one in listed]
    for carried in set(re.findall(r'data-testid="([^"]+)"', desk.open(path).answer.text)):
        assert any(pattern.fullmatch(carried) for pattern in patterns), carried
