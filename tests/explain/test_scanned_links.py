"""A link that opening alone used up is not asked for again before the opening is stopped.

The kind holds more members: links of invitations and resets; a scanner by a rule for everybody, an address or a kind;
the person's own opening; the knob that has been set back meanwhile.
"""

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.explain.asking import codes, remedy, token_in_mail, truth
from tests.support.curing import cure
from tests.support.doors import ClientApp
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox

NEW = {"password": "brand new one", "password_confirmation": "brand new one"}
SCANNED = [{"match": {}, "disposition": "inbox", "opened_by_scanner": True}]


def scanned(runtime: Runtime) -> Scene:
    people = person("Ola Oak", "owner"), person("Ada Ash"), person("Cy Cane", status="invited", password=None)
    return a_sandbox(runtime, *people, policy={"links.used_by_get": True}, delivery_rules=SCANNED)


@pytest.mark.rule("A12")
@pytest.mark.parametrize("code", ["exclude_from_scanning", "keep_links_unused"])
def test_a_scanned_reset_is_cured_by_whoever_stops_the_scanner(runtime: Runtime, app: Flask, code: str) -> None:
    scene = scanned(runtime)
    client = ClientApp.of(app, scene)
    client.post("/password-resets", {"identifier": address_of("Ada")})
    path = f"/password-resets/{token_in_mail(app, scene, 'Ada')}"
    card = truth(app, scene, client.call("PUT", path, NEW))
    assert codes(card) == ["exclude_from_scanning", "keep_links_unused", "ask_new_reset"]
    cure(app, scene, remedy(card, code), by="usr_ola")
    cure(app, scene, remedy(card, "ask_new_reset"), by="usr_ola")
    path = f"/password-resets/{token_in_mail(app, scene, 'Ada')}"
    assert client.call("PUT", path, NEW).status_code == 204


@pytest.mark.rule("A2")
def test_a_scanned_invitation_is_sent_again_once_the_scanner_is_stopped(runtime: Runtime, app: Flask) -> None:
    scene = scanned(runtime)
    client = ClientApp.of(app, scene)
    card = truth(app, scene, client.post(f"/invitations/{token_in_mail(app, scene, 'Cy')}/acceptance", NEW))
    assert codes(card) == ["exclude_from_scanning", "keep_links_unused", "resend_invitation"]
    cure(app, scene, remedy(card, "exclude_from_scanning"), by="usr_ola")
    cure(app, scene, remedy(card, "resend_invitation"), by="usr_ola")
    answer = client.post(f"/invitations/{token_in_mail(app, scene, 'Cy')}/acceptance", NEW)
    assert answer.status_code == 201
