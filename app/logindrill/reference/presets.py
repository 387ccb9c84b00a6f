"""The page of presets: what each offers, which roles it has, and in which words it refuses."""

from logindrill.presets import PRESETS, Preset
from logindrill.reference.markdown import GENERATED, table
from logindrill.rules.disclosure import PROBLEMS, word
from logindrill.rules.policy import compose


def page() -> str:
    """Offers, roles and wording of all presets."""
    return (
        GENERATED
        + "# Presets\n\nOne rule engine speaks as one of three services.\n\n"
        + _offers()
        + "\n## Roles\n\nHighest first; one acts on and grants one's own rank and below.\n\n"
        + _roles()
        + "\n## Public wording\n\nWhat a client app is told. Set `wording.{code}` in a sandbox's policy to have the "
        + "mock say what your service says.\n\n"
        + _wording()
    )


def _offers() -> str:
    rows = [
        ["signs in with", *(", ".join(preset.sign_in_methods) for preset in PRESETS.values())],
        ["identifiers", *(", ".join(preset.identifiers) for preset in PRESETS.values())],
        ["second factors", *(", ".join(preset.factors) for preset in PRESETS.values())],
        ["message channels", *(", ".join(preset.channels) for preset in PRESETS.values())],
        ["flows of its own", *(", ".join(sorted(preset.offers)) for preset in PRESETS.values())],
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
    return word(code, compose(preset.policy, {}), preset.wording).detail
