"""Follows one remedy exactly: makes its call as the person it names, then does what it says."""

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.test import TestResponse

from tests.support.proof.traveller import Traveller, stopped
from tests.support.proof.ways import Staging

Does = Callable[[Staging, TestResponse | None], None]


def follow(staging: Staging, remedy: Mapping[str, Any], *, is_kept_out: bool) -> str | None:
    """Follow it; what is wrong with it, None where nothing is. Where the person's own client is stopped besides, which
    is reported at the next go, they ask again when it no longer is."""
    answer = None
    if remedy["apply"] is not None:
        answer = _call(staging, remedy)
        if is_kept_out and remedy["who"] == "the person" and answer.status_code in _KEPT_OUT:
            staging.asks_later(remedy["code"])
            return None
        if answer.status_code >= 300:
            return f"{remedy['code']}: {remedy['apply']} was answered {answer.status_code}: {answer.text}"
    does = _DOES.get(remedy["code"])
    if does is None and answer is None:
        return f"{remedy['code']}: gives no call, and the proof does not know how a person does it"
    if does is not None:
        does(staging, answer)
    return None


_KEPT_OUT = {403, 426, 503}


def _call(staging: Staging, remedy: Mapping[str, Any]) -> TestResponse:
    who, call = staging.traveller, remedy["apply"]
    if not call["path"].startswith("/s/"):
        more = {} if call["body"] is None else {"json": call["body"]}
        return who.http.open(call["path"], method=call["method"], **more)
    path = call["path"].removeprefix(f"/s/{who.sandbox}/v1")
    actor = staging.actor(remedy["who"])
    if actor is None:
        return who.call(call["method"], path, call["body"])
    return staging.act(actor, call["method"], path, call["body"])


def _types(**right: str) -> Does:
    """The person types the right value of these fields from now on."""

    def does(staging: Staging, _answer: TestResponse | None) -> None:
        for name, value in right.items():
            setattr(staging.traveller, name, getattr(staging, value))

    return does


def _drops(*names: str) -> Does:
    """The person takes what is newest in place of what they held."""

    def does(staging: Staging, _answer: TestResponse | None) -> None:
        for name in names:
            staging.traveller.held.pop(name, None)
        staging.reads_on()

    return does


def _waits_for(errand: str, held: str) -> Does:
    def does(staging: Staging, answer: TestResponse | None) -> None:
        who = staging.traveller
        who.held.pop(held, None)
        if answer is not None:
            who.asked = stopped(answer).attempt
            who.errand = errand
        elif errand == "activation":
            who.errand = errand
        else:
            who.errand = None

    return does


def _looks_in_spam(staging: Staging, _answer: TestResponse | None) -> None:
    staging.traveller.looks_in_spam = True
    staging.reads_on()


def _reads_on(staging: Staging, _answer: TestResponse | None) -> None:
    staging.reads_on()


def _asks_again(staging: Staging, _answer: TestResponse | None) -> None:
    staging.asks_again()


def _takes_temporary(staging: Staging, answer: TestResponse | None) -> None:
    if answer is not None:
        staging.newest_temporary = answer.get_json()["temporary_password"]
    staging.traveller.password = staging.newest_temporary


def _is_invited(staging: Staging, answer: TestResponse | None) -> None:
    """Where the explanation knows no address, who looks after the person knows it; a new account has no device."""
    who = staging.traveller
    if answer is None:
        role = staging.part["memberships"][0]["role"]
        body = {"name": staging.part["name"], "role": role, "emails": [{"address": staging.address, "kind": "main"}]}
        answer, who.identifier = staging.act(staging.boss, "POST", "/users", body), staging.address
        assert answer.status_code == 201, answer.text
    who.expects_recognition = False
    who.id = answer.get_json().get("id", who.id)
    if who.password:
        who.errand, who.asked = "activation", stopped(answer).attempt
        if answer.get_json().get("status") == "active":
            who.errand = None


def _goes_to_survivor(staging: Staging, _answer: TestResponse | None) -> None:
    staging.becomes("survivor")


def _is_restored(staging: Staging, _answer: TestResponse | None) -> None:
    """The remedy says itself that an invitation comes next."""
    path = f"/users/{staging.traveller.id}/invitations"
    answer = staging.act("professional", "POST", path, {"method": "email"})
    assert answer.status_code < 300, answer.text
    staging.traveller.errand = "activation"


def _has_released(staging: Staging, _answer: TestResponse | None) -> None:
    """The remedy says itself that a new account comes next."""
    address = staging.part["emails"][0]["address"]
    body = {"name": "New", "role": "customer", "emails": [{"address": address, "kind": "main"}]}
    answer = staging.act("professional", "POST", "/users", body)
    assert answer.status_code == 201, answer.text
    staging.traveller.identifier = address
    _is_invited(staging, answer)


def _is_on_the_card(staging: Staging, _answer: TestResponse | None) -> None:
    """Staff add what the person types; nobody is known behind it, so that the explanation can give no call."""
    typed = staging.traveller.identifier
    more = {"number": typed, "kind": "sms"} if typed.startswith("+") else {"address": typed, "kind": "main"}
    staging.order("staff", "PATCH", "", {"phones" if "number" in more else "emails": [more]})


def _waits_an_hour(staging: Staging, answer: TestResponse | None) -> None:
    """Of somebody deleted no call can say for how long; they wait themselves."""
    if answer is None:
        staging.traveller.control("POST", "/clock/advance", {"by": "PT1H"})


def _header(name: str, value: str) -> Does:
    def does(staging: Staging, _answer: TestResponse | None) -> None:
        staging.traveller.headers[name] = value

    return does


def _signs_in_again(staging: Staging, _answer: TestResponse | None) -> None:
    who: Traveller = staging.traveller
    who.held.clear()
    who.errand = None
    if who.has_new_password:
        who.password = who.new_password


def _loads_page_again(staging: Staging, _answer: TestResponse | None) -> None:
    """The person is signed in already, and has the page still open."""
    staging.traveller.has_page_open = True


def _corrects_clock(staging: Staging, _answer: TestResponse | None) -> None:
    """The app shows the code of this moment, or of the next one, at the next sign-in."""
    for name in ("code", "off_by"):
        staging.traveller.held.pop(name, None)


def _spells_codes_as_they_like(staging: Staging, _answer: TestResponse | None) -> None:
    """The code counts as it was typed, at the next go."""
    if staging.part.get("second_factor", {}).get("method") != "totp":
        staging.reads_on()


def _may_ask_again(staging: Staging, answer: TestResponse | None) -> None:
    _waits_an_hour(staging, answer)
    staging.traveller.must_ask = staging.traveller.errand == "reset"


def _enters_factor(staging: Staging, _answer: TestResponse | None) -> None:
    staging.traveller.expects_recognition = False


_DOES: Mapping[str, Does] = {
    "retype_password": _types(password="right_password", second_password="right_second_password"),
    "retype_identifier": _types(identifier="right_identifier"),
    "use_invited_address": _types(identifier="address"),
    "use_main_address": _types(identifier="address"),
    "use_registered_address": _types(identifier="right_identifier"),
    "use_username": _types(identifier="username"),
    "choose_other_company": _types(company="no_company"),
    "use_given_number": _types(phone="right_phone"),
    "use_own_factor": _types(second_password="right_second_password"),
    "reset_password": _waits_for("reset", "link"),
    "ask_new_reset": _waits_for("reset", "link"),
    "resend_invitation": _waits_for("activation", "link"),
    "resend_by_email": _waits_for("activation", "link"),
    "follow_invitation": _waits_for("activation", "link"),
    "ask_new_code": _waits_for("code", "code"),
    "use_other_channel": _waits_for("code", "code"),
    "use_newest_code": _drops("code"),
    "retype_code": lambda staging, _: staging.types_code_right(),
    "use_newest_link": _drops("link"),
    "copy_whole_link": _drops("link"),
    "look_in_spam": _looks_in_spam,
    "wait_for_message": _reads_on,
    "deliver_now": _reads_on,
    "allow_sender": _asks_again,
    "end_delivery_rule": _asks_again,
    "generate_temporary_password": _takes_temporary,
    "use_newest_temporary_password": _takes_temporary,
    "invite": _is_invited,
    "correct_card": _is_on_the_card,
    "wait_for_unlock": _may_ask_again,
    "use_survivor": _goes_to_survivor,
    "restore_merged": _is_restored,
    "release_email": _has_released,
    "update_app": _header("X-Client", "mobile/2.0"),
    "use_web": _header("X-Client", "web"),
    "reinstall": _header("X-Installation-Id", "inst-new"),
    "sign_in_again": _signs_in_again,
    "set_clock": _corrects_clock,
    "pass_factor": _enters_factor,
    "keep_cookies": _enters_factor,
    "remove_factor": _enters_factor,
    "exclude_from_scanning": _asks_again,
    "keep_links_unused": _asks_again,
    "wait_for_codes": _waits_an_hour,
    "read_codes_forgivingly": _spells_codes_as_they_like,
    "unlock": _may_ask_again,
    "use_next_code": _corrects_clock,
    "publish": _loads_page_again,
    "try_again": lambda _staging, _answer: None,
}
"""By the remedy's code: what the person does after the call, or in its place."""
