"""Lets the browser whose opening used a link up finish the form that it was given (`links.used_by_get`)."""

from flask import Response, after_this_request, current_app, request

from logindrill.credentials import links
from logindrill.web import cookies
from logindrill.web.operations import SECURE
from logindrill.web.visits import Visit


def remember(visit: Visit, token: str) -> None:
    """Give the browser the proof that it opened the link, where opening uses links up; else nothing is done."""
    proof = links.proof_of_opening(visit.uow, token)
    if proof is None:
        return
    secure = current_app.extensions[SECURE]
    named = cookies.names(request, secure=secure)

    @after_this_request
    def give(response: Response) -> Response:
        cookies.set_cookie(response, named.opened, proof, path=named.path, secure=secure)
        return response
