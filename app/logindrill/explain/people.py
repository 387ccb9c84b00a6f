"""The present state of a person, as far as remedies need it; each table is read when it is needed, and only once."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Select

from logindrill.access import circumstances, orders
from logindrill.credentials import devices, sessions, temporary_passwords
from logindrill.credentials.rows import code_facts, link_facts
from logindrill.models import (
    Attempt,
    Event,
    Link,
    LinkPurpose,
    Membership,
    OneTimeCode,
    PendingSignIn,
    Session,
    TemporaryPassword,
    TrustedDevice,
    User,
    WrongEntry,
)
from logindrill.people import directory
from logindrill.people.rows import EmailRow, MembershipRow, PhoneRow
from logindrill.rules import codes as code_rules
from logindrill.rules import links as link_rules
from logindrill.rules import sessions as session_rules
from logindrill.rules.conditions import ConditionFacts
from logindrill.rules.delivery import MessageKind
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.orders import OrderFacts
from logindrill.rules.reasons import Reason
from logindrill.rules.temporary_passwords import TemporaryPasswordState
from logindrill.work.scope import Model
from logindrill.work.unit_of_work import UnitOfWork


class Person:
    """Somebody of the sandbox; a deleted person has nothing left but the id."""

    def __init__(self, uow: UnitOfWork, row: User) -> None:
        self.uow = uow
        self.row = row
        self.id: str = row.id
        self.name: str = row.name or row.id
        self.status: UserStatus = row.status
        self.username: str | None = row.username
        self.has_factor: bool = row.second_factor is not None
        self.has_password: bool = row.password_hash is not None
        self._last_requests: dict[str, dict[str, Any]] = {}

    @classmethod
    def find(cls, uow: UnitOfWork, user_id: str | None) -> "Person | None":
        """The person with this id, deleted ones too; None where there is none."""
        row = uow.find(User, user_id)
        return None if row is None else cls(uow, row)

    @classmethod
    def holders_of_links(cls, uow: UnitOfWork) -> "list[Person]":
        """Everybody for whom a link was issued that nothing has ended yet."""
        ends = (Link.used_at, Link.opened_at, Link.superseded_at, Link.void_at)
        holders = uow.select(Link.user_id).where(Link.expires_at > uow.now, *(end.is_(None) for end in ends))
        return [cls(uow, row) for row in uow.session.scalars(uow.select(User).where(User.id.in_(holders)))]

    @cached_property
    def addresses(self) -> Sequence[EmailRow]:
        """Their e-mail addresses: address and kind."""
        return directory.addresses(self.uow, self.id)

    @cached_property
    def numbers(self) -> Sequence[PhoneRow]:
        """Their phone numbers: number and kind."""
        return directory.numbers(self.uow, self.id)

    @cached_property
    def candidates(self) -> tuple[OrderFacts, ...]:
        """By what anybody would be judged who could give an order about them."""
        return tuple(orders.candidates(self.uow, self.row))

    @cached_property
    def main_address(self) -> str | None:
        """The address that signs in."""
        return next((row.address for row in self.addresses if row.kind == "main"), None)

    @property
    def signs_in_as(self) -> str | None:
        """What they may type as identifier."""
        return self.main_address or self.username

    @cached_property
    def memberships(self) -> Sequence[MembershipRow]:
        """Their memberships, the earliest first."""
        return directory.memberships_of(self.uow, self.id)

    @property
    def usable_memberships(self) -> list[MembershipRow]:
        """The companies that grant them access."""
        return [membership for membership in self.memberships if membership.access == MembershipAccess.GRANTED]

    @property
    def is_contact(self) -> bool:
        """Whether they sign in with codes, not with a password."""
        return any(membership.role in self.uow.preset.roles_without_password for membership in self.memberships)

    @property
    def has_waiting_sign_in(self) -> bool:
        """Whether a sign-in of theirs waits for its next step."""
        own = (row for row in self.uow.session.scalars(self._own(PendingSignIn)) if row.epoch == self.row.epoch)
        return any(row.used_at is None and row.void_at is None and self.uow.now < row.expires_at for row in own)

    @cached_property
    def all_devices(self) -> list[TrustedDevice]:
        """The devices that were ever trusted for them."""
        return list(self.uow.session.scalars(self._own(TrustedDevice)))

    @cached_property
    def devices(self) -> list[TrustedDevice]:
        """The devices that are trusted for them now."""
        return [row for row in self.all_devices if devices.is_live(self.uow, row, self.row.epoch)]

    @property
    def devices_lost_with_account(self) -> list[TrustedDevice]:
        """The devices whose trust only the end of the account has ended, and which stay dead afterwards (A27)."""
        is_over = self.status is UserStatus.DEACTIVATED
        return [row for row in self.all_devices if is_over and row.revoked_at is None]

    @cached_property
    def ends_of_sessions(self) -> list[tuple[Session, Reason | None]]:
        """Their sessions, each with why it is over, or None where it lives."""
        memberships = {row.company_id: row for row in self.uow.session.scalars(self._own(Membership))}
        rows = list(self.uow.session.scalars(self._own(Session)))
        return [(row, sessions.end_of(self.uow, row, self.row, memberships.get(row.company_id))) for row in rows]

    def evidence_of_end(self, row: Session, end: Reason) -> str:
        """What the end of a session of theirs was seen by."""
        return session_rules.evidence(end, account_is_unchanged=row.epoch == self.row.epoch)

    @property
    def live_sessions(self) -> list[Session]:
        """The sessions that would be accepted now."""
        return [row for row, end in self.ends_of_sessions if end is None]

    @property
    def last_installation(self) -> str | None:
        """The installation of the mobile app that they last got in with."""
        return next((row.installation_id for row, _ in reversed(self.ends_of_sessions) if row.installation_id), None)

    @cached_property
    def links(self) -> list[Link]:
        """Their links, dead ones too."""
        return list(self.uow.session.scalars(self._own(Link)))

    @cached_property
    def codes(self) -> list[OneTimeCode]:
        """Their one-time codes, dead ones too."""
        return list(self.uow.session.scalars(self._own(OneTimeCode)))

    @cached_property
    def conditions_of_all(self) -> list[ConditionFacts]:
        """What the sandbox's conditions set, for whomever; newest first."""
        return circumstances.known_conditions(self.uow)

    def last_request(self, client: str) -> dict[str, Any]:
        """What was seen of the last call they made with a client; empty where they never did."""
        if client not in self._last_requests:
            own = (Attempt.user_id == self.id, Attempt.client == client)
            statement = self.uow.select(Attempt.request).where(*own).order_by(Attempt.key.desc()).limit(1)
            self._last_requests[client] = self.uow.session.scalars(statement).first() or {}
        return self._last_requests[client]

    def has_live_link(self, purpose: LinkPurpose) -> bool:
        """Whether a link of theirs for this purpose would work now."""
        return bool(self._live_links(purpose))

    @property
    def has_live_code(self) -> bool:
        """Whether a code of theirs would count if it were typed now."""
        return bool(self._live_codes)

    def end_of_newest(self, kind: MessageKind) -> datetime | None:
        """When the newest live link or code of theirs that messages of this kind bring expires; None without one."""
        live = self._live_codes if kind.value.endswith("_code") else self._live_links(kind)
        return live[-1].expires_at if live else None

    @cached_property
    def temporary_password(self) -> TemporaryPasswordState | None:
        """How their newest temporary password stands; None where none was ever generated (C8)."""
        rows = list(self.uow.session.scalars(self._own(TemporaryPassword)))
        return temporary_passwords.state_of(self.uow, rows[-1], len(self.memberships)) if rows else None

    @property
    def _live_codes(self) -> list[OneTimeCode]:
        policy, now = self.uow.policy.codes, self.uow.now
        return [row for row in self.codes if code_rules.is_live(code_facts(row), policy, now)]

    def _live_links(self, purpose: str) -> list[Link]:
        return [
            row for row in self.links if row.purpose == purpose and self.state_of_link(row) is link_rules.LinkState.LIVE
        ]

    def opener_of_link(self, purpose: LinkPurpose) -> str | None:
        """The event in which opening alone used up the link of theirs that was used last; None where somebody used
        it as it is meant (A12)."""
        used = [row for row in self.links if row.purpose is purpose and (row.used_at or row.opened_at)]
        if not used or used[-1].used_at is not None:
            return None
        opened = self.uow.select(Event.what, Event.details).where(Event.subject == self.id, Event.what.in_(_OPENINGS))
        rows = self.uow.session.execute(opened).all()
        by_opening = {row.details["link"]: row.what for row in rows if row.details.get("used_up", True)}
        return by_opening.get(used[-1].id)

    def state_of_link(self, row: Link) -> link_rules.LinkState:
        """Where a link of theirs stands now."""
        may_use = {LinkPurpose.PASSWORD_RESET: {UserStatus.ACTIVE}}.get(row.purpose, _INVITABLE)
        facts = link_facts(row, person_may_use=self.status in may_use)
        return link_rules.state(facts, self.uow.now)

    def entries(self, purpose: str) -> list[datetime]:
        """When tries or wrong entries were counted against them for a purpose."""
        statement = self.uow.select(WrongEntry.at).where(
            WrongEntry.purpose == purpose,
            WrongEntry.subject == self.id,
        )
        return list(self.uow.session.scalars(statement.order_by(WrongEntry.at)))

    def _own(self, model: type[Model]) -> Select[Model]:
        owned: Any = model
        return self.uow.select(model).where(owned.user_id == self.id).order_by(model.key)


_OPENINGS = ("link.open_by_scanner", "link.use_by_get")
_INVITABLE = {UserStatus.INVITED, UserStatus.ACTIVE}
