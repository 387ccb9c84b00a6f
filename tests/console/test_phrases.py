"""Machine names are shown to people in words that they know."""

import re
from itertools import chain

import pytest

from logindrill.api import operations as api
from logindrill.console import phrases
from logindrill.console.operation_names import operation as operation_name
from logindrill.rules.conditions import FIELDS
from logindrill.rules.delivery import Channel, Disposition, MessageKind
from logindrill.rules.factors import FactorMethod
from logindrill.rules.roles import PERMITTED, Permission

_NAMES = sorted({*chain.from_iterable(FIELDS.values()), *FactorMethod, *Channel, *Disposition, *MessageKind})
_RAW = re.compile(r"_|\b(?:otp|totp|sms|vpn|wifi|whatsapp|auto|email)\b")
"""What no person calls a thing."""


@pytest.mark.parametrize("name", _NAMES)
def test_a_machine_name_becomes_words(name: str) -> None:
    assert _RAW.search(phrases.words(name)) is None


@pytest.mark.parametrize(
    ("status", "code", "shown"),
    [(201, "signed_in", "signed in (201)"), (204, None, "204 done"), (0, None, "no answer"), (418, None, "418")],
)
def test_a_success_says_what_was_done(status: int, code: str | None, shown: str) -> None:
    assert phrases.success(status, code) == shown


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        ("user.deactivate", "deactivated Ada Ash"),
        ("user.change", "changed Ada Ash"),
        ("user.role", "changed the role of Ada Ash"),
        ("user.merge", "merged Ada Ash"),
        ("password_reset.use", "reset the password"),
        ("membership.add", "Ada Ash joined a company"),
        ("something.new_here", "something new here"),
    ],
)
def test_a_change_about_a_person_needs_no_details(event: str, shown: str) -> None:
    assert phrases.changed(event, "Ada Ash") == shown


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_says_what_it_allows(permission: Permission) -> None:
    assert re.fullmatch(r"[a-z][a-z' ]+", PERMITTED[permission])


def test_every_operation_of_the_public_api_has_a_name_of_its_own() -> None:
    names = {operation.name: operation_name(operation.name) for operation in api.DOOR.operations}
    derived = {name for name, shown in names.items() if shown == name.replace("_", " ").capitalize()}
    assert derived == set()
    assert len(set(names.values())) == len(names)
