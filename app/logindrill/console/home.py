"""The home page: the list of sandboxes, a form to create one, and a sandbox's settings."""

from flask import Response, jsonify, request, url_for

from logindrill.console.door import CONSOLE, act, judged, pane, runtime
from logindrill.console.entries import NOTHING_ENTERED, Entered, chosen, text
from logindrill.console.page import ConsolePage, Done, render
from logindrill.presets import PRESETS
from logindrill.rules.decisions import invalid
from logindrill.services import sandbox_counts, sandbox_summaries, sandboxes, windows
from logindrill.services.sandboxes import SandboxProperties
from logindrill.web import tester
from logindrill.web.sandbox_path import is_sandbox_id
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.document import ClockPart

_SANDBOXES = 50
_LIVES = {"PT1H": "an hour", "P1D": "a day", "P7D": "a week", "P30D": "30 days"}


@CONSOLE.get("/")
def show_home(entered: Entered = NOTHING_ENTERED) -> Response:
    """The sandboxes that live, the oldest first."""
    after = request.args.get("after") if request.method == "GET" else None
    found = sandboxes.page(runtime(), after=after or None, limit=_SANDBOXES)
    values = {
        "sandboxes": found,
        "sandbox_counts": sandbox_counts.count(runtime(), [card.id for card in found.data]),
        "presets": PRESETS.values(),
        "lives": _LIVES,
        "real_now": runtime().clock.now(),
        "mark": sandbox_counts.mark(runtime()),
        "after": after,
    }
    return render(ConsolePage("home", "Sandboxes", values, status=entered.status), entered=entered)


@CONSOLE.get("/mark")
def show_home_mark() -> Response:
    """Whether the list of sandboxes has changed."""
    return jsonify(mark=sandbox_counts.mark(runtime()))


@CONSOLE.get("/s/<sandbox_id>/mark")
def show_mark(sandbox_id: str) -> Response:
    """Whether anything was done in a sandbox, asked every second."""
    return jsonify(mark=tester.look(runtime(), sandbox_id, sandbox_summaries.mark))


@CONSOLE.get("/s/<sandbox_id>")
@CONSOLE.get("/s/<sandbox_id>/")
def open_sandbox(sandbox_id: str) -> Response:
    """Where a sandbox's own address leads."""
    tester.look(runtime(), sandbox_id, sandboxes.show)
    return Response(status=302, headers={"Location": url_for("console.show_timeline", sandbox_id=sandbox_id)})


@CONSOLE.post("/sandboxes")
def create_sandbox() -> Response:
    """A new sandbox; its first person's password is shown once, in this answer."""
    return judged(_create, show_home)


def _create() -> ConsolePage | Done:
    named = chosen("id", "preset", "ttl")
    if "preset" not in named:
        raise invalid("preset", "Choose a service.", "required")
    if "id" in named and not is_sandbox_id(named["id"]):
        raise invalid(
            "id", "Use lower-case letters, digits, - and _. Start with a letter or digit. At most 64 characters."
        )
    clock = ClockPart(mode="frozen") if text("clock") == "frozen" else None
    new = SandboxProperties(named["preset"], id=named.get("id"), ttl=named.get("ttl", "P1D"), clock=clock)
    made = sandboxes.create(runtime(), new)
    return ConsolePage("created", "A sandbox is ready", {"sandbox": made, "preset": PRESETS[made.preset]})


@pane("/settings", "settings")
def show_settings(uow: UnitOfWork) -> ConsolePage:
    """The sandbox itself: its addresses, how long it lives, and its end."""
    values = {"sandbox": sandboxes.show(uow), "real_now": uow.real_now, "windows": windows.page(uow)}
    return ConsolePage("settings", "Sandbox", values)


@act("/reset", back=show_settings, whole=False)
def reset_sandbox(uow: UnitOfWork) -> Done:
    """Back to the moment after creation, or after the last world that was put."""
    sandboxes.reset(uow)
    return Done(url_for("console.show_timeline", sandbox_id=uow.sandbox_id), "Sandbox reset.")


@act("/delete", back=show_settings)
def delete_sandbox(uow: UnitOfWork) -> Done:
    """With everything in it."""
    sandboxes.remove(uow)
    return Done(url_for("console.show_home"), f"Sandbox {uow.sandbox_id} deleted.")
