"""Probes for operators: liveness, readiness and health."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify

from logindrill import __version__
from logindrill.rules.differences import DIFFERENCES
from logindrill.rules.disclosure import PROBLEMS
from logindrill.web import problems
from logindrill.web.addresses import RUNTIME
from logindrill.work.database import SCHEMA
from logindrill.work.runtime import Runtime

PROBES = Blueprint("probes", __name__)


@PROBES.get("/livez")
def live() -> Response:
    """The process answers."""
    return jsonify(status="alive")


@PROBES.get("/readyz")
def ready() -> Response:
    """The database answers and has this program's schema."""
    runtime: Runtime = current_app.extensions[RUNTIME]
    return jsonify(status="ready") if runtime.database.is_ready() else problems.render(PROBLEMS["storage_unavailable"])


@PROBES.get("/health")
def health() -> tuple[Response, int]:
    """Version, schema, password cost and where the product differs from the standards on purpose; no secret."""
    runtime: Runtime = current_app.extensions[RUNTIME]
    is_ready = runtime.database.is_ready()
    state: dict[str, Any] = {
        "status": "ok" if is_ready else "storage_unavailable",
        "version": __version__,
        "schema": SCHEMA,
        "database": runtime.database.engine.dialect.name,
        "password_cost": runtime.hasher.cost.value,
        "near_misses": runtime.near_misses,
        "loopback": runtime.loopback,
        "differences": dict(DIFFERENCES),
    }
    return jsonify(state), 200 if is_ready else 503
