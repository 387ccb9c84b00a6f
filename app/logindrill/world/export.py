"""Exports the world of a sandbox: complete, with stable ids and in a stable order."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import BindParameter, Select, bindparam
from sqlalchemy.orm import InstrumentedAttribute

from logindrill.models import (
    Application,
    Audience,
    ClockMode,
    Company,
    Condition,
    DeliveryRule,
    EmailAddress,
    Fault,
    Link,
    LinkPurpose,
    Membership,
    Publication,
    Sandbox,
    SandboxRow,
    TemporaryPassword,
    TrustedDevice,
    User,
    UserPhone,
)
from logindrill.rules.durations import render_duration
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world import applications, delivery_rules, slices
from logindrill.world.fields import render_moment

Model = TypeVar("Model", bound=SandboxRow)


_OWNED = (EmailAddress, UserPhone, Membership, TemporaryPassword, TrustedDevice, Link)
_THESE: BindParameter[Any] = bindparam("these", expanding=True)

_AT_ONCE = 25
"""How many people are read and written at once."""


class _Belongings(Struct, frozen=True):
    """What is stored of people beside their accounts, by the id of the person; in the order of `_OWNED`."""

    emails: Mapping[str, list[EmailAddress]]
    phones: Mapping[str, list[UserPhone]]
    memberships: Mapping[str, list[Membership]]
    temporary_passwords: Mapping[str, list[TemporaryPassword]]
    devices: Mapping[str, list[TrustedDevice]]
    links: Mapping[str, list[Link]]


def export(uow: UnitOfWork) -> dict[str, Any]:
    """The world document of a sandbox; passwords are exported as hashes, devices without their tokens."""
    document = {name: [part for batch in batches for part in batch] for name, batches in _lists(uow)}
    return {name: parts for name, parts in document.items() if parts} | _settings(uow)


def render(document: dict[str, Any]) -> str:
    """The document as indented JSON; equal worlds give equal bytes."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def render_in_parts(uow: UnitOfWork) -> Iterator[str]:
    """The same text as that of the whole document, part by part; other calls run in between."""
    before = "{\n"
    for name, batches in _lists(uow):
        opening = f'{before}  "{name}": [\n'
        for batch in batches:
            parts = (json.dumps(part, ensure_ascii=False, indent=2).replace("\n", "\n    ") for part in batch)
            text = ",\n".join(f"    {part}" for part in parts)
            if text:
                yield opening + text
                opening = before = ",\n"
        if before == opening:
            before = "\n  ],\n"
    settings = json.dumps(_settings(uow), ensure_ascii=False, indent=2)
    yield before + settings.removeprefix("{\n") + "\n"


def _lists(uow: UnitOfWork) -> Iterator[tuple[str, Iterable[list[dict[str, Any]]]]]:
    """The lists of the document by their names, each in batches."""
    yield "companies", [[{"id": row.id, "name": row.name} for row in _rows(uow, Company)]]
    yield "people", _people(uow)
    yield "publications", [_publications(uow)]
    yield "applications", [[applications.as_document(row) for row in _rows(uow, Application)]]
    yield (
        "conditions",
        [[{"id": row.id, "match": row.match} | row.circumstances for row in _rows(uow, Condition)]],
    )
    yield "delivery_rules", [[delivery_rules.as_document(row) for row in _rows(uow, DeliveryRule)]]
    yield "faults", [[_fault(row) for row in _rows(uow, Fault)]]


def _settings(uow: UnitOfWork) -> dict[str, Any]:
    sandbox = uow.session.get_one(Sandbox, uow.sandbox_key)
    return {"policy": dict(sorted(sandbox.policy.items())), "clock": _clock(sandbox)}


def _people(uow: UnitOfWork) -> Iterator[list[dict[str, Any]]]:
    keys = uow.session.scalars(uow.select(User.key).order_by(User.key)).all()
    accounts = uow.select(User).where(User.key.in_(_THESE)).order_by(User.key)
    belongings = {model: _of_these(uow, model, model.user_id) for model in _OWNED}
    for at in range(0, len(keys), _AT_ONCE):
        users = uow.session.scalars(accounts, {"these": keys[at : at + _AT_ONCE]}).all()
        ids = [user.id for user in users]
        found = {model: _by_user(uow.session.scalars(rows, {"these": ids})) for model, rows in belongings.items()}
        of = _Belongings(*found.values())
        yield [_person(uow, user, of) for user in users if user.status is not UserStatus.DELETED]
        uow.session.expunge_all()
        if at + _AT_ONCE < len(keys):
            slices.breathe()


def _person(uow: UnitOfWork, user: User, of: _Belongings) -> dict[str, Any]:
    waits_unasked = user.status is UserStatus.INVITED and not _is_invited(of.links[user.id])
    person = {
        "id": user.id,
        "name": user.name,
        "username": user.username,
        "status": user.status.value,
        "merged_into": user.merged_into,
        "merged_in_company": user.merged_in_company,
        "password_hash": user.password_hash,
        "password_marks": user.password_marks if uow.runtime.near_misses else None,
        "temporary_password": _temporary_password(of.temporary_passwords[user.id]),
        "emails": [{"address": row.address, "kind": row.kind} for row in of.emails[user.id]],
        "released_emails": user.released_emails,
        "phones": [{"number": row.number, "kind": row.kind} for row in of.phones[user.id]],
        "memberships": [_membership(row) for row in of.memberships[user.id]],
        "second_factor": _second_factor(uow, user),
        "opted_out": user.opted_out,
        "devices": [_device(row) for row in of.devices[user.id] if row.revoked_at is None and row.epoch == user.epoch],
        "last_sign_in_at": None if user.last_sign_in_at is None else render_moment(user.last_sign_in_at),
        "invitation": "none" if waits_unasked else None,
    }
    return _without_blanks(person)


def _is_invited(links: list[Link]) -> bool:
    """Whether the newest invitation was not revoked."""
    invitations = [row for row in links if row.purpose is LinkPurpose.ACTIVATION]
    return bool(invitations) and invitations[-1].void_at is None


def _membership(row: Membership) -> dict[str, Any]:
    membership = {"company": row.company_id, "role": row.role}
    if row.access is MembershipAccess.GRANTED:
        return membership
    return membership | _without_blanks({"access": row.access.value, "cause": row.cause})


def _second_factor(uow: UnitOfWork, user: User) -> dict[str, Any] | None:
    """The factor that a sign-in asks for; an authenticator app that is not confirmed yet is left out."""
    if user.second_factor is None:
        return None
    return _without_blanks(
        {
            "method": user.second_factor,
            "second_password_hash": user.second_password_hash,
            "second_password_marks": user.second_password_marks if uow.runtime.near_misses else None,
            "secret": user.totp_secret,
        }
    )


def _temporary_password(rows: list[TemporaryPassword]) -> dict[str, Any] | None:
    live = [row for row in rows if row.used_at is None and row.superseded_at is None and row.void_at is None]
    if not live:
        return None
    return {"password_hash": live[-1].password_hash, "expires_at": render_moment(live[-1].expires_at)}


def _device(row: TrustedDevice) -> dict[str, Any]:
    device = {
        "id": row.id,
        "name": row.name,
        "client": row.client,
        "installation_id": row.installation_id,
        "token_digest": row.digest,
        "trusted_at": render_moment(row.trusted_at),
    }
    return _without_blanks(device)


def _publications(uow: UnitOfWork) -> list[dict[str, Any]]:
    audiences = defaultdict(list)
    for row in _rows(uow, Audience):
        audiences[row.publication_id].append(row.user_id)
    pages = []
    for publication in _rows(uow, Publication):
        page: dict[str, Any] = {"id": publication.id, "title": publication.title, "body": publication.body}
        pages.append(page | {"audience": audiences[publication.id]} if audiences[publication.id] else page)
    return pages


def _fault(row: Fault) -> dict[str, Any]:
    return {"id": row.id, "match": row.match, "effect": row.effect, "skip": row.skip, "times": row.times}


def _clock(sandbox: Sandbox) -> dict[str, Any]:
    """A running clock is exported as its offset from real time, which does not change."""
    if sandbox.clock_mode is ClockMode.FROZEN and sandbox.frozen_at is not None:
        return {"mode": "frozen", "now": render_moment(sandbox.frozen_at)}
    if not sandbox.clock_offset:
        return {"mode": "running"}
    return {"mode": "running", "now": render_duration(sandbox.clock_offset)}


def _rows(uow: UnitOfWork, model: type[Model]) -> Sequence[Model]:
    return uow.session.scalars(uow.select(model).order_by(model.key)).all()


def _of_these(uow: UnitOfWork, model: type[Model], user_id: InstrumentedAttribute[str]) -> Select[Model]:
    """Selects the rows of some people; made once, since that takes longer than to execute it."""
    return uow.select(model).where(user_id.in_(_THESE)).order_by(model.key)


def _by_user(rows: Iterable[Any]) -> Mapping[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.user_id].append(row)
    return found


def _without_blanks(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, [], False)}
