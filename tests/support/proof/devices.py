"""The causes in a device that its owner trusts to be recognised: expired, revoked, forgotten, somebody else's."""

from collections.abc import Callable
from typing import Any

from tests.support.proof.cause import RECOGNISED, TRUSTED, CauseEntry, Dimension, Stage
from tests.support.proof.ways import Staging

_SIGNS_IN = frozenset({"device", "credential"})
"""A temporary password would be used up by the visit."""
_ANY = TRUSTED + RECOGNISED
_TOKEN = "token-of-a-known-device-0001"


def _device(
    name: str,
    ways: tuple[str, ...],
    reported_as: str,
    arrange: Callable[[Staging], None] | None = None,
    *,
    trusted_at: str | None = None,
    things: frozenset[str] = frozenset({"device"}),
) -> CauseEntry:
    known: dict[str, Any] = {"devices": [{"name": "Laptop", "token": _TOKEN, "trusted_at": trusted_at}]}
    return CauseEntry(
        *(name, Dimension.CIRCUMSTANCE, ways, (reported_as,), things, Stage.HANDED_OUT, arrange),
        person=known if trusted_at else {},
    )


def _sends(token: str) -> Callable[[Staging], None]:
    def arrange(staging: Staging) -> None:
        staging.traveller.device = token

    return arrange


def _revoked(staging: Staging) -> None:
    """The person takes the trust back, on another device."""
    who = staging.traveller
    begun = who.control("POST", f"/users/{who.id}/sessions", {})
    token = {"Authorization": f"Bearer {begun['session']['access_token']}"}
    listed = who.call("GET", "/me/devices", **token).get_json()["data"]
    assert who.call("DELETE", f"/me/devices/{listed[0]['id']}", **token).status_code == 204


def _visits(cookies: str) -> Callable[[Staging], None]:
    """The visit on the device ends, whose browser keeps no cookies."""

    def arrange(staging: Staging) -> None:
        who = staging.traveller
        who.control("POST", "/conditions", {"match": {"user": who.id}, "cookies": cookies})
        typed = who.identifier, who.password
        if who.password:
            who.identifier, who.password = staging.address, staging.right_password
        who.device, who.expects_recognition = "", False
        assert who.try_it() is None
        who.device, who.expects_recognition = who.given_device, True
        who.identifier, who.password = typed
        who.control("POST", "/clock/advance", {"by": "PT31M"})

    return arrange


DEVICES = (
    _device("trust just expired", TRUSTED, "device_trust_expired", trusted_at="-P30D"),
    _device("trust long expired", _ANY, "device_trust_expired", trusted_at="-P400D"),
    _device("device revoked", _ANY, "device_revoked", _revoked),
    _device("device unknown", _ANY, "device_unknown", _sends("token-of-nobody-at-all-0001")),
    _device("cookies dropped", _ANY, "device_not_sent", _sends("")),
    _device("incognito", _ANY, "cookies_incognito", _visits("incognito"), things=_SIGNS_IN),
    _device("cookies deleted", _ANY, "cookies_auto_deleted", _visits("auto_delete"), things=_SIGNS_IN),
)
