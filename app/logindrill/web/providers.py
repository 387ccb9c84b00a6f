"""Which OpenID provider a call is for: the paths of its dialect, the host name of its issuer, its endpoints.

Every sandbox is a provider, under its own paths and under those of Auth0 and Keycloak, so that their client libraries
need no change. A middleware translates these paths into ours; beyond it, nobody needs to know them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Request
from msgspec import Struct

from logindrill.web.sandbox_path import ENVIRON
from logindrill.work.runtime import Runtime

PROVIDER = "logindrill.provider"
"""The key of the environ under which the middleware puts the provider."""

MACHINES = (
    "/oidc/.well-known/openid-configuration",
    "/oidc/.well-known/oauth-authorization-server",
    "/oidc/jwks",
    "/oidc/token",
    "/oidc/userinfo",
    "/oidc/introspection",
    "/oidc/revocation",
)
"""The endpoints that applications call; all others are for browsers."""

OPERATIONS_OF_PROVIDERS = frozenset(
    {
        "show_provider",
        "list_keys",
        "authorize",
        "resume_authorization",
        "cancel_authorization",
        "redeem_code",
        "refresh_tokens",
        "show_claims",
        "revoke_token",
        "introspect_token",
        "end_session",
    }
)
"""The operationIds of these endpoints: attempts carry them, and faults match them."""

_WELL_KNOWN = ("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")
_AUTH0: Mapping[str, str] = {
    "/authorize": "/oidc/authorize",
    "/oauth/token": "/oidc/token",
    "/userinfo": "/oidc/userinfo",
    "/v2/logout": "/oidc/end-session",
    "/oidc/logout": "/oidc/end-session",
    "/oauth/revoke": "/oidc/revocation",
    "/.well-known/openid-configuration": "/oidc/.well-known/openid-configuration",
    "/.well-known/jwks.json": "/oidc/jwks",
}
_KEYCLOAK: Mapping[str, str] = {
    "/protocol/openid-connect/auth": "/oidc/authorize",
    "/protocol/openid-connect/token": "/oidc/token",
    "/protocol/openid-connect/userinfo": "/oidc/userinfo",
    "/protocol/openid-connect/logout": "/oidc/end-session",
    "/protocol/openid-connect/certs": "/oidc/jwks",
    "/protocol/openid-connect/revoke": "/oidc/revocation",
    "/protocol/openid-connect/token/introspect": "/oidc/introspection",
    "/protocol/openid-connect/3p-cookies/step1.html": "/oidc/frames/cookies",
    "/protocol/openid-connect/login-status-iframe.html": "/oidc/frames/session",
    "/.well-known/openid-configuration": "/oidc/.well-known/openid-configuration",
}
_REALM = re.compile(r"/realms/([A-Za-z0-9._-]{1,64})(/.*)", re.ASCII)
_FOR_HOST = re.compile(r"/for/([A-Za-z0-9.:\[\]_-]{1,255})(/.*)", re.ASCII)
_SEEN_BY_BROWSERS = re.compile(r"(?:(?:[a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1])(?::\d{1,5})?", re.ASCII)


class Provider(Struct, frozen=True):
    """A provider of one sandbox: its dialect, and for whom its issuer is."""

    dialect: str = "oidc"
    """oidc, auth0 or keycloak."""
    path: str = "/oidc"
    """The path of its issuer within the sandbox."""
    host: str | None = None
    """The host name of the issuer where the browser uses another one: that of `/for/{host}`."""

    def issuer(self, request: Request, runtime: Runtime, sandbox_id: str) -> str:
        """The issuer: under the host name that the application uses, unless the server was given its address."""
        base = request.host_url.rstrip("/") if self.host is None else f"{request.scheme}://{self.host}"
        end = "/" if self.dialect == "auth0" else ""
        return f"{runtime.public_url if runtime.is_public else base}/s/{sandbox_id}{self.path}{end}"

    def address(self, request: Request, runtime: Runtime, sandbox_id: str, endpoint: str) -> str:
        """The address of an endpoint for applications, by its path here: `/oidc/token`."""
        base = runtime.public_url if runtime.is_public else request.host_url.rstrip("/")
        return f"{base}/s/{sandbox_id}{self.path}{self._own(endpoint)}"

    def address_for_browsers(self, request: Request, runtime: Runtime, sandbox_id: str, endpoint: str) -> str:
        """The address of an endpoint that browsers open.

        Where the application reaches the server by a name that no browser of this machine knows, such as
        `host.docker.internal`, browsers get the server's own address, and the issuer's name within it.
        """
        if runtime.is_public or _SEEN_BY_BROWSERS.fullmatch(request.host.lower()):
            return self.address(request, runtime, sandbox_id, endpoint)
        own = self._own(endpoint)
        return f"{runtime.public_url}/s/{sandbox_id}{self.path}/for/{request.host}{own}"

    def path_of(self, endpoint: str) -> str:
        """The path of an endpoint within the sandbox, as this provider was called."""
        return f"{self.path}{'' if self.host is None else f'/for/{self.host}'}{self._own(endpoint)}"

    def offers(self, endpoint: str) -> bool:
        """Whether this dialect has an endpoint, named by its path here."""
        return self.dialect == "oidc" or endpoint in _PATHS[self.dialect].values()

    def _own(self, endpoint: str) -> str:
        """The path of an endpoint in this dialect, below `path`."""
        return next((own for own, ours in _PATHS[self.dialect].items() if ours == endpoint), endpoint[len("/oidc") :])


_PATHS: Mapping[str, Mapping[str, str]] = {"oidc": {}, "auth0": _AUTH0, "keycloak": _KEYCLOAK}


class ProviderPaths:
    """WSGI middleware: translates the paths of a provider, and sends applications and browsers apart."""

    def __init__(
        self, for_machines: Callable[..., Iterable[bytes]], for_browsers: Callable[..., Iterable[bytes]]
    ) -> None:
        self._for_machines = for_machines
        self._for_browsers = for_browsers

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass on a call with its path as the plain provider knows it."""
        _move_below_sandbox(environ)
        provider, path = _translate(environ["PATH_INFO"])
        environ[PROVIDER] = provider
        environ["PATH_INFO"] = path
        is_machine = path in MACHINES or ENVIRON not in environ
        return (self._for_machines if is_machine else self._for_browsers)(environ, start_response)


def provider_of(request: Request) -> Provider:
    """The provider that a call is for."""
    found: Provider = request.environ.get(PROVIDER, Provider())
    return found


def _move_below_sandbox(environ: dict[str, Any]) -> None:
    """`/.well-known/{document}/s/{sandbox}/oidc` (RFC 8414, 3.1) is `{document}` of that provider."""
    path: str = environ["PATH_INFO"]
    for document in _WELL_KNOWN:
        found = re.fullmatch(rf"{re.escape(document)}/s/([a-z0-9][a-z0-9_-]{{0,63}})(/.+?)/?", path)
        if found is not None and ENVIRON not in environ:
            environ[ENVIRON] = found[1]
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/s/{found[1]}"
            environ["PATH_INFO"] = found[2] + document


def _translate(path: str) -> tuple[Provider, str]:
    first, below = re.fullmatch(r"/([^/]*)(.*)", path, re.DOTALL).groups()  # type: ignore[union-attr]
    dialect, own, before = first, below, f"/{first}"
    if dialect == "keycloak" and (realm := _REALM.fullmatch(below)) is not None:
        own, before = realm[2], f"/keycloak/realms/{realm[1]}"
    host = None
    if (for_host := _FOR_HOST.fullmatch(own)) is not None:
        host, own = for_host[1], for_host[2]
    if dialect not in _PATHS:
        return Provider(), path
    if dialect == "oidc":
        return Provider(host=host), f"/oidc{own}"
    return Provider(dialect, before, host), _PATHS[dialect].get(own, f"{before}{own}")
