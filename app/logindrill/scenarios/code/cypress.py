"""Prints a scenario as a Cypress test."""

from collections.abc import Iterator

from logindrill.scenarios.cards import story_of
from logindrill.scenarios.code.javascript import access, literal, string_literal
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.script import ScriptCall, script

_TOP = """// {name}: {story}
// Needs Cypress and a running Login Drill.
const url = Cypress.env('LOGINDRILL_URL') || 'http://127.0.0.1:8401';

it('{name}', () => {{
  let setup, sandbox{variables};
  cy.request('POST', `${{url}}/control/v1/scenarios/{name}/sandboxes`, {{}}).then(({{ body }}) => {{
    setup = body;
    sandbox = body.sandbox.id;
  }});
"""


def write(scenario: Scenario) -> str:
    """The spec file."""
    calls = script(scenario)
    names = "".join(f", {name}" for name in dict.fromkeys(name for call in calls for name in call.keep))
    top = _TOP.format(name=scenario.name, story=story_of(scenario), variables=names)
    return top + "\n".join(line for call in calls for line in ("", *_lines(call))) + "\n});\n"


def _lines(call: ScriptCall) -> Iterator[str]:
    here = f"setup.steps[{call.number}].request"
    path = f"url + {here}.path" if call.path is None else "url + " + string_literal(call.path)
    yield f"  // {call.do}"
    yield "  cy.then(() =>"
    yield "    cy.request({"
    yield f"      method: '{call.method}',"
    yield f"      url: {path},"
    headers = [f"{string_literal(name)}: {string_literal(value)}" for name, value in call.headers.items()]
    headers += [f"{string_literal(name)}: {here}.headers[{string_literal(name)}]" for name in call.from_set_up]
    yield f"      headers: {{ {', '.join(headers)} }},"
    if call.has_body:
        yield f"      body: {f'{here}.body' if call.body is None else literal(call.body)},"
    if call.is_form:
        yield "      form: true,"
    yield "      failOnStatusCode: false,"
    yield "      followRedirect: false,"
    yield "    })"
    yield "  ).then(({ status, body }) => {"
    yield f"    expect(status).to.equal({call.status});" if call.status else "    expect(status).to.be.lessThan(400);"
    if call.code is not None:
        yield f"    expect(body.code ?? body.status ?? body.error).to.equal({string_literal(call.code)});"
    if call.code is not None and call.detail is not None:
        yield f"    expect(body.detail ?? body.error_description).to.equal({string_literal(call.detail)});"
    for name, pointer in call.keep.items():
        yield f"    {name} = body{access(pointer)};"
    yield "  });"
