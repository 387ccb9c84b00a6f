"""The policy of a sandbox: all groups of knobs, composed from built-in defaults, the preset and the sandbox's
changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from logindrill.rules.applications.policy import ApplicationPolicy, TokenPolicy
from logindrill.rules.circumstances import BrowserPolicy, NetworkPolicy
from logindrill.rules.clients import AppPolicy
from logindrill.rules.codes import CodePolicy, OtpPolicy
from logindrill.rules.decisions import MOST_ERRORS, FieldError, Invalid, invalid
from logindrill.rules.devices import DevicePolicy, VisitPolicy
from logindrill.rules.identifiers import IdentifierPolicy
from logindrill.rules.knobs import ValueFormat, text
from logindrill.rules.links import LinkPolicy
from logindrill.rules.passwords import PasswordPolicy
from logindrill.rules.pending_sign_ins import SignInPolicy
from logindrill.rules.phones import PhonePolicy
from logindrill.rules.problems import PROBLEMS, DisclosurePolicy
from logindrill.rules.proof import ProofPolicy
from logindrill.rules.sessions import SessionPolicy
from logindrill.rules.suggestions import did_you_mean
from logindrill.rules.temporary_passwords import TemporaryPasswordPolicy
from logindrill.rules.texts import has_controls
from logindrill.rules.throttling import ThrottlingPolicy


@dataclass(frozen=True, slots=True)
class Policy:
    """Every knob of a sandbox by group: `policy.links.reset_life`. `wording` holds the sandbox's own public texts."""

    identifiers: IdentifierPolicy = field(default_factory=IdentifierPolicy)
    passwords: PasswordPolicy = field(default_factory=PasswordPolicy)
    links: LinkPolicy = field(default_factory=LinkPolicy)
    codes: CodePolicy = field(default_factory=CodePolicy)
    otp: OtpPolicy = field(default_factory=OtpPolicy)
    devices: DevicePolicy = field(default_factory=DevicePolicy)
    visits: VisitPolicy = field(default_factory=VisitPolicy)
    sign_ins: SignInPolicy = field(default_factory=SignInPolicy)
    temporary_passwords: TemporaryPasswordPolicy = field(default_factory=TemporaryPasswordPolicy)
    sessions: SessionPolicy = field(default_factory=SessionPolicy)
    proof: ProofPolicy = field(default_factory=ProofPolicy)
    disclosure: DisclosurePolicy = field(default_factory=DisclosurePolicy)
    throttling: ThrottlingPolicy = field(default_factory=ThrottlingPolicy)
    apps: AppPolicy = field(default_factory=AppPolicy)
    networks: NetworkPolicy = field(default_factory=NetworkPolicy)
    browsers: BrowserPolicy = field(default_factory=BrowserPolicy)
    phones: PhonePolicy = field(default_factory=PhonePolicy)
    applications: ApplicationPolicy = field(default_factory=ApplicationPolicy)
    tokens: TokenPolicy = field(default_factory=TokenPolicy)
    wording: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Knob:
    """One knob by its dotted name, with its built-in default in Python form."""

    name: str
    group: str
    attribute: str
    default: Any
    meaning: str
    rule_ids: tuple[str, ...]
    form: ValueFormat


@dataclass(frozen=True, slots=True)
class KnobValue:
    """The value of one knob in a sandbox, in JSON form.

    `default` is the preset's value, `schema` describes allowed values.
    """

    name: str
    value: Any
    default: Any
    meaning: str
    rule_ids: tuple[str, ...]
    schema: Mapping[str, Any]


@cache
def knobs() -> Mapping[str, Knob]:
    """Every knob by dotted name, in the order of the groups; the wordings come last."""
    found = [
        Knob(f"{group}.{knob.name}", group, knob.name, knob.default, **knob.metadata)
        for group, kind in _groups().items()
        for knob in fields(kind)
    ]
    found += [
        Knob(f"wording.{code}", "wording", code, None, f"The public text of {code}.", ("rule-4",), _wording())
        for code in PROBLEMS
    ]
    return {knob.name: knob for knob in found}


def check_change(name: str, value: object) -> Any:
    """The value in its only JSON form, ready to be stored; null (the preset's value) stays None.

    Raises `Invalid` with the knob's dotted name for an unknown knob, a wrong type or a value out of bounds.
    """
    knob = knobs().get(name)
    if knob is None:
        raise _unknown(name)
    return None if value is None else knob.form.render(knob.form.parse(value, name))


def check_changes(changes: Mapping[str, object]) -> dict[str, Any]:
    """All changes in their JSON form; raises `Invalid` naming those that cannot be, the first hundred of them."""
    checked: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, value in changes.items():
        try:
            checked[name] = check_change(name, value)
        except Invalid as refusal:
            errors += refusal.fields
        if len(errors) >= MOST_ERRORS:
            break
    if errors:
        raise Invalid(*errors)
    return checked


def compose(preset_values: Mapping[str, Any], changes: Mapping[str, Any]) -> Policy:
    """The policy of a sandbox: its changes over the preset's values over the built-in defaults, all in JSON form.

    A change that is None counts as none. Raises `Invalid` for a value that no knob takes.
    """
    groups: dict[str, dict[str, Any]] = {}
    for name, value in _merged(preset_values, changes).items():
        knob = knobs().get(name)
        if knob is None:
            raise _unknown(name)
        groups.setdefault(knob.group, {})[knob.attribute] = knob.form.parse(value, name)
    wording = groups.pop("wording", {})
    kinds = _groups()
    return Policy(wording=wording, **{name: kinds[name](**values) for name, values in groups.items()})


def describe(
    preset_values: Mapping[str, Any], changes: Mapping[str, Any], preset_wording: Mapping[str, str] | None = None
) -> list[KnobValue]:
    """Every knob with the value it has, the value the preset gives, its meaning and its rules."""
    worded = {f"wording.{code}": text for code, text in (preset_wording or {}).items()}
    defaults = {**{f"wording.{code}": p.detail for code, p in PROBLEMS.items()}, **worded, **preset_values}
    values = _merged(defaults, changes)
    return [
        KnobValue(
            knob.name,
            values.get(knob.name, knob.form.render(knob.default)),
            defaults.get(knob.name, knob.form.render(knob.default)),
            knob.meaning,
            knob.rule_ids,
            knob.form.schema,
        )
        for knob in knobs().values()
    ]


def _merged(preset_values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**preset_values, **{name: value for name, value in changes.items() if value is not None}}
    return {name: value for name, value in merged.items() if value is not None}


@cache
def _groups() -> dict[str, Any]:
    return {group.name: group.default_factory for group in fields(Policy) if group.name != "wording"}


def _unknown(name: str) -> Invalid:
    if name in _groups():
        example = next(knob for knob in knobs() if knob.startswith(f"{name}."))
        return invalid(name, f"Name each knob of this group by itself, as {example}.", "unknown")
    return invalid(name, "There is no such knob." + did_you_mean(name, knobs()), "unknown")


def _wording() -> ValueFormat:
    return text(lambda words: bool(words.strip()) and not has_controls(words), "From 1 to 500 characters on one line.")
