"""The operation that lists the presets: the services that can be imitated."""

from logindrill.control.door import DOOR
from logindrill.services import presets as service
from logindrill.services.presets import PresetCard
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime


@DOOR.operation("GET", "/presets", "List presets", tag="Sandboxes", answers={200: Page[PresetCard]})
def list_presets(runtime: Runtime) -> Page[PresetCard]:  # noqa: ARG001 - every view gets the runtime
    """Returns the sign-in methods, roles, policy values and wording of each preset."""
    return Page(service.list_all(), has_more=False)
