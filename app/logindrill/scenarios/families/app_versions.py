"""An outdated app: the customer's app is older than the oldest supported or the newest version (C15)."""

from logindrill.rules.reasons import APP_OUTDATED, APP_VERSION_UNREADABLE
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import SIGNED_IN, ClientDevice, Seen
from logindrill.scenarios.verbs.entering import signs_in


def _phone(version: str) -> ClientDevice:
    return ClientDevice(
        "phone", {"X-Client": f"mobile/{version}", "X-Installation-Id": "installation-1", "X-Notifications": "on"}
    )


_WITH_WARNING = Seen(201, "signed_in", body={"/session/warnings/0": "update_available"})

SCENARIOS = (
    Scenario(
        name="outdated-app",
        preset="customer-app",
        rules=("C15",),
        symptom=Symptom.ERROR_TEXT,
        story="Cleo's app has version 1.9, and 1.10 is the oldest supported version. 1.9 only looks higher.",
        cast=Cast(policy={"apps.min_version": "1.10"}),
        tries=(signs_in(how="with the app of version 1.9", device=_phone("1.9")).answered(426, "app_update_required"),),
        cause=APP_OUTDATED,
        remedy="update_app",
        after=(signs_in(how="with the app of version 1.10", device=_phone("1.10")),),
    ),
    Scenario(
        name="unreadable-app-version",
        preset="customer-app",
        rules=("C15",),
        symptom=Symptom.ERROR_TEXT,
        story="The build of Cleo's app tells its branch in place of a version, which nobody can compare with 1.10.",
        cast=Cast(policy={"apps.min_version": "1.10"}),
        tries=(
            signs_in(how="with the app of version main", device=_phone("main")).answered(426, "app_update_required"),
        ),
        cause=APP_VERSION_UNREADABLE,
        remedy="tell_version",
        after=(signs_in(how="with the app of version 1.10.0.2 (77)", device=_phone("1.10.0.2 (77)")),),
    ),
    Scenario(
        name="update-available",
        preset="customer-app",
        rules=("C15",),
        symptom=Symptom.NONE,
        story="There is a newer version of Cleo's app. She can sign in, but sees a warning until she updates.",
        cast=Cast(policy={"apps.min_version": "1.9", "apps.latest_version": "1.10"}),
        tries=(
            signs_in(how="with the app of version 1.9", device=_phone("1.9"), seen=_WITH_WARNING),
            signs_in(how="with the app of version 1.10", device=_phone("1.10"), seen=SIGNED_IN),
        ),
    ),
)
