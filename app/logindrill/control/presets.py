"""The services that can be imitated."""

from logindrill.control.door import DOOR
from logindrill.paging import Page
from logindrill.runtime import Runtime
from logindrill.services import presets as service
from logindrill.services.presets import PresetCard


@DOOR.operation("GET", "/presets", "List presets", tag="Sandboxes", answers={200: Page[PresetCard]})
def list_presets(runtime: Runtime) -> Page[PresetCard]:  # noqa: ARG001 - every view gets the runtime
    """Who there is in each, how one signs in, and where it turns knobs and words."""
    return Page(service.list_all(), has_more=False)
