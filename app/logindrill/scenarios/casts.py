"""What the person of a scenario has besides: a second factor, a number."""

from typing import Any

from logindrill.scenarios.actors import SECOND_PASSWORD, SECRET
from logindrill.scenarios.scenario import Cast

_NUMBER = {"number": "+15550100100", "kind": "whatsapp"}

WITH_WHATSAPP = Cast(person={"second_factor": {"method": "whatsapp_otp"}, "phones": [_NUMBER]})
WITH_SECOND_PASSWORD = Cast(person={"second_factor": {"method": "second_password", "second_password": SECOND_PASSWORD}})

WITH_AUTHENTICATOR = Cast(person={"second_factor": {"method": "totp", "secret": SECRET}})


def whatsapp(**knobs: Any) -> Cast:
    """Somebody whose factor is the WhatsApp code, under knobs; a double underscore stands for the dot in a name."""
    policy = {name.replace("__", "."): value for name, value in knobs.items()}
    return Cast(person=WITH_WHATSAPP.person, policy=policy)
