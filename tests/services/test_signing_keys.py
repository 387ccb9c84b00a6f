"""A rotation gives a sandbox a key of its own, and every older one stays until it is removed."""

import pytest

from logindrill.adapters import jose
from logindrill.adapters.jose import NotAToken
from logindrill.credentials import signing_keys as credentials
from logindrill.models import SigningKey
from logindrill.rules.decisions import Refused
from logindrill.services import sandboxes, signing_keys, snapshots
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look, run_order

pytestmark = pytest.mark.both_engines

EC = "ES256"


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


def kids(scene: Scene) -> list[str]:
    return [card.kid for card in look(scene, signing_keys.list_all) if card.algorithm == EC]


def signed(scene: Scene) -> str:
    return jose.sign({"sub": "x"}, look(scene, credentials.of_issuer).signing[EC])


def is_accepted(scene: Scene, token: str) -> bool:
    try:
        jose.verify(token, look(scene, credentials.of_issuer).listed)
    except NotAToken:
        return False
    return True


@pytest.mark.rule("O22")
def test_tokens_of_before_a_rotation_are_accepted_until_the_key_is_removed(scene: Scene) -> None:
    token, (first,) = signed(scene), kids(scene)
    second = look(scene, signing_keys.rotate, EC).kid
    assert kids(scene) == [second, first]
    assert is_accepted(scene, token)
    assert is_accepted(scene, signed(scene))
    look(scene, signing_keys.remove, first)
    assert kids(scene) == [second]
    assert not is_accepted(scene, token)
    assert is_accepted(scene, signed(scene))


@pytest.mark.rule("O22")
def test_the_newest_key_signs_and_every_older_one_is_replaced(scene: Scene) -> None:
    (first,) = kids(scene)
    made = [look(scene, signing_keys.rotate, EC).kid for _ in range(2)]
    cards = [card for card in look(scene, signing_keys.list_all) if card.algorithm == EC]
    assert [(card.kid, card.current) for card in cards] == [(made[1], True), (made[0], False), (first, False)]
    assert [card.replaced_at for card in cards] == [None, scene.now, scene.now]
    look(scene, signing_keys.remove, made[0])
    look(scene, signing_keys.remove, first)
    assert kids(scene) == [made[1]]
    look(scene, signing_keys.rotate, EC)
    assert len(kids(scene)) == 2


def test_a_rotation_leaves_other_sandboxes_and_other_algorithms_alone(scene: Scene, runtime: Runtime) -> None:
    other = a_sandbox(runtime)
    before = look(other, signing_keys.list_all)
    look(scene, signing_keys.rotate, EC)
    assert look(other, signing_keys.list_all) == before
    assert [card.kid for card in look(scene, signing_keys.list_all) if card.algorithm == "RS256"] == [
        card.kid for card in before if card.algorithm == "RS256"
    ]


def test_the_key_of_the_installation_is_copied_into_no_sandbox(scene: Scene) -> None:
    (first,) = kids(scene)
    look(scene, signing_keys.rotate, EC)
    stored = {row.kid: row.private_key for row in scene.rows(SigningKey)}
    assert stored.pop(first) is None
    assert all('"d"' in key for key in stored.values())


def test_a_reset_returns_to_the_keys_of_the_beginning_and_a_fork_takes_its_own_along(scene: Scene) -> None:
    before = kids(scene)
    look(scene, signing_keys.rotate, EC)
    rotated = kids(scene)
    fork = Scene(scene.runtime, order(scene.work(), snapshots.fork, None))
    run_order(scene, sandboxes.reset)
    assert (kids(scene), kids(fork)) == (before, rotated)


def test_a_key_that_signs_cannot_be_removed(scene: Scene) -> None:
    own = look(scene, signing_keys.rotate, EC).kid
    installed = next(card.kid for card in look(scene, signing_keys.list_all) if card.algorithm == "RS256")
    for kid in (own, installed, "nothing"):
        with pytest.raises(Refused) as refused:
            look(scene, signing_keys.remove, kid)
        assert refused.value.reason.code == ("not_found" if kid == "nothing" else "invalid_transition")
        assert "signing_key.remove" not in [event.what for event in scene.events()]
