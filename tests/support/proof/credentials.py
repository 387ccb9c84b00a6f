"""The causes in typed values: wrong identifiers, passwords and factors; expired or replaced temporary passwords."""

from collections.abc import Callable

from logindrill.scenarios.actors import SERVICES
from tests.support.proof.cause import (
    CONTACT,
    CUSTOMER_PASSWORD,
    OTP,
    PASSWORD,
    SECOND,
    STAFF_PASSWORD,
    TOTP,
    CauseEntry,
    Dimension,
    Stage,
)
from tests.support.proof.ways import Staging

Arranges = Callable[[Staging], None]


def _types(name: str, change: Callable[[str], str]) -> Arranges:
    def arrange(staging: Staging) -> None:
        setattr(staging.traveller, name, change(getattr(staging.traveller, name)))

    return arrange


def _typing(
    name: str, ways: tuple[str, ...], reported_as: tuple[str, ...], thing: str, arrange: Arranges
) -> CauseEntry:
    return CauseEntry(name, Dimension.TYPING, ways, reported_as, frozenset({thing}), Stage.TYPED, arrange)


def _temporary(name: str, reported_as: str, arrange: Arranges, *things: str) -> CauseEntry:
    """It takes the place of the password, and a change of the account's state would end it."""
    touched = frozenset({"credential", "password", "status", *things})
    return CauseEntry(name, Dimension.CREDENTIAL, CUSTOMER_PASSWORD, (reported_as,), touched, Stage.HANDED_OUT, arrange)


def _hands_over(staging: Staging) -> str:
    """A temporary password is generated and handed over."""
    answer = staging.order("professional", "POST", "/invitations", {"method": "temporary_password"})
    return str(answer["temporary_password"])


def _temporary_superseded(staging: Staging) -> None:
    staging.traveller.password = _hands_over(staging)
    staging.newest_temporary = _hands_over(staging)


def _temporary_expired(staging: Staging) -> None:
    staging.traveller.password = _hands_over(staging)
    staging.traveller.control("POST", "/clock/advance", {"by": "P8D"})


def _temporary_used(staging: Staging) -> None:
    who = staging.traveller
    who.password = old = _hands_over(staging)
    before = who.expects_recognition, who.identifier
    who.expects_recognition, who.identifier = False, staging.address
    assert who.try_it() is None
    who.expects_recognition, who.identifier = before
    staging.traveller.password = old


def _temporary_void(staging: Staging) -> None:
    staging.traveller.password = _hands_over(staging)
    body = {
        "name": staging.part["name"],
        "role": "customer",
        "emails": [{"address": staging.address, "kind": "main"}],
    }
    answer = staging.act("other_professional", "POST", "/users", body)
    assert answer.status_code == 201, answer.text


def _temporary_of_another(staging: Staging) -> None:
    """The temporary password that was generated for somebody else is handed to this person."""
    path = f"/users/{SERVICES[staging.preset].actors['survivor']['id']}/invitations"
    answer = staging.act("professional", "POST", path, {"method": "temporary_password"})
    assert answer.status_code == 201, answer.text
    staging.traveller.password = answer.get_json()["temporary_password"]


def _wrong_otp(staging: Staging) -> None:
    staging.traveller.held["code"] = "000000"


CREDENTIALS = (
    _typing("wrong password", PASSWORD, ("wrong_password",), "password", _types("password", lambda _: "not at all it")),
    _typing("password case", PASSWORD, ("wrong_case",), "password", _types("password", str.upper)),
    _typing("password space", PASSWORD, ("extra_space",), "password", _types("password", lambda old: old + " ")),
    _typing(
        *("unknown identifier", PASSWORD + CONTACT, ("unknown_identifier", "not_registered"), "identifier"),
        _types("identifier", lambda old: old.replace("@", ".x@").replace("+1555", "+1556").replace("cleo.", "kleo.")),
    ),
    _typing("other company", STAFF_PASSWORD, ("not_in_company",), "company", _types("company", lambda _: "co_quay")),
    _typing("other number", OTP, ("phone_mismatch",), "factor", _types("phone", lambda _: "+15550100166")),
    _typing("wrong otp", OTP + TOTP, ("wrong_code",), "factor", _wrong_otp),
    _typing(
        *("wrong second password", SECOND, ("wrong_second_password",), "factor"),
        _types("second_password", lambda _: "none of the two"),
    ),
    _typing(
        *("second password case", SECOND, ("wrong_second_password",), "factor"),
        _types("second_password", str.lower),
    ),
    _temporary("temporary superseded", "temporary_password_superseded", _temporary_superseded),
    _temporary("temporary expired", "temporary_password_expired", _temporary_expired),
    _temporary("temporary used", "temporary_password_used", _temporary_used),
    _temporary("temporary void", "temporary_password_void", _temporary_void, "identifier", "factor"),
    _typing(*("temporary of another", CUSTOMER_PASSWORD, ("wrong_password",), "password"), _temporary_of_another),
)
