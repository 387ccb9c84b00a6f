"""The public configuration of the imitated service, which a client may read before anybody signs in."""

from dataclasses import dataclass

from logindrill.rules.disclosure import PROBLEMS, with_wording
from logindrill.rules.problems import OF_APPLICATIONS, OF_CONTROL, OF_EVERY_DOOR, OF_PAGES
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PasswordLimits:
    """Lengths of a new password, in Unicode code points."""

    min_length: int
    max_length: int


@dataclass(frozen=True, slots=True)
class AppVersions:
    """Versions of the mobile app: below `min_version` it is refused, below `latest_version` it gets a notice."""

    min_version: str | None
    latest_version: str | None


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the service offers, for client apps."""

    preset: str
    service: str
    sign_in_methods: tuple[str, ...]
    identifiers: tuple[str, ...]
    second_factors: tuple[str, ...]
    channels: tuple[str, ...]
    code_channels: tuple[str, ...]
    code_digits: int
    passwords: PasswordLimits
    apps: AppVersions
    texts: dict[str, str]


_REFUSALS = {401, 403, 409, 410, 422, 426, 429}
_PUBLIC = tuple(
    code
    for code, problem in PROBLEMS.items()
    if problem.status in _REFUSALS and code not in OF_APPLICATIONS | OF_CONTROL | OF_PAGES | OF_EVERY_DOOR
)


def show(uow: UnitOfWork) -> Configuration:
    """The configuration of the sandbox's preset, with the wording of its public answers."""
    preset, policy = uow.preset, uow.policy
    return Configuration(
        preset=preset.name,
        service=preset.title,
        sign_in_methods=preset.sign_in_methods,
        identifiers=preset.identifiers,
        second_factors=preset.factors,
        channels=preset.channels,
        code_channels=preset.code_channels,
        code_digits=policy.codes.digits,
        passwords=PasswordLimits(policy.passwords.min_length, policy.passwords.max_length),
        apps=AppVersions(policy.apps.min_version, policy.apps.latest_version),
        texts={code: with_wording(code, policy, preset.wording).detail for code in _PUBLIC},
    )
