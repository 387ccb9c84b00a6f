"""Builds the Flask application; it is the only module that imports every door."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort
from flask_sqlalchemy import SQLAlchemy

from logindrill.api import sign_ins
from logindrill.api.door import DOOR as CLIENT_DOOR
from logindrill.control.probes import PROBES
from logindrill.models import Base
from logindrill.services.housekeeping import Housekeeping
from logindrill.settings import Settings
from logindrill.web import access, limits, problems
from logindrill.web.addresses import HOUSEKEEPING, RUNTIME, PublicPath, request_here
from logindrill.web.application import Application
from logindrill.web.dispatch import Dispatch, LateApplication, Wsgi
from logindrill.web.headers import SafeHeaders
from logindrill.web.in_process import IN_PROCESS, InProcessTransport
from logindrill.web.operations import CONTROL_KEY, SECURE, add_sandbox_time
from logindrill.web.providers import ProviderPaths
from logindrill.web.sandbox_path import ENVIRON, SandboxPath
from logindrill.work.database import Database
from logindrill.work.engines import engine_options
from logindrill.work.runtime import Runtime

CLIENTS, TESTERS, BROWSERS = "logindrill.clients", "logindrill.testers", "logindrill.browsers"
APPLICATIONS = "logindrill.applications"
"""Where the application keeps those for clients, for testers, for browsers and for applications of OpenID Connect."""

_PATHS_OF_SIGN_INS = ("/v1/sign-ins", "/livez", "/readyz", "/health")
_PATHS_OF_CLIENTS = ("/v1",)
_PATHS_OF_PROVIDERS = ("/oidc", "/auth0", "/keycloak", "/.well-known")
_PATHS_OF_TESTERS = ("/", "/control", "/docs", "/openapi.json", "/world.schema.json")

db = SQLAlchemy(model_class=Base, disable_autonaming=True)
"""The database as Flask's own tools and extensions know it; the floors below take plain connections."""


def create_app(settings: Settings | None = None, config: Mapping[str, Any] | None = None) -> Flask:
    """The WSGI application, on a database whose schema is ready.

    `config` holds keys of Flask and of Flask-SQLAlchemy: SQLALCHEMY_DATABASE_URI takes precedence over the settings,
    SQLALCHEMY_ENGINE_OPTIONS over the engine's own options. Without settings, as `flask --app logindrill.factory shell`
    calls it, the keys are read from the environment too (FLASK_SQLALCHEMY_DATABASE_URI), the database is the one that
    `logindrill serve` would take, and its schema is made ready.
    """
    app = Application("logindrill", static_folder=None, template_folder=None)
    app.config.from_mapping(config or {})
    by_flask = settings is None
    if by_flask:
        app.config.from_prefixed_env()
    settings = settings or _usual_settings(app)
    database = _open_database(app, settings)
    if by_flask:
        database.prepare()
    app.config["MAX_CONTENT_LENGTH"] = limits.PUBLIC
    app.extensions[RUNTIME] = Runtime.start(settings, database)
    app.extensions[HOUSEKEEPING] = Housekeeping(database)
    app.extensions[SECURE] = settings.secure
    app.extensions[CONTROL_KEY] = settings.control_key
    app.extensions[IN_PROCESS] = InProcessTransport(app, settings.control_key)
    _guard(app, settings, within_sandbox=("/v1/",))
    _register(app, CLIENT_DOOR.blueprint(sign_ins.sign_in.__name__), PROBES)
    app.wsgi_app = SafeHeaders(SandboxPath(_dispatch(app, settings)))  # type: ignore[method-assign]
    if settings.public_path:
        app.wsgi_app = PublicPath(app.wsgi_app, settings.public_path)  # type: ignore[method-assign]
    if settings.behind_proxy:
        from werkzeug.middleware.proxy_fix import ProxyFix

        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    return app


def _dispatch(app: Flask, settings: Settings) -> Dispatch:
    """The application for sign-ins with those for everything else beside it, built at their first call."""
    clients = app.extensions[CLIENTS] = LateApplication(lambda: _application_for_clients(app, settings))
    testers = app.extensions[TESTERS] = LateApplication(lambda: _application_for_testers(app, settings))
    browsers = app.extensions[BROWSERS] = LateApplication(lambda: _application_for_browsers(app, settings))
    applications = app.extensions[APPLICATIONS] = LateApplication(lambda: _application_for_applications(app, settings))
    by_paths: dict[tuple[str, ...], Wsgi] = {
        _PATHS_OF_CLIENTS: clients,
        _PATHS_OF_TESTERS: testers,
        _PATHS_OF_PROVIDERS: ProviderPaths(applications, browsers),
    }
    return Dispatch(browsers, by_paths, {_PATHS_OF_SIGN_INS: app.wsgi_app})


def _application_for_clients(app: Flask, settings: Settings) -> Flask:
    """The public API as a whole."""
    from logindrill.api.operations import DOOR

    clients = _sibling(app)
    _guard(clients, settings, within_sandbox=("/v1/",))
    _register(clients, DOOR.blueprint())
    return clients


def _application_for_applications(app: Flask, settings: Settings) -> Flask:
    """What applications of OpenID Connect call."""
    from logindrill.oidc.operations import ENDPOINTS

    applications = _sibling(app)
    _guard(applications, settings, within_sandbox=("/oidc/",))
    _register(applications, ENDPOINTS)
    return applications


def _application_for_testers(app: Flask, settings: Settings) -> Flask:
    """The control API and the API's documentation."""
    from logindrill.control.operations import DOOR
    from logindrill.documentation import DOCUMENTATION

    testers = _sibling(app)
    _guard(testers, settings, within_sandbox=())
    _register(testers, DOOR.blueprint(), DOCUMENTATION)
    return testers


def _application_for_browsers(app: Flask, settings: Settings) -> Flask:
    """The pages and the console."""
    from logindrill import console, pages

    browsers = _sibling(app)
    _guard(browsers, settings, within_sandbox=tuple(pages.PATHS))
    _register(browsers, pages.PAGES, console.CONSOLE)
    return browsers


def _sibling(app: Flask) -> Flask:
    """An application with the configuration and the extensions of another one."""
    made = Application("logindrill", static_folder=None, template_folder=None)
    made.config = app.config
    made.extensions = app.extensions
    return made


def _register(app: Flask, *blueprints: Blueprint) -> None:
    app.url_map.merge_slashes = False  # a path is either right or unknown: no redirect to a corrected address
    problems.install(app)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)


def _usual_settings(app: Flask) -> Settings:
    url = os.environ.get("LOGINDRILL_DATABASE_URL")
    if not url and "SQLALCHEMY_DATABASE_URI" not in app.config:
        (Path.cwd() / "instance").mkdir(exist_ok=True)
    return Settings(database_url=url)


def _open_database(app: Flask, settings: Settings) -> Database:
    """The database of the configuration, else that of the settings; Flask-SQLAlchemy makes the engine."""
    url = app.config.get("SQLALCHEMY_DATABASE_URI") or settings.database
    options = engine_options(url, app.config.get("SQLALCHEMY_ENGINE_OPTIONS"))
    app.config["SQLALCHEMY_DATABASE_URI"] = options.pop("url")
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        return Database(
            db.engine, options, ephemeral=settings.ephemeral, synchronous_commit=settings.synchronous_commit
        )


def _guard(app: Flask, settings: Settings, *, within_sandbox: tuple[str, ...]) -> None:
    """Refuse what must not come in.

    Only paths that begin as `within_sandbox` says are reached through a sandbox's mount, the control API never (S59).
    """
    hosts = settings.allowed_hosts

    @app.before_request
    def admit() -> Response | None:
        here = request_here()
        refused = access.refuse_host(here, hosts)
        if refused is not None:
            return refused
        path = here.path
        if ENVIRON in here.environ and path != "/" and not path.startswith(within_sandbox):
            abort(404)
        if path.startswith("/control/"):
            here.max_content_length = limits.TESTERS
            return access.refuse_control(here, settings.control_key)
        if path.startswith("/v1/"):
            return access.preflight(here)
        return None

    @app.after_request
    def add_headers(response: Response) -> Response:
        here = request_here()
        if here.path.startswith("/v1/"):
            access.allow_origin(here, response)
            add_sandbox_time(here, response)
        return response
