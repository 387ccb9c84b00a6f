"""The settings that the how-to page shows are those of the applications that are tried here."""

import re
from pathlib import Path

import pytest

from tests.foreign.apps import PROGRAMS
from tests.support.documents import blocks

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "point-your-oidc-app-at-a-sandbox.md"
TRIED = {
    "new UserManager(": "pages/oidc-client-ts.mjs",
    "client.discovery(": "servers/openid-client.mjs",
    "providers: [{": "servers/auth-express.mjs",
    "oauth.register(": "servers/flask_authlib.py",
    "OIDC_RP_CLIENT_ID": "servers/django_mozilla.py",
    "OIDCProviderMetadataURL": "servers/apache.conf",
    "new Auth0Client(": "pages/auth0-spa-js.mjs",
}
"""By what a block contains: the application that has the same settings."""
_SETTING = re.compile(r"\b([a-zA-Z_]\w{2,})(?=: |=[\"{]| = )|^(OIDC\w+) ", re.MULTILINE)
_NOT_SETTINGS = {"ISSUER", "config", "const", "http"}


@pytest.mark.parametrize("sign", TRIED)
def test_every_setting_that_the_page_shows_is_tried(sign: str) -> None:
    (shown,) = [block.text for block in blocks(PAGE.read_text(encoding="utf-8")) if sign in block.text]
    program = (PROGRAMS / TRIED[sign]).read_text(encoding="utf-8")
    settings = {first or second for first, second in _SETTING.findall(shown.partition("new Keycloak")[0])}
    assert len(settings - _NOT_SETTINGS) >= 1
    assert {name for name in settings - _NOT_SETTINGS if name not in program} == set()


def test_every_block_of_code_is_one_of_them_or_says_that_it_was_not_tried() -> None:
    code = [block for block in blocks(PAGE.read_text(encoding="utf-8")) if block.language in {"js", "python", "apache"}]
    assert [block.line for block in code if not any(sign in block.text for sign in TRIED)] == []
