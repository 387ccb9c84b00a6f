"""An explanation says each thing once, and names who had an address before.

The kind holds more members: ways that agree by device, by client, by both and by neither; an address, a username and a
second deletion.
"""

import json
from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.explain.asking import reasons, set_up, truth, why
from tests.support.doors import ClientApp
from tests.support.factors import with_second_password
from tests.support.people import address_of, password_of, person
from tests.support.scenes import a_sandbox


def ways(card: Any) -> list[tuple[list[str], list[str], str]]:
    return [(way["clients"], way["devices"], way["outcome"]) for way in card["ways"]]


def test_ways_that_agree_are_one(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash", status="deactivated"))
    card = why(app, scene)
    assert ways(card) == [(["web", "mobile"], ["recognised", "new"], "refused")]
    set_up(app, scene, "/conditions", {"match": {"client": "mobile"}, "network": "hotspot"})
    assert ways(why(app, scene)) == [
        (["web"], ["recognised", "new"], "refused"),
        (["mobile"], ["recognised", "new"], "never_loads"),
    ]


def test_what_blocks_every_way_is_explained_once(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash", status="deactivated"))
    scene.try_to_sign_in(address_of("Ada"), password_of("Ada"))
    card = why(app, scene)
    written = json.dumps(card)
    [found], [remedy] = card["causes"], card["remedies"]
    assert (card["ways"][0]["reasons"], card["last_refusal"]["reasons"]) == (["deactivated"], ["deactivated"])
    assert written.count(json.dumps(found["cause"])) == 1
    assert written.count(json.dumps(remedy["apply"])) == 1


def test_a_way_keeps_the_remedies_that_are_its_own(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), with_second_password("Ada Ash"))
    card = why(app, scene, client="web", device="new")
    [way] = card["ways"]
    assert (card["causes"], card["remedies"]) == ([], [])
    assert (way["reasons"], way["asked"]) == ([], "second_password")
    assert [remedy["cures"] for remedy in way["remedies"]] == [[way["asked_because"]["reason"]]] * len(way["remedies"])
    assert way["remedies"]


@pytest.mark.rule("A27")
def test_a_password_for_a_reused_address_is_explained_by_its_earlier_holder(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash"))
    as_ola = ClientApp.of(app, scene, token=scene.signed_in("Ola Oak"))
    assert as_ola.call("DELETE", "/users/usr_ada").status_code == 204
    body = {"name": "Ada Arbor", "role": "member", "emails": [{"address": address_of("Ada")}]}
    assert as_ola.post("/users", body).status_code == 201
    new = {"password": "brand new one", "password_confirmation": "brand new one"}
    client = ClientApp.of(app, scene)
    client.post(f"/invitations/{scene.newest_token(address_of('Ada'))}/acceptance", new)
    card = truth(app, scene, client.sign_in("Ada Ash"))
    assert reasons(card) == ["wrong_password"]
    [miss] = card["near_misses"]
    assert (miss["check"], miss["kind"]) == ("identifier", "earlier_holder")
    assert "was deleted at 2026-03-02" in miss["evidence"]
