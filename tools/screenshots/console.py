"""Takes the pictures of the console, in sandboxes where something has happened."""

from logindrill.scenarios.catalogue import find
from logindrill.scenarios.player import Phase
from tools.screenshots.album import Album

_PANES = ("timeline", "inbox", "people", "applications", "clock", "faults", "scenarios", "rules", "export", "settings")


def take(album: Album) -> None:
    """Home, the failures, a walk, and every pane."""
    sandbox, person = _something_happened(album)
    album.open("/console/")
    album.take("console-home", whole=False)
    album.open("/console/scenarios?words=invalid")
    album.take("console-failures", whole=False)
    album.open("/console/scenarios/trusted-device-after-30-days")
    album.take("console-failure")
    album.page.get_by_test_id("open").click()
    album.page.wait_for_load_state()
    album.take("console-walk")
    album.page.get_by_test_id("to-failure").click()
    album.page.get_by_test_id("do").click()
    album.page.get_by_test_id("reveal").click()
    album.take("console-reveal")
    for pane in _PANES:
        album.open(f"/console/s/{sandbox}/{pane}")
        album.take(f"console-{pane}", whole=pane not in {"scenarios", "rules"})
    album.open(f"/console/s/{sandbox}/people/{person}")
    album.take("console-person")
    album.open(f"/console/s/{sandbox}/timeline?outcome=refused")
    album.page.locator("[data-testid=timeline] .what a").first.click()
    album.page.wait_for_load_state()
    album.take("console-attempt")


def _something_happened(album: Album) -> tuple[str, str]:
    """A sandbox in which people have tried to get in, with codes that cross and a condition that holds."""
    player = album.stage("otp-superseded")
    for name in ("otp-superseded", "mistyped-password", "forgotten-password"):
        scenario = find(name)
        for step in scenario.tries:
            player.take(step, Phase.REPRODUCE)
    sandbox = player.known["sandbox"]
    body = {"match": {"user": player.known["person.id"], "client": "mobile"}, "network": "hotspot"}
    album.control("POST", f"/sandboxes/{sandbox}/conditions", body)
    return sandbox, player.known["person.id"]
