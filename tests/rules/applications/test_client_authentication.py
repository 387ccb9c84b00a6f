"""An application proves who it is in one way, and only if it has something to prove it by."""

import base64

import pytest

from logindrill.rules.applications.client_authentication import (
    Credentials,
    Registration,
    has_secret,
    judge,
    read,
)
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import (
    APPLICATION_UNKNOWN,
    PARAMETER_MISSING,
    SECRET_MISSING,
    SECRET_UNASKED,
    SECRET_WRONG,
    TWO_AUTHENTICATIONS,
    Reason,
)


def basic(pair: str) -> str:
    return "Basic " + base64.b64encode(pair.encode()).decode()


@pytest.mark.rule("O18")
@pytest.mark.parametrize(
    ("header", "form", "credentials"),
    [
        (None, {"client_id": "shop"}, Credentials("shop")),
        (None, {"client_id": "shop", "client_secret": "s"}, Credentials("shop", ("s",))),
        (basic("shop:s"), {}, Credentials("shop", ("s",), in_header=True)),
        (basic("shop:s"), {"client_id": "shop"}, Credentials("shop", ("s",), in_header=True)),
        (basic("a%40b:s%3A1"), {}, Credentials("a@b", ("s:1", "s%3A1"), in_header=True)),
        (basic("shop:a:b+c"), {}, Credentials("shop", ("a:b c", "a:b+c"), in_header=True)),
        (basic("shop:"), {}, Credentials("shop", (), in_header=True)),
        ("bAsIc  " + basic("shop:s")[6:] + " ", {}, Credentials("shop", ("s",), in_header=True)),
    ],
)
def test_credentials_come_in_the_header_or_in_the_form(
    header: str | None, form: dict[str, str], credentials: Credentials
) -> None:
    assert read(header, form) == credentials


@pytest.mark.parametrize(
    ("header", "form", "reason"),
    [
        (None, {}, PARAMETER_MISSING),
        (basic("shop:s"), {"client_secret": "s"}, TWO_AUTHENTICATIONS),
        (basic("shop:s"), {"client_id": "shop", "client_secret": "s"}, TWO_AUTHENTICATIONS),
        (basic("shop:s"), {"client_id": "other"}, TWO_AUTHENTICATIONS),
        ("Bearer abc", {"client_id": "shop"}, SECRET_WRONG),
        ("Basic", {}, SECRET_WRONG),
        ("Basic !!!", {}, SECRET_WRONG),
        ("Basic /w==", {}, SECRET_WRONG),
        (basic("shop"), {}, SECRET_WRONG),
        (basic(":s"), {}, SECRET_WRONG),
    ],
)
def test_credentials_that_cannot_be_meant_are_refused(header: str | None, form: dict[str, str], reason: Reason) -> None:
    with pytest.raises(Refused) as refusal:
        read(header, form)
    assert refusal.value.reason is reason


SENT, NONE = Credentials("shop", ("s",)), Credentials("shop")


@pytest.mark.parametrize(
    ("known", "credentials", "secret_is_right", "reason"),
    [
        (Registration.UNKNOWN, SENT, False, APPLICATION_UNKNOWN),
        (Registration.OPEN, NONE, False, None),
        (Registration.OPEN, SENT, False, None),
        (Registration.PUBLIC, NONE, False, None),
        (Registration.PUBLIC, SENT, False, SECRET_UNASKED),
        (Registration.CONFIDENTIAL, NONE, False, SECRET_MISSING),
        (Registration.CONFIDENTIAL, SENT, False, SECRET_WRONG),
        (Registration.CONFIDENTIAL, SENT, True, None),
    ],
)
def test_an_application_with_a_secret_proves_itself_by_it_and_one_without_sends_none(
    known: Registration, credentials: Credentials, secret_is_right: bool, reason: Reason | None
) -> None:
    assert judge(credentials, known, secret_is_right=secret_is_right).reason is reason


def test_only_who_has_a_secret_may_ask_about_tokens() -> None:
    asked = {known: has_secret(known).reason for known in Registration}
    assert {known for known, reason in asked.items() if reason is None} == {Registration.CONFIDENTIAL}
