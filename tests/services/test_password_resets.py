"""Links to reset a password on a frozen sandbox (A9-A17): how long they work, what they do and what they end."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from logindrill.models import User
from logindrill.rules.clients import Caller
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import Call
from logindrill.services import me, password_resets, sessions
from logindrill.services.sign_in import Admission, Continued
from logindrill.work.perform import attempt, read
from logindrill.work.runtime import Runtime
from logindrill.world.document import DevicePart, SecondFactorPart
from tests.services.resetting import a_company, ask
from tests.support.meanwhile import while_hashing
from tests.support.people import address_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox

NEW = "a brand new secret"


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_company(runtime)


def reset(scene: Scene, token: str, password: str = NEW, confirmation: str | None = None) -> None:
    confirmation = password if confirmation is None else confirmation
    attempt(scene.work("reset_password", Call.LINK), password_resets.reset, token, password, confirmation)


def why_unusable(scene: Scene, token: str) -> str:
    """The true reason a link is refused, looking and using alike; the public words are the same for all."""
    reasons = set()
    for use in (
        lambda: read(scene.work("look", Call.LINK), password_resets.inspect, token),
        lambda: reset(scene, token),
    ):
        with pytest.raises(Refused) as refusal:
            use()
        attempt = scene.attempts()[-1]
        assert (attempt.status, attempt.code, attempt.reason) == (410, "link_unusable", refusal.value.reason.code)
        reasons.add(refusal.value.reason.code)
    [reason] = reasons
    return reason


def asked(scene: Scene, name: str = "Ada Ash") -> str:
    """The token of a link just asked for."""
    ask(scene, address_of(name))
    return scene.newest_token(address_of(name))


def test_a_link_sets_a_new_password_and_the_old_one_is_dead(scene: Scene) -> None:
    reset(scene, asked(scene))
    assert isinstance(scene.try_to_sign_in("ada@example.test", NEW), Admission)
    old = scene.try_to_sign_in("ada@example.test", "Secret of ada")
    assert isinstance(old, Refused)
    assert old.reason.code == "wrong_password"


@pytest.mark.rule("A12")
def test_a_link_works_once(scene: Scene) -> None:
    token = asked(scene)
    reset(scene, token)
    assert why_unusable(scene, token) == "link_used"


@pytest.mark.rule("A12", "S15")
def test_only_the_newest_link_works(scene: Scene) -> None:
    older, newer = asked(scene), asked(scene)
    assert why_unusable(scene, older) == "link_superseded"
    reset(scene, newer)


@pytest.mark.rule("S15")
def test_a_link_lives_exactly_as_long_as_the_policy_says(scene: Scene) -> None:
    token = asked(scene)
    scene.wait(timedelta(hours=1) - timedelta(microseconds=1))
    assert read(scene.work(), password_resets.inspect, token).expires_at == MORNING + timedelta(hours=1)
    scene.wait(timedelta(microseconds=1))
    assert why_unusable(scene, token) == "link_expired"


@pytest.mark.rule("S11")
def test_looking_at_a_link_never_uses_it(scene: Scene) -> None:
    token = asked(scene)
    for _ in range(3):
        assert read(scene.work(), password_resets.inspect, token).status == "usable"
    assert scene.attempts()[-1].operation == "request_password_reset"
    reset(scene, token)


@pytest.mark.parametrize(
    ("alter", "reason"),
    [
        (lambda token: token[:-1], "link_damaged"),
        (lambda token: token[:10], "link_damaged"),
        (lambda token: token + "A", "link_damaged"),
        (lambda token: token.swapcase(), "link_damaged"),
        (lambda token: "", "link_damaged"),
    ],
    ids=["last character lost", "cut in two", "extended", "other case", "nothing"],
)
def test_a_link_that_was_cut_or_altered_is_named_as_such(scene: Scene, alter: Any, reason: str) -> None:
    token = asked(scene)
    assert why_unusable(scene, alter(token)) == reason
    reset(scene, token)


def test_a_link_opens_nothing_in_another_sandbox(runtime: Runtime, scene: Scene) -> None:
    other = a_sandbox(runtime, person("Ada Ash", "owner"))
    assert why_unusable(other, asked(scene)) == "link_unknown"
    assert isinstance(other.try_to_sign_in("ada@example.test", "Secret of ada"), Admission)


def test_an_invitation_resets_nothing(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", status="invited"))
    assert why_unusable(scene, scene.newest_token("ben@example.test")) == "link_damaged"


@pytest.mark.parametrize(
    ("password", "confirmation", "errors"),
    [
        ("seven77", "seven77", [("password", "too_short")]),
        ("e\u0301" * 7, "e\u0301" * 7, [("password", "too_short")]),
        ("eight888", "eight889", [("password_confirmation", "mismatch")]),
        ("eight888", "eight888 ", [("password_confirmation", "mismatch")]),
        ("seven77", "other77", [("password", "too_short"), ("password_confirmation", "mismatch")]),
        ("x" * 257, "x" * 257, [("password", "too_long")]),
        ("eight888\ud800", "eight888\ud800", [("password", "invalid")]),
        ("eight888\0", "eight888\0", [("password", "invalid")]),
    ],
)
@pytest.mark.rule("S9")
def test_a_password_that_cannot_be_uses_nothing_up(
    scene: Scene, password: str, confirmation: str, errors: list[tuple[str, str]]
) -> None:
    token = asked(scene)
    with pytest.raises(Invalid) as refusal:
        reset(scene, token, password, confirmation)
    assert sorted((error.field, error.code) for error in refusal.value.fields) == errors
    assert scene.attempts()[-1].status == 422
    reset(scene, token)


@pytest.mark.parametrize(
    "password", ["eight888", "x" * 256, "        ", "🙂🙂🙂🙂🙂🙂🙂🙂", "pass wörd\ttab", "aaaaaaaa"]
)
@pytest.mark.rule("S9")
def test_any_password_of_eight_characters_will_do(scene: Scene, password: str) -> None:
    reset(scene, asked(scene), password)
    assert isinstance(scene.try_to_sign_in("ada@example.test", password), Admission)


@pytest.mark.rule("S10")
def test_common_passwords_are_refused_where_the_policy_says_so(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), policy={"passwords.blocklist": True})
    token = asked(scene)
    for common in ("password", "Password", "12345678", "ada@example.test", "Ada Ash 2026"):
        with pytest.raises(Invalid) as refusal:
            reset(scene, token, common)
        assert [error.code for error in refusal.value.fields] == ["too_common"], common
    reset(scene, token, "nobody guesses this one")


def test_the_link_is_judged_before_the_fields(scene: Scene) -> None:
    token = asked(scene)
    reset(scene, token)
    with pytest.raises(Refused) as refusal:
        reset(scene, token, "short", "other")
    assert refusal.value.reason.code == "link_used"


@pytest.mark.rule("A12", "S16")
def test_a_reset_does_not_sign_in(scene: Scene) -> None:
    reset(scene, asked(scene))
    assert scene.sessions() == []
    assert scene.user("usr_ada").last_sign_in_at is None


@pytest.mark.rule("A12", "S17")
def test_a_reset_ends_every_session_at_once(scene: Scene) -> None:
    tokens = [scene.signed_in("Ada Ash") for _ in range(2)]
    reset(scene, asked(scene))
    for token in tokens:
        with pytest.raises(Refused) as refusal:
            read(scene.work("session", Call.SESSION, token=token), sessions.show)
        assert refusal.value.reason.code == "password_reset"
        assert (scene.attempts()[-1].status, scene.attempts()[-1].code) == (401, "unauthenticated")


@pytest.mark.rule("A12", "S16")
def test_a_reset_spares_nobody_the_second_factor_and_ends_device_trust(runtime: Runtime) -> None:
    factor = SecondFactorPart(method="second_password", second_password="Another one")
    device = DevicePart(name="laptop", token="a-token-of-the-laptop", trusted_at="-P1D")
    scene = a_sandbox(runtime, person("Ada Ash", "owner", second_factor=factor, devices=[device]))
    laptop = Caller(device_tokens=("a-token-of-the-laptop",))
    assert isinstance(scene.try_to_sign_in("ada@example.test", "Secret of ada", caller=laptop), Admission)
    reset(scene, asked(scene))
    assert isinstance(scene.try_to_sign_in("ada@example.test", NEW, caller=laptop), Continued)
    assert isinstance(scene.try_to_sign_in("ada@example.test", NEW), Continued)
    assert scene.user("usr_ada").second_factor == "second_password"


@pytest.mark.rule("S17")
def test_a_reset_ends_the_other_links_and_sends_a_notice_without_the_password(scene: Scene) -> None:
    token = asked(scene)
    reset(scene, token)
    notice = scene.messages()[-1]
    assert (notice.kind, notice.recipient, notice.disposition) == ("notice", "ada@example.test", "inbox")
    assert (notice.token, notice.link) == (None, None)
    assert NEW not in notice.text + notice.html


@pytest.mark.rule("S15")
def test_a_link_dies_with_a_change_of_password(scene: Scene) -> None:
    link, session = asked(scene), scene.signed_in("Ada Ash")
    attempt(scene.work("change_password", token=session), me.change_password, "Secret of ada", NEW, NEW)
    assert why_unusable(scene, link) == "link_void"


@pytest.mark.parametrize("status", ["deactivated", "deleted", "merged", "invited"])
@pytest.mark.rule("S48")
def test_a_link_of_an_account_that_is_not_active_opens_nothing(scene: Scene, status: str) -> None:
    link = asked(scene)
    write(scene, status=status)
    assert why_unusable(scene, link) == "link_void"


@pytest.mark.parametrize("values", [{"epoch": 7}, {"status": "deactivated"}])
def test_a_reset_that_is_overtaken_by_a_change_of_the_account_is_refused(scene: Scene, values: Any) -> None:
    link = asked(scene)
    interrupted = Scene(while_hashing(scene.runtime, lambda: write(scene, **values)), scene.id)
    with pytest.raises(Refused) as refusal:
        reset(interrupted, link)
    assert refusal.value.reason.code == "link_void"
    assert scene.links()[-1].used_at is None
    assert scene.runtime.hasher.verify("Secret of ada", scene.user("usr_ada").password_hash)


def write(scene: Scene, **values: Any) -> None:
    """A state of Ada's that other services lead to."""
    key = scene.user("usr_ada").sandbox_key
    with scene.runtime.database.writing() as connection:
        connection.execute(update(User).where(User.sandbox_key == key, User.id == "usr_ada").values(**values))


def test_links_lead_to_the_app_s_own_page_where_the_policy_says_so(runtime: Runtime) -> None:
    policy = {"links.password_reset_url": "https://app.example.test/reset?t={token}"}
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), policy=policy)
    token = asked(scene)
    assert scene.messages()[-1].link == f"https://app.example.test/reset?t={token}"


def test_opening_a_link_uses_it_up_where_that_fault_is_wanted(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), policy={"links.used_by_get": True})
    token = asked(scene)
    assert read(scene.work("look", Call.LINK), password_resets.open_link, token).status == "usable"
    with pytest.raises(Refused) as refusal:
        read(scene.work("look", Call.LINK), password_resets.open_link, token)
    assert refusal.value.reason.code == why_unusable(scene, token) == "link_used"
