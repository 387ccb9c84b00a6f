"""The causes in typed values: wrong or expired identifiers, passwords, codes, links and temporary passwords."""

from collections.abc import Callable

from tests.support.proof.cause import (
    ACTIVATION,
    CONTACT,
    CUSTOMER_PASSWORD,
    PASSWORD,
    RESET,
    STAFF_PASSWORD,
    CauseEntry,
    Dimension,
    Stage,
)
from tests.support.proof.ways import Staging, ask_reset

Arranges = Callable[[Staging], None]


def _types(name: str, change: Callable[[str], str]) -> Arranges:
    def arrange(staging: Staging) -> None:
        setattr(staging.traveller, name, change(getattr(staging.traveller, name)))

    return arrange


def _typing(name: str, ways: tuple[str, ...], told_as: tuple[str, ...], thing: str, arrange: Arranges) -> CauseEntry:
    things = {thing} | ({"end of code"} if "not_registered" in told_as else set())
    return CauseEntry(name, Dimension.TYPING, ways, told_as, frozenset(things), Stage.TYPED, arrange)


def _credential(name: str, ways: tuple[str, ...], told_as: str, arrange: Arranges, stage: Stage) -> CauseEntry:
    things = {"credential"} | ({"password", "status"} if ways == CUSTOMER_PASSWORD else set())
    things |= {"identifier"} if told_as == "temporary_password_void" else set()
    things |= {"end of code"} if told_as == "expired_code" else set()
    things |= {"mail"} if stage is Stage.ORDERED else set()
    return CauseEntry(name, Dimension.CREDENTIAL, ways, (told_as,), frozenset(things), stage, arrange)


def _hands_over(staging: Staging) -> str:
    """A temporary password is generated and handed over."""
    told = staging.order("professional", "POST", "/invitations", {"method": "temporary_password"})
    return str(told["temporary_password"])


def _temporary_superseded(staging: Staging) -> None:
    staging.traveller.password = _hands_over(staging)
    staging.newest_temporary = _hands_over(staging)


def _temporary_expired(staging: Staging) -> None:
    staging.traveller.password = _hands_over(staging)
    staging.traveller.control("POST", "/clock/advance", {"by": "P8D"})


def _temporary_used(staging: Staging) -> None:
    staging.traveller.password = old = _hands_over(staging)
    assert staging.traveller.try_it() is None
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


def _old_link(staging: Staging) -> None:
    if staging.part.get("status") != "invited":
        ask_reset(staging)
    staging.traveller.held["link"] = str(staging.newest("activation", "password_reset")["token"])


def _link_expired(staging: Staging) -> None:
    staging.traveller.held["link"] = str(staging.newest("activation", "password_reset")["token"])
    staging.traveller.control("POST", "/clock/advance", {"by": "P8D"})


def _link_used(staging: Staging) -> None:
    who = staging.traveller
    who.held["link"] = str(staging.newest("activation", "password_reset")["token"])
    errand, password, headers = who.errand, who.password, dict(who.headers)
    assert who.try_it() is None
    who.errand, who.password, who.headers = errand, password, headers


def _link_damaged(staging: Staging) -> None:
    staging.traveller.held["link"] = str(staging.newest("activation", "password_reset")["token"])[:-6]


def _restored(staging: Staging) -> None:
    """The sandbox is set back to before the link was sent."""
    before = staging.traveller.control("POST", "/snapshots", {})["id"]
    ask_reset(staging)
    staging.traveller.held["link"] = str(staging.newest("password_reset")["token"])
    staging.traveller.control("POST", f"/snapshots/{before}/restore")


def _asks_code(staging: Staging) -> str:
    kind = "phone" if staging.traveller.identifier.startswith("+") else "email"
    assert staging.traveller.ask_code({kind: staging.traveller.identifier}) is None
    return str(staging.newest("confirmation_code")["code"])


def _code_superseded(staging: Staging) -> None:
    staging.traveller.held["code"] = _asks_code(staging)
    _asks_code(staging)


def _code_expired(staging: Staging) -> None:
    staging.traveller.held["code"] = _asks_code(staging)
    staging.traveller.control("POST", "/clock/advance", {"by": "PT1H"})


def _code_used(staging: Staging) -> None:
    staging.traveller.held["code"] = _asks_code(staging)
    assert staging.traveller.try_it() is None


def _code_wrong(staging: Staging) -> None:
    code = _asks_code(staging)
    staging.traveller.held["code"] = f"{(int(code) + 111_111) % 1_000_000:06d}"


def _wrong_otp(staging: Staging) -> None:
    staging.traveller.held["code"] = "000000"


CREDENTIALS = (
    _typing("wrong password", PASSWORD, ("wrong_password",), "password", _types("password", lambda _: "not at all it")),
    _typing("password case", PASSWORD, ("wrong_case",), "password", _types("password", str.upper)),
    _typing("password space", PASSWORD, ("extra_space",), "password", _types("password", lambda old: old + " ")),
    _typing(
        *("unknown identifier", PASSWORD + CONTACT, ("unknown_identifier", "not_registered"), "identifier"),
        _types("identifier", lambda old: old.replace("@", ".x@").replace("+1555", "+1556")),
    ),
    _typing("other company", STAFF_PASSWORD, ("not_in_company",), "company", _types("company", lambda _: "co_quay")),
    _typing("other number", ("staff otp",), ("phone_mismatch",), "factor", _types("phone", lambda _: "+15550100166")),
    _typing("wrong otp", ("staff otp", "staff totp"), ("wrong_code",), "factor", _wrong_otp),
    _typing(
        *("wrong second password", ("staff second password",), ("wrong_second_password",), "factor"),
        _types("second_password", lambda _: "none of the two"),
    ),
    _credential(
        *("temporary superseded", CUSTOMER_PASSWORD, "temporary_password_superseded"),
        _temporary_superseded,
        Stage.HANDED_OUT,
    ),
    _credential(
        *("temporary expired", CUSTOMER_PASSWORD, "temporary_password_expired"), _temporary_expired, Stage.HANDED_OUT
    ),
    _credential("temporary used", CUSTOMER_PASSWORD, "temporary_password_used", _temporary_used, Stage.HANDED_OUT),
    _credential("temporary void", CUSTOMER_PASSWORD, "temporary_password_void", _temporary_void, Stage.HANDED_OUT),
    _credential("old link", RESET + ACTIVATION, "link_superseded", _old_link, Stage.HANDED_OUT),
    _credential("expired link", RESET + ACTIVATION, "link_expired", _link_expired, Stage.ORDERED),
    _credential("used link", RESET + ACTIVATION, "link_used", _link_used, Stage.ORDERED),
    _credential("damaged link", RESET + ACTIVATION, "link_damaged", _link_damaged, Stage.ORDERED),
    _credential("link of before a restore", RESET, "link_unknown", _restored, Stage.HANDED_OUT),
    _credential("old code", CONTACT, "superseded_code", _code_superseded, Stage.HANDED_OUT),
    _credential("expired code", CONTACT, "expired_code", _code_expired, Stage.HANDED_OUT),
    _credential("used code", CONTACT, "used_code", _code_used, Stage.HANDED_OUT),
    _credential("wrong code", CONTACT, "wrong_code", _code_wrong, Stage.HANDED_OUT),
)
