"""The form that asks for the control key, where the server has one."""

from flask import Response, request, url_for

from logindrill.adapters.hashing import same
from logindrill.console.admission import control_key, home, keep_key
from logindrill.console.door import CONSOLE, judged
from logindrill.console.entries import NOTHING_ENTERED, Entered
from logindrill.console.page import ConsolePage, Done, render
from logindrill.rules.decisions import invalid


@CONSOLE.get("/key")
def ask_for_key(entered: Entered = NOTHING_ENTERED) -> Response:
    """The form; whoever came by a link from elsewhere may hold the key already and goes on by a link of ours."""
    return render(ConsolePage("key", "Control key", {"next": _next()}, status=entered.status), entered=entered)


@CONSOLE.post("/key")
def take_key() -> Response:
    """Keep the key in this browser."""
    response = judged(_judge, ask_for_key)
    key = control_key()
    if response.status_code == 303 and key is not None:
        keep_key(response, key)
    return response


def _judge() -> Done:
    key = control_key()
    if key is not None and not same(request.form.get("control_key", "").strip(), key):
        raise invalid("control_key", "Wrong control key.")
    return Done(_next())


def _next() -> str:
    """Where to go on: within the console, whatever the address says (S70)."""
    wanted = request.values.get("next", "")
    inside = wanted.startswith(f"{home()}/") and "//" not in wanted and "\\" not in wanted and wanted.isprintable()
    return wanted if inside else url_for("console.show_home")
