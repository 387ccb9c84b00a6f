"""Prints a scenario as a shell script with curl and jq."""

import json
from collections.abc import Iterator
from shlex import quote
from urllib.parse import quote as percent_encoded

from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.script import ScriptCall, names_variable, script, with_variables

_TOP = r"""#!/usr/bin/env bash
# {name}: what a client app sees. Needs curl, jq and a running Login Drill.
set -euo pipefail
url=${{LOGINDRILL_URL:-http://127.0.0.1:8401}}

# call METHOD PATH BODY [HEADER...]: sets $status and $answer; status 000 is a connection closed unanswered
call() {{
  local method=$1 path=$2 body=$3; shift 3
  local options=(-sS -X "$method" -w '\n%{{http_code}}')
  [[ " $* " == *Content-Type:* ]] || options+=(-H 'Content-Type: application/json')
  for header in "$@"; do options+=(-H "$header"); done
  [ -z "$body" ] || options+=(-d "$body")
  answer=$(curl "${{options[@]}}" "$url$path") || true
  status=${{answer##*$'\n'}}; answer=${{answer%$'\n'*}}
}}

# expect STATUS [CODE [DETAIL]]: compares the last answer
expect() {{
  local code detail
  code=$(jq -r '.code // .status // .error // ""' <<<"$answer" 2>/dev/null || true)
  detail=$(jq -r '.detail // .error_description // ""' <<<"$answer" 2>/dev/null || true)
  if [ "$status" != "$1" ] || [ "${{2:-$code}}" != "$code" ] || [ "${{3:-$detail}}" != "$detail" ]; then
    echo "expected $*, got $status $code $detail" >&2; exit 1
  fi
}}

call POST /control/v1/scenarios/{name}/sandboxes '{{}}'
expect 201
setup=$answer
sandbox=$(jq -r .sandbox.id <<<"$setup")
"""


def write(scenario: Scenario) -> str:
    """The script; it ends with exit code 1 at the first unexpected answer."""
    lines = [line for call in script(scenario) for line in ("", *_call(call))]
    done = f'echo "{scenario.name}: as expected, in sandbox $sandbox"'
    return _TOP.format(name=scenario.name) + "\n".join((*lines, "", done)) + "\n"


def _call(call: ScriptCall) -> Iterator[str]:
    yield f"# {call.do}"
    here = f".steps[{call.number}].request"
    path = f'"$(jq -r {here}.path <<<"$setup")"' if call.path is None else _text(call.path)
    if not call.has_body:
        body = '""'
    elif call.body is None and call.is_form:
        pairs = 'to_entries | map("\\(.key)=\\(.value | @uri)") | join("&")'
        body = f'"$(jq -r \'{here}.body | {pairs}\' <<<"$setup")"'
    elif call.body is None:
        body = f'"$(jq -c {here}.body <<<"$setup")"'
    elif call.is_form:
        body = _text("&".join(f"{name}={percent_encoded(value, safe='{}')}" for name, value in call.body.items()))
    else:
        body = _text(json.dumps(call.body, ensure_ascii=False))
    headers = [_text(f"{name}: {value}") for name, value in call.headers.items()]
    headers += [f'"{name}: $(jq -r \'{here}.headers["{name}"]\' <<<"$setup")"' for name in call.from_set_up]
    yield " ".join(["call", call.method, path, body, *headers])
    expected = ['"$status"' if call.status is None else f"{call.status:03}"]
    if call.code is not None:
        expected.append(call.code)
    if call.code is not None and call.detail is not None:
        expected.append(quote(call.detail))
    yield " ".join(["expect", *expected])
    for name, pointer in call.keep.items():
        yield f'{name}=$(jq -r {quote(_jq_path(pointer))} <<<"$answer")'


def _text(text: str) -> str:
    """A shell word: unchanged where it contains no variable, else with the variables filled in."""
    if not names_variable(text):
        return quote(text)
    escaped = "".join(f"\\{sign}" if sign in '\\"$`' else sign for sign in text)
    return '"' + with_variables(escaped, "${{{}}}".format) + '"'


def _jq_path(pointer: str) -> str:
    """A JSON pointer in jq's syntax."""
    return "".join(f"[{part}]" if part.lstrip("-").isdigit() else f".{part}" for part in pointer.split("/")[1:])
