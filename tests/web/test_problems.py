"""Problem documents: one shape, and nothing in them that is not for the client."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from logindrill.factory import create_app, db
from logindrill.rules.decisions import FieldError, Invalid, Refused
from logindrill.rules.problems import PROBLEMS
from logindrill.rules.reasons import CLOCK_BACKWARDS, FAULT, INVALID_TRANSITION, REASONS, WRONG_PASSWORD
from logindrill.settings import Settings
from logindrill.web import problems
from logindrill.work.database import Database
from tests.support.doors import code_of


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_is_a_document_of_five_fields(code: str) -> None:
    answer = problems.render(PROBLEMS[code])
    assert answer.mimetype == "application/problem+json"
    assert answer.status_code == PROBLEMS[code].status
    body = answer.get_json(force=True)
    assert set(body) == {"type", "title", "status", "detail", "code"}
    assert body["code"] == code
    assert body["type"].endswith(f".example.test/problems/{code}")
    assert body["title"]
    assert body["detail"]


def test_every_field_that_cannot_be_is_in_the_document() -> None:
    refused = Invalid(FieldError("password", "too_short", "At least 8."), FieldError("name", "required", "Needed."))
    answer = problems.invalid(refused)
    assert answer.status_code == 422
    assert answer.get_json(force=True)["errors"] == [
        {"field": "password", "code": "too_short", "detail": "At least 8."},
        {"field": "name", "code": "required", "detail": "Needed."},
    ]


def test_a_tester_sees_the_cause() -> None:
    for refused in (Refused(WRONG_PASSWORD), Refused(CLOCK_BACKWARDS), Refused(INVALID_TRANSITION)):
        body = problems.to_tester(refused).get_json(force=True)
        assert (body["code"], body["detail"]) == (refused.reason.problem, refused.reason.cause)
    body = problems.to_tester(Refused(CLOCK_BACKWARDS, detail="It is later already.")).get_json(force=True)
    assert body["detail"] == "It is later already."


def test_every_reason_has_an_answer_for_a_tester() -> None:
    for reason in REASONS.values():
        assert problems.to_tester(Refused(reason)).status_code >= 400, reason.code
    assert problems.to_tester(Refused(FAULT)).status_code == 404


def lose(database: Database) -> None:
    """Take the database away from a running server."""
    address = make_url(database.engine.url)
    if database.embedded:
        database.close()
        Path(str(address.database)).rename(f"{address.database}.gone")
        return
    elsewhere = address.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{address.database}" RENAME TO "gone_{address.database}"'.encode())


def take_back(database: Database) -> None:
    """Undo `lose`, so that the test can clean up."""
    address = make_url(database.engine.url)
    if not database.embedded:
        elsewhere = address.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
        with psycopg.connect(elsewhere, autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "gone_{address.database}" RENAME TO "{address.database}"'.encode())


@pytest.fixture
def doomed(empty_database_url: str) -> Iterator[Database]:
    database = Database.open(empty_database_url, ephemeral=True)
    database.prepare()
    yield database
    database.close()


@pytest.mark.both_engines
def test_a_lost_database_is_answered_as_storage_unavailable(doomed: Database) -> None:
    url = doomed.engine.url.render_as_string(hide_password=False)
    app = create_app(Settings(database_url=url, ephemeral=True))
    tool = app.test_client()
    with app.app_context():
        db.engine.dispose()
    doomed.close()
    lose(doomed)
    try:
        for path in ("/v1/configuration", "/s/default/v1/session", "/control/v1/sandboxes"):
            answer = tool.get(path)
            assert (answer.status_code, code_of(answer)) == (503, "storage_unavailable"), path
            assert "sqlite" not in answer.text
            assert "psycopg" not in answer.text
        assert tool.get("/readyz").status_code == 503
        assert tool.get("/health").status_code == 503
        assert tool.get("/livez").status_code == 200
    finally:
        take_back(doomed)
