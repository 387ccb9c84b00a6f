"""Prints a scenario as a Playwright test: on the hosted pages where every step can be done there, else by calls."""

from collections.abc import Iterator

from logindrill.scenarios.actors import PERSON
from logindrill.scenarios.cards import story_of
from logindrill.scenarios.code.javascript import access, literal, string_literal
from logindrill.scenarios.on_pages import APPS_ONLY
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.script import ScriptCall, script
from logindrill.scenarios.step import BROWSER

_TOP = """// {name}: {story}
// Needs @playwright/test and a running Login Drill.
const {{ test, expect }} = require('@playwright/test');

const url = process.env.LOGINDRILL_URL || 'http://127.0.0.1:8401';
{visit}
test('{name}', async ({{ {fixtures} }}) => {{
  const made = await request.post(`${{url}}/control/v1/scenarios/{name}/sandboxes`, {{ data: {{}} }});
  const setup = await made.json();
  const sandbox = setup.sandbox.id;
  let answer, body{variables};
"""
_VISIT = """
// Opens a page, types into its form and sends it; the answer is the page's own where it shows no form.
async function visit(page, path, fields = {}, choices = [], press = 'submit') {
  let shown = await page.goto(url + path);
  if (!press || !(await page.getByTestId(press).count())) return shown;
  for (const [name, text] of Object.entries(fields)) await page.getByTestId(name).fill(text);
  for (const name of choices) await page.getByTestId(name).check();
  [shown] = await Promise.all([page.waitForNavigation(), page.getByTestId(press).click()]);
  return shown;
}
"""
_SHOWN = {
    "signed_in": "await expect(page.getByTestId('sign-out')).toBeVisible()",
    "second_factor_required": "await expect(page).toHaveURL(/\\/second-factor/)",
    "new_password_required": "await expect(page).toHaveURL(/\\/new-password/)",
    "code_sent": "await expect(page).toHaveURL(/\\/code\\/entry/)",
}
"""The page that a successful step leads to."""
_COOKIES = {"X-Device-Token": "ld_device", "Authorization": "ld_session"}


def write(scenario: Scenario) -> str:
    """The test file."""
    calls = script(scenario)
    pages = _is_on_pages(scenario, calls)
    names = dict.fromkeys(name for call in calls for name in call.keep)
    top = _TOP.format(
        name=scenario.name,
        story=story_of(scenario),
        visit=_VISIT if pages else "",
        fixtures="page, request" if pages else "request",
        variables="".join(f", {name}" for name in names),
    )
    lines = [line for call in calls for line in ("", *(_visit(call) if pages and call.page else _call(call)))]
    return top + "\n".join(lines) + "\n});\n"


def _is_on_pages(scenario: Scenario, calls: tuple[ScriptCall, ...]) -> bool:
    """Whether the person needs one browser and nothing else."""
    persons = [step for step in scenario.tries if step.by == PERSON]
    shown = [call for call in calls if call.page is not None]
    at_one_browser = all(step.device == BROWSER for step in persons)
    return bool(persons) and at_one_browser and len(shown) == len(persons) and scenario.name not in APPS_ONLY


def _visit(call: ScriptCall) -> Iterator[str]:
    page = call.page
    if page is None:
        raise LookupError("the pages have no such step")
    yield f"  // {call.do}"
    for header in call.from_set_up:
        value = f"setup.steps[{call.number}].request.headers['{header}'].replace('Bearer ', '')"
        yield "  await page.context().addCookies(["
        yield f"    {{ name: '{_COOKIES[header]}', value: {value}, url: `${{url}}/s/${{sandbox}}/` }},"
        yield "  ]);"
    given = [string_literal(f"/s/{{sandbox}}{page.path}"), literal(dict(page.types)), literal(list(page.chooses))]
    given.append("null" if page.presses is None else f"'{page.presses}'")
    if call.status == 0:
        yield f"  await expect(visit(page, {', '.join(given)})).rejects.toThrow();"
        return
    yield f"  answer = await visit(page, {', '.join(given)});"
    yield from _seen(call)


def _seen(call: ScriptCall) -> Iterator[str]:
    """What the page shows: the service's own words, or the page that follows."""
    if call.status is None or call.status < 400:
        yield "  expect(answer.ok()).toBe(true);"
        if call.code in _SHOWN:
            yield f"  {_SHOWN[call.code]};"
        return
    yield f"  expect(answer.status()).toBe({call.status});"
    if call.code == "network_unsupported":
        yield "  await expect(page.getByTestId('loading')).toBeVisible();"
    elif call.detail is not None:
        words = "page.locator('[data-testid=alert], [data-testid=problem], [data-testid=notice]')"
        yield f"  await expect({words}).toContainText({string_literal(call.detail)});"


def _call(call: ScriptCall) -> Iterator[str]:
    here = f"setup.steps[{call.number}].request"
    path = f"url + {here}.path" if call.path is None else "url + " + string_literal(call.path)
    yield f"  // {call.do}"
    yield f"  answer = await request.fetch({path}, {{"
    yield f"    method: '{call.method}',"
    headers = [f"{string_literal(name)}: {string_literal(value)}" for name, value in call.headers.items()]
    headers += [f"{string_literal(name)}: {here}.headers[{string_literal(name)}]" for name in call.from_set_up]
    yield f"    headers: {{ {', '.join(headers)} }},"
    if call.has_body:
        name = "form" if call.is_form else "data"
        yield f"    {name}: {f'{here}.body' if call.body is None else literal(call.body)},"
    yield "    maxRedirects: 0,"
    yield "  });"
    yield "  body = await answer.json().catch(() => ({}));"
    yield f"  expect(answer.status()).toBe({call.status});" if call.status else "  expect(answer.ok()).toBe(true);"
    if call.code is not None:
        yield f"  expect(body.code ?? body.status ?? body.error).toBe({string_literal(call.code)});"
    if call.code is not None and call.detail is not None:
        yield f"  expect(body.detail ?? body.error_description).toBe({string_literal(call.detail)});"
    for name, pointer in call.keep.items():
        yield f"  {name} = body{access(pointer)};"
