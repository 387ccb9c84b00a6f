"""Two sandboxes with the same people: nothing of one is seen from the other."""

import httpx

from tests.journeys.outside import ENTRIES, make, person, world

PEOPLE = world(person("Ada Ash", "owner"), person("Ben Birch", status="invited", password=None))


def test_nothing_of_one_is_seen_from_the_other(tool: httpx.Client) -> None:
    here, there = make(tool, world=PEOPLE), make(tool, world=PEOPLE)
    with here.app() as ada, there.app() as stranger:
        assert ada.sign_in("ada@example.test").status_code == 201
        stranger.token = ada.token
        refused = stranger.get("/session")
        assert (refused.status_code, there.reason(refused)) == (401, "token_of_another_sandbox")
        ada.call("PATCH", "/users/usr_ben", {"name": "Benedict Birch"})
        ada.post("/password-resets", {"identifier": "ada@example.test"})
        link, invitation = here.mail("ada@example.test")["token"], here.mail("ben@example.test")["token"]
        stranger.token = None
        for answer in (
            stranger.get(f"/password-resets/{link}"),
            stranger.call("PUT", f"/password-resets/{link}", ENTRIES),
            stranger.get(f"/invitations/{invitation}"),
            stranger.post(f"/invitations/{invitation}/acceptance", ENTRIES),
        ):
            assert (answer.status_code, there.reason(answer)) == (410, "link_unknown")
        assert ada.get(f"/invitations/{invitation}").status_code == 200
    assert there.look("/users/usr_ben")["name"] == "Ben Birch"
    assert [message["to"] for message in there.look("/messages")["data"]] == ["ben@example.test"]
    assert {attempt["reason"] for attempt in there.look("/attempts")["data"]} == {
        "token_of_another_sandbox",
        "link_unknown",
    }
    unseen = tool.get(f"/control/v1/sandboxes/{there.made['id']}/attempts/{here.look('/attempts')['data'][0]['id']}")
    assert unseen.status_code == 404


def test_a_sandboxs_clock_and_policy_are_its_own(tool: httpx.Client) -> None:
    here, there = make(tool, world=PEOPLE), make(tool, world=PEOPLE)
    here.tell("POST", "/clock/advance", {"by": "P8D"})
    here.tell("PATCH", "/policy", {"wording.invalid_credentials": "Nope."})
    with here.app() as late, there.app() as early:
        refused = late.sign_in("ada@example.test", "wrong one"), early.sign_in("ada@example.test", "wrong one")
        assert refused[0].json()["detail"] == "Nope."
        assert refused[1].json()["detail"] != "Nope."
        assert late.get(f"/invitations/{here.mail('ben@example.test')['token']}").status_code == 410
        assert early.get(f"/invitations/{there.mail('ben@example.test')['token']}").status_code == 200


def test_a_deleted_sandbox_is_gone_and_the_other_stays(tool: httpx.Client) -> None:
    here, there = make(tool, world=PEOPLE), make(tool, world=PEOPLE)
    with here.app() as gone, there.app() as stays:
        for app in (gone, stays):
            assert app.sign_in("ada@example.test").status_code == 201
        here.tell("DELETE", "")
        assert gone.get("/session").status_code == 404
        assert stays.get("/session").status_code == 200


def test_an_app_with_a_fixed_address_names_its_sandbox_in_a_header(tool: httpx.Client) -> None:
    here, there = make(tool, world=PEOPLE), make(tool)
    with httpx.Client(base_url=tool.base_url.join("/v1"), verify=False) as app:
        body = {"identifier": "ada@example.test", "password": ENTRIES["password"]}
        signed_in = app.post("/sign-ins", json=body, headers={"X-Sandbox": here.made["id"]})
        assert signed_in.status_code == 201
        assert app.post("/sign-ins", json=body, headers={"X-Sandbox": there.made["id"]}).status_code == 401
        assert app.post("/sign-ins", json=body).status_code == 401
        assert app.post("/sign-ins", json=body, headers={"X-Sandbox": "nobody"}).status_code == 404
        assert app.get("/session", headers={"X-Sandbox": here.made["id"]}).status_code == 200
        assert app.get("/session", headers={"X-Sandbox": there.made["id"]}).status_code == 401
        assert app.get("/session").status_code == 401
