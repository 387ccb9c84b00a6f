"""The explanation of an old link or code says where the newest one is.

The kind holds more members: links of invitations and resets, codes by e-mail, SMS and WhatsApp; superseded, expired,
void, used and unknown ones, and invitations that nobody followed; each with its newest sibling in the inbox, in spam,
blocked, late, never sent, or dead itself.
"""

from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.explain.asking import codes, reasons, remedy, set_up, token_in_mail, truth, why
from tests.support.contacts import a_portal, code_for
from tests.support.control import ControlTool
from tests.support.curing import cure
from tests.support.doors import ClientApp
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox

NEW = {"password": "brand new one", "password_confirmation": "brand new one"}
FATES = ["spam", "blocked", "delayed", "not_sent"]


def reason_of(fate: str) -> str:
    return "mail_in_spam" if fate == "spam" else f"mail_{fate}"


def befalls(app: Flask, scene: Scene, fate: str) -> None:
    more = {"delay": "PT5M"} if fate == "delayed" else {}
    set_up(app, scene, "/delivery-rules", {"match": {}, "disposition": fate} | more)


def follow(app: Flask, scene: Scene, card: Any, *, by: str) -> list[str]:
    """Apply the first remedy of each cause that has a call, as the explanation names it; what was applied."""
    done = []
    for cause in card["causes"]:
        best = next(one for one in card["remedies"] if cause["reason"] in one["cures"])
        if best["apply"] is not None:
            cure(app, scene, best, by=by)
        done.append(best["code"])
    return done


@pytest.mark.rule("A12", "A15", "A17")
@pytest.mark.parametrize("fate", FATES)
def test_an_old_reset_link_leads_to_where_the_newest_is(runtime: Runtime, app: Flask, fate: str) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash"))
    client = ClientApp.of(app, scene)
    client.post("/password-resets", {"identifier": address_of("Ada")})
    old = token_in_mail(app, scene, "Ada")
    befalls(app, scene, fate)
    client.post("/password-resets", {"identifier": address_of("Ada")})
    card = truth(app, scene, client.get(f"/password-resets/{old}"))
    assert (card["reason"], reasons(card)) == ("link_superseded", [reason_of(fate), "link_superseded"])
    follow(app, scene, card, by="usr_ola")
    token = token_in_mail(app, scene, "Ada")
    assert client.call("PUT", f"/password-resets/{token}", NEW).status_code == 204


@pytest.mark.rule("B4", "B11")
@pytest.mark.parametrize("fate", FATES)
def test_an_old_code_leads_to_where_the_newest_is(runtime: Runtime, app: Flask, fate: str) -> None:
    scene = a_portal(runtime)
    client = ClientApp.of(app, scene)
    old = code_for(scene)
    befalls(app, scene, fate)
    code_for(scene)
    card = truth(app, scene, client.post("/confirmations", {"email": address_of("Cora"), "code": old}))
    assert (card["reason"], reasons(card)) == ("superseded_code", [reason_of(fate), "superseded_code"])
    assert ("use_newest_code" in codes(card)) is (fate in {"spam", "delayed"})
    follow(app, scene, card, by="usr_sam")
    entry = {"email": address_of("Cora"), "code": str(scene.messages()[-1].code)}
    assert client.post("/confirmations", entry).status_code == 201


def test_an_old_code_whose_newest_is_in_the_inbox_has_one_cause(runtime: Runtime, app: Flask) -> None:
    scene = a_portal(runtime)
    old = code_for(scene)
    code_for(scene)
    answer = ClientApp.of(app, scene).post("/confirmations", {"email": address_of("Cora"), "code": old})
    card = truth(app, scene, answer)
    assert (reasons(card), codes(card)) == (["superseded_code"], ["use_newest_code", "ask_new_code"])


@pytest.mark.rule("A4", "A15")
@pytest.mark.parametrize(
    ("fate", "first"), [("spam", ["look_in_spam", "follow_invitation"]), ("blocked", ["allow_sender"])]
)
def test_the_mail_of_an_invitation_is_found_before_its_link_is_opened(
    runtime: Runtime, app: Flask, fate: str, first: list[str]
) -> None:
    rules = [{"match": {}, "disposition": fate}]
    people = person("Ola Oak", "owner"), person("Cy Cane", status="invited", password=None)
    scene = a_sandbox(runtime, *people, delivery_rules=rules)
    of_attempt = truth(app, scene, ClientApp.of(app, scene).sign_in("Cy Cane"))
    for card in (why(app, scene, "cy"), of_attempt):
        assert reasons(card) == [reason_of(fate), "not_activated"]
        assert codes(card) == [*first, "resend_invitation"]


def test_an_unknown_link_leads_to_no_message_where_there_is_none(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    tool = ControlTool.of(app, scene)
    before = tool.call("POST", "/snapshots", {}).get_json()["id"]
    client = ClientApp.of(app, scene)
    client.post("/password-resets", {"identifier": address_of("Ada")})
    lost = token_in_mail(app, scene, "Ada")
    assert tool.call("POST", f"/snapshots/{before}/restore").status_code in {200, 204}
    assert codes(truth(app, scene, client.get(f"/password-resets/{lost}"))) == ["ask_new_reset"]
    client.post("/password-resets", {"identifier": address_of("Ada")})
    card = truth(app, scene, client.get(f"/password-resets/{lost}"))
    assert codes(card) == ["use_newest_link", "ask_new_reset"]


def test_a_remedy_names_every_cause_that_it_cures(runtime: Runtime, app: Flask) -> None:
    rules = [{"match": {}, "disposition": "blocked"}]
    people = person("Ola Oak", "owner"), person("Cy Cane", status="invited", password=None)
    card = why(app, a_sandbox(runtime, *people, delivery_rules=rules), "cy")
    assert remedy(card, "resend_invitation")["cures"] == ["mail_blocked", "not_activated"]
    assert remedy(card, "allow_sender")["cures"] == ["mail_blocked"]
