"""Samples many times a second which function runs; it slows all functions alike, and very little."""

import re
import signal
from collections import Counter
from types import FrameType, TracebackType
from typing import Self

_EVERY = 0.001
"""Seconds."""
_IN_THE_DRIVER = re.compile(r"do_(execute|executemany|execute_no_params|commit|rollback|begin)")
_PACKAGE = re.compile(r".*/(?:site-packages|app|lib/python3\.\d+)/(?!site-packages)(\w+)(?:/(\w+))?")
_NAMES = {"werkzeug": "flask", "itsdangerous": "flask", "jinja2": "flask", "blinker": "flask"}


class Sampler:
    """Counts samples by layer, the package that runs, and by every function of ours on the way there."""

    def __init__(self) -> None:
        self.taken = 0
        self.layers: Counter[str] = Counter()
        self.ours: Counter[str] = Counter()

    def __enter__(self) -> Self:
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, _EVERY, _EVERY)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        if frame is None:
            return
        ours = _functions_of_ours(frame)
        if not ours:
            return
        self.taken += 1
        self.layers[_layer(frame)] += 1
        self.ours.update(ours)


def _layer(frame: FrameType) -> str:
    """What is inside a call into C counts for the function that made it."""
    code = frame.f_code
    found = _PACKAGE.match(code.co_filename)
    if found is None:
        return "generated, such as dataclasses"
    package, part = found.groups()
    if package == "logindrill":
        return f"logindrill/{part}"
    if package == "sqlalchemy" and _IN_THE_DRIVER.fullmatch(code.co_name):
        return "sqlite3, called by sqlalchemy"
    return _NAMES.get(package, package)


def _functions_of_ours(frame: FrameType) -> set[str]:
    names = set()
    step: FrameType | None = frame
    while step is not None:
        _, found, path = step.f_code.co_filename.partition("/app/logindrill/")
        if found:
            names.add(f"{path} {step.f_code.co_qualname}")
        step = step.f_back
    return names
