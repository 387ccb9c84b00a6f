import pytest

from logindrill.rules.delivery import Disposition
from logindrill.services import conditions, delivery_rules, faults
from tests.console.desk import Desk
from tests.support.people import password_of
from tests.support.scenes import Scene
from tests.support.tester import look


def held(scene: Scene) -> tuple[int, int, int]:
    """How many faults, conditions and delivery rules there are."""
    return (
        len(look(scene, faults.page, after=None, limit=9).data),
        len(look(scene, conditions.page, after=None, limit=9).data),
        len(look(scene, delivery_rules.page, after=None, limit=9).data),
    )


def send(desk: Desk, path: str, **fields: str) -> None:
    """Send a form that is accepted."""
    done = desk.send(path, fields, at="/faults")
    assert done.status == 303, done.answer.text


def test_one_press_sets_a_condition_for_everybody(desk: Desk, scene: Scene) -> None:
    send(desk, "/conditions/begin", network="vpn")
    (condition,) = look(scene, conditions.page, after=None, limit=9).data
    assert (condition.network, condition.match.user) == ("vpn", None)
    assert "network: VPN for everybody" in desk.open("/faults").text("conditions")


def test_a_condition_holds_for_one_person_and_is_ended(desk: Desk, scene: Scene) -> None:
    send(desk, "/conditions/begin", user="usr_ada", client="mobile", installation="broken", app_version="1.9")
    seen = desk.open("/faults")
    assert "installation: broken app version: 1.9 for user usr_ada, client mobile" in seen.text("conditions")
    (condition,) = look(scene, conditions.page, after=None, limit=9).data
    send(desk, f"/conditions/{condition.id}/end")
    assert held(scene) == (0, 0, 0)


def test_a_delivery_rule_is_made_and_ended(desk: Desk, scene: Scene) -> None:
    fields = {"disposition": "delayed", "delay": "PT3M", "channel": "email", "times": "2", "opened_by_scanner": "1"}
    send(desk, "/delivery-rules/add", **fields)
    (rule,) = look(scene, delivery_rules.page, after=None, limit=9).data
    assert (rule.disposition, rule.delay, rule.times) == (Disposition.DELAYED, "PT3M", 2)
    assert rule.opened_by_scanner
    assert "delayed after 3 min, opened by a scanner for channel email, matched 0 of 2" in desk.open("/faults").text(
        "rules"
    )
    send(desk, f"/delivery-rules/{rule.id}/end")
    assert held(scene) == (0, 0, 0)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"effect": "status", "status": "503", "retry_after": "PT2S"}, "503 for"),
        ({"effect": "drop"}, "connection dropped for"),
        ({"effect": "hang"}, "no answer for"),
        ({"effect": "late", "latency": "PT2S"}, "late after 2 s for"),
    ],
)
def test_a_fault_is_armed_and_disarmed(desk: Desk, scene: Scene, fields: dict[str, str], shown: str) -> None:
    send(desk, "/faults/arm", operation="sign_in", skip="1", times="3", **fields)
    assert (f"{shown} operation sign_in: 0 of 3 calls failed, after the first 1 calls passed") in desk.open(
        "/faults"
    ).text("faults")
    (fault,) = look(scene, faults.page, after=None, limit=9).data
    send(desk, f"/faults/{fault.id}/end")
    assert held(scene) == (0, 0, 0)


def test_what_is_armed_is_in_sight_on_every_pane_until_it_is_ended(desk: Desk, scene: Scene) -> None:
    assert not desk.open("/timeline").has("armed")
    send(desk, "/faults/arm", effect="drop")
    send(desk, "/conditions/begin", network="vpn")
    send(desk, "/conditions/begin", cache="stale")
    send(desk, "/delivery-rules/add", disposition="spam")
    panes = ("timeline", "inbox", "people", "applications", "clock", "faults", "rules", "export", "settings")
    for path in (f"/{pane}" for pane in panes):
        assert desk.open(path).text("armed") == "1 fault, 2 conditions, 1 delivery rule active", path
    send(desk, "/faults/end-all")
    assert held(scene) == (0, 0, 0)


def test_what_is_spent_is_armed_no_longer(desk: Desk, scene: Scene) -> None:
    send(desk, "/faults/arm", operation="sign_in", effect="status", status="503")
    body = {"identifier": "ada@example.test", "password": password_of("Ada")}
    assert desk.client.post(f"/s/{scene.id}/v1/sign-ins", json=body).status_code == 503
    seen = desk.open("/faults")
    assert not seen.has("armed")
    assert "spent" in seen.text("faults")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/conditions/begin", {"form": "condition", "user": "usr_ada"}),
        ("/conditions/begin", {"form": "condition", "network": "pigeon"}),
        ("/conditions/begin", {"form": "condition", "app_version": "new"}),
        ("/delivery-rules/add", {"form": "rule", "disposition": "delayed"}),
        ("/delivery-rules/add", {"form": "rule", "disposition": "inbox", "times": "many"}),
        ("/faults/arm", {"form": "fault", "effect": "late"}),
        ("/faults/arm", {"form": "fault", "effect": "status", "status": "200"}),
        ("/faults/arm", {"form": "fault", "effect": "status", "status": "soon"}),
    ],
)
def test_what_cannot_be_armed_is_refused_with_what_was_entered(
    desk: Desk, scene: Scene, path: str, fields: dict[str, str]
) -> None:
    refused = desk.send(path, fields, at="/faults")
    assert refused.status == 422
    assert refused.has("alert")
    assert held(scene) == (0, 0, 0)
    assert any("open" in e.attributes for e in refused.all("details"))


def test_ending_what_is_not_there_is_said(desk: Desk) -> None:
    for path in ("/conditions/cnd_x/end", "/faults/flt_x/end", "/delivery-rules/dlr_x/end"):
        assert desk.send(path, at="/faults").status == 404


def test_a_fault_of_tokens_is_chosen_by_name(desk: Desk, scene: Scene) -> None:
    send(desk, "/faults/arm", effect="token", token="wrong_nonce", operation="redeem_code", times="2", latency="PT2S")
    (fault,) = look(scene, faults.page, after=None, limit=9).data
    assert (fault.effect.token, fault.effect.latency, fault.times) == ("wrong_nonce", None, 2)
    assert "wrong nonce for operation redeem_code: 0 of 2 calls failed" in desk.open("/faults").text("faults")


def test_a_fault_of_tokens_where_it_never_happens_is_a_mistake_of_the_form(desk: Desk, scene: Scene) -> None:
    refused = desk.send("/faults/arm", {"effect": "token", "token": "empty", "operation": "sign_in"}, at="/faults")
    assert refused.status == 422
    assert held(scene) == (0, 0, 0)
