"""The trusted devices of a person, as the person sees and ends them (A20, A21)."""

from dataclasses import dataclass
from datetime import datetime

from logindrill.access import authentication
from logindrill.credentials import devices
from logindrill.models import TrustedDevice
from logindrill.people import directory
from logindrill.rules.clients import Client
from logindrill.rules.decisions import Refused
from logindrill.rules.devices import trusted_until
from logindrill.rules.reasons import NOT_FOUND
from logindrill.work.paging import Page, part_of
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DeviceEntry:
    """A device that is trusted now, and until when; `current` is the device of the call."""

    id: str
    name: str
    client: Client
    trusted_at: datetime
    trusted_until: datetime
    current: bool


def list_own(uow: UnitOfWork) -> tuple[DeviceEntry, ...]:
    """The trusted devices of the signed-in person, the oldest trust first."""
    actor = authentication.authenticate(uow)
    user = directory.account(uow, actor.user_id)
    shown = devices.recognise(uow, user)
    return tuple(
        DeviceEntry(
            id=row.id,
            name=row.name,
            client=Client(row.client),
            trusted_at=row.trusted_at,
            trusted_until=trusted_until(row.trusted_at, uow.policy.devices),
            current=shown.is_trusted and row.id == shown.id,
        )
        for row in _all_of(uow, actor.user_id)
        if devices.is_live(uow, row, user.epoch)
    )


def page_own(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[DeviceEntry]:
    """Some of them, the oldest trust first. Raises Invalid for `after`."""
    return part_of(list_own(uow), after=after, limit=limit)


def forget(uow: UnitOfWork, device_id: str) -> None:
    """End the trust of one's own device: it is asked for the second factor again. Raises Refused (404)."""
    actor = authentication.authenticate(uow)
    user = directory.account(uow, actor.user_id)
    live = {row.id for row in _all_of(uow, actor.user_id) if devices.is_live(uow, row, user.epoch)}
    if device_id not in live or not devices.revoke(uow, actor.user_id, device_id):
        raise Refused(NOT_FOUND)
    uow.note("device.revoke", subject=actor.user_id, actor=actor.user_id, device=device_id)


def _all_of(uow: UnitOfWork, user_id: str) -> list[TrustedDevice]:
    return list(
        uow.session.scalars(
            uow.select(TrustedDevice).where(TrustedDevice.user_id == user_id).order_by(TrustedDevice.key)
        )
    )
