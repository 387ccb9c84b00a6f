"""Every knob is pinned with its default; changes are checked before they count."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logindrill.rules.decisions import Invalid
from logindrill.rules.policy import Policy, check_change, check_changes, compose, describe, knobs
from logindrill.rules.problems import PROBLEMS

DEFAULT = Policy()
PINNED: dict[str, Any] = {
    "identifiers.case_sensitive": False,
    "passwords.min_length": 8,
    "passwords.max_length": 256,
    "passwords.blocklist": False,
    "links.invitation_life": "P7D",
    "links.reset_life": "PT1H",
    "links.used_by_get": False,
    "links.activation_url": None,
    "links.password_reset_url": None,
    "codes.digits": 6,
    "codes.life": "PT10M",
    "codes.attempts": 5,
    "codes.account_attempts": 15,
    "codes.account_window": "PT1H",
    "codes.fixed": None,
    "codes.spelling": "forgiving",
    "otp.delay": "PT0S",
    "devices.trust": "P30D",
    "visits.idle": "PT30M",
    "sign_ins.pending_life": "PT10M",
    "temporary_passwords.life": "P7D",
    "sessions.idle": "P1D",
    "sessions.absolute": "P30D",
    "proof.max_age": "PT5M",
    "disclosure.deactivated": True,
    "throttling.enabled": False,
    "throttling.failures": 10,
    "throttling.window": "PT15M",
    "apps.min_version": None,
    "apps.latest_version": None,
    "networks.vpn": "allow",
    "browsers.supported": None,
    "phones.strict": False,
    "phones.default_country": None,
    "applications.open": "auto",
    "applications.consent": "never",
    "applications.refused": "stay",
    "tokens.time": "real",
    "tokens.format": "jwt",
    "tokens.algorithm": "RS256",
    "tokens.id_token_claims": "scopes",
    "tokens.code_life": "PT1M",
    "tokens.access_life": "PT1H",
    "tokens.id_life": "PT1H",
    "tokens.refresh_idle": "P14D",
    "tokens.refresh_absolute": "P30D",
    "tokens.rotation": True,
    "tokens.refresh_overlap": "PT0S",
    "tokens.code_replay": "end",
}


def test_every_knob_and_its_default_are_pinned() -> None:
    found = {value.name: value.value for value in describe({}, {}) if not value.name.startswith("wording.")}
    assert found == PINNED


def test_every_public_text_is_a_knob() -> None:
    assert {name for name in knobs() if name.startswith("wording.")} == {f"wording.{code}" for code in PROBLEMS}


@pytest.mark.parametrize("name", PINNED)
def test_every_knob_says_what_it_means_and_where_it_comes_from(name: str) -> None:
    knob = knobs()[name]
    assert knob.meaning.endswith(".")
    assert knob.rule_ids
    assert knob.form.schema


def test_changes_go_over_the_preset_and_the_preset_over_the_default() -> None:
    policy = compose({"devices.trust": "P365D", "passwords.min_length": 10}, {"passwords.min_length": 12})
    assert policy.devices.trust == timedelta(days=365)
    assert policy.passwords.min_length == 12
    assert policy.codes.digits == 6


def test_a_change_to_null_is_the_presets_value_again() -> None:
    assert check_change("passwords.min_length", None) is None
    assert compose({"passwords.min_length": 10}, {"passwords.min_length": None}).passwords.min_length == 10


def test_nothing_changed_is_the_default() -> None:
    assert compose({}, {}) == DEFAULT


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("links.reset_life", "PT24H", "P1D"),
        ("links.reset_life", "PT90M", "PT1H30M"),
        ("otp.delay", "seeded", "seeded"),
        ("otp.delay", "PT3M", "PT3M"),
        ("browsers.supported", ["chrome", "edge"], ["chrome", "edge"]),
        ("codes.fixed", "000000", "000000"),
        ("codes.fixed", "0123456789", "0123456789"),
        ("apps.min_version", "1.10", "1.10"),
        ("wording.invalid_credentials", "Nope.", "Nope."),
    ],
)
def test_a_change_is_stored_in_one_form(name: str, value: object, stored: object) -> None:
    assert check_change(name, value) == stored
    assert compose({}, {name: stored}) != DEFAULT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("links.reset_life", "PT24H1S"),
        ("links.reset_life", "P1M"),
        ("links.reset_life", "PT0S"),
        ("codes.life", "PT11M"),
        ("codes.digits", 5),
        ("codes.digits", "6"),
        ("codes.digits", 6.0),
        ("codes.digits", True),
        ("codes.attempts", 11),
        ("codes.fixed", "12345"),
        ("codes.fixed", "12345678901"),
        ("codes.fixed", "12345a"),
        ("codes.fixed", "\uff11\uff12\uff13\uff14\uff15\uff16"),
        ("sign_ins.pending_life", "PT11M"),
        ("passwords.min_length", 65),
        ("passwords.max_length", 63),
        ("passwords.max_length", 10**30),
        ("passwords.blocklist", 1),
        ("throttling.failures", 101),
        ("otp.delay", "random"),
        ("apps.min_version", "newest"),
        ("networks.vpn", "maybe"),
        ("networks.vpn", ["deny"]),
        ("browsers.supported", []),
        ("browsers.supported", ["chrome", "chrome"]),
        ("browsers.supported", ["lynx"]),
        ("browsers.supported", [["chrome"]]),
        ("browsers.supported", "chrome"),
        ("wording.invalid_credentials", ""),
        ("wording.invalid_credentials", "two\nlines"),
        ("wording.invalid_credentials", "x" * 501),
        ("disclosure.deactivated", "true"),
    ],
)
def test_a_value_of_the_wrong_kind_or_out_of_bounds_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(Invalid) as refusal:
        check_change(name, value)
    assert refusal.value.fields[0].field == name
    assert refusal.value.fields[0].code == "invalid"


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("passwords.min_length", 1, 64),
        ("passwords.max_length", 64, 1024),
        ("codes.digits", 6, 10),
        ("codes.attempts", 1, 10),
        ("throttling.failures", 1, 100),
        ("codes.life", "PT1S", "PT10M"),
        ("links.reset_life", "PT1S", "P1D"),
        ("sign_ins.pending_life", "PT1S", "PT10M"),
    ],
)
def test_both_ends_of_a_bound_are_allowed(name: str, lowest: object, highest: object) -> None:
    assert check_change(name, lowest) == lowest
    assert check_change(name, highest) == highest


@pytest.mark.parametrize("name", ["", "passwords", "passwords.", "passwords.length", "wording.nothing", "__class__.x"])
def test_an_unknown_knob_is_unknown(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_change(name, 1)
    assert refusal.value.fields[0].code == "unknown"
    with pytest.raises(Invalid):
        compose({}, {name: 1})


def test_every_wrong_change_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refusal:
        check_changes({"codes.digits": 5, "no.such": 1, "passwords.min_length": 9})
    assert [error.field for error in refusal.value.fields] == ["codes.digits", "no.such"]
    assert check_changes({"passwords.min_length": 9}) == {"passwords.min_length": 9}


def test_a_knob_is_described_with_its_value_and_what_the_preset_gives() -> None:
    described = {
        knob.name: knob
        for knob in describe({"devices.trust": "P365D"}, {"codes.digits": 8}, {"link_unusable": "Gone."})
    }
    assert (described["devices.trust"].value, described["devices.trust"].default) == ("P365D", "P365D")
    assert (described["codes.digits"].value, described["codes.digits"].default) == (8, 6)
    assert described["wording.link_unusable"].value == "Gone."
    assert described["wording.account_disabled"].value == "Account disabled"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(PINNED)), anything)
def test_no_value_does_worse_than_be_refused(name: str, value: object) -> None:
    with suppress(Invalid):
        stored = check_change(name, value)
        assert check_change(name, stored) == stored
        compose({}, {name: stored})
