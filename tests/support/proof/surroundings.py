"""The causes outside the account: the client's circumstances, faults, and the delivery of messages."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.support.proof.cause import ACTIVATION, ALL, CONTACT, PASSWORD, RESET, CauseEntry, Dimension, Stage
from tests.support.proof.ways import Staging

_MAIL = (*RESET, *ACTIVATION, *CONTACT, "staff otp")


def _set(path: str, body: Mapping[str, Any]) -> Callable[[Staging], None]:
    def arrange(staging: Staging) -> None:
        staging.traveller.control("POST", path, body)

    return arrange


def _condition(
    name: str, told_as: str, thing: str, policy: Mapping[str, Any] | None = None, **circumstance: str
) -> CauseEntry:
    return CauseEntry(
        *(name, Dimension.CIRCUMSTANCE, ALL, (told_as,), frozenset({thing, "client"})),
        stage=Stage.AROUND,
        arrange=_set("/conditions", {"match": {}, **circumstance}),
        policy=policy or {},
        is_seen_of_person=True,
    )


def _mail(disposition: str, **more: Any) -> CauseEntry:
    told_as = f"mail_{'in_spam' if disposition == 'spam' else disposition}"
    return CauseEntry(
        *(f"mail {disposition}", Dimension.DELIVERY, _MAIL, (told_as,), frozenset({"mail"})),
        stage=Stage.DELIVERY,
        arrange=_set("/delivery-rules", {"match": {}, "disposition": disposition, **more}),
    )


def _in_old_app(staging: Staging) -> None:
    staging.traveller.headers.update({"X-Client": "mobile/1.0", "X-Installation-Id": "inst-1"})


def _in_broken_app(staging: Staging) -> None:
    staging.traveller.headers.update({"X-Client": "mobile/2.0", "X-Installation-Id": "inst-1"})
    staging.traveller.control("POST", "/conditions", {"match": {"installation": "inst-1"}, "installation": "broken"})


def _together(staging: Staging) -> None:
    staging.traveller.control("POST", "/conditions", {"match": {}, "network": "hotspot", "cache": "stale"})


SURROUNDINGS = (
    _condition("vpn", "vpn", "network", {"networks.vpn": "deny"}, network="vpn"),
    _condition("hotspot", "hotspot", "network", network="hotspot"),
    _condition("offline", "offline", "network", network="offline"),
    _condition("stale cache", "stale_cache", "cache", cache="stale"),
    _condition("browser", "browser_unsupported", "browser", {"browsers.supported": ["chrome"]}, browser="safari"),
    CauseEntry(
        *("old app", Dimension.CIRCUMSTANCE, PASSWORD, ("app_outdated",), frozenset({"client"}), Stage.AROUND),
        arrange=_in_old_app,
        policy={"apps.min_version": "2.0"},
    ),
    CauseEntry(
        *("broken app", Dimension.CIRCUMSTANCE, PASSWORD, ("installation_broken",), frozenset({"client", "mail"})),
        stage=Stage.AROUND,
        arrange=_in_broken_app,
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
)
