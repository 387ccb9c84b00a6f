"""The causes in an account: its state, its memberships, its history."""

from collections.abc import Callable

from tests.support.proof.cause import (
    CONTACT,
    CUSTOMER_ADDRESS,
    CUSTOMER_PASSWORD,
    OTP,
    PASSWORD,
    RECOGNISED,
    STAFF_PASSWORD,
    CauseEntry,
    Dimension,
    Stage,
)
from tests.support.proof.links_and_codes import changes_password
from tests.support.proof.ways import Staging

_ALL_OF_ACCOUNT = frozenset({"status", "membership", "password", "identifier", "factor", "card", "device"})
_GONE = _ALL_OF_ACCOUNT | {"silent", "credential"}
"""What somebody deleted held and could read is gone with them; a call that never arrives leaves nothing to explain."""


def _order(method: str, path: str, body: object = None, by: str | None = None) -> Callable[[Staging], None]:
    def arrange(staging: Staging) -> None:
        staging.order(by or staging.boss, method, path, body)

    return arrange


def _locks(staging: Staging) -> None:
    for _ in range(3):
        staging.traveller.call("POST", "/sign-ins", {"identifier": staging.address, "password": "a guess of somebody"})


def _new_number(staging: Staging) -> None:
    phones = [{"number": "+15550100177", "kind": "whatsapp"}]
    staging.order(staging.boss, "PATCH", "", {"phones": phones})
    staging.right_phone = "+15550100177"


def _address_moves(staging: Staging) -> None:
    old = staging.address
    emails = [{"address": "new.cleo@example.test", "kind": "main"}, {"address": old, "kind": "secondary"}]
    staging.order("professional", "PATCH", "", {"emails": emails})
    staging.part = {**staging.part, "emails": emails}
    staging.traveller.identifier = old


ACCOUNTS = (
    CauseEntry(
        *(
            "deactivated",
            Dimension.STATE,
            STAFF_PASSWORD + CONTACT + RECOGNISED,
            ("deactivated",),
            frozenset({"status"}),
        ),
        stage=Stage.ORDERED,
        arrange=_order("PUT", "/deactivation"),
        is_seen_of_person=True,
    ),
    CauseEntry(
        *("deactivated by support", Dimension.STATE, CUSTOMER_PASSWORD, ("deactivated",), frozenset({"status"})),
        stage=Stage.ORDERED,
        arrange=_order("PUT", "/deactivation", by="support"),
        is_seen_of_person=True,
    ),
    CauseEntry(
        *("merged", Dimension.HISTORY, CUSTOMER_PASSWORD, ("merged",), _ALL_OF_ACCOUNT, Stage.ORDERED),
        arrange=_order("PUT", "/merge", {"into": "usr_clea"}),
        is_seen_of_person=True,
    ),
    CauseEntry(
        *("access revoked", Dimension.MEMBERSHIP, CUSTOMER_PASSWORD, ("access_revoked",), frozenset({"membership"})),
        stage=Stage.ORDERED,
        arrange=_order("PUT", "/access-revocation"),
        is_seen_of_person=True,
    ),
    CauseEntry(
        *("never activated", Dimension.STATE, PASSWORD, ("not_activated",), _ALL_OF_ACCOUNT),
        person={"status": "invited", "password": None, "second_factor": None, "devices": None},
        is_seen_of_person=True,
    ),
    CauseEntry(
        *("deleted", Dimension.HISTORY, STAFF_PASSWORD, ("deleted",), _GONE, Stage.ORDERED),
        arrange=_order("DELETE", ""),
    ),
    CauseEntry(
        *("customer deleted", Dimension.HISTORY, CUSTOMER_PASSWORD, ("deleted",), _GONE, Stage.ORDERED),
        arrange=_order("DELETE", "", by="support"),
    ),
    CauseEntry(
        *(
            "contact deleted",
            Dimension.HISTORY,
            ("contact email", "contact sms", *RECOGNISED),
            ("deleted",),
            _GONE,
            Stage.ORDERED,
        ),
        arrange=_order("DELETE", ""),
    ),
    CauseEntry(
        *("opted out", Dimension.STATE, CONTACT + RECOGNISED, ("opted_out",), frozenset({"card"}), Stage.ORDERED),
        arrange=_order("PATCH", "", {"opted_out": True}),
        is_seen_of_person=True,
    ),
    CauseEntry(
        *("locked", Dimension.STATE, PASSWORD, ("throttled",), frozenset({"lock"}), Stage.ORDERED),
        arrange=_locks,
        policy={"throttling.enabled": True, "throttling.failures": 3},
        is_seen_of_person=True,
    ),
    CauseEntry(
        *("number changed", Dimension.HISTORY, OTP, ("phone_mismatch",), frozenset({"factor"})),
        stage=Stage.HANDED_OUT,
        arrange=_new_number,
    ),
    CauseEntry(
        *("address moved", Dimension.HISTORY, CUSTOMER_ADDRESS, ("secondary_address",), frozenset({"identifier"})),
        stage=Stage.HANDED_OUT,
        arrange=_address_moves,
    ),
    CauseEntry(
        *(
            "password changed",
            Dimension.HISTORY,
            STAFF_PASSWORD,
            ("wrong_password",),
            frozenset({"password", "device"}),
        ),
        stage=Stage.HANDED_OUT,
        arrange=changes_password,
    ),
)
