"""What somebody does otherwise than usual, taken off one step and put on another."""

from logindrill.scenarios.step import PHONE, SIGNED_IN, Seen
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.inbox import RESET, reads
from tests.support.pairs.variations import plain, variation, varied

_IN_CAPITALS = signs_in(how="in capitals", password="SECRET")
_BY_PHONE = signs_in(how="on the phone", device=PHONE, company="co_north")


def test_the_usual_step_varies_nothing() -> None:
    assert variation(signs_in()).parts == frozenset()


def test_fields_seat_and_words_are_what_is_otherwise() -> None:
    assert variation(_IN_CAPITALS).fields == {"password": "SECRET"}
    assert variation(_BY_PHONE).parts == {"seat", "company"}
    assert variation(_BY_PHONE).how == "on the phone"


def test_two_variations_make_one_step() -> None:
    step = varied("sign_in", (variation(_IN_CAPITALS), variation(_BY_PHONE)), seen=Seen(401), keep={"a": "/b"})
    assert step.body == {"identifier": "{person.identifier}", "password": "SECRET", "company": "co_north"}
    assert (step.device, step.seen, step.keep) == (PHONE, Seen(401), {"a": "/b"})
    assert step.do == "{person.first} signs in in capitals and on the phone"


def test_of_two_that_vary_the_same_the_later_counts() -> None:
    other = variation(signs_in(password="other"))
    assert (varied("sign_in", (variation(_IN_CAPITALS), other), seen=SIGNED_IN, keep={}).body or {})[
        "password"
    ] == "other"


def test_nobody_gets_in_by_reading_mail() -> None:
    assert plain(reads(RESET).operation) is None
