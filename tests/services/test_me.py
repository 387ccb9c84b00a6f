"""One's own account on a frozen sandbox: profile and password."""

import pytest

from logindrill.rules.clients import Caller
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.services import me
from logindrill.services.sign_in import Admission, Continued
from logindrill.work.perform import attempt, order, read
from logindrill.work.runtime import Runtime
from logindrill.world.document import DevicePart, SecondFactorPart
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

OLD, NEW = "Secret of ada", "a brand new secret"


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch"))


def change_password(scene: Scene, token: str, current: str = OLD, new: str = NEW, again: str | None = None) -> None:
    confirmation = new if again is None else again
    attempt(scene.work("change_password", Call.PROOF, token=token), me.change_password, current, new, confirmation)


def test_one_sees_oneself(scene: Scene) -> None:
    card = read(scene.work(token=scene.signed_in("Ben Birch")), me.show)
    assert (card.id, card.name, card.memberships[0].role) == ("usr_ben", "Ben Birch", "member")


def test_one_changes_one_s_own_name_and_nothing_else(scene: Scene) -> None:
    token = scene.signed_in("Ben Birch")
    before = scene.user("usr_ben")
    assert order(scene.work(token=token), me.rename, "Ben Beech").name == "Ben Beech"
    assert scene.user("usr_ben")._asdict() == before._asdict() | {"name": "Ben Beech"}
    events = len(scene.events())
    order(scene.work(token=token), me.rename, "Ben Beech")
    order(scene.work(token=token), me.rename, None)
    assert len(scene.events()) == events


def test_nobody_sees_anything_without_a_session(scene: Scene) -> None:
    with pytest.raises(Refused) as refusal:
        read(scene.work("me", Call.SESSION), me.show)
    assert refusal.value.reason.code == "no_session"


def test_a_changed_password_signs_in_and_the_old_one_does_not(scene: Scene) -> None:
    change_password(scene, scene.signed_in("Ada Ash"))
    assert isinstance(scene.try_to_sign_in("ada@example.test", NEW), Admission)
    old = scene.try_to_sign_in("ada@example.test", OLD)
    assert isinstance(old, Refused)
    assert old.reason.code == "wrong_password"


def test_a_change_of_password_ends_the_other_sessions_and_spares_this_one(scene: Scene) -> None:
    token, other = scene.signed_in("Ada Ash"), scene.signed_in("Ada Ash")
    change_password(scene, token)
    assert read(scene.work(token=token), me.show).id == "usr_ada"
    with pytest.raises(Refused) as refusal:
        read(scene.work("me", Call.SESSION, token=other), me.show)
    assert refusal.value.reason.code == "password_changed"


def test_a_session_changes_its_password_again_and_again(scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    change_password(scene, token)
    change_password(scene, token, NEW, "yet another secret")
    assert isinstance(scene.try_to_sign_in("ada@example.test", "yet another secret"), Admission)


def test_a_change_of_password_ends_device_trust(runtime: Runtime) -> None:
    factor = SecondFactorPart(method="second_password", second_password="Another one")
    device = DevicePart(name="laptop", token="a-token-of-the-laptop", trusted_at="-P1D")
    scene = a_sandbox(runtime, person("Ada Ash", "owner", second_factor=factor, devices=[device]))
    laptop = Caller(device_tokens=("a-token-of-the-laptop",))
    change_password(scene, scene.signed_in("Ada Ash", caller=laptop))
    assert isinstance(scene.try_to_sign_in("ada@example.test", NEW, caller=laptop), Continued)


@pytest.mark.parametrize(
    ("current", "reason"),
    [
        ("not her password", "wrong_password"),
        ("", "wrong_password"),
        ("secret of ada", "wrong_case"),
        ("Secret of ada ", "extra_space"),
        ("Secret of ben", "wrong_password"),
    ],
)
def test_a_wrong_present_password_changes_nothing(scene: Scene, current: str, reason: str) -> None:
    token = scene.signed_in("Ada Ash")
    before = scene.user("usr_ada")
    with pytest.raises(Refused) as refusal:
        change_password(scene, token, current)
    assert refusal.value.reason.code == reason
    attempt = scene.attempts()[-1]
    assert (attempt.status, attempt.code, attempt.user_id) == (403, "current_password_incorrect", "usr_ada")
    assert scene.user("usr_ada") == before


@pytest.mark.parametrize(
    ("new", "again", "errors"),
    [
        ("seven77", "seven77", [("password", "too_short")]),
        (NEW, NEW + " ", [("password_confirmation", "mismatch")]),
        (OLD, OLD, [("password", "unchanged")]),
    ],
)
def test_a_new_password_obeys_the_rules(scene: Scene, new: str, again: str, errors: list[tuple[str, str]]) -> None:
    token = scene.signed_in("Ada Ash")
    with pytest.raises(Invalid) as refusal:
        change_password(scene, token, OLD, new, again)
    assert [(error.field, error.code) for error in refusal.value.fields] == errors
    assert isinstance(scene.try_to_sign_in("ada@example.test", OLD), Admission)


def test_a_change_of_password_sends_a_notice_without_it(scene: Scene) -> None:
    change_password(scene, scene.signed_in("Ada Ash"))
    [notice] = scene.messages()
    assert (notice.kind, notice.recipient) == ("notice", "ada@example.test")
    assert NEW not in notice.text + (notice.html or "")
    assert OLD not in notice.text + (notice.html or "")


def test_guesses_at_the_present_password_count_with_those_at_sign_in(runtime: Runtime) -> None:
    policy = {"throttling.enabled": True, "throttling.failures": 4}
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), policy=policy)
    token = scene.signed_in("Ada Ash")
    for _ in range(2):
        scene.try_to_sign_in("ada@example.test", "wrong")
        with pytest.raises(Refused):
            change_password(scene, token, "wrong")
    with pytest.raises(Refused) as refusal:
        change_password(scene, token)
    assert refusal.value.reason.code == "throttled"
    assert refusal.value.retry_after is not None
    locked = scene.try_to_sign_in("ada@example.test", OLD)
    assert isinstance(locked, Refused)
    assert locked.reason.code == "throttled"
