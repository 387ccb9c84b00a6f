"""The operations by which a signed-in person lists and forgets their own trusted devices."""

from logindrill.api.door import DOOR
from logindrill.rules.disclosure import Call
from logindrill.services import devices as service
from logindrill.services.devices import DeviceEntry
from logindrill.web.lists import PartOfList
from logindrill.web.visits import Visit
from logindrill.work.paging import Page


@DOOR.operation(
    "GET",
    "/me/devices",
    "List your own trusted devices",
    tag="Account",
    kind=Call.SESSION,
    query=PartOfList,
    answers={200: Page[DeviceEntry]},
    problems=(401,),
    signed_in=True,
)
def list_own_devices(visit: Visit, query: PartOfList) -> Page[DeviceEntry]:
    """The device that sends the request is marked `current`."""
    return visit.read(service.page_own, after=query.after, limit=query.limit)


@DOOR.operation(
    "DELETE",
    "/me/devices/{device_id}",
    "Stop trusting one of your own devices",
    tag="Account",
    kind=Call.SESSION,
    answers={204: None},
    problems=(401, 404),
    signed_in=True,
)
def forget_own_device(visit: Visit, device_id: str) -> None:
    """The next sign-in on this device asks for the second factor again. The id of another person's device is answered
    like an unknown id: 404."""
    visit.order(service.forget, device_id)
