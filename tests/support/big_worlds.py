"""A world of very many people, and the attempts they have left: what a load test or a copied service makes."""

from typing import Any

from sqlalchemy import text

from logindrill.adapters.hashing import PasswordCost, PasswordHasher
from logindrill.models import Attempt, Event, SandboxRow
from logindrill.work.database import Database

PASSWORD = "one password for all"


def big_world(people: int) -> dict[str, Any]:
    """A world document for `business-chat`."""
    hashed = PasswordHasher(PasswordCost("fast")).hash(PASSWORD)
    return {
        "companies": [{"id": "co_harbour", "name": "Harbour Books"}],
        "people": [
            {
                "id": f"usr_{n:05d}",
                "name": f"Person {n:05d}",
                "password_hash": hashed,
                "emails": [{"address": f"person{n:05d}@example.test", "kind": "main"}],
                "memberships": [{"company": "co_harbour", "role": "owner" if n == 0 else "member"}],
            }
            for n in range(people)
        ],
    }


def add_attempts(database: Database, sandbox_id: str, wanted: int) -> None:
    """Multiply the sandbox's newest attempt, with an event for each, until there are so many."""
    width = 10_000
    columns = _columns(Attempt, "key", "id")
    of_events = _columns(Event, "key", "id", "attempt_id")
    numbers = "WITH RECURSIVE n(i) AS (SELECT CAST(:first AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
    newest = "SELECT max(key) FROM {} WHERE sandbox_key = (SELECT key FROM sandboxes WHERE id = :sandbox)"
    for first in range(0, wanted, width):
        values = {"first": first, "last": min(first + width, wanted) - 1, "sandbox": sandbox_id}
        with database.writing() as connection:
            connection.execute(
                text(
                    f"INSERT INTO attempts (id, {columns}) {numbers}"
                    f" SELECT 'att_big' || i, {columns} FROM n, attempts"
                    f" WHERE key = ({newest.format('attempts')} AND id NOT LIKE 'att_big%')"
                ),
                values,
            )
            connection.execute(
                text(
                    f"INSERT INTO events (id, attempt_id, {of_events}) {numbers}"
                    f" SELECT 'evt_big' || i, 'att_big' || i, {of_events} FROM n, events"
                    f" WHERE key = ({newest.format('events')} AND id NOT LIKE 'evt_big%')"
                ),
                values,
            )


def _columns(model: type[SandboxRow], *apart: str) -> str:
    return ", ".join(f'"{column.name}"' for column in model.__table__.columns if column.name not in apart)
