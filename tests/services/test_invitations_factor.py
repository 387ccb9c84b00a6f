"""A second factor chosen at activation: optional, judged with the other fields, never a way around one (A18, A22)."""

from typing import Any

import pytest

from logindrill.people.directory import SecondFactorEntry
from logindrill.people.factors import ChosenFactor
from logindrill.rules.decisions import Invalid
from logindrill.rules.disclosure import Call
from logindrill.rules.factors import FactorMethod
from logindrill.services import invitations
from logindrill.services.invitations import Activated
from logindrill.work.perform import attempt, order
from logindrill.work.runtime import Runtime
from logindrill.world.document import PhonePart
from tests.support.factors import NUMBER, OTHER_NUMBER, SECOND_PASSWORD, ask, code_asked_for, enter, passes, waiting
from tests.support.factors import with_whatsapp as with_whatsapp_factor
from tests.support.people import address_of, password_of, person
from tests.support.scenes import Scene, a_sandbox

WHATSAPP = ChosenFactor(FactorMethod.WHATSAPP_OTP)
SECOND = ChosenFactor(FactorMethod.SECOND_PASSWORD, SECOND_PASSWORD)


def kim_in(runtime: Runtime, **changes: Any) -> Scene:
    return a_sandbox(runtime, person("Kim Kale", status="invited", **changes))


def accept(scene: Scene, name: str = "Kim Kale", **more: Any) -> Activated:
    token = scene.newest_token(address_of(name))
    work = scene.work("accept_invitation", Call.LINK)
    return attempt(work, invitations.accept, token, password_of(name), password_of(name), **more)


def mistakes(scene: Scene, name: str = "Kim Kale", **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        accept(scene, name, **more)
    return [(error.field, error.code) for error in refused.value.fields]


@pytest.mark.rule("A18")
def test_without_a_choice_there_is_no_factor(runtime: Runtime) -> None:
    scene = kim_in(runtime)
    assert accept(scene).user.second_factor is None
    scene.signed_in("Kim Kale")


def test_the_number_given_at_the_invitation_is_where_codes_go(runtime: Runtime) -> None:
    scene = kim_in(runtime)
    activated = accept(scene, whatsapp_number="+1 415 555 0100", second_factor=WHATSAPP)
    assert activated.user.second_factor == SecondFactorEntry("whatsapp_otp")
    sign_in_id = waiting(scene, "Kim Kale")
    assert ask(scene, sign_in_id, OTHER_NUMBER).reason == "phone_mismatch"
    passes(scene, sign_in_id, code=code_asked_for(scene, sign_in_id))


def test_a_number_known_before_will_do(runtime: Runtime) -> None:
    scene = kim_in(runtime, phones=[PhonePart(number=NUMBER)])
    assert accept(scene, second_factor=WHATSAPP).user.second_factor == SecondFactorEntry("whatsapp_otp")


def test_a_second_password_chosen_at_activation_is_asked_from_then_on(runtime: Runtime) -> None:
    scene = kim_in(runtime)
    accept(scene, second_factor=SECOND)
    passes(scene, waiting(scene, "Kim Kale"), second_password=SECOND_PASSWORD)


@pytest.mark.parametrize(
    ("choice", "mistake"),
    [
        (WHATSAPP, ("whatsapp_number", "required")),
        (ChosenFactor(FactorMethod.SECOND_PASSWORD), ("second_factor.second_password", "required")),
        (
            ChosenFactor(FactorMethod.SECOND_PASSWORD, password_of("Kim Kale")),
            ("second_factor.second_password", "unchanged"),
        ),
        (ChosenFactor(FactorMethod.SECOND_PASSWORD, "short"), ("second_factor.second_password", "too_short")),
        (ChosenFactor(FactorMethod.WHATSAPP_OTP, "stray one"), ("second_factor.second_password", "invalid")),
    ],
)
def test_a_choice_that_cannot_be_uses_the_invitation_not_up(
    runtime: Runtime, choice: ChosenFactor, mistake: tuple[str, str]
) -> None:
    scene = kim_in(runtime)
    assert mistakes(scene, second_factor=choice) == [mistake]
    assert scene.user("usr_kim").status == "invited"
    accept(scene)


def test_an_invitation_sent_again_to_somebody_active_changes_neither_number_nor_factor(runtime: Runtime) -> None:
    people = (person("Pia Pine", "professional"), with_whatsapp_factor("Eve Elm", "customer"))
    scene = a_sandbox(runtime, *people, preset="customer-app")
    work = scene.work(token=scene.signed_in("Pia Pine"))
    order(work, invitations.resend, "usr_eve")
    assert mistakes(scene, "Eve Elm", whatsapp_number=OTHER_NUMBER) == [("whatsapp_number", "invalid")]
    assert mistakes(scene, "Eve Elm", second_factor=SECOND) == [("second_factor", "invalid")]
    accept(scene, "Eve Elm")
    sign_in_id = waiting(scene, "Eve Elm")
    assert ask(scene, sign_in_id, OTHER_NUMBER).reason == "phone_mismatch"
    assert enter(scene, sign_in_id, code=code_asked_for(scene, sign_in_id))
