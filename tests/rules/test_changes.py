"""A change names its fields and the kind of change, never a value (C6)."""

from datetime import UTC, datetime

import pytest

from logindrill.rules.changes import change_of, kind_of_value, kinds_of_moves

Held = list[tuple[str, str]]


@pytest.mark.rule("C6")
@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ([("a", "main")], [("a", "secondary")], ("main address became secondary",)),
        ([("a", "main")], [("b", "main")], ("main address removed", "main address added")),
        (
            [("a", "main"), ("b", "secondary")],
            [("b", "main"), ("a", "secondary")],
            ("main address became secondary", "secondary address became main"),
        ),
        ([("a", "main")], [], ("main address removed",)),
        ([("a", "main")], [("a", "main")], ("address respelled",)),
    ],
)
def test_it_is_said_what_became_of_an_address(before: Held, after: Held, kinds: tuple[str, ...]) -> None:
    assert kinds_of_moves("emails", before, after) == kinds


@pytest.mark.rule("C6")
def test_it_is_said_what_became_of_a_number_and_of_single_values() -> None:
    assert kinds_of_moves("phones", [("+1", "whatsapp")], [("+2", "whatsapp")]) == (
        "whatsapp number removed",
        "whatsapp number added",
    )
    assert kind_of_value("username", "ada", None) == "username removed"
    assert kind_of_value("username", None, "ada") == "username added"
    assert kind_of_value("name", "Ada", "Eve") == "name changed"
    assert kind_of_value("opted_out", False, True) == "consent to messages withdrawn"


@pytest.mark.rule("C6")
@pytest.mark.parametrize(
    ("event", "details", "fields", "kinds"),
    [
        ("user.role", {"before": "member", "role": "admin"}, ("role",), ("role member became admin",)),
        ("user.release_email", {"kind": "main"}, ("emails",), ("main address released",)),
        ("password_reset.use", {}, ("password",), ("password reset",)),
        ("user.merge", {"into": "usr_ada"}, ("status",), ("account merged into another",)),
        ("policy.change", {"knobs": ["codes.life"]}, ("codes.life",), ()),
        ("session.end", {"session": "ses_1"}, (), ()),
    ],
)
def test_events_of_the_log_name_their_fields(
    event: str, details: dict[str, object], fields: tuple[str, ...], kinds: tuple[str, ...]
) -> None:
    change = change_of(datetime(2026, 3, 2, tzinfo=UTC), event, None, details)
    assert (change.fields, change.kinds) == (fields, kinds)
