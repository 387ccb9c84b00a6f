"""The causes in limits: wrong entries that end a code or close an account's codes, and too many requests."""

from tests.support.proof.cause import CONTACT, OTP, RESET, SECOND, TOTP, CauseEntry, Dimension, Stage
from tests.support.proof.links_and_codes import asks_code
from tests.support.proof.ways import Staging, ask_reset

_FEW = {"codes.account_attempts": 3}
_LIMITED = {"throttling.enabled": True, "throttling.failures": 3}


def _guesses(times: int) -> list[str]:
    return [f"{number}{number}0000" for number in range(1, times + 1)]


def _guess_code(staging: Staging, times: int) -> str:
    right, who = asks_code(staging), staging.traveller
    kind = "phone" if who.identifier.startswith("+") else "email"
    for guess in _guesses(times):
        assert guess != right
        answer = who.call("POST", "/confirmations", {kind: who.identifier, "code": guess})
        assert answer.status_code == 401, answer.text
    return right


def _guesses_out(staging: Staging) -> None:
    staging.traveller.held["code"] = _guess_code(staging, 5)


def _closes_codes(staging: Staging) -> None:
    _guess_code(staging, 3)


def _closes_factor(staging: Staging) -> None:
    who = staging.traveller
    assert staging.begins_sign_in()
    name = "second_password" if staging.part["second_factor"]["method"] == "second_password" else "code"
    for guess in _guesses(3):
        answer = who.call("POST", f"/sign-ins/{who.sign_in_id}/second-factor", {name: guess})
        assert answer.status_code == 401, answer.text


def _asks_often(staging: Staging) -> None:
    """Somebody asks for link after link, before the person does."""
    for _ in range(4):
        ask_reset(staging)


def _asks_codes_often(staging: Staging) -> None:
    for _ in range(3):
        asks_code(staging)


GUESSES = (
    CauseEntry(
        *("code guessed at", Dimension.CREDENTIAL, CONTACT, ("too_many_code_attempts",)),
        *(frozenset({"credential", "guesses"}), Stage.HANDED_OUT, _guesses_out),
    ),
    CauseEntry(
        *("codes closed", Dimension.STATE, CONTACT, ("too_many_code_attempts",)),
        *(frozenset({"credential", "guesses"}), Stage.HANDED_OUT, _closes_codes),
        policy=_FEW,
        is_seen_of_person=True,
    ),
    CauseEntry(
        *("factor closed", Dimension.STATE, OTP + SECOND + TOTP, ("too_many_code_attempts",)),
        *(frozenset({"credential", "factor", "guesses"}), Stage.HANDED_OUT, _closes_factor),
        policy=_FEW,
    ),
    CauseEntry(
        *("resets asked too often", Dimension.STATE, RESET, ("throttled",)),
        *(frozenset({"credential", "lock", "mail"}), Stage.HANDED_OUT, _asks_often),
        policy=_LIMITED,
    ),
    CauseEntry(
        *("codes asked too often", Dimension.STATE, CONTACT, ("throttled",)),
        *(frozenset({"credential", "lock"}), Stage.HANDED_OUT, _asks_codes_often),
        policy=_LIMITED,
        is_seen_of_person=True,
    ),
)
