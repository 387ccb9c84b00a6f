"""The second step of a sign-in: a page that requests a code, and a page that takes the factor."""

from flask import Response

from logindrill.access.admission import Admission, Continued
from logindrill.pages import flow_cookies
from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, TypedCode, enter, submit
from logindrill.pages.page import HostedPage, go_to, was_done
from logindrill.pages.sign_in import go_on, set_session
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.factors import FactorMethod
from logindrill.services import second_factor as service
from logindrill.services import sign_in_codes, waiting_sign_ins
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, TypedPassword
from logindrill.web.visits import Visit


class CodeRequestForm(Body):
    """The number that the code is to go to, typed by the person (A22)."""

    phone: Line


class EntryForm(Body):
    """What passes the factor; a ticked box leaves the device trusted."""

    trust_device: str | None = None


class CodeEntryForm(EntryForm):
    """A code."""

    code: TypedCode


class PasswordEntryForm(EntryForm):
    """The second password."""

    second_password: TypedPassword


@page("GET", "/second-factor/number", "request_sign_in_code", Call.FACTOR)
def open_sign_in_code(visit: Visit) -> HostedPage | Response:
    """The form that asks for the number; a sign-in that waits for another factor goes there."""
    method = visit.read(waiting_sign_ins.factor_of, flow_cookies.sign_in_id())
    return _ask(EMPTY) if method is FactorMethod.WHATSAPP_OTP else go_to("pages.open_second_factor")


@page("POST", "/second-factor/number", "request_sign_in_code", Call.ASK, vpn_counts=True)
def request_sign_in_code(visit: Visit) -> HostedPage | Response:
    """Leads to the entry of the code for a wrong number too (A22)."""

    def act() -> Response:
        visit.attempt(sign_in_codes.request, flow_cookies.sign_in_id(), enter(visit, CodeRequestForm).phone)
        return go_to("pages.open_second_factor", done="code_sent")

    return submit(visit, act, _ask, "phone", focus="phone")


@page("GET", "/second-factor", "pass_second_factor", Call.FACTOR)
def open_second_factor(visit: Visit) -> HostedPage:
    """The form for what the waiting sign-in asks for."""
    return _form(visit.read(waiting_sign_ins.factor_of, flow_cookies.sign_in_id()), EMPTY)


@page("POST", "/second-factor", "pass_second_factor", Call.FACTOR, vpn_counts=True)
def pass_second_factor(visit: Visit) -> HostedPage | Response:
    """In, or on to the new password where the first one was temporary (C8)."""
    method = visit.read(waiting_sign_ins.factor_of, flow_cookies.sign_in_id())

    focus = "second_password" if method is FactorMethod.SECOND_PASSWORD else "code"

    def act() -> Admission | Continued | Refused:
        wanted: type[EntryForm] = PasswordEntryForm if method is FactorMethod.SECOND_PASSWORD else CodeEntryForm
        entry = enter(visit, wanted)
        typed = {focus: getattr(entry, focus)}
        return visit.attempt(
            service.enter, flow_cookies.sign_in_id(), **typed, trust_device=entry.trust_device is not None
        )

    def show(form: Form, status: int) -> HostedPage:
        return _form(method, form, status)

    outcome: Admission | Continued | HostedPage = submit(visit, act, show, "trust_device", focus=focus)
    if isinstance(outcome, HostedPage):
        return outcome
    return go_on(outcome) if isinstance(outcome, Continued) else set_session(outcome, visit.uow.preset)


def _ask(form: Form, status: int = 200) -> HostedPage:
    return HostedPage("second_factor_number", status, {"form": form})


def _form(method: FactorMethod, form: Form, status: int = 200) -> HostedPage:
    return HostedPage("second_factor", status, {"form": form, "method": method, "done": was_done()})
