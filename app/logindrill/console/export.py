"""The export pane: the world as a file, import of a world, snapshots and forks."""

from collections.abc import Iterable
from itertools import count
from pathlib import Path

from flask import Response, request, url_for

from logindrill.adapters import waits
from logindrill.console.door import act, pane
from logindrill.console.entries import text
from logindrill.console.moments import instant
from logindrill.console.page import ConsolePage, Done
from logindrill.console.phrases import in_words, tells_much
from logindrill.rules.decisions import Invalid, invalid
from logindrill.services import snapshots, timelines, worlds
from logindrill.services.timelines import TimelineFilter
from logindrill.web.sandbox_path import is_sandbox_id
from logindrill.work.unit_of_work import UnitOfWork

_SNAPSHOTS = 200
_LONGEST_NAME = 200
_LOOKED_AT = 10


@pane("/export", "export")
def show_export(uow: UnitOfWork) -> ConsolePage:
    """What can be taken along, put back, and returned to."""
    found = snapshots.page(uow, after=None, limit=_SNAPSHOTS)
    return ConsolePage("export", "Data and snapshots", {"snapshots": found.data[::-1]})


@pane("/export/world.json", "export")
def download_json(uow: UnitOfWork) -> Response:
    """The world as JSON, equal to the byte for an equal world."""
    return _file(worlds.show_in_parts(uow), f"{uow.sandbox_id}.json", "application/json")


@pane("/export/world.yaml", "export")
def download_yaml(uow: UnitOfWork) -> Response:
    """The world as YAML, to read and to change by hand."""
    from logindrill.world.files import write_yaml  # reading YAML is no part of every start

    document = worlds.show(uow)
    return _file(waits.here().in_thread(lambda: write_yaml(document)), f"{uow.sandbox_id}.yaml", "application/yaml")


@act("/export/world", back=show_export, whole=False)
def put_world(uow: UnitOfWork) -> Done:
    """Put a world in the place of everything the sandbox holds."""
    from logindrill.world.files import WorldUnreadable, parse_world

    name, written = _written()
    try:
        read = waits.here().in_thread(lambda: parse_world(Path(name), written))
    except WorldUnreadable as error:
        raise invalid("world", str(error)) from error
    try:
        worlds.replace(uow, read.world)
    except Invalid as refused:
        raise invalid("world", read.complaint(refused)) from refused
    return Done(url_for("console.show_people", sandbox_id=uow.sandbox_id), "Data imported. A reset returns to it.")


@act("/export/snapshots", back=show_export, whole=False)
def take_snapshot(uow: UnitOfWork) -> Done:
    """Keep everything as it is now."""
    name = text("name")[:_LONGEST_NAME] or _name_of_now(uow)
    snapshots.take(uow, name)
    return _done(uow, f"Snapshot “{name}” taken.")


@act("/export/snapshots/<snapshot_id>/restore", back=show_export, whole=False)
def restore_snapshot(uow: UnitOfWork, snapshot_id: str) -> Done:
    """The only way back in time."""
    snapshots.restore(uow, snapshot_id)
    return _done(uow, "Snapshot restored.")


@act("/export/forks", back=show_export, whole=False)
def fork_sandbox(uow: UnitOfWork) -> Done:
    """A sandbox of its own that begins as this one is now."""
    wanted = text("id")
    if wanted and not is_sandbox_id(wanted):
        raise invalid(
            "id", "Use lower-case letters, digits, - and _. Start with a letter or digit. At most 64 characters."
        )
    made = snapshots.fork(uow, wanted or None)
    return Done(
        url_for("console.show_timeline", sandbox_id=made), f"Fork of {uow.sandbox_id} created. You are now in {made}."
    )


def _name_of_now(uow: UnitOfWork) -> str:
    """What a snapshot is called where nobody names it: after what, and when; several of one moment are counted."""
    lines = timelines.page(uow, TimelineFilter(), before=None, limit=_LOOKED_AT).lines
    last = next((line for line in lines if tells_much(line)), None)
    name = f"{'before any event' if last is None else f'after “{in_words(last)}”'}, {instant(uow.now)}"[:_LONGEST_NAME]
    taken = {one.name for one in snapshots.page(uow, after=None, limit=_SNAPSHOTS).data}
    if name not in taken:
        return name
    return next(numbered for number in count(2) if (numbered := f"{name} ({number})") not in taken)


def _written() -> tuple[str, str]:
    """The file that was chosen, else what was pasted."""
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        try:
            return Path(sent.filename).name or "world", sent.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise invalid("world", "The file is not UTF-8 text.") from error
    if not text("world"):
        raise invalid("world", "Choose a file, or paste its text.", "required")
    return "world", request.form["world"].replace("\r\n", "\n")


def _file(content: str | Iterable[str], name: str, kind: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _done(uow: UnitOfWork, said: str) -> Done:
    return Done(url_for("console.show_export", sandbox_id=uow.sandbox_id), said)
