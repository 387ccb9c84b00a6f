"""Checks the passwords, second factors and devices of a world's people."""

from collections.abc import Iterator

from logindrill.adapters.hashing import is_password_hash
from logindrill.presets import Preset
from logindrill.rules.factors import is_totp_secret
from logindrill.rules.flows import Flow
from logindrill.world.document import PersonPart, SecondFactorPart, TemporaryPasswordPart

_Mistake = tuple[str, str, str]


def credential_mistakes(person: PersonPart, preset: Preset, *, is_contact: bool) -> Iterator[_Mistake]:
    """Field, code and detail of every mistake in passwords, second factor and devices."""
    has_password = person.password is not None or person.password_hash is not None
    if is_contact and has_password:
        yield "password", "unknown", "A contact has no password."
    yield from _hash_mistakes(person.password, person.password_hash, "password")
    if person.temporary_password is not None:
        yield from _temporary_mistakes(person.temporary_password, preset)
    if person.second_factor is not None:
        if is_contact:
            yield "second_factor", "unknown", "A contact has no second factor."
        yield from _factor_mistakes(person.second_factor, person.password)
    for n, device in enumerate(person.devices):
        if device.token is not None and device.token_digest is not None:
            yield f"devices.{n}.token_digest", "invalid", "Either token or token_digest."


def _temporary_mistakes(temporary: TemporaryPasswordPart, preset: Preset) -> Iterator[_Mistake]:
    if Flow.TEMPORARY_PASSWORDS not in preset.offers:
        yield "temporary_password", "unknown", f"{preset.name} has no temporary passwords."
    if temporary.password is None and temporary.password_hash is None:
        yield "temporary_password.password", "required", "Either password or password_hash."
    yield from _hash_mistakes(temporary.password, temporary.password_hash, "temporary_password.password")


def _factor_mistakes(factor: SecondFactorPart, password: str | None) -> Iterator[_Mistake]:
    field = "second_factor"
    if factor.method == "second_password":
        if factor.second_password is None and factor.second_password_hash is None:
            yield f"{field}.second_password", "required", "Either second_password or second_password_hash."
        if factor.second_password is not None and factor.second_password == password:
            yield f"{field}.second_password", "unchanged", "It must differ from the first one."
    if factor.method == "totp" and not is_totp_secret(factor.secret or ""):
        yield f"{field}.secret", "invalid" if factor.secret else "required", "Base 32, of 112 bits at least."
    yield from _hash_mistakes(factor.second_password, factor.second_password_hash, f"{field}.second_password")


def _hash_mistakes(plain: str | None, hashed: str | None, field: str) -> Iterator[_Mistake]:
    if plain is not None and hashed is not None:
        yield f"{field}_hash", "invalid", "Either in plain or as a hash."
    if hashed is not None and not is_password_hash(hashed):
        yield f"{field}_hash", "invalid", "Not an Argon2id hash."
