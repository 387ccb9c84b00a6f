"""Web applications of others, unchanged, sign people in here: Node, Flask, Django.

What a library cannot do is in the table: renew tokens, or end the session of the provider.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.foreign.apps import WebApp, started
from tests.foreign.bakery import Bakery, a_bakery
from tests.foreign.choice import cases
from tests.foreign.forms import Seen
from tests.foreign.person import Person


@dataclass(frozen=True, slots=True)
class Kind:
    """A library, our program with it, and what it can do."""

    library: str
    program: str
    shows: tuple[str, ...] = ("sub", "name", "email")
    refreshes: bool = False
    ends_the_session: bool = False
    error: str = "access_denied"
    """What the application is handed for access_denied."""
    accepts_behind: bool = False
    """Whether it takes tokens of a clock nine months behind its own."""
    accepts_ahead: bool = True
    """Whether it takes tokens of a clock a month ahead of its own."""


KINDS = [
    Kind("openid-client", "openid-client.mjs", refreshes=True, ends_the_session=True),
    Kind("authlib", "flask_authlib.py", refreshes=True, ends_the_session=True, accepts_ahead=False),
    Kind("passport-openidconnect", "passport-openidconnect.mjs"),
    Kind("@auth/express", "auth-express.mjs", error="OAuthCallbackError"),
    Kind("express-openid-connect", "express-openid-connect.mjs", refreshes=True, ends_the_session=True),
    Kind("next-auth", "next-auth.mjs"),
    Kind(
        "mozilla-django-oidc",
        "django_mozilla.py",
        shows=("sub", "email"),
        ends_the_session=True,
        error="refused",
        accepts_ahead=False,
    ),
    Kind("django-allauth", "django_allauth.py", error="cancelled"),
]
EACH = cases(KINDS)
RENEWING = cases(kind for kind in KINDS if kind.refreshes)
ADA = {"sub": "usr_ada", "name": "Ada Ash", "email": "ada@example.test"}
WANDA = {"sub": "usr_wanda", "name": "Wanda Willow", "email": "wanda@example.test"}


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at an application, in a sandbox that is as new."""

    kind: Kind
    bakery: Bakery
    app: WebApp
    person: Person

    def begin(self) -> Seen:
        """Ask the application to sign in; some ask on a page of their own first."""
        seen = self.person.open(self.app.at("/sign-in"))
        if seen.address.startswith(self.app.url) and seen.forms:
            seen = self.person.send(seen)
        return seen

    def sign_in(self, first: str, **more: Any) -> Seen:
        """Begin, and go through the pages."""
        return self.person.sign_in(self.begin(), first, **more)

    def sign_out(self) -> None:
        """Ask the application to sign out; some ask on a page of their own first."""
        seen = self.person.open(self.app.at("/sign-out"))
        if seen.forms:
            self.person.send(seen)

    def me(self) -> dict[str, Any]:
        """Who the application says is signed in."""
        found = self.person.get(self.app.at("/me"))
        return {name: found[name] for name in self.kind.shows if name in found}

    def expected(self, claims: dict[str, str]) -> dict[str, str]:
        """What the application shows of somebody."""
        return {name: claims[name] for name in self.kind.shows}


@pytest.fixture(scope="module")
def opened(request: pytest.FixtureRequest, server_url: str) -> Iterator[tuple[Kind, Bakery, WebApp]]:
    """An application, and the sandbox that it uses."""
    kind: Kind = request.param
    with a_bakery(server_url) as bakery, started(kind.library, bakery, kind.program) as app:
        yield kind, bakery, app


@pytest.fixture
def visit(opened: tuple[Kind, Bakery, WebApp]) -> Iterator[Visit]:
    """Somebody new at the application."""
    kind, bakery, app = opened
    bakery.reset()
    person = Person(bakery)
    yield Visit(kind, bakery, app, person)
    person.close()


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_somebody_signs_in_with_a_password(visit: Visit) -> None:
    assert visit.me() == {}
    visit.sign_in("ada")
    assert visit.me() == visit.expected(ADA)


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_somebody_signs_in_with_a_second_factor(visit: Visit) -> None:
    visit.sign_in("wanda")
    assert visit.me() == visit.expected(WANDA)


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_a_deactivated_person_is_refused_on_the_page_and_the_application_learns_nothing(visit: Visit) -> None:
    seen = visit.sign_in("dora")
    assert seen.address.startswith(visit.bakery.base)
    assert "deactivated" in seen.alert
    assert visit.me() == {}


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_with_refused_return_the_application_is_handed_access_denied(visit: Visit) -> None:
    visit.bakery.set({"applications.refused": "return"})
    seen = visit.sign_in("dora")
    assert seen.address.startswith(visit.app.url)
    assert visit.kind.error in str(visit.person.get(visit.app.at("/error")))
    assert visit.me() == {}


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_a_trusted_device_is_asked_for_the_second_factor_again_after_thirty_days(visit: Visit) -> None:
    visit.sign_in("wanda", trust=True)
    assert visit.me() == visit.expected(WANDA)
    visit.bakery.advance("P29DT23H")
    visit.person.forget_apps()
    seen = visit.person.send(visit.begin(), "identifier", identifier=WANDA["email"], password="Secret of wanda")
    assert seen.address.startswith(visit.app.url)
    assert visit.me() == visit.expected(WANDA)
    visit.bakery.advance("P2D")
    visit.person.forget_apps()
    seen = visit.person.send(visit.begin(), "identifier", identifier=WANDA["email"], password="Secret of wanda")
    assert seen.asks_for("phone")


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_who_is_signed_in_already_is_not_asked_again(visit: Visit) -> None:
    visit.sign_in("ada")
    visit.person.forget_apps()
    assert visit.begin().address.startswith(visit.app.url)
    assert visit.me() == visit.expected(ADA)


@pytest.mark.parametrize("opened", RENEWING, indirect=True)
def test_tokens_are_renewed_until_the_person_is_deactivated(visit: Visit) -> None:
    """mozilla-django-oidc renews by a new authorization; passport, Auth.js, next-auth and allauth renew nothing."""
    visit.sign_in("ada")
    for _ in range(2):
        assert visit.person.get(visit.app.at("/refresh")) == {"refreshed": "usr_ada"}
    visit.bakery.deactivate("usr_ada")
    assert "invalid_grant" in str(visit.person.get(visit.app.at("/refresh")))
    assert "deactivated" in visit.bakery.reasons("refresh_tokens")


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_signing_out_ends_the_session_of_the_pages_where_the_library_asks_for_it(visit: Visit) -> None:
    """passport, Auth.js, next-auth and allauth end only their own session: the next sign-in asks for nothing."""
    visit.sign_in("ada")
    visit.sign_out()
    assert visit.me() == {}
    assert visit.begin().asks_for("identifier") == visit.kind.ends_the_session


@pytest.mark.parametrize("opened", EACH, indirect=True)
def test_a_clock_far_ahead_disturbs_nobody(visit: Visit) -> None:
    visit.bakery.advance("P300D")
    visit.sign_in("ada")
    assert visit.me() == visit.expected(ADA)


@pytest.mark.parametrize("opened", EACH, indirect=True)
@pytest.mark.parametrize(("move", "accepted"), [("PT0S", "accepts_behind"), ("P300D", "accepts_ahead")])
def test_tokens_in_the_time_of_the_sandbox_are_refused_by_a_clock_that_did_not_move(
    visit: Visit, move: str, accepted: str
) -> None:
    visit.bakery.set({"tokens.time": "sandbox"})
    if move != "PT0S":
        visit.bakery.advance(move)
    visit.sign_in("ada")
    assert visit.me() == (visit.expected(ADA) if getattr(visit.kind, accepted) else {})
