"""Every rule id that a pane shows leads to what it means."""

import re

from logindrill.console.rule_ids import meanings
from logindrill.rules.policy import knobs
from logindrill.rules.reasons import REASONS
from logindrill.scenarios.catalogue import scenarios
from tests.console.desk import Desk
from tests.support.people import address_of
from tests.support.scenes import Scene

_LINK = re.compile(r'<a class="rule" href="/console/rule-ids#([\w-]+)">')


def test_every_id_of_a_reason_a_scenario_and_a_knob_has_a_meaning() -> None:
    shown = {one for reason in REASONS.values() for one in reason.rule_ids}
    shown |= {one for scenario in scenarios().values() for one in scenario.rules}
    shown |= {one for knob in knobs().values() for one in knob.rule_ids}
    assert shown <= set(meanings())


def test_an_id_on_a_pane_leads_to_its_meaning(desk: Desk, scene: Scene) -> None:
    scene.try_to_sign_in(address_of("Ben"), "something else")
    anchors = set(re.findall(r'<dt id="([\w-]+)">', desk.get("/console/rule-ids").text))
    found = [one for path in ("/timeline", "/rules", "/people/usr_ben") for one in _LINK.findall(desk.get(path).text)]
    assert found
    assert set(found) <= anchors
