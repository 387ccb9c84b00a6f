"""Messages for these tests: resets asked for, which each send one."""

from logindrill.rules.disclosure import Call
from logindrill.services import password_resets
from logindrill.work.perform import attempt
from tests.support.people import address_of
from tests.support.scenes import Scene


def reset_mail(scene: Scene, name: str) -> str:
    """Have somebody ask for a reset; the id of the message it left."""
    return reset_mail_to(scene, address_of(name))


def reset_mail_to(scene: Scene, identifier: str) -> str:
    """Have a reset asked for with any identifier; the id of the message it left."""
    attempt(scene.work("ask", Call.ASK), password_resets.request, identifier)
    return str(scene.messages()[-1].id)
