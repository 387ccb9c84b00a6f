"""The causes in links and codes: superseded, expired, used, damaged, void, unknown; and those that are typed oddly."""

from collections.abc import Callable

from tests.support.proof.cause import ACTIVATION, CONTACT, OTP, RESET, TOTP, CauseEntry, Dimension, Stage
from tests.support.proof.ways import Staging, ask_reset

Arranges = Callable[[Staging], None]


def _credential(
    name: str, ways: tuple[str, ...], reported_as: str | tuple[str, ...], arrange: Arranges, *things: str
) -> CauseEntry:
    touched, reported = (
        frozenset({"credential", *things}),
        (reported_as,) if isinstance(reported_as, str) else reported_as,
    )
    return CauseEntry(name, Dimension.CREDENTIAL, ways, reported, touched, Stage.HANDED_OUT, arrange)


def _sends_link(staging: Staging) -> str:
    """A link is sent, and arrives, before messages go astray."""
    if staging.part.get("status") == "invited":
        staging.order(staging.boss, "POST", "/invitations", {"method": "email"})
        staging.traveller.errand, staging.has_begun = "activation", True
    else:
        ask_reset(staging)
    staging.traveller.held["link"] = token = str(staging.newest("activation", "password_reset")["token"])
    return token


def _old_link(staging: Staging) -> None:
    _sends_link(staging)
    staging.has_begun = False


def _link_expired(staging: Staging) -> None:
    _sends_link(staging)
    staging.traveller.control("POST", "/clock/advance", {"by": "P8D"})


def _link_used(staging: Staging) -> None:
    _sends_link(staging)
    who = staging.traveller
    errand, password, headers = who.errand, who.password, dict(who.headers)
    assert who.try_it() is None
    who.errand, who.password, who.headers = errand, password, headers


def _link_used_and_newer(staging: Staging) -> None:
    _link_used(staging)
    staging.has_begun = False


def _link_damaged(staging: Staging) -> None:
    staging.traveller.held["link"] = _sends_link(staging)[:-6]


def _restored(staging: Staging) -> None:
    """The sandbox is set back to before the link was sent."""
    before = staging.traveller.control("POST", "/snapshots", {})["id"]
    _sends_link(staging)
    staging.traveller.control("POST", f"/snapshots/{before}/restore")


def _link_void_by_pause(staging: Staging) -> None:
    _sends_link(staging)
    _pause(staging)


def _link_void_by_change(staging: Staging) -> None:
    """The person remembers the password, signs in, and changes it."""
    _sends_link(staging)
    changes_password(staging)


def _link_void_by_new_address(staging: Staging) -> None:
    """The person has another address now, and knows it; the link went to the one before."""
    _sends_link(staging)
    emails = [{"address": "another.address@example.test", "kind": "main"}]
    staging.order(staging.boss, "PATCH", "", {"emails": emails})
    staging.part = {**staging.part, "emails": emails}
    staging.traveller.identifier = "another.address@example.test"


def _link_void_by_temporary(staging: Staging) -> None:
    _sends_link(staging)
    staging.order("professional", "POST", "/invitations", {"method": "temporary_password"})


def _link_revoked(staging: Staging) -> None:
    _sends_link(staging)
    staging.order(staging.boss, "DELETE", "/invitations")


def _pause(staging: Staging) -> None:
    """Somebody deactivates the person, and reactivates them."""
    staging.order(staging.boss, "PUT", "/deactivation")
    staging.order(staging.boss, "DELETE", "/deactivation")


def changes_password(staging: Staging) -> None:
    """The person changes the password in a session."""
    begun = staging.traveller.control("POST", f"/users/{staging.traveller.id}/sessions", {})
    new = "Changed in the meantime"
    body = {"current_password": staging.part["password"], "password": new, "password_confirmation": new}
    token = {"Authorization": f"Bearer {begun['session']['access_token']}"}
    answer = staging.traveller.call("PUT", "/me/password", body, **token)
    assert answer.status_code < 300, answer.text
    staging.part = {**staging.part, "password": new}


def asks_code(staging: Staging) -> str:
    """A code is asked for and arrives."""
    kind = "phone" if staging.traveller.identifier.startswith("+") else "email"
    assert staging.traveller.ask_code({kind: staging.traveller.identifier}) is None
    return str(staging.newest("confirmation_code")["code"])


def _code_superseded(staging: Staging) -> None:
    staging.traveller.held["code"] = asks_code(staging)
    asks_code(staging)


def _code_expired(staging: Staging) -> None:
    staging.traveller.held["code"] = asks_code(staging)
    staging.traveller.control("POST", "/clock/advance", {"by": "PT1H"})


def _code_used(staging: Staging) -> None:
    staging.traveller.held["code"] = asks_code(staging)
    assert staging.traveller.try_it() is None


def _code_wrong(staging: Staging) -> None:
    code = asks_code(staging)
    staging.traveller.held["code"] = f"{(int(code) + 111_111) % 1_000_000:06d}"


def _code_void(staging: Staging) -> None:
    staging.traveller.held["code"] = asks_code(staging)
    _pause(staging)


def _code_of_card_before(staging: Staging) -> None:
    """Staff take the address and the number off the card, and put them back."""
    staging.traveller.held["code"] = asks_code(staging)
    own = {name: staging.part[name] for name in ("emails", "phones")}
    staging.order("staff", "PATCH", "", {"phones": [], "emails": [{"address": "cora@example.test", "kind": "main"}]})
    staging.order("staff", "PATCH", "", own)


def _code_of_other_sign_in(staging: Staging) -> None:
    """The person types the code of a sign-in that was given up."""
    assert staging.begins_sign_in()
    staging.traveller.held["code"] = str(staging.newest("second_factor_code")["code"])


def _clock_is_off(by: str) -> Arranges:
    def arrange(staging: Staging) -> None:
        staging.traveller.held["off_by"] = by

    return arrange


def _code_of_app_used(staging: Staging) -> None:
    assert staging.traveller.try_it() is None
    staging.traveller.held["code"] = staging.traveller.shown


def _spelled(staging: Staging) -> None:
    staging.traveller.spelling = "{} {}"


_OF_APP_USED = ("used_code", "expired_code", "wrong_code")
"""Used just now; of a code that the app showed long before, nobody knows more than that it is wrong."""
_EXACT = {"codes.spelling": "exact"}
LINKS_AND_CODES = (
    _credential("old link", RESET + ACTIVATION, "link_superseded", _old_link),
    _credential("expired link", RESET + ACTIVATION, "link_expired", _link_expired),
    _credential("used link", RESET + ACTIVATION, "link_used", _link_used),
    _credential("used link, newer sent", RESET, "link_used", _link_used_and_newer),
    _credential("damaged link", RESET + ACTIVATION, "link_damaged", _link_damaged),
    _credential("link of before a restore", RESET, "link_unknown", _restored),
    _credential("link void by a pause", ("staff reset",), "link_void", _link_void_by_pause),
    _credential("link void by a change", RESET, "link_void", _link_void_by_change),
    _credential("link void by a new address", RESET, "link_void", _link_void_by_new_address, "identifier"),
    _credential("link void by a temporary password", ("customer reset",), "link_void", _link_void_by_temporary),
    _credential("revoked invitation", ACTIVATION, "link_void", _link_revoked),
    _credential("old code", CONTACT, "superseded_code", _code_superseded),
    _credential("expired code", CONTACT, "expired_code", _code_expired),
    _credential("used code", CONTACT, "used_code", _code_used),
    _credential("wrong code", CONTACT, "wrong_code", _code_wrong),
    _credential("code void by a pause", CONTACT, "void_code", _code_void),
    _credential("code of the card before", CONTACT, "void_code", _code_of_card_before),
    _credential(
        *(
            "code of another sign-in",
            OTP,
            ("superseded_code", "void_code", "expired_code"),
            _code_of_other_sign_in,
            "factor",
        )
    ),
    _credential("clock of the phone ahead", TOTP, "early_code", _clock_is_off("PT5M"), "factor"),
    _credential("clock of the phone behind", TOTP, "expired_code", _clock_is_off("-PT5M"), "factor"),
    _credential("code of the app used", TOTP, _OF_APP_USED, _code_of_app_used, "factor"),
    CauseEntry(
        *("code not exact", Dimension.TYPING, CONTACT + OTP + TOTP, ("code_not_exact",)),
        frozenset({"credential", "factor"}),
        arrange=_spelled,
        policy=_EXACT,
    ),
)
