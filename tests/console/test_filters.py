"""A filter of a list that names nothing says so in place, with the nearest name, and never empties the list.

Further members of the kind, tried here: words of each filter of each list, filters that a list does not have, and
people who are not there.
"""

import pytest

from tests.console.desk import Desk, said
from tests.support.people import address_of
from tests.support.scenes import Scene


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/timeline?outcome=refusd", "There is no outcome refusd; this filter is ignored. Did you mean refused?"),
        ("/timeline?outcom=refused", "There is no filter outcom; it is ignored. Did you mean outcome?"),
        ("/timeline?reason=wrong_pasword", "There is no filter reason; it is ignored."),
        ("/timeline?user=usr_nobody", "Nobody here has the ID, name or address usr_nobody; this filter is ignored."),
        ("/inbox?channel=emial", "There is no channel emial; this filter is ignored. Did you mean email?"),
        ("/inbox?disposition=inbx", "There is no disposition inbx; this filter is ignored. Did you mean inbox?"),
        ("/inbox?kind=notice", "There is no filter kind; it is ignored."),
        ("/people?role=ownr", "There is no role ownr; this filter is ignored. Did you mean owner?"),
        (
            "/console/scenarios?symptom=eror_text",
            "There is no symptom eror_text; this filter is ignored. Did you mean error_text?",
        ),
        (
            "/console/scenarios?preset=busines-chat",
            "There is no preset busines-chat; this filter is ignored. Did you mean business-chat?",
        ),
    ],
)
def test_a_filter_that_names_nothing_is_said_in_place(desk: Desk, path: str, sentence: str) -> None:
    seen = desk.open(path)
    assert seen.text("unknown-filter") == sentence
    assert "found" not in " ".join(said(heading) for heading in seen.all("h2"))


def test_the_list_is_shown_as_without_that_filter(desk: Desk, scene: Scene) -> None:
    scene.try_to_sign_in(address_of("Ada"), "wrong")
    for path in ("/timeline?outcome=refusd", "/timeline?user=usr_nobody"):
        assert "Sign-in refused" in said(desk.open(path).find("timeline"))


@pytest.mark.parametrize(
    "path",
    [
        "/timeline?outcome=refused&user=ada",
        "/timeline?outcome=",
        "/inbox?channel=email&disposition=spam&to=ada",
        "/people?role=owner&q=ada",
        "/console/scenarios?symptom=error_text&preset=business-chat&words=password",
    ],
)
def test_nothing_is_said_of_filters_that_exist(desk: Desk, path: str) -> None:
    assert "unknown-filter" not in desk.open(path).answer.text
