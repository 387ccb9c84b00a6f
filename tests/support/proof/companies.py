"""The causes in one company of several, in what a company shows, and in accounts of before."""

from typing import Any

from tests.support.proof.cause import (
    CUSTOMER_ADDRESS,
    CUSTOMER_PASSWORD,
    PAGE,
    STAFF_PASSWORD,
    CauseEntry,
    Dimension,
    Stage,
)
from tests.support.proof.ways import Staging

_ALL = frozenset({"status", "membership", "password", "identifier", "factor", "device", "credential", "company"})

_OF_ONE = frozenset({"status", "membership", "company", "identifier", "credential", "factor"})
"""What is the person's own no company changes for somebody of two."""


def _of_both(role: str, *companies: str) -> dict[str, Any]:
    return {"memberships": [{"company": company, "role": role} for company in companies]}


def _closed_in_one(staging: Staging) -> None:
    staging.order("owner", "PUT", "/deactivation")
    staging.traveller.company = "co_harbour"


def _revoked_in_one(staging: Staging) -> None:
    staging.order("professional", "PUT", "/access-revocation")
    staging.traveller.company = "co_north"


def _withdrawn(staging: Staging) -> None:
    path = f"{staging.traveller.page}/audience/{staging.traveller.id}"
    assert staging.act("staff", "DELETE", path).status_code < 300


def _merged_and_released(staging: Staging) -> None:
    staging.order("professional", "PUT", "/merge", {"into": "usr_clea"})
    staging.order("support", "POST", "/email-releases", {"address": staging.address})


def _merged_and_restored(staging: Staging) -> None:
    """Support undoes the merger; the old password is dead, and the customer types it."""
    staging.order("professional", "PUT", "/merge", {"into": "usr_clea"})
    staging.order("support", "DELETE", "/merge")
    staging.part = {**staging.part, "password": None}


def _deleted_and_back(staging: Staging) -> None:
    """Deleted and invited again under the address; the person types the password of before."""
    who, new = staging.traveller, "Quite another one than before"
    staging.order(staging.boss if staging.preset == "business-chat" else "support", "DELETE", "")
    role = staging.part["memberships"][0]["role"]
    body = {"name": staging.part["name"], "role": role, "emails": [{"address": staging.address, "kind": "main"}]}
    made = staging.act(staging.boss, "POST", "/users", body)
    assert made.status_code == 201, made.text
    who.id = made.get_json()["id"]
    token = staging.newest("activation")["token"]
    body = {"password": new, "password_confirmation": new}
    assert who.call("POST", f"/invitations/{token}/acceptance", body).status_code == 201
    staging.part = {**staging.part, "password": new}


COMPANIES = (
    CauseEntry(
        *("deactivated in one company", Dimension.MEMBERSHIP, STAFF_PASSWORD, ("deactivated",)),
        *(_OF_ONE, Stage.ORDERED, _closed_in_one),
        person=_of_both("member", "co_harbour", "co_quay"),
    ),
    CauseEntry(
        *("revoked in one company", Dimension.MEMBERSHIP, CUSTOMER_PASSWORD, ("access_revoked",)),
        *(_OF_ONE, Stage.ORDERED, _revoked_in_one),
        person=_of_both("customer", "co_north", "co_south"),
    ),
    CauseEntry(
        *("not published", Dimension.MEMBERSHIP, PAGE, ("not_published",), frozenset({"page"}), Stage.ORDERED),
        _withdrawn,
    ),
    CauseEntry(
        *(
            "merged, address released",
            Dimension.HISTORY,
            CUSTOMER_ADDRESS,
            ("merged", "unknown_identifier"),
            _ALL | {"lock"},
        ),
        Stage.ORDERED,
        _merged_and_released,
    ),
    CauseEntry(
        *("merged and restored", Dimension.HISTORY, CUSTOMER_PASSWORD, ("wrong_password",), _ALL, Stage.ORDERED),
        _merged_and_restored,
    ),
    CauseEntry(
        *("deleted, address invited anew", Dimension.HISTORY, STAFF_PASSWORD + CUSTOMER_ADDRESS, ("wrong_password",)),
        *(_ALL, Stage.HANDED_OUT, _deleted_and_back),
    ),
)
