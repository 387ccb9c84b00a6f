"""Who forgot a password learns nothing from the answer, whoever they are."""

import httpx

from tests.journeys.outside import make, person, world

PEOPLE = world(
    person("Ada Ash", "owner"),
    person("Ben Birch", status="invited", password=None),
    person("Cleo Cedar", status="deactivated"),
)
ASKED = {
    "ada@example.test": None,
    "ben@example.test": "not_activated",
    "cleo@example.test": "deactivated",
    "nobody@example.test": "not_registered",
    "this is no address": "not_registered",
}


def test_five_people_get_one_answer(tool: httpx.Client) -> None:
    sandbox = make(tool, world=PEOPLE)
    answers = {}
    with sandbox.app() as app:
        for typed in ASKED:
            answer = app.post("/password-resets", {"identifier": typed})
            length = len(answer.headers.pop("X-Attempt-Id"))
            answer.headers.pop("Date")
            answers[typed] = (answer.status_code, answer.reason_phrase, answer.content, length, (*answer.headers.raw,))
    assert len(set(answers.values())) == 1, answers
    assert answers["ada@example.test"][0] == 202


def test_the_tester_sees_who_was_meant(tool: httpx.Client) -> None:
    sandbox = make(tool, world=PEOPLE)
    with sandbox.app() as app:
        for typed, reason in ASKED.items():
            answer = app.post("/password-resets", {"identifier": typed})
            attempt = sandbox.look(f"/attempts/{answer.headers['X-Attempt-Id']}")
            assert (attempt["reason"], attempt["public"]["status"]) == (reason, 202)
    letters = sandbox.look("/messages", kind="password_reset")["data"]
    assert len(letters) == len(ASKED)
    assert [letter["to"] for letter in letters if letter["disposition"] == "inbox"] == ["ada@example.test"]


def test_a_sign_in_tells_no_more(tool: httpx.Client) -> None:
    sandbox = make(tool, world=PEOPLE)
    with sandbox.app() as app:
        refused = [app.sign_in(typed, "wrong one") for typed in ASKED]
    assert len({(answer.status_code, answer.content) for answer in refused}) == 1
    assert refused[0].status_code == 401
