"""Decides when the visit of a browser without cookies is over, so that its device is forgotten (B6, B7)."""

from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import bindparam, select

from logindrill.models import Session
from logindrill.rules import devices
from logindrill.rules.circumstances import Cookies
from logindrill.work.statements import PreparedSelect, columns_of
from logindrill.work.unit_of_work import UnitOfWork


class HeldDevice(Protocol):
    """The record of the device that a visit holds."""

    @property
    def id(self) -> str:
        """Its public id."""

    @property
    def trusted_at(self) -> datetime:
        """Since when it is trusted."""


class _Visit(NamedTuple):
    last_seen_at: datetime
    ended_at: datetime | None


_LAST_VISIT = PreparedSelect(
    _Visit,
    select(*columns_of(_Visit, Session))
    .where(Session.user_id == bindparam("user"), Session.device_id == bindparam("device"))
    .order_by(Session.key.desc())
    .limit(1),
)


def forgotten_by(
    uow: UnitOfWork, user_id: str, device: HeldDevice | None, cookies: Cookies, *, had_device: bool
) -> Cookies:
    """How the browser's cookies are kept, if its visit is over and the device is therefore forgotten; else KEPT.

    `device` is None where the call shows none; `had_device`: the person was recognised before.
    """
    if cookies is Cookies.KEPT:
        return cookies
    if device is None:
        return cookies if had_device else Cookies.KEPT
    visit = _LAST_VISIT.one_or_none(uow, {"user": user_id, "device": device.id})
    last_seen_at = device.trusted_at if visit is None else visit.last_seen_at
    is_over = visit is not None and visit.ended_at is not None
    is_over = is_over or devices.visit_is_over(last_seen_at, uow.policy.visits, uow.now)
    return cookies if is_over else Cookies.KEPT
