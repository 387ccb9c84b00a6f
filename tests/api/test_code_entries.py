"""Codes are read as forgivingly as the sandbox says, and the tester sees the slip in a code or a second password.

Every kind of code is tried: confirmation codes, codes by WhatsApp, those of an authenticator app at the second step and
at its set-up. Further members of the kind: codes of somebody else's message, and second passwords set over HTTP.
"""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from logindrill.models import WrongEntry
from logindrill.work.runtime import Runtime
from tests.support.contacts import a_portal, contact
from tests.support.control import ControlTool
from tests.support.doors import ClientApp
from tests.support.factors import (
    NUMBER,
    SECOND_PASSWORD,
    shown_at,
    with_authenticator,
    with_second_password,
    with_whatsapp,
)
from tests.support.people import address_of, id_of, password_of, person
from tests.support.scenes import Scene, a_sandbox
from tests.support.sets import thinned

ODD = {
    "{0}{1}{2} {3}{4}{5}": "space",
    " {0}{1}{2}{3}{4}{5}\u00a0": "space",
    "{0}{1}{2}-{3}{4}{5}": "hyphen",
    "\u202a{0}{1}{2}{3}{4}{5}\u202c": "invisible_character",
    "other": "other_figures",
}


def oddly(code: str, form: str) -> str:
    if form == "other":
        return "".join(chr(0x0660 + int(digit)) for digit in code)
    if form == "full width":
        return "".join(chr(0xFF10 + int(digit)) for digit in code)
    return form.format(*code)


def last(app: Flask, scene: Scene) -> dict[str, Any]:
    found: dict[str, Any] = ControlTool.of(app, scene).get(f"/attempts/{scene.attempts()[-1].id}")
    return found


class Cora:
    """A contact with a code in her hand."""

    def __init__(self, app: Flask, runtime: Runtime, **policy: Any) -> None:
        self.scene = a_portal(runtime, contact("Cora Crane"), contact("Dora Dale", None), policy=policy)
        self.client = ClientApp.of(app, self.scene)
        self.code = self.asked("Cora")

    def asked(self, name: str) -> str:
        self.client.post("/confirmation-codes", {"email": address_of(name)})
        return str(self.scene.messages()[-1].code)

    def let_end(self, state: str) -> None:
        if state == "used":
            assert self.types(self.code) == 201
        elif state == "superseded":
            self.asked("Cora")
        elif state == "expired":
            self.scene.wait(timedelta(minutes=10))
        else:
            staff = ClientApp.of(self.client.http.application, self.scene, token=self.scene.signed_in("Sam"))
            phones = [{"number": "+14155550177", "kind": "sms"}]
            assert staff.call("PATCH", f"/users/{id_of('Cora')}", {"phones": phones}).status_code == 200

    def types(self, code: str) -> int:
        return self.client.post("/confirmations", {"email": address_of("Cora"), "code": code}).status_code


class Ada:
    """Somebody who waits at her second step."""

    def __init__(self, app: Flask, runtime: Runtime, *, by_app: bool, **policy: Any) -> None:
        ada = with_authenticator("Ada Ash", "owner") if by_app else with_whatsapp("Ada Ash", "owner")
        self.scene = a_sandbox(runtime, ada, person("Olga Oak", "owner"), policy=policy)
        self.client = ClientApp.of(app, self.scene)
        self.path = f"/sign-ins/{self.client.sign_in('Ada').get_json()['sign_in_id']}"
        if by_app:
            self.code = shown_at(self.scene.now)
        else:
            self.client.post(f"{self.path}/otp", {"phone": NUMBER})
            self.code = str(self.scene.messages()[-1].code)

    def let_end(self, state: str) -> None:
        if state == "superseded":
            self.client.post(f"{self.path}/otp", {"phone": NUMBER})
        elif state == "void":
            owner = ClientApp.of(self.client.http.application, self.scene, token=self.scene.signed_in("Olga"))
            phones = [{"number": "+14155550177", "kind": "whatsapp"}]
            assert owner.call("PATCH", f"/users/{id_of('Ada')}", {"phones": phones}).status_code == 200
        else:
            self.scene.wait(timedelta(minutes=2))

    def types(self, code: str) -> int:
        return self.client.post(f"{self.path}/second-factor", {"code": code}).status_code


def whoever(app: Flask, runtime: Runtime, kind: str, **policy: Any) -> Cora | Ada:
    if kind == "confirmation":
        return Cora(app, runtime, **policy)
    return Ada(app, runtime, by_app=kind == "app", **policy)


@pytest.mark.rule("rule-10")
@pytest.mark.parametrize("form", ODD)
@pytest.mark.parametrize("kind", ["confirmation", "whatsapp", "app"])
def test_a_code_is_read_forgivingly(app: Flask, runtime: Runtime, kind: str, form: str) -> None:
    person = whoever(app, runtime, kind)
    assert person.types(oddly(person.code, form)) == 201


@pytest.mark.rule("rule-5", "rule-6", "rule-10")
@pytest.mark.parametrize("form", thinned([*ODD, "full width"], 3))
@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("confirmation", "used"),
        ("confirmation", "superseded"),
        ("confirmation", "expired"),
        ("confirmation", "void"),
        ("whatsapp", "superseded"),
        ("whatsapp", "void"),
        ("app", "expired"),
    ],
)
def test_an_ended_code_is_recognised_however_it_is_typed(
    app: Flask, runtime: Runtime, kind: str, state: str, form: str
) -> None:
    for spelling in ("forgiving", "exact"):
        holder = whoever(app, runtime, kind, **{"codes.spelling": spelling})
        holder.let_end(state)
        assert holder.types(oddly(holder.code, form)) == 401
        assert last(app, holder.scene)["reason"] == f"{state}_code"
        assert holder.scene.rows(WrongEntry) == [], "a code that was issued is no guess"


@pytest.mark.rule("rule-10")
@pytest.mark.parametrize("form", [*ODD, "full width"])
def test_the_first_code_of_an_app_is_read_forgivingly_too(app: Flask, runtime: Runtime, form: str) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"))
    client = ClientApp.of(app, scene, token=scene.signed_in("Ada"))
    begun = client.call("PUT", "/me/second-factor", {"method": "totp", "current_password": password_of("Ada")})
    assert begun.status_code in {200, 201, 202}, begun.text
    shown = shown_at(scene.now, begun.get_json()["secret"])
    confirmed = client.post("/me/second-factor/confirmation", {"code": oddly(shown, form)})
    assert confirmed.status_code in {200, 204}, confirmed.text


@pytest.mark.rule("rule-6", "rule-10")
@pytest.mark.parametrize("kind", ["confirmation", "whatsapp", "app"])
def test_a_code_is_read_exactly_where_the_sandbox_says_so_and_that_is_no_guess(
    app: Flask, runtime: Runtime, kind: str
) -> None:
    person = whoever(app, runtime, kind, **{"codes.spelling": "exact"})
    for form, nearness in ODD.items():
        assert person.types(oddly(person.code, form)) == 401
        found = last(app, person.scene)
        assert (found["reason"], [miss["kind"] for miss in found["near_misses"]]) == ("code_not_exact", [nearness])
        assert "read_codes_forgivingly" in {remedy["code"] for remedy in found["remedies"]}
    assert person.types(person.code) == 201


@pytest.mark.rule("rule-10")
@pytest.mark.parametrize("kind", ["confirmation", "whatsapp", "app"])
def test_a_wrong_code_is_named_by_its_slip_and_counted(app: Flask, runtime: Runtime, kind: str) -> None:
    policy = {} if kind == "app" else {"codes.fixed": "012345"}
    person = whoever(app, runtime, kind, **policy)
    at = next(n for n in range(5) if person.code[n] != person.code[n + 1])
    swapped = person.code[:at] + person.code[at + 1] + person.code[at] + person.code[at + 2 :]
    slips = {swapped: "swapped_digits"}
    if kind != "app":
        slips |= {
            "G-012345": "letters_before",
            "O12345": "letter_for_digit",
            "0l2345": "letter_for_digit",
            "12345": "lost_zero",
        }
    for typed, nearness in slips.items():
        assert person.types(typed) == 401
        found = last(app, person.scene)
        assert (found["reason"], [miss["kind"] for miss in found["near_misses"]]) == ("wrong_code", [nearness])


@pytest.mark.rule("rule-10")
def test_the_code_of_another_message_is_named_as_such(app: Flask, runtime: Runtime) -> None:
    cora = Cora(app, runtime)
    assert cora.types(cora.asked("Dora")) == 401
    [miss] = last(app, cora.scene)["near_misses"]
    assert miss["kind"] == "other_message"
    assert address_of("Dora") in miss["evidence"]


@pytest.mark.rule("rule-9", "rule-10")
@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (SECOND_PASSWORD.upper(), "case"),
        (f"{SECOND_PASSWORD} ", "space"),
        (f"{SECOND_PASSWORD}\u200b", "invisible_character"),
        ("quite another", None),
    ],
)
def test_a_second_password_has_near_misses_too(app: Flask, runtime: Runtime, typed: str, kind: str | None) -> None:
    scene = a_sandbox(runtime, with_second_password("Ben Birch"))
    client = ClientApp.of(app, scene)
    waits = client.sign_in("Ben").get_json()["sign_in_id"]
    assert client.post(f"/sign-ins/{waits}/second-factor", {"second_password": typed}).status_code == 401
    found = last(app, scene)
    assert found["reason"] == "wrong_second_password"
    assert [miss["kind"] for miss in found["near_misses"]] == ([] if kind is None else [kind])


def test_no_check_is_seen_by_a_bare_code(app: Flask, runtime: Runtime) -> None:
    for holder in (Cora(app, runtime), Ada(app, runtime, by_app=True), Ada(app, runtime, by_app=False)):
        for typed in ("000000", holder.code):
            holder.types(typed)
        for attempt in holder.scene.attempts():
            evidence_texts = [evidence for _, _, evidence in (*attempt.checks, *attempt.causes)]
            assert not [evidence for evidence in evidence_texts if "_" in evidence]
