"""An identifier is one identifier in every spelling that means it, wherever it is typed; the tester sees a slip.

Every place where an address is typed is tried with every spelling: signing in, resets, confirmation codes and entries,
invitations, changes of a card, support requests. Further members of the kind: punycode in capitals, the ideographic
full stop, combining marks, full width, \u00df for ss, invisible characters of eight kinds, spaces of three.
"""

from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.contacts import NUMBER, a_portal, contact
from tests.support.control import ControlTool
from tests.support.doors import ClientApp, code_of
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

MIA = "mia@m\u00fcller.test"
SPELLINGS = [
    "mia@xn--mller-kva.test",
    "mia@XN--MLLER-KVA.test",
    "mia@mu\u0308ller.test",
    "mia@m\u00fcller\u3002test",
    MIA,
]
CASES = ["MIA@m\u00fcller.test", "mia@M\u00dcLLER.test", "\uff4dia@m\u00fcller.test"]
INVISIBLE = "\u202a\u2068\u200e\u200d\ufe0f\u2063\u200b\u00ad"
SPACES = " \u00a0\u2009"
PHONES = ["tel:+1-415-555-0100", "\u202a+1 415 555 0100\u202c", "0014155550100", "+\uff11 (415) 555\u20110100"]


def explained(app: Flask, scene: Scene) -> dict[str, Any]:
    attempt = scene.attempts()[-1].id
    found: dict[str, Any] = ControlTool.of(app, scene).get(f"/attempts/{attempt}")
    return found


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    mia = person("Mia M\u00fcller", emails=[{"address": MIA}])
    return a_sandbox(runtime, person("Ola Oak", "owner"), mia)


@pytest.fixture
def client(app: Flask, scene: Scene) -> ClientApp:
    return ClientApp.of(app, scene)


@pytest.mark.rule("A7", "rule-10")
@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_domain_in_punycode_or_in_letters_is_one_address(app: Flask, scene: Scene, typed: str) -> None:
    client = ClientApp.of(app, scene)
    body = {"identifier": typed, "password": "Secret of mia"}
    assert client.post("/sign-ins", body).status_code == 201
    client.post("/password-resets", {"identifier": typed})
    assert (scene.messages()[-1].recipient, scene.messages()[-1].reason) == (MIA, None)
    client.post("/support-requests", {"email": typed})
    owner = ClientApp.of(app, scene, token=scene.signed_in("Ola"))
    assert owner.get("/support-requests").get_json()["data"][-1]["user_id"] == "usr_mia"
    invited = owner.post("/users", {"name": "Mia", "role": "member", "emails": [{"address": typed}]})
    assert (invited.status_code, code_of(invited)) == (409, "email_taken")
    changed = owner.call("PATCH", "/users/usr_ola", {"emails": [{"address": typed}]})
    assert (changed.status_code, code_of(changed)) == (409, "email_taken")


@pytest.mark.rule("A7", "rule-10")
@pytest.mark.parametrize("typed", CASES)
def test_case_counts_only_where_it_is_to_and_is_named_truly(app: Flask, runtime: Runtime, typed: str) -> None:
    for case_sensitive in (True, False):
        mia = person("Mia M\u00fcller", emails=[{"address": MIA}])
        scene = a_sandbox(runtime, mia, policy={"identifiers.case_sensitive": case_sensitive})
        body = {"identifier": typed, "password": "Secret of mia"}
        answer = ClientApp.of(app, scene).post("/sign-ins", body)
        assert answer.status_code == (401 if case_sensitive else 201)
        if case_sensitive:
            [miss] = explained(app, scene)["near_misses"]
            is_case = typed[0] != "\uff4d"
            assert miss["kind"] == ("case" if is_case else "other_characters")
            assert ("upper and lower case" in miss["evidence"]) is is_case


@pytest.mark.rule("A8", "rule-10")
@pytest.mark.parametrize("mark", INVISIBLE + SPACES)
@pytest.mark.parametrize("path", ["/sign-ins", "/password-resets"])
def test_what_is_not_seen_is_shown_only_to_the_tester(
    app: Flask, client: ClientApp, scene: Scene, path: str, mark: str
) -> None:
    kind = "space" if mark in SPACES else "invisible_character"
    for typed in (f"{mark}{MIA}", f"mia{mark}@m\u00fcller.test", f"{MIA}{mark}"):
        body = {"identifier": typed} | ({"password": "Secret of mia"} if path == "/sign-ins" else {})
        assert client.post(path, body).status_code == (401 if path == "/sign-ins" else 202)
        [miss] = explained(app, scene)["near_misses"]
        assert miss["kind"] == kind


@pytest.mark.rule("A8", "rule-9")
@pytest.mark.parametrize("mark", INVISIBLE)
def test_an_invisible_character_in_a_password_is_named_as_such(
    app: Flask, client: ClientApp, scene: Scene, mark: str
) -> None:
    assert client.post("/sign-ins", {"identifier": MIA, "password": f"Secret of mia{mark}"}).status_code == 401
    found = explained(app, scene)
    assert [miss["kind"] for miss in found["near_misses"]] == ["invisible_character"]
    assert found["reason"] == "extra_space"


@pytest.mark.rule("B1", "rule-10")
@pytest.mark.parametrize("typed", PHONES)
def test_a_contact_is_known_by_every_spelling_of_the_number(app: Flask, runtime: Runtime, typed: str) -> None:
    scene = a_portal(runtime, contact("Cora Crane", "tel:+1-415-555-0100"))
    client = ClientApp.of(app, scene)
    assert client.post("/confirmation-codes", {"phone": typed}).status_code == 202
    message = scene.messages()[-1]
    assert (message.recipient, message.recipient_canonical) == (NUMBER, NUMBER)
    assert client.post("/confirmations", {"phone": typed, "code": message.code}).status_code == 201


@pytest.mark.rule("rule-10")
def test_a_number_of_ones_own_country_is_known_where_the_sandbox_names_it(app: Flask, runtime: Runtime) -> None:
    cora = contact("Cora Crane", "0171 1234567")
    scene = a_portal(runtime, cora, policy={"phones.default_country": "DE"})
    ClientApp.of(app, scene).post("/confirmation-codes", {"phone": "(0171) 123 45 67"})
    assert scene.messages()[-1].recipient == "+491711234567"


@pytest.mark.rule("B1")
@pytest.mark.parametrize("status", ["active", "deactivated"])
def test_the_number_of_a_contact_is_theirs_alone(app: Flask, runtime: Runtime, status: str) -> None:
    scene = a_portal(runtime, contact("Cora Crane", status=status), contact("Dora Dale", None))
    staff = ClientApp.of(app, scene, token=scene.signed_in("Sam"))
    phones = [{"number": "tel:+1-415-555-0100", "kind": "sms"}]
    new = {"name": "Ed", "role": "contact", "phones": phones}
    for answer in (staff.post("/users", new), staff.call("PATCH", "/users/usr_dora", {"phones": phones})):
        assert (answer.status_code, code_of(answer)) == (409, "phone_taken")
    assert staff.call("PATCH", "/users/usr_cora", {"phones": [*phones, *phones]}).status_code == 200
    staff.call("DELETE", "/users/usr_cora")
    assert staff.post("/users", new).status_code == 201
