"""The page of the console: every pane with its address and the test ids in its template."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import logindrill.console
from logindrill.reference.markdown import GENERATED, table

TEMPLATES = Path(logindrill.console.__file__).parent / "templates" / "console"
PANES: Mapping[str, tuple[str, str]] = {
    "home": ("/console/", "list of sandboxes; create one"),
    "created": ("/console/sandboxes", "the answer after creating one, with the password of its first person"),
    "key": ("/console/key", "the control key, where the server has one"),
    "settings": ("/console/s/{sandbox}/settings", "the sandbox itself: addresses, devices, reset, delete"),
    "timeline": ("/console/s/{sandbox}/timeline", "the public answers and the true reasons"),
    "attempt": ("/console/s/{sandbox}/timeline/{attempt_id}", "one attempt, explained"),
    "inbox": ("/console/s/{sandbox}/inbox", "messages; `?message=` selects one"),
    "people": ("/console/s/{sandbox}/people", "all people; `?q=` and `?role=` filter"),
    "person": ("/console/s/{sandbox}/people/{user_id}", "one person and the actions available"),
    "temporary_password": (
        "/console/s/{sandbox}/people/{user_id}/temporary-password",
        "a new temporary password, shown once",
    ),
    "applications": ("/console/s/{sandbox}/applications", "applications of OpenID Connect, and signing keys"),
    "application": ("/console/s/{sandbox}/applications/{application_id}", "one application: what to set in it"),
    "application_secret": (
        "/console/s/{sandbox}/applications/{application_id}/secret",
        "a generated secret, shown once",
    ),
    "clock": ("/console/s/{sandbox}/clock", "the clock and the next due event"),
    "faults": ("/console/s/{sandbox}/faults", "faults, conditions, delivery rules"),
    "staging": (
        "/console/s/{sandbox}/scenarios",
        "failures to set up for a person of this sandbox; `?user=` selects the person",
    ),
    "walk": ("/console/s/{sandbox}/scenarios/{name}", "a failure, step by step"),
    "rules": ("/console/s/{sandbox}/rules", "every policy knob"),
    "rule_ids": ("/console/rule-ids", "what each rule id means"),
    "export": ("/console/s/{sandbox}/export", "world, snapshots and forks"),
    "scenarios": ("/console/scenarios", "failures by name; `?words=`, `?symptom=`, `?preset=` filter"),
    "scenario": ("/console/scenarios/{name}", "one failure with its cause hidden, and its code as a test"),
    "verdict": ("/console/scenarios/{name}/runs", "the result of running it"),
    "problem": ("any", "the error page"),
}
"""By the template: the address, and what it is for."""
EVERYWHERE = ("frame", "parts")
PARTS = {"application_parts", "catalogue", "chart", "lanes", "lifecycle_chart"}
"""Templates that are part of those that import them."""
_FOUND = (
    re.compile(r'data-testid="([^"]+)"'),
    re.compile(r"testid=('[\w-]+'(?: ~ [\w.]+)?)"),
    re.compile(r"('[\w-]+-' ~ [\w.]+)\)"),
    re.compile(r"press\(('[\w-]+')"),
)
_SURE = re.compile(r"sure\(.*'([\w-]+)'\) \}\}")
_SAID = re.compile(r"\{\{ (.+?) \}\}")
_WORD = re.compile(r"'([\w-]+)'")


def page() -> str:
    """A table of the panes and their test ids."""
    rows = [[f"`{address}`", what, _listed(test_ids(name))] for name, (address, what) in PANES.items()]
    return (
        GENERATED
        + "# Console\n\n"
        + "Tests of the [console](../how-to/use-the-console.md) find elements by their `data-testid`. Test ids stay; "
        + "wording, order and appearance may change. Braces mark a part that differs, such as a name. Every pane may "
        + f"have {_listed(tuple(i for name in EVERYWHERE for i in test_ids(name)))}.\n\n"
        + table(["address", "purpose", "test ids"], rows)
    )


@cache
def test_ids(name: str) -> tuple[str, ...]:
    """The test ids of a template, its parts included, in the order in which they stand there."""
    text = (TEMPLATES / f"{name}.html").read_text(encoding="utf-8")
    parts = [part for part in re.findall(r"from 'console/(\w+)\.html'", text) if part in PARTS]
    own = sorted(
        (found.start(), one) for pattern in _FOUND for found in pattern.finditer(text) for one in _named(found)
    )
    sure = [one for found in _SURE.finditer(text) for one in (found[1], f"{found[1]}-sure")]
    inside = [one for part in parts for one in test_ids(part)]
    return tuple(dict.fromkeys([*(one for _, one in own), *sure, *inside]))


def _named(found: re.Match[str]) -> Iterator[str]:
    """The ids that a mention stands for: `'open-' ~ entry.name` is `open-{name}`, a choice between words is each."""
    said = found[1]
    if said.startswith("'"):
        word, _, value = said.partition(" ~ ")
        yield word.strip("'") + (f"{{{value.rpartition('.')[2]}}}" if value else "")
        return
    if said.count("{{") == 1 and _SAID.fullmatch(said):  # a macro: whoever calls it says which
        return
    first = _SAID.search(said)
    words = _WORD.findall(first[1]) if first is not None else []
    for one in [_SAID.sub(word, said, count=1) for word in words] or [said]:
        yield _SAID.sub(lambda value: f"{{{value[1].rpartition('.')[2]}}}", one)


def _listed(ids: tuple[str, ...]) -> str:
    return " ".join(f"`{one}`" for one in ids) or "none"
