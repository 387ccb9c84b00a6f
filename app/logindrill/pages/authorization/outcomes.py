"""Shows what a request of an application comes to."""

from collections.abc import Callable
from functools import partial

from flask import Response, request

from logindrill.access.authorization_requests import Target
from logindrill.pages import application_answers, flow_cookies, interactions
from logindrill.pages.page import HostedPage
from logindrill.pages.sign_in_prompt import begin_sign_in
from logindrill.rules.decisions import Refused
from logindrill.rules.values import replace
from logindrill.services.authorizations import Browser, Code, ConsentNeeded, Outcome, SignInNeeded
from logindrill.web.visits import Visit


def browser() -> Browser:
    """The browser that calls. In a frame of another site's page, it sends no cookie."""
    framed = request.headers.get("Sec-Fetch-Dest") in {"iframe", "frame"}
    is_foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
    return Browser(interactions.secret(), withholds_cookies=framed and is_foreign and not request.cookies)


def show(visit: Visit, target: Target, act: Callable[[], Outcome]) -> HostedPage | Response:
    """The code or the error for the application, or the page that the person needs first."""
    try:
        outcome = act()
    except Refused as refused:
        return _finished(application_answers.refuse(visit.uow, target.receiver, refused))
    if isinstance(outcome, Code):
        return _finished(application_answers.give(target.receiver, {"code": outcome.code}, outcome.fault))
    interactions.begin(visit, outcome.interaction_id, outcome.secret)
    shown = _sign_in(visit, outcome) if isinstance(outcome, SignInNeeded) else _consent(target, outcome)
    return replace(
        shown, finish=partial(interactions.keep, interaction_id=outcome.interaction_id, value=outcome.secret)
    )


def _sign_in(visit: Visit, needed: SignInNeeded) -> HostedPage:
    asked = needed.request
    return begin_sign_in(
        visit, hint=asked.login_hint, company=asked.organization, ask_second_factor=asked.wants_second_factor
    )


def _consent(target: Target, needed: ConsentNeeded) -> HostedPage:
    values = {
        "application": target.application.name,
        "scopes": target.scope.split(),
        "name": needed.name,
        "interaction_id": needed.interaction_id,
    }
    return HostedPage("consent", values=values)


def _finished(answer: HostedPage | Response) -> HostedPage | Response:
    """The answer; the browser need not remember the request any longer."""
    named = interactions.named()
    if named is None or flow_cookies.requested_interaction() != named:
        return answer
    if isinstance(answer, HostedPage):
        return replace(answer, finish=flow_cookies.drop_requested_page)
    flow_cookies.drop_requested_page(answer)
    return answer
