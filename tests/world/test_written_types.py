"""A number, a yes or no or a date where a world needs text is refused: it needs quotes, in a field and in a knob.

Further members of the kind: codes that begin with zero (YAML reads them as octal), numbers with a plus, passwords of
digits only, ids, durations, knobs that take one of a few words; over HTTP the same is said.
"""

from pathlib import Path
from typing import Any

import pytest

from logindrill.rules.decisions import Invalid
from logindrill.rules.policy import check_change
from logindrill.web.bodies import validated
from logindrill.world.document import World
from logindrill.world.files import WorldUnreadable, parse_world

PERSON = "people:\n- id: usr_ada\n  name: Ada\n  {}\n"


@pytest.mark.parametrize(
    "line",
    [
        "password: 12345678",
        "password: 01234567",
        "password: true",
        "password: 1.5",
        "username: 42",
        "merged_into: 7",
        "last_sign_in_at: 20260101",
        "emails: [{address: 5}]",
        "phones: [{number: +14155550100}]",
        "phones: [{number: 14155550100}]",
        "second_factor: {method: second_password, second_password: 12345678}",
        "released_emails: [5]",
    ],
)
def test_a_value_that_is_no_text_needs_quotes_in_a_field(line: str) -> None:
    with pytest.raises(WorldUnreadable, match="put it in quotes"):
        parse_world(Path("world.yaml"), PERSON.format(line))


@pytest.mark.parametrize(
    ("knob", "value"),
    [
        ("codes.fixed", 123456),
        ("codes.fixed", 12345),
        ("codes.fixed", True),
        ("codes.spelling", 1),
        ("networks.vpn", False),
        ("apps.min_version", 1.1),
        ("apps.min_version", 2),
        ("links.activation_url", 5),
        ("phones.default_country", 49),
        ("wording.invalid_credentials", 401),
        ("codes.life", 600),
        ("otp.delay", 0),
    ],
)
def test_a_value_that_is_no_text_needs_quotes_in_a_knob(knob: str, value: object) -> None:
    with pytest.raises(Invalid) as refusal:
        check_change(knob, value)
    assert "in quotes" in refusal.value.fields[0].detail


def test_over_http_the_same_is_said() -> None:
    document: dict[str, Any] = {"companies": [{"id": "co_a", "name": 5}]}
    with pytest.raises(Invalid) as refusal:
        validated(World, document)
    assert [(error.field, "put it in quotes" in error.detail) for error in refusal.value.fields] == [
        ("companies.0.name", True)
    ]
