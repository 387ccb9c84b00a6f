"""Gives the answer that an armed fault demands, or closes the connection without one."""

import json
from datetime import timedelta
from math import ceil

from flask import Response, request

from logindrill.rules.faults import Effect
from logindrill.work.runtime import Runtime

HANG = timedelta(seconds=30)
"""The longest time that a hanging call is held."""

HANG_UP = "logindrill.hang_up"
"""The key of the environ under which a server puts what closes the connection unanswered."""


def answer(effect: Effect, runtime: Runtime) -> Response | None:
    """The response of a fault; None where it only delays and the service still answers."""
    if effect.latency is not None:
        _hold(effect.latency, runtime)
    if effect.only_delays:
        return None
    if effect.hang:
        _hold(HANG, runtime)
    if effect.hang or effect.drop:
        return hang_up()
    return _as_armed(effect)


def hang_up() -> Response:
    """Close the connection without an answer; where the server offers no way to do so, answer 503 and close."""
    close = request.environ.get(HANG_UP)
    if close is not None:
        close()
    return Response(status=503, headers={"Connection": "close"})


def _as_armed(effect: Effect) -> Response:
    is_text = isinstance(effect.body, str)
    body = effect.body if is_text else json.dumps(effect.body) if effect.body is not None else ""
    response = Response(body, effect.status, mimetype="text/plain" if is_text else "application/json")
    if effect.retry_after is not None:
        response.headers["Retry-After"] = str(ceil(effect.retry_after.total_seconds()))
    return response


def _hold(duration: timedelta, runtime: Runtime) -> None:
    """Hold the call, unless too many calls are already held or waiting."""
    with runtime.waiting_room.slot() as there_is_room:
        if there_is_room:
            runtime.clock.sleep(duration)
