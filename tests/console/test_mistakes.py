"""A form that was refused says its mistakes as it says its fields, and leads to the first."""

import pytest

from tests.console.desk import Desk, said
from tests.pages.visitor import Seen


def alert_of(seen: Seen) -> str:
    """What stands at the top of a refused form."""
    return " ".join(seen.text("alert").split())


def focused(seen: Seen) -> list[str]:
    """The ids of the controls that one is led to."""
    found = [*seen.all("input"), *seen.all("select"), *seen.all("textarea")]
    return [one.attributes["id"] for one in found if "autofocus" in one.attributes]


def refused(desk: Desk, path: str, at: str, **fields: str) -> Seen:
    """A form sent from a pane, and not accepted."""
    seen = desk.send(path, fields, at=at)
    assert seen.status == 422, seen.answer.text
    return seen


def impersonation(desk: Desk) -> str:
    """In whose stead the first form of a page would act."""
    return next(
        one.attributes["value"]
        for one in desk.open("/people").all("option")
        if " co_" in one.attributes.get("value", "")
    )


def test_an_address_is_complained_of_at_its_field(desk: Desk) -> None:
    fields = {"form": "invite", "name": "Nina Nut", "role": "member", "email": "nina", "as": impersonation(desk)}
    seen = refused(desk, "/people/invite", "/people", **fields)
    assert "Main address:" in alert_of(seen)
    assert "emails" not in alert_of(seen)
    assert focused(seen) == ["invite-email"]


def test_a_needed_name_is_complained_of_at_its_field(desk: Desk) -> None:
    fields = {"form": "invite", "role": "member", "email": "nina@example.test", "as": impersonation(desk)}
    seen = refused(desk, "/people/invite", "/people", **fields)
    assert alert_of(seen).endswith("Name: Enter a name.")
    assert focused(seen) == ["invite-name"]


def test_one_of_several_numbers_is_named_by_its_line(desk: Desk) -> None:
    numbers = {"emails": "ben.birch@example.test main", "phones": "+15550100191 whatsapp\n12 whatsapp"}
    fields = {"form": "edit", "name": "Ben", **numbers, "as": impersonation(desk)}
    seen = refused(desk, "/people/usr_ben/edit", "/people/usr_ben", **fields)
    assert "Numbers: Line 2:" in alert_of(seen)
    assert focused(seen) == ["edit-phones"]


@pytest.mark.parametrize(
    ("path", "fields", "label", "control"),
    [
        ("/faults/arm", {"form": "fault", "effect": "status", "status": "70"}, "Status", "fault-status"),
        (
            "/faults/arm",
            {"form": "fault", "effect": "status", "status": "503", "client": "tv"},
            "Client",
            "fault-client",
        ),
        ("/conditions/begin", {"form": "condition", "network": "tin can"}, "Network", "condition-network"),
        ("/delivery-rules/add", {"form": "rule", "disposition": "delayed", "delay": "soon"}, "Delay", "rule-delay"),
    ],
)
def test_circumstances_are_complained_of_by_their_labels(
    desk: Desk, path: str, fields: dict[str, str], label: str, control: str
) -> None:
    seen = refused(desk, path, "/faults", **fields)
    assert f"{label}:" in alert_of(seen)
    assert focused(seen) == [control]
    assert not [said(one) for one in seen.all("li") if "match." in said(one) or "effect." in said(one)]


def test_a_span_that_is_none_is_complained_of_beside_it(desk: Desk) -> None:
    seen = refused(desk, "/clock/advance", "/clock", form="by", by="a while")
    assert "By:" in alert_of(seen)
    assert focused(seen) == ["by-by"]
