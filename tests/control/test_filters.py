"""A filter that names what does not exist says so, with the nearest name; and a plus in a query is a plus.

Further members of the kind, tried here: users by address in place of their id, the order of a wait, a filter that no
list has, numbers in every spelling, addresses with a plus in capitals, in punycode and with spaces.
"""

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.control import ControlTool, mistakes
from tests.support.doors import ClientApp
from tests.support.factors import NUMBER, with_whatsapp
from tests.support.people import address_of, id_of, person
from tests.support.scenes import a_sandbox


@pytest.mark.parametrize(
    ("path", "field", "word", "meant"),
    [
        ("/attempts", "reason", "wrong_pasword", "wrong_password"),
        ("/attempts", "outcome", "refuse", "refused"),
        ("/attempts", "operation", "sign_inn", "sign_in"),
        ("/attempts", "user", "usr_adda", "usr_ada"),
        ("/attempts", "user", "ADA@example.test", "usr_ada"),
        ("/timeline", "user", "usr_adda", "usr_ada"),
        ("/messages", "kind", "pasword_reset", "password_reset"),
        ("/messages", "channel", "emial", "email"),
        ("/messages", "disposition", "inbx", "inbox"),
        ("/messages/latest", "kind", "notices", "notice"),
        ("/messages/wait", "order", "arived", "arrived"),
        ("/events", "usr", "usr_ada", ""),
    ],
)
def test_a_filter_that_names_nothing_says_what_may_be_meant(
    tool: ControlTool, path: str, field: str, word: str, meant: str
) -> None:
    answer = tool.call("GET", path, query_string={field: word})
    assert mistakes(answer) == [(field, "unknown")]
    assert f"Did you mean {meant}?" in answer.text or not meant


def test_filters_find_what_is_there(tool: ControlTool, client: ClientApp) -> None:
    client.sign_in("Ada Ash", password="quite wrong")
    [attempt] = tool.get(
        "/attempts", query_string={"user": "usr_ada", "operation": "sign_in", "reason": "wrong_password"}
    )["data"]
    assert attempt["outcome"] == "refused"
    assert tool.get("/attempts", query_string={"operation": "use_password_reset"})["data"] == []


@pytest.mark.rule("rule-10")
@pytest.mark.parametrize(
    "query",
    [
        "to=ada+test@example.test",
        "to=ada%2Btest@example.test",
        "to=ADA+Test@EXAMPLE.test",
        "to=%20ada+test@example.test%20",
        "to=ada+test@example.test%E2%80%8E",
        "to=ada+test@xn--mller-kva.test&of=m\u00fcller",
    ],
)
def test_a_plus_in_a_query_is_a_plus(app: Flask, runtime: Runtime, query: str) -> None:
    query, _, other = query.partition("&of=")
    address = "ada+test@m\u00fcller.test" if other else "ada+test@example.test"
    scene = a_sandbox(runtime, person("Ada Ash", emails=[{"address": address}]))
    ClientApp.of(app, scene).post("/password-resets", {"identifier": address})
    tool = ControlTool.of(app, scene)
    assert tool.get("/messages/latest", query_string=query)["to"] == address


@pytest.mark.rule("rule-10")
@pytest.mark.parametrize(
    "query",
    ["to=+14155550100", "to=%2B1+415+555-0100", "to=0014155550100", "to=tel:+1-415-555-0100"],
)
def test_a_number_is_found_in_every_spelling(app: Flask, runtime: Runtime, query: str) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Ada Ash", "owner"))
    client = ClientApp.of(app, scene)
    waits = client.sign_in("Ada Ash").get_json()["sign_in_id"]
    client.post(f"/sign-ins/{waits}/otp", {"phone": "tel:+1 (415) 555-0100"})
    tool = ControlTool.of(app, scene)
    assert tool.get("/messages/latest", query_string=query)["to"] == NUMBER
    assert tool.get("/messages", query_string={"to": address_of("Ada")})["data"] == []
    assert id_of("Ada") == tool.get("/messages/latest", query_string=query)["user_id"]
