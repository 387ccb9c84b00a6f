"""Prints a scenario as a pytest test that uses only Python's standard library."""

from collections.abc import Iterator
from typing import Any

from logindrill.scenarios.cards import story_of
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.script import ScriptCall, names_variable, script, with_variables

_TOP = '''"""{name}: {story} Needs pytest and a running Login Drill."""

import json
import os
import urllib.error
import urllib.parse
import urllib.request

URL = os.environ.get("LOGINDRILL_URL", "http://127.0.0.1:8401")


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the answer to an application is one."""

    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(Stay)


def call(method, path, body=None, headers=None):
    """Status and body of an answer; status 0 where the connection was closed without one."""
    sent = {{"Content-Type": "application/json"}} | (headers or {{}})
    write = json.dumps if sent["Content-Type"] == "application/json" else urllib.parse.urlencode
    data = None if body is None else write(body).encode()
    request = urllib.request.Request(URL + path, data, sent, method=method)
    try:
        with OPENER.open(request) as answer:
            return answer.status, _read(answer)
    except urllib.error.HTTPError as error:
        return error.code, _read(error)
    except OSError:
        return 0, {{}}


def _read(answer):
    text = answer.read()
    return json.loads(text) if text and "json" in answer.headers.get("Content-Type", "") else {{}}


def test_{function}():
    _, setup = call("POST", "/control/v1/scenarios/{name}/sandboxes", {{}})
    sandbox = setup["sandbox"]["id"]
'''


def write(scenario: Scenario) -> str:
    """The test module."""
    top = _TOP.format(name=scenario.name, story=story_of(scenario), function=scenario.name.replace("-", "_"))
    return top + "\n".join(line for call in script(scenario) for line in ("", *_lines(call))) + "\n"


def _lines(call: ScriptCall) -> Iterator[str]:
    here = f'setup["steps"][{call.number}]["request"]'
    path = f'{here}["path"]' if call.path is None else _text(call.path)
    body = "None" if not call.has_body else f'{here}["body"]' if call.body is None else _value(call.body)
    yield f"    # {call.do}"
    yield "    headers = {"
    for name, value in call.headers.items():
        yield f"        {name!r}: {_text(value)},"
    for name in call.from_set_up:
        yield f'        {name!r}: {here}["headers"][{name!r}],'
    yield "    }"
    yield f"    body = {body}"
    yield f'    status, answer = call("{call.method}", {path}, body, headers)'
    yield (
        f"    assert status == {call.status}, answer" if call.status is not None else "    assert status < 400, answer"
    )
    if call.code is not None:
        yield f"    assert {call.code!r} in (answer.get('code'), answer.get('status'), answer.get('error'))"
    if call.code is not None and call.detail is not None:
        yield f"    assert answer[{'error_description' if call.is_form else 'detail'!r}] == {call.detail!r}"
    for name, pointer in call.keep.items():
        yield f"    {name} = answer{_path(pointer)}"


def _text(text: str) -> str:
    return "f" + repr(with_variables(text, "{{{}}}".format)) if names_variable(text) else repr(text)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name!r}: {_value(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    return repr(value)


def _path(pointer: str) -> str:
    parts = pointer.split("/")[1:]
    return "".join(f"[{part}]" if part.lstrip("-").isdigit() else f"[{part!r}]" for part in parts)
