"""Redirects from addresses that accept only a form to the page with the form.

A browser opens such an address when the answer to a form is reloaded after the session has ended.
"""

from collections.abc import Callable

from flask import Response

from logindrill.pages.door import page
from logindrill.pages.page import go_to
from logindrill.web.visits import Visit

_OF_CARD = (
    "temporary-password",
    "invitations",
    "invitations/end",
    "lock/end",
    "sessions/end",
    "deactivation",
    "deactivation/end",
    "merger/end",
    "memberships/<company_id>/end",
    "memberships/<company_id>/access-revocation",
    "memberships/<company_id>/access-revocation/end",
)
_OF_AUDIENCE = ("<user_id>", "<user_id>/end")


def _to_card(_visit: Visit, user_id: str, **_act: str) -> Response:
    return go_to("pages.show_person", user_id=user_id)


def _to_audience(_visit: Visit, publication_id: str, **_act: str) -> Response:
    return go_to("pages.show_audience", publication_id=publication_id)


def _declare(rule: str, operation: str, name: str, back: Callable[..., Response]) -> None:
    def return_(visit: Visit, **path: str) -> Response:
        return back(visit, **path)

    return_.__name__ = name
    page("GET", rule, operation, signed_in=True)(return_)


for number, act in enumerate(_OF_CARD):
    _declare(f"/people/<user_id>/{act}", "show_user", f"return_to_card_{number}", _to_card)
for number, act in enumerate(_OF_AUDIENCE):
    rule = f"/publications/<publication_id>/audience/{act}"
    _declare(rule, "show_publication", f"return_to_audience_{number}", _to_audience)
