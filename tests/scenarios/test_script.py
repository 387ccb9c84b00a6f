"""What a printed test is made of: what stands in it, and what it takes from the answer of the set-up."""

from logindrill.scenarios.catalogue import find
from logindrill.scenarios.script import script


def test_a_header_that_only_the_scene_knows_is_taken_from_the_set_up() -> None:
    (call,) = script(find("second-factor-on-a-restored-phone"))
    assert call.from_set_up == ("X-Device-Token",)
    assert "X-Device-Token" not in call.headers


def test_a_session_is_kept_wherever_the_answer_is_looked_at_more_closely() -> None:
    muted, opened, _ = script(find("mobile-without-notifications"))
    assert muted.keep == {"token": "/session/access_token"}
    assert opened.headers["Authorization"] == "Bearer {token}"


def test_a_link_that_is_cut_in_two_is_taken_from_the_set_up() -> None:
    (call,) = script(find("link-cut-in-two"))
    assert call.path is None
