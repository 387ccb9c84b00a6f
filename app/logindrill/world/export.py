"""Reads the world out of a sandbox: complete, ids stable, in an order that never changes by itself."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Table, select

from logindrill.models import (
    Audience,
    Company,
    Condition,
    DeliveryRule,
    EmailAddress,
    Fault,
    Membership,
    Phone,
    Publication,
    Sandbox,
    TemporaryPassword,
    TrustedDevice,
    User,
)
from logindrill.rules.durations import render_duration
from logindrill.rules.lifecycle import UserStatus
from logindrill.unit_of_work import UnitOfWork


def export(uow: UnitOfWork) -> dict[str, Any]:
    """The world document of a sandbox; passwords come as hashes, devices without their tokens."""
    document: dict[str, Any] = {
        "companies": [{"id": row.id, "name": row.name} for row in _rows(uow, Company.__table__)],
        "people": _people(uow),
        "publications": _publications(uow),
        "policy": uow.session.scalar(select(Sandbox.policy).where(Sandbox.key == uow.sandbox_key)),
        "clock": _clock(uow),
        "conditions": [{"match": row.match, **row.circumstances} for row in _rows(uow, Condition.__table__)],
        "delivery_rules": [_delivery_rule(row) for row in _rows(uow, DeliveryRule.__table__)],
        "faults": [
            {"match": row.match, "effect": row.effect, "skip": row.skip, "times": row.times}
            for row in _rows(uow, Fault.__table__)
        ],
    }
    return {name: value for name, value in document.items() if value not in (None, [], {})}


def render(document: dict[str, Any]) -> str:
    """The document as text: JSON, indented, equal to the byte for an equal world."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _people(uow: UnitOfWork) -> list[dict[str, Any]]:
    emails = _by_user(_rows(uow, EmailAddress.__table__))
    phones = _by_user(_rows(uow, Phone.__table__))
    places = _by_user(_rows(uow, Membership.__table__))
    temporary = _by_user(_rows(uow, TemporaryPassword.__table__))
    devices = _by_user(_rows(uow, TrustedDevice.__table__))
    people = []
    for user in _rows(uow, User.__table__):
        if user.status is UserStatus.DELETED:
            continue
        person: dict[str, Any] = {
            "id": user.id,
            "name": user.name,
            "username": user.username,
            "status": user.status.value,
            "merged_into": user.merged_into,
            "password_hash": user.password_hash,
            "password_marks": user.password_marks,
            "temporary_password": _temporary(temporary[user.id]),
            "emails": [{"address": row.address, "kind": row.kind} for row in emails[user.id]],
            "phones": [{"number": row.number, "kind": row.kind} for row in phones[user.id]],
            "memberships": [_place(row) for row in places[user.id]],
            "second_factor": _factor(user),
            "opted_out": user.opted_out,
            "devices": [
                {"name": row.name, "token_digest": row.digest, "trusted_at": _time(row.trusted_at)}
                for row in devices[user.id]
                if row.revoked_at is None and row.epoch == user.epoch
            ],
            "last_sign_in_at": None if user.last_sign_in_at is None else _time(user.last_sign_in_at),
            "invitation": "none" if user.status is UserStatus.INVITED else None,
        }
        people.append({name: value for name, value in person.items() if value not in (None, [], False)})
    return people


def _place(row: Row[Any]) -> dict[str, Any]:
    place = {"company": row.company_id, "role": row.role}
    return place if row.cause is None else place | {"access": "revoked", "cause": row.cause}


def _factor(user: Row[Any]) -> dict[str, Any] | None:
    if user.second_factor is None:
        return None
    factor = {
        "method": user.second_factor,
        "second_password_hash": user.second_password_hash,
        "secret": user.totp_secret,
    }
    return {name: value for name, value in factor.items() if value is not None}


def _temporary(rows: list[Row[Any]]) -> dict[str, Any] | None:
    live = [row for row in rows if row.used_at is None and row.superseded_at is None and row.void_at is None]
    if not live:
        return None
    return {"password_hash": live[-1].password_hash, "expires_at": _time(live[-1].expires_at)}


def _publications(uow: UnitOfWork) -> list[dict[str, Any]]:
    audiences = defaultdict(list)
    for row in _rows(uow, Audience.__table__):
        audiences[row.publication_id].append(row.user_id)
    pages = []
    for row in _rows(uow, Publication.__table__):
        page: dict[str, Any] = {"id": row.id, "title": row.title, "body": row.body}
        pages.append(page | {"audience": audiences[row.id]} if audiences[row.id] else page)
    return pages


def _clock(uow: UnitOfWork) -> dict[str, Any]:
    row = uow.session.execute(select(Sandbox.clock_mode, Sandbox.frozen_at).where(Sandbox.key == uow.sandbox_key)).one()
    if row.frozen_at is None:
        return {"mode": "running"}
    return {"mode": "frozen", "now": _time(row.frozen_at)}


def _delivery_rule(row: Row[Any]) -> dict[str, Any]:
    rule = {
        "match": row.match,
        "disposition": row.disposition.value,
        "delay": None if row.delay is None else render_duration(row.delay),
        "opened_by_scanner": row.opened_by_scanner or None,
        "times": row.times,
    }
    return {name: value for name, value in rule.items() if value is not None}


def _rows(uow: UnitOfWork, table: Any) -> list[Row[Any]]:
    named: Table = table
    return list(
        uow.connection.execute(select(named).where(named.c.sandbox_key == uow.sandbox_key).order_by(named.c.key))
    )


def _by_user(rows: Iterable[Row[Any]]) -> defaultdict[str, list[Row[Any]]]:
    found: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.user_id].append(row)
    return found


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
