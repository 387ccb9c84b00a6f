"""Issues and recognises trusted devices; the server's record decides, never the cookie's age (A20, A21, B6-B8)."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

from msgspec import Struct
from sqlalchemy import bindparam, select, update

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest
from logindrill.credentials import visits
from logindrill.models import TrustedDevice
from logindrill.people import directory
from logindrill.people.rows import StoredUser
from logindrill.rules import devices
from logindrill.rules.circumstances import Cookies
from logindrill.rules.clients import Client
from logindrill.rules.devices import NO_DEVICE, DeviceFacts, DeviceSeen
from logindrill.work.statements import PreparedInsert, PreparedSelect, PreparedWrite, columns_of
from logindrill.work.unit_of_work import UnitOfWork


class StoredDevice(Protocol):
    """A device as stored: the object of the ORM, or the row of a prepared statement."""

    @property
    def id(self) -> str:
        """The public id."""

    @property
    def epoch(self) -> int:
        """The user's epoch when it was trusted."""

    @property
    def trusted_at(self) -> datetime:
        """Since when it is trusted."""

    @property
    def revoked_at(self) -> datetime | None:
        """When its trust was ended, if it was."""


class DeviceRow(NamedTuple):
    """A device as it is recognised by its token."""

    id: str
    user_id: str
    installation_id: str | None
    epoch: int
    trusted_at: datetime
    revoked_at: datetime | None


class _Installation(NamedTuple):
    client: str
    installation_id: str | None


_INSERT = PreparedInsert(TrustedDevice)
_FIND = PreparedSelect(
    DeviceRow, select(*columns_of(DeviceRow, TrustedDevice)).where(TrustedDevice.digest == bindparam("digest"))
)
_INSTALLATIONS = PreparedSelect(
    _Installation,
    select(*columns_of(_Installation, TrustedDevice)).where(TrustedDevice.user_id == bindparam("user")).distinct(),
)
_REVOKE = PreparedWrite(
    update(TrustedDevice)
    .where(
        TrustedDevice.user_id == bindparam("user"),
        TrustedDevice.id == bindparam("device"),
        TrustedDevice.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("now"))
)


class ShownDevice(Struct, frozen=True):
    """The device that a call shows for a person: what the rule judges it by, and the id of its record if theirs."""

    facts: DeviceFacts = NO_DEVICE
    id: str | None = None
    is_trusted: bool = False


NOT_SHOWN = ShownDevice()


class IssuedDevice(Struct, frozen=True):
    """A device that is trusted from now on; the token is shown in this answer only.

    `browser_tokens` is what a browser keeps from now on: this token first, then those of the other people who are
    recognised there, of eight people at most (A20).
    """

    id: str
    token: str
    browser_tokens: tuple[str, ...]


def recognise(uow: UnitOfWork, user: StoredUser | None) -> ShownDevice:
    """The relation of the call's device to a user; a token of somebody else counts for nothing (S36).

    An unknown person is looked up too, so that the time does not disclose who is known (S21).
    """
    caller = uow.action.caller
    user_id, epoch = (directory.NOBODY, None) if user is None else (user.id, user.epoch)
    row = shown_to(uow, user_id)
    own = row if row is not None and row.user_id == user_id else None
    cookies = uow.circumstances.cookies
    had_device = cookies is not Cookies.KEPT and not caller.device_tokens and was_recognised(uow, user_id)
    facts = DeviceFacts(
        sent=bool(caller.device_tokens),
        known=row is not None and row.installation_id == caller.installation_id,
        of_this_user=row is None or own is not None,
        new_installation=not caller.device_tokens and _is_new_installation(uow, user_id),
        current=own is not None and own.revoked_at is None and own.epoch == epoch,
        forgotten_by=visits.forgotten_by(uow, user_id, own, cookies, had_device=had_device),
        trusted_at=None if own is None else own.trusted_at,
    )
    seen = devices.seen(facts, uow.policy.devices, uow.now)
    uow.attempt.request["device"] = seen.value
    return ShownDevice(facts, None if own is None else own.id, seen is DeviceSeen.TRUSTED)


def add_to_attempt(uow: UnitOfWork) -> None:
    """Store the call's device and its relation to the person in the attempt, where no service has done so."""
    if "device" in uow.attempt.request:
        return
    row = shown_to(uow, uow.attempt.user_id)
    seen = DeviceSeen.UNKNOWN if uow.action.caller.device_tokens else DeviceSeen.NONE
    if row is not None and row.user_id != uow.attempt.user_id:
        seen = DeviceSeen.ANOTHER_USER
    elif row is not None:
        is_trusted = is_live(uow, row, directory.account(uow, row.user_id).epoch)
        seen = DeviceSeen.TRUSTED if is_trusted else DeviceSeen.EXPIRED
    uow.attempt.request["device"] = seen.value


def was_recognised(uow: UnitOfWork, user_id: str) -> bool:
    """Whether a device was ever trusted for the person."""
    return bool(_INSTALLATIONS.all(uow, {"user": user_id}))


def shown_to(uow: UnitOfWork, user_id: str | None) -> DeviceRow | None:
    """The record of the device that the call shows: the person's own where there is one, else the newest of another's.

    None where the call shows no device that this sandbox knows.
    """
    newest = None
    for _, row in _found(uow):
        if row.user_id == user_id:
            return row
        newest = newest or row
    return newest


def trust(uow: UnitOfWork, user: StoredUser) -> IssuedDevice:
    """Trust the device of the call from now on: a fresh token, never one that it brought (S25, S36).

    The record it had before is revoked, so that one device is one line in the person's list. Other people who are
    recognised in the same browser stay recognised (A20).
    """
    caller = uow.action.caller
    others = []
    for token, row in _found(uow):
        if row.user_id == user.id:
            revoke(uow, user.id, row.id)
        elif row.revoked_at is None:
            others.append(token)
    token = randomness.token()
    browser_tokens = (token, *others)[: devices.PEOPLE_PER_BROWSER]
    device = IssuedDevice(randomness.public_id("dev"), token, browser_tokens)
    _INSERT.run(
        uow,
        {
            "id": device.id,
            "user_id": user.id,
            "name": devices.name_of(caller),
            "client": caller.client.value,
            "installation_id": caller.installation_id,
            "digest": digest(device.token),
            "epoch": user.epoch,
            "trusted_at": uow.now,
        },
    )
    uow.note("device.trust", subject=user.id, actor=user.id, outcome="succeeded", device=device.id)
    return device


def revoke(uow: UnitOfWork, user_id: str, device_id: str) -> bool:
    """Revoke one trusted device of a user; returns whether there was any."""
    values = {"user": user_id, "device": device_id, "now": uow.now}
    return _REVOKE.run(uow, values) == 1


def forget(uow: UnitOfWork, user_id: str, shown: ShownDevice) -> None:
    """Keep a device forgotten that a browser lost with its visit, also when the browser keeps cookies again (B6,
    B7).
    """
    if shown.id is not None and shown.facts.forgotten_by is not Cookies.KEPT:
        revoke(uow, user_id, shown.id)


def end_with_visit(uow: UnitOfWork, user_id: str, device_id: str | None) -> None:
    """Where the browser keeps no cookies, forget the device with the visit that ends now (B6, B7)."""
    if device_id is not None and uow.circumstances.cookies is not Cookies.KEPT:
        revoke(uow, user_id, device_id)


def leave_with_visit(uow: UnitOfWork, user_id: str, device_id: str | None) -> None:
    """`end_with_visit` for a call that is refused because the visit is over: it is written with the refusal."""
    if device_id is not None and uow.circumstances.cookies is not Cookies.KEPT:
        values = {"user": user_id, "device": device_id, "now": uow.now}
        uow.write_even_if_refused(_REVOKE, values)


def is_live(uow: UnitOfWork, device: StoredDevice, epoch: int) -> bool:
    """Whether a stored device of a user is trusted now; `epoch` is the user's."""
    current = device.revoked_at is None and device.epoch == epoch
    stored = DeviceFacts(sent=True, known=True, current=current, trusted_at=device.trusted_at)
    return devices.judge(stored, uow.policy.devices, uow.now) is None


def _found(uow: UnitOfWork) -> Iterator[tuple[str, DeviceRow]]:
    """The tokens of the call that this sandbox knows, each with its record."""
    for token in uow.action.caller.device_tokens:
        row = _FIND.one_or_none(uow, {"digest": digest(token)})
        if row is not None:
            yield token, row


def _is_new_installation(uow: UnitOfWork, user_id: str) -> bool:
    """Whether the mobile app sends no token and is another installation than those the person used before (A35)."""
    caller = uow.action.caller
    if caller.client is not Client.MOBILE or caller.installation_id is None:
        return False
    rows = _INSTALLATIONS.all(uow, {"user": user_id})
    known = {row.installation_id for row in rows if row.client == Client.MOBILE}
    return bool(known) and caller.installation_id not in known
