"""Serves the API document and an offline browser for it."""

import json
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Response, abort, redirect, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from logindrill.api import operations as api
from logindrill.control import operations as control
from logindrill.web.addresses import public_path
from logindrill.web.once import Once
from logindrill.web.openapi import document
from logindrill.web.sandbox_path import ENVIRON
from logindrill.world import schema

DOCUMENTATION = Blueprint("documentation", __name__)

DOORS = (api.DOOR, control.DOOR)

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Login Drill API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<noscript>This page needs JavaScript; the document itself is at <a href="openapi.json">/openapi.json</a>.</noscript>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  docExpansion: "list",
});
"""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Swagger UI sets inline styles; scripts may be loaded only from this server."""
_ASSETS = {"swagger-ui.css": "css/swagger-ui.css", "swagger-ui-bundle.js": "js/swagger-ui-bundle.js"}


def _written() -> str:
    return json.dumps(document(DOORS), ensure_ascii=False, indent=2) + "\n"


_TEXT = Once(_written)


def text() -> str:
    """The API document as it is served and committed: indented JSON with one newline at the end."""
    return _TEXT.get()


@DOCUMENTATION.get("/")
def home() -> BaseResponse:
    """Redirects a person who opens the bare address: to the console, or to the sign-in page of a sandbox."""
    return redirect(f"{request.script_root}{'/login' if ENVIRON in request.environ else '/console/'}")


@DOCUMENTATION.get("/openapi.json")
def openapi() -> Response:
    """The API document; behind a path of a proxy its operations lie there too."""
    document = text().replace('"url": "/', f'"url": "{public_path()}/')
    return Response(document, mimetype="application/json")


@DOCUMENTATION.get("/world.schema.json")
def world_schema() -> Response:
    """The JSON Schema of world files, at an address that editors can load."""
    return Response(schema.text(), mimetype="application/schema+json")


@DOCUMENTATION.get("/docs")
def browser() -> Response:
    """A page to read and try the API; it loads nothing from other servers."""
    response = Response(_PAGE, mimetype="text/html")
    response.headers["Content-Security-Policy"] = _POLICY
    return response


@DOCUMENTATION.get("/docs/start.js")
def start() -> Response:
    """The script that starts the page; it is a file, since the page may contain no inline script."""
    return Response(_START, mimetype="text/javascript")


@DOCUMENTATION.get("/docs/<name>")
def asset(name: str) -> Response:
    """Swagger UI's own files, from the package that carries them."""
    spec = find_spec("flask_openapi_swagger")
    if name not in _ASSETS or spec is None or spec.origin is None:
        abort(404)
    return send_file(Path(spec.origin).parent / "templates" / "swagger" / _ASSETS[name], max_age=3600)
