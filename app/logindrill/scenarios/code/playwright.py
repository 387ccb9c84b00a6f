"""A scenario as a test for Playwright, by calls of its request context."""

from collections.abc import Iterator

from logindrill.scenarios.cards import told_story
from logindrill.scenarios.code.javascript import access, written, written_text
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.script import Call, script

_TOP = """// {name}: {story}
// Needs @playwright/test and a running Login Drill.
const {{ test, expect }} = require('@playwright/test');

const url = process.env.LOGINDRILL_URL || 'http://127.0.0.1:8401';

test('{name}', async ({{ request }}) => {{
  const setup = await (await request.post(`${{url}}/control/v1/scenarios/{name}/sandboxes`, {{ data: {{}} }})).json();
  const sandbox = setup.sandbox.id;
  let answer, body{variables};
"""


def write(scenario: Scenario) -> str:
    """The test file."""
    calls = script(scenario)
    names = "".join(f", {name}" for name in dict.fromkeys(name for call in calls for name in call.keep))
    top = _TOP.format(name=scenario.name, story=told_story(scenario), variables=names)
    return top + "\n".join(line for call in calls for line in ("", *_lines(call))) + "\n});\n"


def _lines(call: Call) -> Iterator[str]:
    here = f"setup.steps[{call.number}].request"
    path = f"url + {here}.path" if call.path is None else "url + " + written_text(call.path)
    yield f"  // {call.do}"
    yield f"  answer = await request.fetch({path}, {{"
    yield f"    method: '{call.method}',"
    headers = [f"{written_text(name)}: {written_text(value)}" for name, value in call.headers.items()]
    headers += [f"{written_text(name)}: {here}.headers[{written_text(name)}]" for name in call.from_set_up]
    yield f"    headers: {{ {', '.join(headers)} }},"
    if call.has_body:
        yield f"    data: {f'{here}.body' if call.body is None else written(call.body)},"
    yield "  });"
    yield "  body = await answer.json().catch(() => ({}));"
    yield f"  expect(answer.status()).toBe({call.status});" if call.status else "  expect(answer.ok()).toBe(true);"
    if call.code is not None:
        yield f"  expect(body.code ?? body.status).toBe({written_text(call.code)});"
    if call.code is not None and call.detail is not None:
        yield f"  expect(body.detail).toBe({written_text(call.detail)});"
    for name, pointer in call.keep.items():
        yield f"  {name} = body{access(pointer)};"
