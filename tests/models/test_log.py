from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from logindrill.models import Attempt, Base, Event
from logindrill.work.database import Database


def plan_of(database: Database, statement: Any) -> str:
    """How SQLite means to find the rows."""
    written = statement.compile(database.engine, compile_kwargs={"literal_binds": True})
    with database.reading() as connection:
        return " / ".join(row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {written}")))


def page_of(noun: type[Base], *meant: Any) -> Any:
    return select(noun.key).where(noun.__table__.c.sandbox_key == 1, *meant, noun.key > 9).order_by(noun.key).limit(51)


@pytest.mark.parametrize(
    ("page", "index"),
    [
        (page_of(Attempt), "ix_attempts_sandbox_key_key"),
        (page_of(Attempt, Attempt.user_id == "usr_ada"), "ix_attempts_sandbox_key_user_id_key"),
        (page_of(Event), "ix_events_sandbox_key_key"),
        (page_of(Event, Event.subject == "usr_ada"), "ix_events_sandbox_key_subject_key"),
    ],
    ids=["attempts", "attempts of a person", "events", "events about a person"],
)
def test_a_page_of_the_log_is_read_in_order_from_an_index(page: Any, index: str, tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'log.sqlite3'}")
    database.prepare()
    plan = plan_of(database, page)
    database.close()
    assert index in plan
    assert "TEMP B-TREE" not in plan
