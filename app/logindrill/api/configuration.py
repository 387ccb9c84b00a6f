"""The operation that shows the public configuration of the service, for client applications."""

from logindrill.api.door import DOOR
from logindrill.services import configuration as service
from logindrill.services.configuration import Configuration
from logindrill.web.visits import Visit


@DOOR.operation(
    "GET", "/configuration", "Show the public configuration", tag="Configuration", answers={200: Configuration}
)
def show_configuration(visit: Visit) -> Configuration:
    """Returns sign-in methods, second factors, channels, password limits, code length, app versions and public texts. A
    client app needs no session for it."""
    return visit.read(service.show)
