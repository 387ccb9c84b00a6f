"""Makes a sandbox with a frozen clock and named people, and what tests often do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, select, update

from logindrill.access import circumstances
from logindrill.models import Attempt, Event, Link, Message, Sandbox, User
from logindrill.models import Session as SessionRow
from logindrill.rules.clients import Caller
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import sandboxes
from logindrill.services.sign_in import Admission, Continued, sign_in
from logindrill.work.perform import attempt
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import UnitOfWork, open_work
from logindrill.world.document import ClockPart, PersonPart, World
from tests.support.people import COMPANIES, address_of, password_of

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""What the clock of such a sandbox shows at first."""


@dataclass(slots=True)
class Scene:
    """One sandbox: open work in it, move its clock, and look at the rows it left."""

    runtime: Runtime
    id: str
    now: datetime = MORNING

    def work(
        self,
        operation: str = "test",
        kind: Call = Call.ORDER,
        *,
        token: str | None = None,
        caller: Caller | None = None,
        source: str = "127.0.0.1",
    ) -> UnitOfWork:
        """The unit of work of one action; `token` is the access token in hand."""
        action = Action(operation, kind, caller=caller or Caller(), access_token=token, source=source)
        uow = open_work(self.runtime, self.id, action)
        circumstances.resolve_circumstances(uow, circumstances.person_behind(uow, (), None))
        return uow

    def wait(self, duration: timedelta) -> None:
        """Let sandbox time pass."""
        self.now += duration
        with self.runtime.database.writing() as connection:
            connection.execute(update(Sandbox).where(Sandbox.id == self.id).values(frozen_at=self.now))

    def try_to_sign_in(
        self, identifier: str, password: str, *, caller: Caller | None = None, **more: Any
    ) -> Admission | Continued | Refused:
        """One try at the password, whatever it comes to."""
        work = self.work("sign_in", Call.SIGN_IN, caller=caller)
        return attempt(work, sign_in, identifier, password, **more)

    def signed_in(self, name: str, *, password: str | None = None, caller: Caller | None = None, **more: Any) -> str:
        """The access token of somebody made by `person`, who signs in with the right password."""
        outcome = self.try_to_sign_in(address_of(name), password or password_of(name), caller=caller, **more)
        assert isinstance(outcome, Admission), outcome
        return outcome.session.access_token

    def rows(self, noun: Any) -> Sequence[Row[Any]]:
        """All rows of a table that belong to the sandbox, in their order."""
        table: Table = noun.__table__
        belongs = table.c.sandbox_key == select(Sandbox.key).where(Sandbox.id == self.id).scalar_subquery()
        with self.runtime.database.reading() as connection:
            return connection.execute(select(table).where(belongs).order_by(table.c.key)).all()

    def attempts(self) -> Sequence[Row[Any]]:
        """The attempts so far."""
        return self.rows(Attempt)

    def events(self) -> Sequence[Row[Any]]:
        """The log so far."""
        return self.rows(Event)

    def messages(self, to: str | None = None) -> Sequence[Row[Any]]:
        """The messages so far, all or those to one address."""
        return [row for row in self.rows(Message) if to in (None, row.recipient)]

    def links(self) -> Sequence[Row[Any]]:
        """The links so far, dead ones included."""
        return self.rows(Link)

    def sessions(self) -> Sequence[Row[Any]]:
        """The sessions so far, dead ones included."""
        return self.rows(SessionRow)

    def own_row(self) -> Row[Any]:
        """The sandbox's own row."""
        with self.runtime.database.reading() as connection:
            return connection.execute(select(Sandbox.__table__).where(Sandbox.id == self.id)).one()

    def user(self, user_id: str) -> Row[Any]:
        """The stored account."""
        return next(row for row in self.rows(User) if row.id == user_id)

    def newest_token(self, to: str) -> str:
        """The token of the link in the newest message to an address that carries one."""
        return next(str(row.token) for row in reversed(self.messages(to)) if row.token)


def a_sandbox(
    runtime: Runtime,
    *people: PersonPart,
    preset: str = "business-chat",
    policy: dict[str, Any] | None = None,
    seed: int | None = None,
    **world: Any,
) -> Scene:
    """A frozen sandbox with these people, its clock at MORNING; further arguments are parts of its world."""
    new = sandboxes.SandboxProperties(
        preset,
        seed=seed,
        clock=ClockPart(mode="frozen", now=MORNING.isoformat()),
        policy=policy or {},
        world=World(companies=COMPANIES, people=list(people), **world),
    )
    return Scene(runtime, sandboxes.create(runtime, new).id)
