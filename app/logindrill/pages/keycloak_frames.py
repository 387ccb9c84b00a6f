"""The two hidden frames that Keycloak's client library opens: whether cookies come through, and whether the session of
the page that it was given tokens for still lives. Only pages of this machine may frame them.
"""

from flask import Response, abort, render_template, request, url_for

from logindrill.pages.door import PAGES, PATHS
from logindrill.web.providers import provider_of

PATHS.append("/oidc")

_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "
    "http://localhost:* http://*.localhost:* http://127.0.0.1:* https://localhost:* https://*.localhost:* "
    "https://127.0.0.1:*"
)


@PAGES.get("/oidc/frames/cookies")
def show_cookie_frame() -> Response:
    """Says `supported` to the page around it, or `unsupported` where a browser sends it no cookies of ours: our cookies
    are for pages of one host name.
    """
    is_cross_site = request.headers.get("Sec-Fetch-Site") == "cross-site"
    return _frame("cookie_frame.js", cookies="unsupported" if is_cross_site else "supported")


@PAGES.get("/oidc/frames/session")
def show_session_frame() -> Response:
    """Says `unchanged` to the page around it as long as somebody is signed in, or nobody, as that page believes."""
    return _frame("session_frame.js", alive=url_for("pages.watch_session"))


def _frame(script: str, **data: str) -> Response:
    if provider_of(request).dialect != "keycloak":
        abort(404)
    response = Response(render_template("pages/hidden_frame.html", script=script, data=data))
    response.headers["Content-Security-Policy"] = _POLICY
    return response
