from datetime import timedelta

from flask import Flask

from logindrill.rules.circumstances import Network
from logindrill.services import conditions
from logindrill.world.conditions import ConditionPart
from tests.console.desk import Desk, links_of, said, texts_of
from tests.support.doors import ClientApp
from tests.support.people import address_of, password_of
from tests.support.scenes import Scene
from tests.support.tester import run_order

ADA = address_of("Ada")


def lines(desk: Desk, query: str = "") -> list[str]:
    """The lines of the timeline, the newest first."""
    seen = desk.open(f"/timeline{query}")
    return [said(e) for e in seen.all("li") if e.attributes.get("class", "").split(" ")[0] in {"try", "done"}]


def test_an_empty_timeline_says_what_will_stand_there(desk: Desk) -> None:
    assert "Nothing has happened yet" in texts_of(desk.open("/timeline"), "h2")


def test_a_line_contains_person_public_answer_and_true_reason(desk: Desk, scene: Scene) -> None:
    scene.try_to_sign_in(ADA, password_of("Ada").upper())
    (line,) = lines(desk)
    assert "Sign-in refused Ada Ash as ada@example.test · web" in line
    assert "Answer401 The e-mail address or password is incorrect." in line
    assert "CauseWhat was typed is right except for upper and lower case, or for other forms of its letters. A7" in line


def test_what_the_tester_did_stands_between_the_attempts(desk: Desk, scene: Scene) -> None:
    scene.try_to_sign_in(ADA, "wrong")
    run_order(scene, conditions.begin, ConditionPart(network=Network.VPN))
    scene.try_to_sign_in(ADA, password_of("Ada"))
    newest, between, oldest = lines(desk)
    assert "succeeded" in newest
    assert between.endswith("Tester added a condition")
    assert "refused" in oldest


def test_lines_are_shown_of_one_person_or_with_one_outcome(desk: Desk, scene: Scene) -> None:
    scene.try_to_sign_in(ADA, "wrong")
    scene.try_to_sign_in(ADA, password_of("Ada"))
    scene.try_to_sign_in(address_of("Ben"), "wrong")
    run_order(scene, conditions.begin, ConditionPart(network=Network.VPN))
    assert len(lines(desk)) == 4
    assert len(lines(desk, "?outcome=refused")) == 2
    assert len(lines(desk, "?outcome=succeeded")) == 1
    assert len(lines(desk, "?outcome=change")) == 1
    for ada in ("usr_ada", "Ada+Ash", "ASH", "ada@example.test"):
        assert len(lines(desk, f"?user={ada}")) == 2, ada
    assert len(lines(desk, "?user=usr_ada&outcome=refused")) == 1


def test_going_back_shows_every_line_once(desk: Desk, scene: Scene) -> None:
    for number in range(100):
        scene.try_to_sign_in(f"nobody{number}@example.test", "x")
        if number % 3 == 0:
            run_order(scene, conditions.end_all)
            run_order(scene, conditions.begin, ConditionPart(app_version=f"1.{number}"))
    shown: list[str] = []
    query: str | None = ""
    while query is not None:
        seen = desk.open(f"/timeline{query}")
        shown += [e.attributes["id"] for e in seen.all("li") if "id" in e.attributes]
        query = seen.find("older").attributes["href"].partition("/timeline")[2] if seen.has("older") else None
    happened = {row.id for row in scene.attempts()} | {row.id for row in scene.events() if row.attempt_id is None}
    assert len(shown) == len(set(shown))
    assert set(shown) == happened


def test_an_invalid_mark_is_refused(desk: Desk) -> None:
    for mark in ("x", "1", "1.x", "-1.2", "1.2.3", "9" * 40 + ".1"):
        desk.open(f"/timeline?before={mark}", 422)


def test_the_chart_counts_the_outcomes(desk: Desk, scene: Scene) -> None:
    scene.try_to_sign_in(ADA, "wrong")
    scene.wait(timedelta(hours=1))
    scene.try_to_sign_in(ADA, password_of("Ada"))
    seen = desk.open("/timeline")
    assert texts_of(seen, "figcaption")[0].startswith("1 refused 0 next step required 1 succeeded")
    assert len(seen.all("rect")) == 2


def test_an_attempt_is_explained_at_its_own_address(desk: Desk, scene: Scene) -> None:
    scene.try_to_sign_in(ADA, "wrong")
    attempt = scene.attempts()[0]
    seen = desk.open(f"/timeline/{attempt.id}")
    assert "The e-mail address or password is incorrect." in seen.text("public")
    assert "wrong_password" in seen.text("truth")
    assert any("curl -i -X POST" in e.attributes.get("data-copy", "") for e in seen.all("button"))
    assert "wrong" not in "".join(e.attributes.get("data-copy", "") for e in seen.all("button"))
    assert desk.path("/people/usr_ada") in links_of(seen)
    desk.open("/timeline/att_nothing", 404)


def test_what_people_type_does_nothing_in_the_timeline(desk: Desk, scene: Scene) -> None:
    scene.try_to_sign_in("<script>alert(1)</script>@example.test", "x")
    assert "<script>alert" not in desk.get("/timeline").text


def test_the_browser_of_an_attempt_is_shown_in_words(app: Flask, desk: Desk, scene: Scene) -> None:
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
    answer = ClientApp.of(app, scene).sign_in("Ada", password="wrong one", headers={"User-Agent": firefox})
    seen = desk.open(f"/timeline/{answer.headers['X-Attempt-Id']}")
    assert seen.text("browser") == f"Firefox on Linux{firefox}"
