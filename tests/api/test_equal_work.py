"""Requests that are answered alike send the same statements to the database, whoever they are for (S12, S21)."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from logindrill.credentials import outbox
from logindrill.models import Link, Message, OneTimeCode
from logindrill.services import deletions
from logindrill.work import statements
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from tests.support.contacts import NUMBER, OTHER_NUMBER, a_portal, contact
from tests.support.doors import ClientApp
from tests.support.factors import waiting, with_whatsapp
from tests.support.people import address_of, id_of, person
from tests.support.scenes import Scene, a_sandbox

NOBODY = "nobody@example.test"
REPORT = {"error_message": "Invalid User / password"}
POLICIES: tuple[dict[str, Any], ...] = ({}, {"throttling.enabled": True})

Send = Callable[[str, Mapping[str, object]], list[str]]


@pytest.fixture
def send(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Sends a request twice and returns the statements of the second one."""
    monkeypatch.setattr(outbox, "_NOW_AND_THEN", "never")

    def sent_by(path: str, body: Mapping[str, object]) -> list[str]:
        for _ in range(2):
            with collected(monkeypatch) as sent:
                app.test_client(use_cookies=False).post(path, json=body)
        return sent

    return sent_by


@contextmanager
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement, of SQLAlchemy and of the driver's own cursor, in its order."""
    sent: list[str] = []
    execute = statements._execute

    def prepared(connection: Any, plan: Any, values: Any) -> Any:
        sent.append(plan.sql)
        return execute(connection, plan, values)

    def by_sqlalchemy(*arguments: Any) -> None:
        sent.append(arguments[2])

    event.listen(Engine, "before_cursor_execute", by_sqlalchemy)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(statements, "_execute", prepared)
            yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", by_sqlalchemy)


def members(runtime: Runtime, policy: dict[str, Any]) -> Scene:
    scene = a_sandbox(
        runtime,
        person("Olga Oak", "owner"),
        person("Ada Ash"),
        person("Ben Birch", status="invited"),
        person("Cleo Cedar", status="deactivated"),
        person("Dora Dane"),
        policy=policy,
    )
    order(scene.work(token=scene.signed_in("Olga Oak")), deletions.delete_user, id_of("Dora"))
    return scene


def portal(runtime: Runtime, policy: dict[str, Any]) -> Scene:
    return a_portal(
        runtime,
        contact("Cora Crane"),
        contact("Anna Alder", None, opted_out=True),
        contact("Dora Dane", None, status="deactivated"),
        policy=policy,
    )


@pytest.mark.both_engines
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.rule("S12")
def test_a_reset_sends_the_same_statements_for_everybody(runtime: Runtime, send: Send, policy: dict[str, Any]) -> None:
    path = f"/s/{members(runtime, policy).id}/v1/password-resets"
    unknown = send(path, {"identifier": NOBODY})
    assert sum("INSERT INTO links" in statement for statement in unknown) == 1
    for name in ("Ada", "Ben", "Cleo", "Dora"):
        assert send(path, {"identifier": address_of(name)}) == unknown, name


@pytest.mark.both_engines
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.rule("S21")
def test_a_code_sends_the_same_statements_for_everybody(runtime: Runtime, send: Send, policy: dict[str, Any]) -> None:
    path = f"/s/{portal(runtime, policy).id}/v1/confirmation-codes"
    unknown = send(path, {"email": NOBODY})
    assert sum("INSERT INTO one_time_codes" in statement for statement in unknown) == 1
    for name in ("Cora", "Anna", "Dora", "Sam"):
        assert send(path, {"email": address_of(name)}) == unknown, name
    assert send(path, {"phone": NUMBER}) == send(path, {"phone": OTHER_NUMBER})


@pytest.mark.both_engines
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.rule("S21")
def test_a_report_sends_the_same_statements_for_everybody(runtime: Runtime, send: Send, policy: dict[str, Any]) -> None:
    path = f"/s/{members(runtime, policy).id}/v1/support-requests"
    unknown = send(path, REPORT | {"email": NOBODY})
    assert sum("INSERT INTO support_requests" in statement for statement in unknown) == 1
    for name in ("Ada", "Ben", "Cleo", "Dora"):
        assert send(path, REPORT | {"email": address_of(name)}) == unknown, name


@pytest.mark.both_engines
@pytest.mark.parametrize("seed", [None, 7])
@pytest.mark.rule("S21")
def test_a_second_factor_sends_the_same_statements_for_every_number(
    runtime: Runtime, send: Send, seed: int | None
) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Ada Ash"), seed=seed)
    path = f"/s/{scene.id}/v1/sign-ins/{waiting(scene, 'Ada Ash')}/otp"
    wrong = send(path, {"phone": OTHER_NUMBER})
    assert sum("INSERT INTO one_time_codes" in statement for statement in wrong) == 1
    assert send(path, {"phone": NUMBER}) == wrong


@pytest.mark.rule("S12", "S21")
def test_what_is_written_for_nobody_leaves_one_unsent_message(app: Flask, runtime: Runtime) -> None:
    resets, codes = members(runtime, {}), portal(runtime, {})
    links = resets.rows(Link)
    for scene, path, body in (
        (resets, "/password-resets", {"identifier": NOBODY}),
        (codes, "/confirmation-codes", {"email": NOBODY}),
    ):
        before = len(scene.rows(Message))
        ClientApp.of(app, scene).post(path, body)
        [message] = scene.rows(Message)[before:]
        assert (message.disposition, message.text, message.token, message.code) == ("not_sent", "", None, None)
    assert (resets.rows(Link), codes.rows(OneTimeCode)) == (links, [])
