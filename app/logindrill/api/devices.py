"""One's own trusted devices."""

from dataclasses import dataclass

from logindrill.api.door import DOOR
from logindrill.rules.disclosure import Call
from logindrill.services import devices as service
from logindrill.services.devices import DeviceEntry
from logindrill.web.visits import Visit


@dataclass(frozen=True, slots=True)
class Devices:
    """Trusted devices, the oldest trust first."""

    data: tuple[DeviceEntry, ...]
    has_more: bool = False


@DOOR.operation(
    "GET",
    "/me/devices",
    "List one's own trusted devices",
    tag="Account",
    kind=Call.SESSION,
    answers={200: Devices},
    problems=(401,),
    signed_in=True,
)
def list_own_devices(visit: Visit) -> Devices:
    """The device of the call is marked `current`."""
    return Devices(visit.read(service.list_own))


@DOOR.operation(
    "DELETE",
    "/me/devices/{device_id}",
    "End the trust of one of one's own devices",
    tag="Account",
    kind=Call.SESSION,
    answers={204: None},
    problems=(401, 404),
    signed_in=True,
)
def forget_own_device(visit: Visit, device_id: str) -> None:
    """It is asked for the second factor again; another person's device is as unknown as none."""
    visit.order(service.forget, device_id)
