"""The blueprint of the console, and the steps that every pane and every action share."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from logindrill.console import admission, moments, phrases
from logindrill.console.entries import NOTHING_ENTERED, Entered, mistaken, rejected
from logindrill.console.page import ConsolePage, Done, go_on, render
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.disclosure import PROBLEMS
from logindrill.rules.texts import is_storable
from logindrill.services import sandbox_summaries
from logindrill.services.sandbox_summaries import SandboxSummary
from logindrill.web import tester
from logindrill.web.addresses import runtime_here
from logindrill.web.problems import MEDIA_TYPE
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork, UnknownSandbox

CONSOLE = Blueprint(
    "console",
    __name__,
    url_prefix=admission.PATH,
    template_folder="templates",
    static_folder="static",
    static_url_path="/assets",
)

View = Callable[..., ConsolePage | Response]
Act = Callable[..., ConsolePage | Done]


def pane(rule: str, tab: str) -> Callable[[View], View]:
    """Declare a view as a pane of a sandbox: it gets the unit of work and the path parameters."""

    def declare(view: View) -> View:
        def serve(sandbox_id: str, **path: str) -> Response:
            return show(view, sandbox_id, path)

        CONSOLE.add_url_rule(f"/s/<sandbox_id>{rule}", view.__name__, serve, methods=["GET"])
        _TABS[view] = tab
        return view

    return declare


def act(rule: str, *, back: View, keeping: tuple[str, ...] = (), whole: bool = True) -> Callable[[Act], Act]:
    """Declare a view as an action of the tester; where it is refused, the pane `back` is shown with the form.

    `keeping` names the path parameters of that pane. The action runs in one transaction; with `whole=False` it opens
    its own.
    """

    def declare(view: Act) -> Act:
        def serve(sandbox_id: str, **path: str) -> Response:
            run = tester.run_order if whole else tester.look
            kept = {name: path[name] for name in keeping}
            return judged(lambda: run(runtime(), sandbox_id, view, **path), lambda e: show(back, sandbox_id, kept, e))

        CONSOLE.add_url_rule(f"/s/<sandbox_id>{rule}", view.__name__, serve, methods=["POST"])
        return view

    return declare


def show(view: View, sandbox_id: str, path: dict[str, str], entered: Entered = NOTHING_ENTERED) -> Response:
    """A pane with what is to be seen of its sandbox around it."""

    def see(uow: UnitOfWork) -> tuple[ConsolePage | Response, SandboxSummary]:
        return view(uow, **path), sandbox_summaries.show(uow)

    seen, summary = tester.look(runtime(), sandbox_id, see)
    if isinstance(seen, Response):
        return seen
    status = entered.status if entered is not NOTHING_ENTERED else seen.status
    return render(ConsolePage(seen.template, seen.title, seen.values, _TABS[view], status), summary, entered=entered)


def judged(run_order: Callable[[], ConsolePage | Done], again: Callable[[Entered], Response]) -> Response:
    """The result of an action: the next page, or the form again with the reason of the refusal."""
    if not admission.form_guard().accepts(request):
        return problem_page(PROBLEMS["form_expired"].title, PROBLEMS["form_expired"].detail, 403)
    try:
        done = run_order()
    except Invalid as refused:
        return again(mistaken(refused))
    except Refused as refused:
        return again(rejected(refused))
    return go_on(done) if isinstance(done, Done) else render(done)


def problem_page(title: str, detail: str, status: int) -> Response:
    """An error page."""
    return render(ConsolePage("problem", title, {"detail": detail}, status=status))


def runtime() -> Runtime:
    """The resources of the process."""
    return runtime_here()


_TABS: dict[View, str] = {}


@CONSOLE.errorhandler(UnknownSandbox)
def _unknown_sandbox(_error: UnknownSandbox) -> Response:
    detail = "There is no such sandbox. It may have been deleted, or it has expired."
    return problem_page("No such sandbox", detail, 404)


@CONSOLE.errorhandler(Refused)
def _refused(refused: Refused) -> Response:
    public = PROBLEMS.get(refused.reason.problem, PROBLEMS["not_found"])
    return problem_page(public.title, refused.detail or refused.reason.cause, public.status)


@CONSOLE.errorhandler(Invalid)
def _invalid(refused: Invalid) -> Response:
    detail = " ".join(f"{mistake.field}: {mistake.detail}" for mistake in refused.fields)
    return problem_page("Invalid address", detail, 422)


@CONSOLE.after_app_request
def _show_errors(response: Response) -> Response:
    """Show an error page for what no view answered: an unknown address, a form that is too large."""
    if not request.path.startswith(f"{admission.PATH}/") or response.mimetype != MEDIA_TYPE:
        return response
    if "text/html" not in request.headers.get("Accept", "") or response.status_code == 400:
        return response
    public = response.get_json()
    return problem_page(public["title"], public["detail"], response.status_code)


def _refuse_unstorable() -> Response | None:
    """Refuse text that not every database can store."""
    typed = (*(request.view_args or {}).values(), *request.args.values(), *request.form.values())
    if all(map(is_storable, typed)):
        return None
    return problem_page("Invalid character", "The input contains a character that cannot be stored.", 422)


CONSOLE.before_request(admission.admit)
CONSOLE.before_request(_refuse_unstorable)
for _name, _filter in {**moments.FILTERS, **phrases.FILTERS}.items():
    CONSOLE.add_app_template_filter(_filter, _name)
