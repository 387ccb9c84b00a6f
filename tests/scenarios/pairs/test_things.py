"""What scenarios lay hands on."""

import pytest

from logindrill.scenarios.catalogue import find
from tests.support.pairs.things import Thing, touched


@pytest.mark.parametrize(
    ("name", "things"),
    [
        ("deactivated-untold", {Thing.STATUS, Thing.HANDED_OUT}),
        ("wrong-case-password", {Thing.PASSWORD}),
        ("wrong-case-email", set()),
        ("space-in-email", {Thing.RECOGNITION}),
        ("studio-of-somebody-else", {Thing.MEMBERSHIPS}),
        ("secondary-address-sign-in", {Thing.IDENTIFIERS}),
        ("stuck-on-hotspot", {Thing.NETWORK, Thing.RECOGNITION}),
        ("locked-after-many-tries", {Thing.LIMITS}),
        ("reset-mail-in-spam", {Thing.MESSAGES}),
        ("older-code", {Thing.HANDED_OUT}),
        ("trusted-device-after-30-days", {Thing.FACTOR, Thing.HANDED_OUT}),
        ("outdated-app", set()),
    ],
)
def test_a_scenario_touches_what_it_changes_or_depends_on(name: str, things: set[Thing]) -> None:
    assert touched(find(name)) == things


def test_somebody_who_is_not_there_yet_touches_everything() -> None:
    assert touched(find("first-sign-in")) == set(Thing)
