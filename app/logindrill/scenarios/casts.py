"""Casts that several families use: a second factor or a number for the person of a scenario."""

from typing import Any

from logindrill.scenarios.actors import SECOND_PASSWORD, SECRET
from logindrill.scenarios.scenario import Cast

_NUMBER = {"number": "+15550100100", "kind": "whatsapp"}

WITH_WHATSAPP = Cast(person={"second_factor": {"method": "whatsapp_otp"}, "phones": [_NUMBER]})
WITH_SECOND_PASSWORD = Cast(person={"second_factor": {"method": "second_password", "second_password": SECOND_PASSWORD}})

WITH_AUTHENTICATOR = Cast(person={"second_factor": {"method": "totp", "secret": SECRET}})


def whatsapp(**knobs: Any) -> Cast:
    """A person whose factor is the WhatsApp code, under the given knobs.

    A double underscore stands for the dot in a name.
    """
    policy = {name.replace("__", "."): value for name, value in knobs.items()}
    return Cast(person=WITH_WHATSAPP.person, policy=policy)
