"""Starts providers of OpenID Connect that ours is compared with; none of them asks for a password."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from tools.bench.client import Client
from tools.bench.peers import Product
from tools.bench.people import address

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BACK = "http://localhost:3000/back"


class Provider(Product):
    """A program with a token endpoint."""

    has_projects = False
    token_path: ClassVar[str]

    @abstractmethod
    def token_request(self, client: Client, number: int = 0) -> Mapping[str, str]:
        """The form that the token endpoint answers with tokens, once; `number` says for whom."""


class OidcProviderMock(Provider):
    """oidc-provider-mock: one says who one is, without a password, and the app exchanges a code. Two calls."""

    name = "oidc-provider-mock"
    token_path = "/oauth2/token"

    def command(self, port: int) -> list[str]:
        """The program."""
        return [str(self.installed / "python" / "bin" / "oidc-provider-mock"), "--port", str(port)]

    def greet(self, client: Client) -> None:
        """The discovery document."""
        client.call(200, "GET", "/.well-known/openid-configuration")

    def fill(self, client: Client, count: int) -> None:
        """Everybody is registered."""
        for number in range(count):
            client.call(204, "PUT", f"/users/{address(number)}", {"email": address(number)})

    def flow(self, client: Client, number: int) -> None:
        """Say who one is, and exchange the code for tokens."""
        exchange(client, 200, self.token_path, self.token_request(client, number))

    def refuse(self, client: Client) -> None:
        """A code that was never given."""
        exchange(client, 400, self.token_path, self._request("none"))

    def token_request(self, client: Client, number: int = 0) -> Mapping[str, str]:
        """Says who one is, and gets a code for it."""
        asked = {"client_id": "app", "response_type": "code", "redirect_uri": BACK, "scope": "openid"}
        who = urlencode({"sub": address(number)}).encode()
        sent_back = client.send(302, "POST", f"/oauth2/authorize?{urlencode(asked)}", who, FORM)
        return self._request(parse_qs(urlsplit(sent_back.headers["location"]).query)["code"][0])

    @staticmethod
    def _request(code: str) -> Mapping[str, str]:
        given = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "client_id": "app"}
        return {**given, "client_secret": "any"}


class Oauth2MockServer(Provider):
    """oauth2-mock-server: it knows nobody, and gives tokens for any code."""

    name = "oauth2-mock-server"
    token_path = "/token"

    def command(self, port: int) -> list[str]:
        """The program."""
        return [
            str(self.installed / "node_modules" / ".bin" / "oauth2-mock-server"),
            "-a",
            "127.0.0.1",
            "-p",
            str(port),
        ]

    def greet(self, client: Client) -> None:
        """The discovery document."""
        client.call(200, "GET", "/.well-known/openid-configuration")

    def fill(self, client: Client, count: int) -> None:
        """Nobody is registered."""

    def flow(self, client: Client, number: int) -> None:
        """Exchange a code for tokens."""
        exchange(client, 200, self.token_path, self.token_request(client, number))

    def refuse(self, client: Client) -> None:
        """A grant type that it does not know; no code is refused."""
        exchange(client, 400, self.token_path, {"grant_type": "none"})

    def token_request(self, client: Client, number: int = 0) -> Mapping[str, str]:  # noqa: ARG002 - any code will do
        """A code of the application's own making."""
        return {"grant_type": "authorization_code", "code": f"code{number}", "redirect_uri": BACK, "client_id": "app"}


def exchange(client: Client, expected: int, path: str, given: Mapping[str, str]) -> bytes:
    """The answer of a token endpoint."""
    return client.send(expected, "POST", path, urlencode(given).encode(), FORM).text
