"""Trusted devices: what they spare, for whom, for exactly how long, and what ends them (A20, A21, A31, A35)."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from logindrill.adapters.hashing import digest
from logindrill.models import User
from logindrill.rules.clients import Caller, Client
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.values import replace
from logindrill.services import devices as service
from logindrill.services import me, password_resets
from logindrill.work.perform import attempt, order, read
from logindrill.work.runtime import Runtime
from tests.services.trust import browser, people_in
from tests.support.factors import (
    DAY,
    INSTANT,
    SECOND_PASSWORD,
    devices,
    passes,
    trusted,
    waiting,
    why_asked,
    with_second_password,
)
from tests.support.people import address_of, password_of
from tests.support.scenes import MORNING, a_sandbox

PHONE = Caller(client=Client.MOBILE, version="2.3.1", installation_id="inst-1")


# What trust is


@pytest.mark.rule("S36")
def test_trust_is_minted_at_the_factor_fresh_and_hashed(runtime: Runtime) -> None:
    scene = people_in(runtime)
    planted = browser("planted by somebody")
    entered = passes(scene, waiting(scene, "Ben Birch"), caller=planted, second_password=SECOND_PASSWORD)
    assert entered.device_token is not None
    assert len(entered.device_token) >= 43
    assert entered.device_token != "planted by somebody"
    [device] = devices(scene)
    assert device.digest == digest(entered.device_token)
    assert (device.user_id, device.trusted_at, device.name, device.client) == ("usr_ben", MORNING, "Chrome", "web")
    assert scene.sessions()[-1].device_id == device.id
    assert entered.device_token not in str(scene.events())


def test_whoever_does_not_want_trust_gets_none(runtime: Runtime) -> None:
    scene = people_in(runtime)
    entered = passes(scene, waiting(scene, "Ben Birch"), second_password=SECOND_PASSWORD, trust_device=False)
    assert entered.device_token is None
    assert not devices(scene)


@pytest.mark.rule("A20", "S38")
def test_a_trusted_device_spares_the_factor_and_never_the_password(runtime: Runtime) -> None:
    scene = people_in(runtime)
    device = browser(trusted(scene, "Ben Birch"))
    assert why_asked(scene, "Ben Birch", device) is None
    [first, again] = scene.sessions()
    assert (again.device_id, again.proven_at) == (first.device_id, None)
    wrong = scene.try_to_sign_in(address_of("Ben Birch"), "wrong", caller=device)
    assert isinstance(wrong, Refused)
    assert wrong.reason.code == "wrong_password"


def test_a_sign_in_on_a_trusted_device_mints_no_further_trust(runtime: Runtime) -> None:
    scene = people_in(runtime)
    device = browser(trusted(scene, "Ben Birch"))
    outcome = scene.try_to_sign_in(address_of("Ben Birch"), password_of("Ben Birch"), caller=device)
    assert getattr(outcome, "device_token", "") is None
    assert len(devices(scene)) == 1


@pytest.mark.rule("A21", "S37")
def test_trust_lasts_thirty_days_from_the_factor_however_often_it_is_used(runtime: Runtime) -> None:
    scene = people_in(runtime)
    device = browser(trusted(scene, "Ben Birch"))
    for _ in range(29):
        scene.wait(DAY)
        assert why_asked(scene, "Ben Birch", device) is None
    scene.wait(DAY - timedelta(seconds=1))
    assert why_asked(scene, "Ben Birch", device) is None
    scene.wait(timedelta(seconds=1))
    assert why_asked(scene, "Ben Birch", device) == "device_trust_expired"
    assert scene.attempts()[-1].request["device"] == "expired"


@pytest.mark.rule("A20", "A21")
def test_people_who_take_turns_in_one_browser_each_keep_their_own_thirty_days(runtime: Runtime) -> None:
    scene = people_in(runtime)
    first = passes(scene, waiting(scene, "Ben Birch"), caller=browser(), second_password=SECOND_PASSWORD)
    shared = browser(*first.browser_tokens)
    scene.wait(10 * DAY)
    second = passes(scene, waiting(scene, "Dora Dale", caller=shared), caller=shared, second_password=SECOND_PASSWORD)
    shared = browser(*second.browser_tokens)
    assert second.browser_tokens == (second.device_token, first.device_token)
    for _ in range(3):
        assert why_asked(scene, "Ben Birch", shared) is None
        assert why_asked(scene, "Dora Dale", shared) is None
    assert sorted(device.user_id for device in devices(scene)) == ["usr_ben", "usr_dora"]
    scene.wait(20 * DAY)
    assert why_asked(scene, "Ben Birch", shared) == "device_trust_expired"
    assert why_asked(scene, "Dora Dale", shared) is None


@pytest.mark.rule("A20")
def test_a_browser_keeps_the_tokens_of_eight_people_and_of_each_the_newest(runtime: Runtime) -> None:
    names = [f"{letter} Person" for letter in "ABCDEFGHI"]
    scene = a_sandbox(runtime, *(with_second_password(name) for name in names))
    shared = browser()
    for name in (*names, names[8]):
        again = waiting(scene, name, caller=shared, ask_second_factor=True)
        shared = browser(*passes(scene, again, caller=shared, second_password=SECOND_PASSWORD).browser_tokens)
    assert len(shared.device_tokens) == 8
    assert why_asked(scene, names[0], shared) == "device_of_another_user"
    assert [why_asked(scene, name, shared) for name in names[1:]] == [None] * 8


def test_asking_for_the_factor_sets_trust_aside(runtime: Runtime) -> None:
    scene = people_in(runtime)
    device = browser(trusted(scene, "Ben Birch"))
    assert why_asked(scene, "Ben Birch", device, ask_second_factor=True) == "second_factor_requested"


def test_passing_the_factor_again_on_a_device_replaces_its_trust(runtime: Runtime) -> None:
    scene = people_in(runtime)
    before = browser(trusted(scene, "Ben Birch"))
    scene.wait(20 * DAY)
    again = waiting(scene, "Ben Birch", caller=before, ask_second_factor=True)
    after = browser(passes(scene, again, caller=before, second_password=SECOND_PASSWORD).device_token)
    assert why_asked(scene, "Ben Birch", before) == "device_revoked"
    scene.wait(30 * DAY - INSTANT)
    assert why_asked(scene, "Ben Birch", after) is None


# Whose trust it is


@pytest.mark.parametrize(
    ("token", "reason", "seen"), [(None, "device_not_sent", "none"), ("nobody's", "device_unknown", "unknown")]
)
def test_a_new_device_is_asked(runtime: Runtime, token: str | None, reason: str, seen: str) -> None:
    scene = people_in(runtime)
    assert why_asked(scene, "Ben Birch", browser(token)) == reason
    assert scene.attempts()[-1].request["device"] == seen


@pytest.mark.rule("A20", "S36")
def test_somebody_elses_device_is_worthless(runtime: Runtime) -> None:
    scene = people_in(runtime)
    doras = browser(trusted(scene, "Dora Dale"))
    assert why_asked(scene, "Ben Birch", doras) == "device_of_another_user"
    assert scene.attempts()[-1].request["device"] == "another_user"
    assert why_asked(scene, "Dora Dale", doras) is None


def test_a_device_of_another_sandbox_is_unknown(runtime: Runtime) -> None:
    foreign = browser(trusted(people_in(runtime), "Ben Birch"))
    assert why_asked(people_in(runtime), "Ben Birch", foreign) == "device_unknown"


@pytest.mark.parametrize("damage", [lambda text: text[:-1], lambda text: text + "A", str.swapcase])
def test_a_damaged_token_is_unknown(runtime: Runtime, damage: object) -> None:
    scene = people_in(runtime)
    token = trusted(scene, "Ben Birch")
    assert why_asked(scene, "Ben Birch", browser(damage(token))) == "device_unknown"  # type: ignore[operator]


def test_on_mobile_trust_is_bound_to_the_installation(runtime: Runtime) -> None:
    scene = people_in(runtime)
    app = replace(PHONE, device_tokens=(trusted(scene, "Ben Birch", caller=PHONE),))
    assert why_asked(scene, "Ben Birch", app) is None
    assert why_asked(scene, "Ben Birch", replace(app, installation_id="inst-2")) == "device_unknown"
    assert why_asked(scene, "Ben Birch", browser(*app.device_tokens)) == "device_unknown"


@pytest.mark.rule("A35")
def test_a_reinstalled_app_is_a_new_device(runtime: Runtime) -> None:
    scene = people_in(runtime)
    assert why_asked(scene, "Ben Birch", PHONE) == "device_not_sent"
    trusted(scene, "Ben Birch", caller=PHONE)
    assert why_asked(scene, "Ben Birch", replace(PHONE, installation_id="inst-2")) == "installation_new"
    assert why_asked(scene, "Ben Birch", PHONE) == "device_not_sent"


def test_the_device_that_activated_counts_as_new(runtime: Runtime) -> None:
    assert why_asked(people_in(runtime), "Ben Birch", browser(None)) == "device_not_sent"


# What ends it


@pytest.mark.rule("S39")
def test_a_change_of_password_ends_every_trust(runtime: Runtime) -> None:
    scene = people_in(runtime)
    device = browser(trusted(scene, "Ben Birch"))
    token = scene.signed_in("Ben Birch", caller=device)
    work = scene.work(kind=Call.SIGN_IN, token=token)
    attempt(work, me.change_password, password_of("Ben Birch"), "another password", "another password")
    outcome = scene.try_to_sign_in(address_of("Ben Birch"), "another password", caller=device)
    assert not isinstance(outcome, Refused)
    assert scene.attempts()[-1].reason == "device_revoked"


def test_a_reset_ends_every_trust_and_skips_no_factor(runtime: Runtime) -> None:
    scene = people_in(runtime)
    device = browser(trusted(scene, "Ben Birch"))
    attempt(scene.work(kind=Call.ASK), password_resets.request, address_of("Ben Birch"))
    link = scene.newest_token(address_of("Ben Birch"))
    attempt(scene.work(kind=Call.LINK), password_resets.reset, link, "another password", "another password")
    scene.try_to_sign_in(address_of("Ben Birch"), "another password", caller=device)
    left = scene.attempts()[-1]
    assert (left.outcome, left.reason, left.code) == ("continued", "device_revoked", "second_factor_required")


@pytest.mark.rule("S39")
def test_any_change_that_raises_the_epoch_ends_trust(runtime: Runtime) -> None:
    scene = people_in(runtime)
    device = browser(trusted(scene, "Ben Birch"))
    with runtime.database.writing() as connection:
        connection.execute(update(User).where(User.id == "usr_ben").values(epoch=User.epoch + 1))
    assert why_asked(scene, "Ben Birch", device) == "device_revoked"


@pytest.mark.rule("S39")
def test_a_person_sees_their_devices_and_ends_their_trust(runtime: Runtime) -> None:
    scene = people_in(runtime)
    device = browser(trusted(scene, "Ben Birch"))
    trusted(scene, "Dora Dale")
    scene.wait(DAY)
    trusted(scene, "Ben Birch", caller=PHONE)
    token = scene.signed_in("Ben Birch", caller=device)
    listed = read(scene.work(kind=Call.SESSION, token=token, caller=device), service.list_own)
    assert [(entry.name, entry.client, entry.current) for entry in listed] == [
        ("An unknown client", "web", True),
        ("Mobile app 2.3.1", "mobile", False),
    ]
    assert listed[0].trusted_until == MORNING + 30 * DAY
    order(scene.work(kind=Call.SESSION, token=token), service.forget, listed[0].id)
    assert why_asked(scene, "Ben Birch", device) == "device_revoked"
    left = read(scene.work(kind=Call.SESSION, token=token), service.list_own)
    assert [entry.id for entry in left] == [listed[1].id]
    assert scene.events()[-2].what == "device.revoke"


def test_only_living_trust_of_ones_own_is_listed_and_can_be_ended(runtime: Runtime) -> None:
    scene = people_in(runtime)
    trusted(scene, "Ben Birch")
    trusted(scene, "Dora Dale")
    scene.wait(30 * DAY)
    entered = passes(scene, waiting(scene, "Ben Birch"), second_password=SECOND_PASSWORD)
    token = entered.session.access_token
    [ended, doras, living] = devices(scene)
    listed = read(scene.work(kind=Call.SESSION, token=token), service.list_own)
    assert [entry.id for entry in listed] == [living.id]
    for other in (ended.id, doras.id, "dev_nothing"):
        with pytest.raises(Refused) as refused:
            order(scene.work(kind=Call.SESSION, token=token), service.forget, other)
        assert refused.value.reason.code == "not_found"
    assert devices(scene)[1].revoked_at is None
