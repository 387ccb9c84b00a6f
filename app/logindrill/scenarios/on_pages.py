"""Translates a step into its form on the hosted pages: which page, what is typed, what is pressed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from logindrill.scenarios.actors import PERSON
from logindrill.scenarios.step import Step


@dataclass(frozen=True, slots=True)
class OnPage:
    """The page to open, below the sandbox; the texts to type, by the fields' test ids.

    And the buttons to press, by test ids too. `presses` is None where it is enough to open the page.
    """

    path: str
    types: Mapping[str, str] = field(default_factory=dict)
    chooses: tuple[str, ...] = ()
    presses: str | None = "submit"


APPS_ONLY = {
    "back-button-after-sign-out": "signing out takes the session out of the browser, an app may still send it",
    "second-factor-sent-twice": "a browser forgets a sign-in that is through, an app may send it again",
    "otp-with-another-factor": "the pages ask for the factor that is set up, an app may ask for another",
    "code-never-asked-for": "the pages ask for the code first, an app may enter one",
    "code-used-twice": "the pages ask for a new code, an app may enter the old one",
}
"""Failures that can happen to apps but not to browsers, and why."""


def on_page(step: Step) -> OnPage | None:
    """The step on the pages; None where they have no such step, as for the mobile app and for staff."""
    shown = _PAGES.get(step.operation)
    is_app = step.device.is_mobile or step.headers or "Origin" in step.device.headers
    if shown is None or step.by != PERSON or is_app or set(step.keep) - {"sign_in_id"}:
        return None
    return shown(step)


def _form(path: str, *names: str) -> Callable[[Step], OnPage | None]:
    """A form whose fields have the names of the request body."""

    def show(step: Step) -> OnPage | None:
        body = step.body or {}
        if not set(body) <= set(names):
            return None
        return OnPage(path, {name: str(value) for name, value in body.items()})

    return show


def _link(path: str) -> Callable[[Step], OnPage]:
    """A page that a link opens; with a body, its form is sent."""

    def show(step: Step) -> OnPage:
        token = step.path.split("/")[2]
        body = dict(step.body or {})
        chooses = _factor(body.pop("second_factor", None), body)
        types = {name: str(value) for name, value in body.items()}
        return OnPage(f"{path}/{token}", types, chooses, "submit" if step.body is not None else None)

    return show


def _factor(factor: Mapping[str, Any] | None, body: dict[str, Any]) -> tuple[str, ...]:
    """The second factor chosen with an invitation."""
    if factor is None:
        return ()
    if "second_password" in factor:
        body["second_password"] = factor["second_password"]
    return (f"method-{factor['method']}",)


def _opened(path: str) -> Callable[[Step], OnPage | None]:
    return lambda step: OnPage(path, presses=None) if step.signed_in else None


def _at_second_step(path: str, *names: str) -> Callable[[Step], OnPage | None]:
    """A form of a pending sign-in, which the browser identifies by a cookie."""
    form = _form(path, *names)
    return lambda step: form(step) if step.path.startswith("/sign-ins/{sign_in_id}/") else None


def _code_asked(step: Step) -> OnPage:
    body = step.body or {}
    channel = body.get("channel")
    return OnPage("/code", {"contact": _contact(step)}, (f"channel-{channel}",) if channel else ())


def _code_entered(step: Step) -> OnPage | None:
    """The code's own page knows whom the code was sent to; another page is opened by its address."""
    body = step.body or {}
    wanted = body.get("publication_id")
    return OnPage(f"/code/entry?publication={wanted}" if wanted else "/code/entry", {"code": body["code"]})


def _contact(step: Step) -> str:
    body = step.body or {}
    return str(body.get("email") or body.get("phone"))


def _app_begun(step: Step) -> OnPage | None:
    """The QR code for an authenticator app; the fields of other factors are hidden until the factor is chosen."""
    body = step.body or {}
    if body.get("method") != "totp":
        return None
    return OnPage("/account/second-factor", {"current_password": body["current_password"]}, ("method-totp",))


def _publication(step: Step) -> OnPage:
    return OnPage(step.path, presses=None)


_PAGES: Mapping[str, Callable[[Step], OnPage | None]] = {
    "sign_in": _form("/login", "identifier", "password"),
    "request_sign_in_code": _at_second_step("/second-factor/number", "phone"),
    "pass_second_factor": _at_second_step("/second-factor", "code", "second_password"),
    "set_second_factor": _app_begun,
    "confirm_second_factor": _form("/account/second-factor/confirmation", "code"),
    "choose_new_password": _at_second_step("/new-password", "password", "password_confirmation"),
    "request_password_reset": _form("/forgot-password", "identifier"),
    "show_password_reset": _link("/reset-password"),
    "use_password_reset": _link("/reset-password"),
    "show_invitation": _link("/activate"),
    "accept_invitation": _link("/activate"),
    "request_confirmation_code": _code_asked,
    "use_confirmation_code": _code_entered,
    "show_me": _opened("/account"),
    "show_session": _opened("/account"),
    "list_own_sessions": _opened("/account"),
    "list_publications": _opened("/publications"),
    "show_publication": _publication,
    "sign_out": lambda _step: OnPage("/account", presses="sign-out"),
}
