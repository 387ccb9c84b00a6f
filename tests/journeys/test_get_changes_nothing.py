"""No GET changes anything: no link, image, scanner or crawler can do something in somebody's name (S69)."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from logindrill.factory import BROWSERS, CLIENTS, TESTERS
from logindrill.models import Base
from logindrill.work.runtime import Runtime
from tests.support.contacts import contact, page
from tests.support.doors import ClientApp
from tests.support.people import COMPANY, address_of, id_of, password_of, person
from tests.support.scenes import Scene, a_sandbox

pytestmark = [pytest.mark.rule("S69"), pytest.mark.slow]

USE = {"sandboxes": {"last_used_at"}, "sessions": {"last_used_at"}}
"""What may change by reading: when a sandbox and a session were used last, which says how long they live."""
LOG = {"attempts", "events"}
"""Where the tester reads of a GET that was refused, or that led somebody to the question whether to sign out."""

Rows = dict[tuple[str, int], dict[str, Any]]


@pytest.fixture(params=["business-chat", "contact-portal", "customer-app"])
def scene(runtime: Runtime, request: pytest.FixtureRequest) -> Scene:
    """A sandbox with an open invitation, somebody to sign in, and a publication where there are any."""
    preset = str(request.param)
    staff = person("Olga Oak", {"contact-portal": "staff", "customer-app": "professional"}.get(preset, "owner"))
    others = {
        "business-chat": [person("Ada Ash"), person("Ben Birch", status="invited")],
        "contact-portal": [contact("Ada Ash"), person("Ben Birch", "staff", status="invited")],
        "customer-app": [person("Ada Ash", "customer"), person("Ben Birch", "customer", status="invited")],
    }[preset]
    publications = [page("pub_a", "Ada")] if preset == "contact-portal" else []
    return a_sandbox(runtime, staff, *others, preset=preset, publications=publications)


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_get_changes_nothing_but_when_something_was_used(app: Flask, scene: Scene, signed_in: bool) -> None:
    scene.runtime.keys.all()  # signing keys are made when they are first needed, whoever asks
    client = app.test_client()
    ClientApp.of(app, scene).post("/password-resets", {"identifier": address_of("Olga")})
    ClientApp.of(app, scene).post("/support-requests", {"email": address_of("Ada")})
    if signed_in:
        body = {"identifier": address_of("Olga"), "password": password_of("Olga")}
        assert client.post(f"/s/{scene.id}/v1/sign-ins", json=body).status_code == 201
    visited = 0
    for path in paths(app, scene):
        before = rows(scene)
        answer = client.get(path, query_string={"timeout": 0})
        assert answer.status_code < 500, path
        visited += answer.status_code == 200
        assert changes(before, rows(scene)) == [], path
    assert visited > (60 if signed_in else 40)


def paths(app: Flask, scene: Scene) -> Iterator[str]:
    """Every path that answers GET requests; a token is once of an invitation, once of a reset."""
    for mount, application in (
        (f"/s/{scene.id}", app),
        (f"/s/{scene.id}", app.extensions[CLIENTS].built),
        ("", app.extensions[TESTERS].built),
        (f"/s/{scene.id}", app.extensions[BROWSERS].built),
    ):
        for rule in application.url_map.iter_rules():
            if "GET" in (rule.methods or ()):
                yield from filled(rule, "" if rule.rule.startswith("/console") else mount, scene)


def filled(rule: Rule, mount: str, scene: Scene) -> Iterator[str]:
    """The paths of a rule with ids of the sandbox in it."""
    known = {
        "sandbox_id": scene.id,
        "user_id": id_of("Ada"),
        "company_id": COMPANY,
        "publication_id": "pub_a",
        "message_id": scene.messages()[-1].id,
        "attempt_id": scene.attempts()[-1].id,
        "request_id": "sup_none",
        "name": "wrong-second-password",
        "filename": "page.css",
    }
    tokens = [scene.newest_token(address_of(name)) for name in ("Ben", "Olga")]
    for token in tokens if "token" in rule.arguments else [""]:
        built: Any = rule.build({name: known.get(name, token) for name in rule.arguments})
        yield mount + built[1]


def rows(scene: Scene) -> Rows:
    """Every row of every table."""
    with scene.runtime.database.reading() as connection:
        return {
            (table.name, row["key"]): dict(row)
            for table in Base.metadata.sorted_tables
            if "key" in table.c
            for row in connection.execute(select(table)).mappings()
        }


def changes(before: Rows, after: Rows) -> list[Any]:
    """The rows that were added, removed or changed, apart from what may change by reading."""
    found: list[Any] = []
    for row_id in before.keys() | after.keys():
        old, new = before.get(row_id), after.get(row_id)
        if old == new or (old is None and new is not None and row_id[0] in LOG and only_tells(new)):
            continue
        different = set() if old is None or new is None else {name for name in new if new[name] != old[name]}
        if not different or different - USE.get(row_id[0], set()):
            found.append((row_id, old, new))
    return found


def only_tells(line: dict[str, Any]) -> bool:
    """Whether a line of the log tells of a GET that did nothing else."""
    return line["outcome"] == "refused" or "end_session" in (line.get("operation"), line.get("what"))
