"""Builds the application: the only place that knows every door."""

from flask import Flask, Response, abort, request

from logindrill import api, console, control, pages
from logindrill.control.probes import PROBES
from logindrill.documentation import DOCUMENTATION
from logindrill.settings import Settings
from logindrill.web import access, problems
from logindrill.web.headers import SafeHeaders
from logindrill.web.in_process import IN_PROCESS, InProcessTransport
from logindrill.web.operations import RUNTIME, SECURE, tell_time
from logindrill.web.routes import Route
from logindrill.web.sandbox_path import ENVIRON, SandboxPath
from logindrill.work.database import Database
from logindrill.work.runtime import Runtime

KIBIBYTE = 1024
PUBLIC_LIMIT = 64 * KIBIBYTE
CONTROL_LIMIT = 8 * KIBIBYTE * KIBIBYTE
_WITHIN_SANDBOX = ("/v1/", *pages.PATHS)
"""What is reached through a sandbox's mount; the control plane never is (S59)."""


def create_app(settings: Settings, database: Database) -> Flask:
    """The WSGI application on a database whose schema is ready."""
    app = Flask("logindrill", static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = PUBLIC_LIMIT
    app.url_rule_class = Route
    app.url_map.merge_slashes = False  # a path is right or unknown: nobody is sent on by an address they made up
    app.extensions[RUNTIME] = Runtime.start(settings, database)
    app.extensions[SECURE] = settings.secure
    app.extensions[console.CONTROL_KEY] = settings.control_key
    app.extensions[IN_PROCESS] = InProcessTransport(app, settings.control_key)
    _guard(app, settings)
    problems.install(app)
    for blueprint in (api.DOOR.blueprint, control.DOOR.blueprint, pages.PAGES, console.CONSOLE, PROBES, DOCUMENTATION):
        app.register_blueprint(blueprint)
    app.wsgi_app = SafeHeaders(SandboxPath(app.wsgi_app))  # type: ignore[method-assign]
    if settings.behind_proxy:
        from werkzeug.middleware.proxy_fix import ProxyFix

        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    return app


def _guard(app: Flask, settings: Settings) -> None:
    hosts = settings.allowed_hosts

    @app.before_request
    def admit() -> Response | None:
        refused = access.refuse_host(request, hosts)
        if refused is not None:
            return refused
        path = request.path
        if ENVIRON in request.environ and path != "/" and not path.startswith(_WITHIN_SANDBOX):
            abort(404)
        if path.startswith("/control/"):
            request.max_content_length = CONTROL_LIMIT
            return access.refuse_control(request, settings.control_key)
        if path.startswith("/v1/"):
            return access.preflight(request)
        return None

    @app.after_request
    def dress(response: Response) -> Response:
        if request.path.startswith("/v1/"):
            access.allow_origin(request, response)
            tell_time(response)
        return response
