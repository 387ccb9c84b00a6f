"""The offline browser of the API document."""

import re
from urllib.parse import urljoin, urlsplit

from flask import Flask

from logindrill.work.runtime import Runtime
from logindrill.world import schema
from tests.support.people import person
from tests.support.scenes import a_sandbox

_ADDRESS = re.compile(r"""(?:src|href)=["']([^"']+)""")


def test_the_browser_loads_nothing_from_elsewhere(app: Flask) -> None:
    tool = app.test_client()
    page = tool.get("/docs")
    assert page.mimetype == "text/html"
    addresses = [address for address in _ADDRESS.findall(page.text) if not address.startswith("data:")]
    assert len(addresses) >= 3
    for address in addresses:
        assert not urlsplit(address).netloc, address
        assert tool.get(urljoin("/docs", address), buffered=True).status_code == 200, address


def test_nothing_stands_inline_in_the_page(app: Flask) -> None:
    page = app.test_client().get("/docs")
    assert "<style" not in page.text
    assert "onload=" not in page.text
    assert re.findall(r"<script[^>]*>[^<]", page.text) == []
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy


def test_an_editor_finds_the_schema_of_worlds(app: Flask) -> None:
    answer = app.test_client().get("/world.schema.json")
    assert answer.mimetype == "application/schema+json"
    assert answer.text == schema.text()


def test_the_files_of_the_browser_may_be_kept(app: Flask) -> None:
    tool = app.test_client()
    for name, kind in (("swagger-ui.css", "text/css"), ("swagger-ui-bundle.js", "text/javascript")):
        answer = tool.get(f"/docs/{name}", buffered=True)
        assert answer.mimetype == kind
        assert "max-age=3600" in answer.headers["Cache-Control"]
        assert len(answer.data) > 10_000


def test_no_other_file_is_served(app: Flask) -> None:
    tool = app.test_client()
    for name in ("index.html", "swagger-ui.css.map", "..", "../openapi.json", "%2e%2e%2f__init__.py", "%00", "css"):
        assert tool.get(f"/docs/{name}").status_code == 404, name


def test_the_bare_address_leads_to_the_console_and_a_sandboxs_to_its_sign_in(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    tool = app.test_client()
    assert tool.get("/").location == "/console/"
    assert tool.get(f"/s/{scene.id}/").location == f"/s/{scene.id}/login"
