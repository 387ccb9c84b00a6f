"""The page of presets: what each offers, which roles it has, and the public text of each problem."""

from logindrill.presets import PRESETS, Preset
from logindrill.reference.markdown import GENERATED, table
from logindrill.rules.disclosure import PROBLEMS, with_wording
from logindrill.rules.policy import compose


def page() -> str:
    """Offers, roles and wording of all presets."""
    return (
        GENERATED
        + "# Presets\n\nA preset makes the one rule engine behave as one of three services.\n\n"
        + _offers()
        + "\n## Roles\n\nThe highest role comes first. People act on and grant roles of their own rank and below.\n\n"
        + _roles()
        + "\n## Public wording\n\nThe text that a client app gets with each problem. Set `wording.{code}` in a "
        + "sandbox's policy to override it with the text of your service.\n\n"
        + _wording()
    )


def _offers() -> str:
    rows = [
        ["sign-in methods", *(", ".join(preset.sign_in_methods) for preset in PRESETS.values())],
        ["identifiers", *(", ".join(preset.identifiers) for preset in PRESETS.values())],
        ["second factors", *(", ".join(preset.factors) for preset in PRESETS.values())],
        ["message channels", *(", ".join(preset.channels) for preset in PRESETS.values())],
        ["flows that not every preset has", *(", ".join(sorted(preset.offers)) for preset in PRESETS.values())],
    ]
    return table(["", *(f"`{name}`" for name in PRESETS)], rows)


def _roles() -> str:
    rows = [
        [f"`{preset.name}`", f"`{role}`", ", ".join(f"`{permission}`" for permission in sorted(permissions)) or "none"]
        for preset in PRESETS.values()
        for role, permissions in preset.roles.items()
    ]
    return table(["preset", "role", "permissions"], rows)


def _wording() -> str:
    rows = [
        [f"`{code}`", str(problem.status), *(_said(preset, code) for preset in PRESETS.values())]
        for code, problem in PROBLEMS.items()
    ]
    return table(["code", "status", *(f"`{name}`" for name in PRESETS)], rows)


def _said(preset: Preset, code: str) -> str:
    return with_wording(code, compose(preset.policy, {}), preset.wording).detail
