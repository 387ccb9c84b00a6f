"""Helpers for tests of the contact portal: contacts who request a code and sign in with it."""

from typing import Any

from sqlalchemy import Row

from logindrill.access.admission import Admission
from logindrill.models import OneTimeCode, TrustedDevice, WrongEntry
from logindrill.people.edits import UserEdit
from logindrill.rules.clients import Caller
from logindrill.rules.decisions import Refused
from logindrill.rules.delivery import Channel
from logindrill.rules.disclosure import Call
from logindrill.services import confirmation_codes, confirmations, users
from logindrill.services.confirmations import Confirmed
from logindrill.work.perform import attempt, order
from logindrill.work.runtime import Runtime
from logindrill.world.document import PersonPart, PhonePart, PublicationPart
from tests.support.people import address_of, id_of, person
from tests.support.scenes import Scene, a_sandbox

NUMBER = "+14155550100"
OTHER_NUMBER = "+14155550199"


def contact(name: str, number: str | None = NUMBER, **changes: Any) -> PersonPart:
    """Somebody with a contact card: an address, and a number for SMS unless it is None."""
    phones = [] if number is None else [PhonePart(number=number, kind="sms")]
    return person(name, "contact", **{"phones": phones} | changes)


def page(page_id: str, *names: str) -> PublicationPart:
    """A publication for these people."""
    return PublicationPart(id=page_id, title=f"About {page_id}", body="Inside.", audience=[id_of(n) for n in names])


def a_portal(runtime: Runtime, *people: PersonPart, **sandbox: Any) -> Scene:
    """A portal with Sam Sage as staff, and these people; Cora Crane where there are none."""
    return a_sandbox(
        runtime, person("Sam Sage", "staff"), *(people or (contact("Cora Crane"),)), preset="contact-portal", **sandbox
    )


def ask(
    scene: Scene,
    *,
    email: str | None = None,
    phone: str | None = None,
    channel: Channel | None = None,
    caller: Caller | None = None,
    source: str = "127.0.0.1",
) -> Row[Any]:
    """Request a code; returns the recorded attempt."""
    work = scene.work("request_confirmation_code", Call.ASK, caller=caller, source=source)
    attempt(work, confirmation_codes.request, email=email, phone=phone, channel=channel)
    return scene.attempts()[-1]


def code_for(scene: Scene, name: str = "Cora", **more: Any) -> str:
    """The code that somebody is sent, by e-mail unless something else is wanted."""
    ask(scene, **{"email": address_of(name)} | more)
    return str(scene.messages()[-1].code)


def enter(
    scene: Scene, code: str, *, email: str | None = None, phone: str | None = None, **more: Any
) -> Confirmed | Refused:
    """Enter a code, as Cora if nobody is named; returns the outcome, a refusal included."""
    caller = more.pop("caller", None)
    if phone is None:
        email = email or address_of("Cora")
    work = scene.work("use_confirmation_code", Call.CONFIRMATION, caller=caller)
    return attempt(work, confirmations.confirm, code, email=email, phone=phone, **more)


def comes_in(scene: Scene, code: str, **entry: Any) -> Admission:
    """Check that the code signs the contact in."""
    outcome = enter(scene, code, **entry)
    assert isinstance(outcome, Confirmed), outcome
    return outcome.signed_in


def reason_of(scene: Scene, code: str, **entry: Any) -> str:
    """The true reason of a refused entry, after checking that attempt and public answer agree with it."""
    outcome = enter(scene, code, **entry)
    assert isinstance(outcome, Refused), outcome
    left = scene.attempts()[-1]
    assert (left.outcome, left.status, left.code) == ("refused", 401, "invalid_code")
    assert left.reason == outcome.reason.code
    return str(outcome.reason.code)


def recognised(scene: Scene, name: str = "Cora", *, caller: Caller | None = None) -> Caller:
    """A caller on a device that is recognised from now on."""
    caller = caller or Caller()
    entered = comes_in(scene, code_for(scene, name, caller=caller), email=address_of(name), caller=caller)
    assert entered.device_token is not None
    return Caller(
        client=caller.client,
        version=caller.version,
        user_agent=caller.user_agent,
        installation_id=caller.installation_id,
        device_tokens=entered.browser_tokens,
    )


def codes(scene: Scene) -> list[Row[Any]]:
    """All codes issued so far, ended ones included."""
    return list(scene.rows(OneTimeCode))


def devices(scene: Scene) -> list[Row[Any]]:
    """The devices ever recognised."""
    return list(scene.rows(TrustedDevice))


def wrong_entries(scene: Scene) -> list[Row[Any]]:
    """The wrong entries that count."""
    return list(scene.rows(WrongEntry))


def staff_changes(scene: Scene, name: str, **change: object) -> None:
    """A change of somebody by Sam, who is staff."""
    token = scene.signed_in("Sam Sage")
    order(scene.work(token=token), users.change, id_of(name), UserEdit(**change))  # type: ignore[arg-type]
