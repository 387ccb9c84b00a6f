"""The causes outside the account: the client's circumstances, faults, and the delivery of messages."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.support.proof.cause import (
    ACTIVATION,
    ALL,
    CONTACT,
    IN_APP,
    OTP,
    PASSWORD,
    RESET,
    STAFF_PAGE,
    CauseEntry,
    Dimension,
    Stage,
)
from tests.support.proof.ways import Staging

_IN_APP_WITH_PASSWORD = tuple(name for name in PASSWORD if name in IN_APP)
_MAIL = RESET + ACTIVATION + CONTACT + OTP


def _set(path: str, body: Mapping[str, Any]) -> Callable[[Staging], None]:
    def arrange(staging: Staging) -> None:
        staging.traveller.control("POST", path, body)

    return arrange


def _condition(
    name: str, reported_as: str, things: set[str], policy: Mapping[str, Any] | None = None, **circumstance: str
) -> CauseEntry:
    return CauseEntry(
        *(name, Dimension.CIRCUMSTANCE, ALL, (reported_as,), frozenset({"client", *things})),
        stage=Stage.AROUND,
        arrange=_of_person_alone(circumstance),
        policy=policy or {},
        is_seen_of_person=True,
    )


def _of_person_alone(circumstance: Mapping[str, str]) -> Callable[[Staging], None]:
    """It holds for the person, and not for those who look after them; for everybody where nobody knows who it is."""

    def arrange(staging: Staging) -> None:
        who = staging.traveller
        is_known = who.identifier in {staging.address, staging.username, staging.right_identifier}
        match = {"user": who.id} if is_known else {}
        who.control("POST", "/conditions", {"match": match, **circumstance})

    return arrange


def _mail(disposition: str, **more: Any) -> CauseEntry:
    reported_as = f"mail_{'in_spam' if disposition == 'spam' else disposition}"
    return CauseEntry(
        *(f"mail {disposition}", Dimension.DELIVERY, _MAIL, (reported_as,), frozenset({"mail"})),
        stage=Stage.DELIVERY,
        arrange=_set("/delivery-rules", {"match": {}, "disposition": disposition, **more}),
    )


def _in_old_app(staging: Staging) -> None:
    staging.traveller.headers.update({"X-Client": "mobile/1.0", "X-Installation-Id": "inst-1"})


def _in_app(staging: Staging) -> None:
    staging.traveller.headers.update({"X-Client": "mobile/2.0", "X-Installation-Id": "inst-1"})


def _in_broken_app(staging: Staging) -> None:
    staging.traveller.headers.update({"X-Client": "mobile/2.0", "X-Installation-Id": "inst-1"})
    staging.traveller.control("POST", "/conditions", {"match": {"installation": "inst-1"}, "installation": "broken"})


SURROUNDINGS = (
    _condition("vpn", "vpn", {"network"}, {"networks.vpn": "deny"}, network="vpn"),
    _condition("hotspot", "hotspot", {"network", "silent"}, network="hotspot"),
    _condition("offline", "offline", {"network", "silent"}, network="offline"),
    _condition("stale cache", "stale_cache", {"cache", "silent"}, cache="stale"),
    _condition(
        "browser", "browser_unsupported", {"browser", "silent"}, {"browsers.supported": ["chrome"]}, browser="safari"
    ),
    CauseEntry(
        *("old app", Dimension.CIRCUMSTANCE, IN_APP, ("app_outdated",), frozenset({"client"}), Stage.AROUND),
        arrange=_in_old_app,
        policy={"apps.min_version": "2.0"},
    ),
    CauseEntry(
        *(
            "broken app",
            Dimension.CIRCUMSTANCE,
            _IN_APP_WITH_PASSWORD,
            ("installation_broken",),
            frozenset({"client", "mail"}),
        ),
        stage=Stage.AROUND,
        arrange=_in_broken_app,
    ),
    CauseEntry(
        *("page on mobile", Dimension.CIRCUMSTANCE, STAFF_PAGE, ("not_on_mobile",), frozenset({"client"})),
        stage=Stage.AROUND,
        arrange=_in_app,
    ),
    CauseEntry(
        *("fault at sign-in", Dimension.CIRCUMSTANCE, PASSWORD, ("fault",), frozenset({"fault"}), Stage.AROUND),
        arrange=_set("/faults", {"match": {"operation": "sign_in"}, "effect": {"status": 503}, "times": 50}),
        is_seen_of_person=True,
    ),
    _mail("spam"),
    _mail("blocked"),
    _mail("delayed", delay="PT5M"),
    _mail("not_sent"),
    CauseEntry(
        *("mail scanner", Dimension.DELIVERY, RESET + ACTIVATION, ("link_used",), frozenset({"mail", "credential"})),
        stage=Stage.DELIVERY,
        arrange=_set("/delivery-rules", {"match": {}, "disposition": "inbox", "opened_by_scanner": True}),
        policy={"links.used_by_get": True},
    ),
)
