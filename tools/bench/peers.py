"""Starts ours and the programs it is compared with, and makes, signs in and removes people there."""

import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from tools.bench.client import Client
from tools.bench.people import PASSWORD, address
from tools.bench.servers import environment
from tools.bench.worlds import person, sign_in_path, world
from tools.bench.wrk import Calls

_WRONG = "something else"


class Product(ABC):
    """A program that people sign in to; it starts on a given port of this machine, with nothing in it."""

    name: ClassVar[str]
    warms_up = True
    """Whether its first sign-ins are not counted."""
    has_projects = True
    """Whether people can be made in a project of their own, and removed with it."""

    def __init__(self, folder: Path, installed: Path) -> None:
        """`folder` is for what it writes, `installed` for the programs."""
        self.folder = folder
        self.installed = installed

    @abstractmethod
    def command(self, port: int) -> list[str]:
        """The command line."""

    def environment(self, port: int) -> dict[str, str]:  # noqa: ARG002 - some need it
        """Its environment variables."""
        return environment()

    @abstractmethod
    def greet(self, client: Client) -> None:
        """A first call to the part that people sign in to; raises UnexpectedAnswer or OSError until it is ready."""

    @abstractmethod
    def fill(self, client: Client, count: int) -> None:
        """Make a project with so many people."""

    @abstractmethod
    def flow(self, client: Client, number: int) -> None:
        """Make a project with one person, sign in, remove it."""

    @abstractmethod
    def refuse(self, client: Client) -> None:
        """Raise UnexpectedAnswer unless what is wrong is refused."""


class AskingForPasswords(Product):
    """A program where one call signs somebody in, with a password."""

    token: ClassVar[str]
    """The body of every good sign-in contains it, and no refusal does."""
    headers: ClassVar[Mapping[str, str]] = {}
    """Of a sign-in, besides `Content-Type: application/json`."""
    path: ClassVar[str]
    """Where one signs in."""
    refusal: ClassVar[int] = 400
    success: ClassVar[int] = 200

    @abstractmethod
    def sign_in(self, number: int, password: str = PASSWORD) -> object:
        """The body of a sign-in of one of them."""

    def refuse(self, client: Client) -> None:
        """Raise UnexpectedAnswer unless a wrong password is refused and the right one is not."""
        client.call(self.refusal, "POST", self.path, self.sign_in(0, _WRONG), headers=self.headers)
        client.call(self.success, "POST", self.path, self.sign_in(0), headers=self.headers)

    def calls(self, count: int) -> Calls:
        """The sign-ins for the load generator."""
        file = self.folder / f"{self.name}.calls"
        bodies = (json.dumps(self.sign_in(number)) for number in range(count))
        file.write_text("".join(f"POST {self.path} {body}\n" for body in bodies))
        return Calls(file, f'"{self.token}"', self.headers)


class Ours(AskingForPasswords):
    """Login Drill with a temporary database."""

    name, token = "Login Drill", "access_token"
    path = sign_in_path("crowd")
    refusal, success = 401, 201

    def command(self, port: int) -> list[str]:
        """As `logindrill serve --ephemeral`."""
        serve = [sys.executable, "-m", "logindrill", "serve", "--ephemeral"]
        return [*serve, "--password-cost", "fast", "--port", str(port)]

    def greet(self, client: Client) -> None:
        """The configuration of the first sandbox."""
        client.call(200, "GET", "/v1/configuration")

    def fill(self, client: Client, count: int) -> None:
        """A sandbox."""
        self._make(client, "crowd", range(count))

    def sign_in(self, number: int, password: str = PASSWORD) -> object:
        """Identifier and password."""
        return {"identifier": address(number), "password": password}

    def flow(self, client: Client, number: int) -> None:
        """Three calls."""
        self._make(client, "alone", range(number, number + 1))
        client.call(201, "POST", sign_in_path("alone"), self.sign_in(number))
        client.call(204, "DELETE", "/control/v1/sandboxes/alone")

    @staticmethod
    def _make(client: Client, sandbox: str, numbers: range) -> None:
        body = {"id": sandbox, "preset": "business-chat", "world": world(person(number) for number in numbers)}
        client.call(201, "POST", "/control/v1/sandboxes", body)


class Firebase(AskingForPasswords):
    """The Firebase Authentication emulator; a project exists as soon as it is named."""

    name, token = "Firebase emulator", "idToken"
    _api = "/identitytoolkit.googleapis.com/v1/accounts"
    path = f"{_api}:signInWithPassword?key=any"
    _project = "/emulator/v1/projects/demo-bench"

    def command(self, port: int) -> list[str]:
        """The emulator alone."""
        return ["node", str(Path(__file__).with_name("firebase_auth.js")), str(self.installed), str(port)]

    def greet(self, client: Client) -> None:
        """The configuration of the project."""
        client.call(200, "GET", f"{self._project}/config")

    def fill(self, client: Client, count: int) -> None:
        """Everybody signs up."""
        for number in range(count):
            client.call(200, "POST", f"{self._api}:signUp?key=any", self.sign_in(number))

    def sign_in(self, number: int, password: str = PASSWORD) -> object:
        """Address and password."""
        return {"email": address(number), "password": password, "returnSecureToken": True}

    def flow(self, client: Client, number: int) -> None:
        """Three calls; the last one empties the project."""
        client.call(200, "POST", f"{self._api}:signUp?key=any", self.sign_in(number))
        client.call(200, "POST", self.path, self.sign_in(number))
        client.call(200, "DELETE", f"{self._project}/accounts")


class Ministack(AskingForPasswords):
    """Ministack's Cognito. Each sign-in makes the next one slower, so it has no warm-up."""

    name, token = "ministack", "AccessToken"
    path = "/"
    headers: ClassVar[Mapping[str, str]] = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
    }
    warms_up = False
    _app: str

    def command(self, port: int) -> list[str]:  # noqa: ARG002 - it takes the port from its environment
        """The whole program."""
        return [str(self.installed / "python" / "bin" / "ministack")]

    def environment(self, port: int) -> dict[str, str]:
        """On this machine alone, with a log of warnings only."""
        return environment() | {
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "IOT_MTLS_ENABLED": "0",
            "LOG_LEVEL": "WARNING",
            "STATE_DIR": str(self.folder / "ministack"),
        }

    def greet(self, client: Client) -> None:
        """The list of user pools."""
        self._call(client, "ListUserPools", MaxResults=1)

    def fill(self, client: Client, count: int) -> None:
        """A user pool; everybody signs up and is confirmed."""
        pool, self._app = self._pool(client)
        for number in range(count):
            self._sign_up(client, pool, self._app, number)

    def sign_in(self, number: int, password: str = PASSWORD) -> object:
        """Of the user pool that was filled."""
        return self._initiate(self._app, number, password)

    def flow(self, client: Client, number: int) -> None:
        """Six calls."""
        pool, app = self._pool(client)
        self._sign_up(client, pool, app, number)
        client.call(200, "POST", "/", self._initiate(app, number, PASSWORD), headers=self.headers)
        self._call(client, "DeleteUserPool", UserPoolId=pool)

    def _pool(self, client: Client) -> tuple[str, str]:
        lenient = dict.fromkeys((f"Require{what}" for what in ("Uppercase", "Lowercase", "Numbers", "Symbols")), False)
        policies = {"PasswordPolicy": {"MinimumLength": 8, **lenient}}
        pool = self._call(client, "CreateUserPool", PoolName="bench", Policies=policies)["UserPool"]["Id"]
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        app = self._call(client, "CreateUserPoolClient", UserPoolId=pool, ClientName="bench", ExplicitAuthFlows=flows)
        return pool, app["UserPoolClient"]["ClientId"]

    def _sign_up(self, client: Client, pool: str, app: str, number: int) -> None:
        self._call(client, "SignUp", ClientId=app, Username=address(number), Password=PASSWORD)
        self._call(client, "AdminConfirmSignUp", UserPoolId=pool, Username=address(number))

    @staticmethod
    def _initiate(app: str, number: int, password: str) -> dict[str, object]:
        typed = {"USERNAME": address(number), "PASSWORD": password}
        return {"ClientId": app, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": typed}

    @staticmethod
    def _call(client: Client, operation: str, **parameters: object) -> dict[str, dict[str, str]]:
        target = f"AWSCognitoIdentityProviderService.{operation}"
        headers = {**Ministack.headers, "X-Amz-Target": target}
        return dict(client.call(200, "POST", "/", parameters, headers=headers))
