"""Prints where the time of a sign-in is spent, within one worker and without the network."""

import cProfile
import gc
import io
import json
import pstats
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Literal

from tools.bench.people import PASSWORD, address
from tools.bench.sampling import Sampler
from tools.bench.worlds import CROWD, person, sign_in_path, world

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
_PEOPLE = 1_000
_WARM_UP = 300
_SHOWN = 30
_SHOWN_IN_C = 12
_MICROSECONDS = 1e6


def profile(calls: int, *, cost: Literal["fast", "owasp"]) -> None:
    """Print where the time goes: the whole, by layer and by function."""
    with _application(cost) as (application, argon2):
        sign_ins = _sign_ins(application)
        for _ in range(_WARM_UP):
            next(sign_ins)
        gc.collect()
        gc.freeze()
        whole = _print_whole(sign_ins, argon2, calls)
        _print_layers(sign_ins, calls, whole)
        _print_functions(sign_ins, min(calls, 1_000))


@contextmanager
def _application(cost: Literal["fast", "owasp"]) -> Iterator[tuple[Application, Callable[[], object]]]:
    """Our WSGI application on a database of a thousand people, and one bare verification."""
    from logindrill.adapters.hashing import PasswordCost, PasswordHasher
    from logindrill.factory import create_app, db
    from logindrill.serving.preparation import prepare
    from logindrill.settings import Settings

    hasher = PasswordHasher(PasswordCost(cost))
    stored = hasher.hash(PASSWORD)
    with tempfile.TemporaryDirectory(prefix="logindrill-profile-") as folder:
        settings = Settings(password_cost=cost, database_url=f"sqlite:///{Path(folder) / 'profile.sqlite3'}")
        prepare(settings)
        application = create_app(settings)
        people = world(person(number) for number in range(_PEOPLE))
        body = {"id": CROWD, "preset": "business-chat", "world": people}
        _post(application, "/control/v1/sandboxes", body)
        yield application, lambda: hasher.verify(PASSWORD, stored)
        with application.app_context():
            db.engine.dispose()


def _sign_ins(application: Application) -> Iterator[None]:
    """Each step is one sign-in, of the next person."""
    number = 0
    while True:
        _post(application, sign_in_path(CROWD), {"identifier": address(number % _PEOPLE), "password": PASSWORD})
        number += 1
        yield


def _post(application: Application, path: str, body: object) -> None:
    data = json.dumps(body).encode()
    environ = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8401",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8401",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(data)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(data),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    statuses: list[str] = []
    answer = application(environ, lambda status, *_: statuses.append(status))
    text = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    if not statuses or not statuses[0].startswith("201"):
        raise RuntimeError(f"{path}: {statuses} {text[:400]!r}")


def _print_whole(sign_ins: Iterator[None], argon2: Callable[[], object], calls: int) -> float:
    """The median of one sign-in, in seconds."""
    whole = [_time(lambda: next(sign_ins)) for _ in range(calls)]
    alone = median(_time(argon2) for _ in range(calls // 4 + 1))
    middle, late = median(whole), quantiles(whole, n=100)[98]
    print(f"a sign-in through the WSGI callable: p50 {_us(middle)}, p99 {_us(late)} ({calls} calls)")
    print(f"  of which Argon2 alone: {_us(alone)}; everything else: {_us(middle - alone)}\n")
    return middle


def _print_layers(sign_ins: Iterator[None], calls: int, whole: float) -> None:
    with Sampler() as sampler:
        for _ in range(calls):
            next(sign_ins)
    for title, counts in (("by layer", sampler.layers), ("by function of ours, what it calls included", sampler.ours)):
        print(f"{title} ({sampler.taken} samples, in parts of the p50)")
        for name, count in counts.most_common(_SHOWN):
            share = count / sampler.taken
            print(f"  {100 * share:5.1f} %  {_us(share * whole):>9}  {name}")
        print()


def _print_functions(sign_ins: Iterator[None], calls: int) -> None:
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(calls):
        next(sign_ins)
    profiler.disable()
    text = io.StringIO()
    found = pstats.Stats(profiler, stream=text).sort_stats("tottime")
    made = sum(row[1] for row in found.stats.values()) // calls  # type: ignore[attr-defined]
    print(f"inside C (cProfile, {calls} sign-ins, {made} function calls each)")
    compiled = {function: row for (file, _, function), row in found.stats.items() if file == "~"}  # type: ignore[attr-defined]
    for function in sorted(compiled, key=lambda name: -compiled[name][2])[:_SHOWN_IN_C]:
        print(f"  {_us(compiled[function][2] / calls):>9}  {compiled[function][1] / calls:5.1f} calls  {function}")
    print("\nby function alone (cProfile, whose own cost swells small ones)")
    found.print_stats(_SHOWN)
    print(text.getvalue())


def _time(action: Callable[[], object]) -> float:
    beginning = time.perf_counter()
    action()
    return time.perf_counter() - beginning


def _us(seconds: float) -> str:
    return f"{seconds * _MICROSECONDS:.0f} µs"
