"""The operation that shows the public configuration of the service, for client applications."""

from logindrill.api.door import DOOR
from logindrill.services import configuration as service
from logindrill.services.configuration import Configuration
from logindrill.web.visits import Visit


@DOOR.operation(
    "GET", "/configuration", "Show what this service offers", tag="Configuration", answers={200: Configuration}
)
def show_configuration(visit: Visit) -> Configuration:
    """Sign-in methods, factors, channels, password limits, code length, app versions and public texts."""
    return visit.read(service.show)
