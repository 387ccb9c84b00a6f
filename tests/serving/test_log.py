import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from logindrill.serving.failures import say
from logindrill.serving.log import LoopErrors, without_secrets

TOKEN = "kR3v0yJ0m2h4Q0c5xkQ3uXk2a9o7d1Zb.Tn5-WmQx"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/v1/session", "/v1/session"),
        (f"/s/default/activate/{TOKEN}", "/s/default/activate/…"),
        (f"/v1/password-resets/{TOKEN}/", "/v1/password-resets/…/"),
        (TOKEN, "…"),
    ],
)
@pytest.mark.rule("S43")
def test_no_token_reaches_the_log(path: str, shown: str) -> None:
    assert without_secrets(path) == shown


def test_an_error_of_the_loop_itself_is_one_line_and_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    handler, loop = LoopErrors(), asyncio.new_event_loop()
    for _ in range(3):
        handler(loop, {"message": "out of files", "exception": OSError(24, "Too many open files")})
    loop.close()
    assert capsys.readouterr().err == "logindrill: out of files: [Errno 24] Too many open files\n"


def test_threads_write_each_line_once(capfd: pytest.CaptureFixture[str]) -> None:
    lines = [f"line {number}" for number in range(2_000)]
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(1e-6)
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(say, lines))
    finally:
        sys.setswitchinterval(before)
    assert sorted(capfd.readouterr().err.splitlines()) == sorted(lines)
