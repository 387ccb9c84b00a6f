"""A printed test runs as printed: against a real server, by the real programs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import playwright
import pytest

from logindrill.scenarios.catalogue import find, scenarios
from logindrill.scenarios.code import LANGUAGES, write
from tests.support.processes import RunningServer
from tests.support.sets import thinned

NODE = Path(playwright.__file__).parent / "driver" / "node"
"""A Node that is there wherever the tests run."""

SPREAD = (
    "mistyped-password",
    "deactivated-while-signed-in",
    "trusted-device-after-30-days",
    "otp-superseded",
    "authenticator-clock-behind",
    "authenticator-cannot-be-set-up",
    "reset-mail-in-spam",
    "address-already-taken",
    "offline",
    "older-code",
    "not-published",
    "invalid-password",
    "temporary-password-two-companies",
    "app-redeems-twice",
    "silent-renewal-without-cookie",
    "person-cancels",
    "deactivated-while-holding-tokens",
    "redirect-address-not-registered",
    "app-must-refuse-wrong-nonce",
)
"""One of each kind: typed wrong, ended, a device of before, an older code, an app on a phone, a lost mail, staff, no
answer at all, and the calls of an application: a form, a redirect, a page."""

# What a Cypress spec needs of Cypress: requests one after another, and a few assertions.
CYPRESS = """
const queue = [];
const address = process.env.LOGINDRILL_URL;
global.Cypress = { env: () => address };
async function request(sent) {
  const write = sent.form ? (body) => new URLSearchParams(body).toString() : JSON.stringify;
  const answer = await fetch(sent.url, {
    method: sent.method,
    headers: { 'Content-Type': 'application/json', ...sent.headers },
    body: sent.body === undefined ? undefined : write(sent.body),
    redirect: sent.followRedirect === false ? 'manual' : 'follow',
  });
  const text = await answer.text();
  const isJson = text && (answer.headers.get('content-type') ?? '').includes('json');
  return { status: answer.status, body: isJson ? JSON.parse(text) : text || {} };
}
const chain = { then(step) { queue.push(step); return chain; } };
global.cy = {
  request(...given) {
    const sent = given.length === 1 ? given[0] : { method: given[0], url: given[1], body: given[2] };
    if (running) return request(sent);
    return chain.then(() => request(sent));
  },
  then: chain.then,
};
global.expect = (value) => ({
  to: {
    equal(other) { if (value !== other) throw new Error(`${value} is not ${other}`); },
    be: { lessThan(other) { if (!(value < other)) throw new Error(`${value} is not below ${other}`); } },
  },
});
let running = false;
global.it = async (_name, body) => {
  body();
  running = true;
  let last;
  for (const step of queue) last = (await step(last)) ?? last;
};
"""


# The browser of this machine, instead of one that is downloaded.
PLAYWRIGHT = """
module.exports = {
  timeout: 60_000,
  use: { launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] } },
};
"""


@pytest.mark.parametrize("name", thinned(SPREAD, 4))
def test_the_curl_script_sees_what_it_says(name: str, server: RunningServer, tmp_path: Path) -> None:
    file = tmp_path / "scenario.sh"
    file.write_text(write(find(name), "curl"))
    done = _run(["bash", str(file)], server)
    assert "as expected" in done, done


@pytest.mark.parametrize("name", thinned(SPREAD, 4))
def test_the_pytest_module_passes(name: str, server: RunningServer, tmp_path: Path) -> None:
    file = tmp_path / "test_scenario.py"
    file.write_text(write(find(name), "pytest"))
    run = f"import runpy; names = runpy.run_path({str(file)!r}); names['test_{name.replace('-', '_')}']()"
    _run([sys.executable, "-c", run], server)


@pytest.mark.parametrize("name", thinned((name for name in SPREAD if name != "offline"), 4))
def test_the_cypress_spec_asserts_what_it_says(name: str, server: RunningServer, tmp_path: Path) -> None:
    file = tmp_path / "scenario.cy.js"
    file.write_text(CYPRESS + write(find(name), "cypress"))
    _run([str(NODE), str(file)], server)


@pytest.mark.wide
def test_the_playwright_tests_pass_in_playwright(server: RunningServer, tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text(json.dumps({"private": True}))
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "@playwright/test"], cwd=tmp_path, check=True)
    (tmp_path / "playwright.config.js").write_text(PLAYWRIGHT)
    for name in SPREAD:
        (tmp_path / f"{name}.spec.js").write_text(write(find(name), "playwright"))
    done = _run(["npx", "playwright", "test", "--reporter=line"], server, folder=tmp_path)
    assert f"{len(SPREAD)} passed" in done, done


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scenario_can_be_printed(language: str) -> None:
    for scenario in scenarios().values():
        text = write(scenario, language)
        assert scenario.name in text
        assert "{person." not in text, scenario.name


def _run(command: list[str], server: RunningServer, folder: Path | None = None) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"LOGINDRILL_URL": server.url},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_playwright_lives_on_the_pages_where_one_browser_can_do_everything() -> None:
    on_pages = write(find("reset-mail-in-spam"), "playwright")
    assert "visit(page, `/s/${sandbox}/forgot-password`" in on_pages
    by_calls = write(find("mobile-cannot-open-campaigns"), "playwright")
    assert "page" not in by_calls.partition("async ({")[2].partition("})")[0]
