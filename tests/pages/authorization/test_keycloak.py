"""What Keycloak's own client library needs besides the endpoints: usual scopes, and two hidden frames."""

import pytest

from tests.pages.authorization.application import Asking, answer_of, send_shown, tokens_for
from tests.pages.conftest import Visit
from tests.support.people import address_of, password_of, person

ADA = "Ada Ash"
REALM = "/keycloak/realms/shop/protocol/openid-connect"
COOKIES, SESSION = f"{REALM}/3p-cookies/step1.html", f"{REALM}/login-status-iframe.html"


def test_keycloak_grants_the_profile_to_who_asks_for_openid_alone(visit: Visit) -> None:
    ada = visit(person(ADA))
    for at, granted in ((f"{REALM}/auth", "openid profile email"), ("/oidc/authorize", "openid")):
        form = Asking(ada, at=at).ask(scope="openid", prompt="login")
        signed_in = send_shown(ada, form, identifier=address_of(ADA), password=password_of(ADA))
        code = answer_of(ada.follow(signed_in))["code"]
        assert tokens_for(ada, code)["scope"] == granted


@pytest.mark.parametrize(
    ("site", "said"),
    [("same-site", "supported"), ("same-origin", "supported"), (None, "supported"), ("cross-site", "unsupported")],
)
def test_the_first_frame_says_whether_cookies_come_through(visit: Visit, site: str | None, said: str) -> None:
    headers = {} if site is None else {"Sec-Fetch-Site": site}
    (page,) = visit().open(COOKIES, headers=headers).all("html")
    assert page.attributes["data-cookies"] == said


def test_the_second_frame_asks_whether_the_session_still_lives(visit: Visit) -> None:
    ada = visit(person(ADA))
    (page,) = ada.open(SESSION).all("html")
    assert ada.client.get(page.attributes["data-alive"]).status_code == 205
    ada.sign_in(address_of(ADA), password_of(ADA))
    assert ada.client.get(page.attributes["data-alive"]).status_code == 204


@pytest.mark.rule("S70")
@pytest.mark.parametrize("path", [COOKIES, SESSION])
def test_only_pages_of_this_machine_may_frame_them(visit: Visit, path: str) -> None:
    policy = visit().open(path).headers["Content-Security-Policy"]
    ancestors = policy.partition("frame-ancestors ")[2].split()
    assert {address.partition("://")[2] for address in ancestors} == {"localhost:*", "*.localhost:*", "127.0.0.1:*"}
    assert "'unsafe-inline'" not in policy


@pytest.mark.parametrize("path", ["/oidc/frames/cookies", "/oidc/frames/session"])
def test_no_other_provider_has_them(visit: Visit, path: str) -> None:
    assert visit().open(path).status == 404
