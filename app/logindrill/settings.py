"""The options of a server before it starts, and the start guard that refuses an unsafe combination."""

import math
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

PasswordCost = Literal["fast", "owasp"]
SynchronousCommit = Literal["on", "off"]
KEY_BITS = 128
"""The minimum strength of a control key beyond loopback, in bits (S59)."""

PRODUCTION_NAMES = ("APP_ENV", "DJANGO_ENV", "ENV", "ENVIRONMENT", "FLASK_ENV", "NODE_ENV", "RAILS_ENV")
PRODUCTION_FLAG = "--i-know-this-is-a-mock-in-production"

ALWAYS_ALLOWED_HOSTS = ("localhost", ".localhost", "127.0.0.1", "[::1]", "10.0.2.2", "host.docker.internal")
"""Names of this machine as seen from itself, from an Android emulator and from a container.

A leading dot includes subdomains.
"""


_PUBLIC_PATH = re.compile(r"(?:/[A-Za-z0-9][A-Za-z0-9._~-]*)*", re.ASCII)
_OWN_PATHS = (["s"], ["v1"], ["control"], ["console"], ["docs"], ["assets"])
"""How paths of this server begin: below such a one nobody could tell whether a proxy has removed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every option of `logindrill serve`; None means that the operator did not give it."""

    host: str = "localhost"
    port: int = 8401
    workers: int = 1
    database_url: str | None = None
    public_url: str | None = None
    preset: str | None = None
    world: Path | None = None
    export_on_exit: Path | None = None
    ephemeral: bool = False
    json_output: bool = False
    ready_file: Path | None = None
    until_pid: int | None = None
    """The server stops when this process has ended."""
    control_key: str | None = None
    allow_hosts: tuple[str, ...] = ()
    behind_proxy: bool = False
    tls_cert: Path | None = None
    tls_key: Path | None = None
    trusted_network: bool = False
    signing_key: Path | None = None
    """A private key (PEM or JWK) that signs tokens, whatever the database; None has one made with it."""
    password_cost: PasswordCost = "fast"
    """The cost of a password hash; beyond loopback the start guard accepts only `owasp` (D12)."""

    synchronous_commit: SynchronousCommit | None = None
    """Whether PostgreSQL writes to disk before a write is answered; None leaves it to the database server."""

    mock_in_production: bool = False
    verbose: bool = False

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def near_misses(self) -> bool:
        """Whether a mistyped password may be distinguished from a wrong one (D16)."""
        return self.loopback

    @property
    def tls(self) -> bool:
        """Whether the server itself terminates TLS."""
        return self.tls_cert is not None

    @property
    def secure(self) -> bool:
        """Whether browsers use https to reach the server, so that cookies can be marked Secure (D10)."""
        return self.base_url.startswith("https://")

    @property
    def base_url(self) -> str:
        """The server's address without a trailing slash; the only base of links (S14)."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = f"[{self.host}]" if ":" in self.host and not self.host.startswith("[") else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}"

    @property
    def public_path(self) -> str:
        """The path of the public address, which every path of the server begins with; empty where it has none."""
        return urlsplit(self.public_url).path.rstrip("/") if self.public_url else ""

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The host names that calls may be addressed to, without ports (S60)."""
        public = (_hostname(self.public_url),) if self.public_url else ()
        return tuple(dict.fromkeys((*ALWAYS_ALLOWED_HOSTS, *public, *self.allow_hosts)))

    @property
    def default_database(self) -> str:
        """The database address of the embedded database in the working folder."""
        return f"sqlite:///{Path.cwd() / 'instance' / 'logindrill.sqlite3'}"

    @property
    def database(self) -> str:
        """The address of the database in use."""
        return self.database_url or self.default_database


def start_guard(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """The reasons, one line each, why a server must not start with these settings; empty when it may start."""
    reasons = [*_wrong_addresses(settings), *_wrong_environment(settings, environ)]
    return reasons if settings.loopback else [*reasons, *_open_doors(settings)]


def strength(key: str) -> float:
    """The number of bits that a random key of this length and alphabet can hold; 0 for a key that repeats itself."""
    if len(set(key)) < 8:
        return 0.0
    alphabets = (string.digits, string.digits + "abcdef", string.digits + string.ascii_lowercase)
    size = next((len(alphabet) for alphabet in alphabets if set(key.lower()) <= set(alphabet)), 64)
    return len(key) * math.log2(size)


def _wrong_addresses(settings: Settings) -> list[str]:
    reasons = []
    if settings.public_url is not None and not _is_web_address(settings.public_url):
        reasons.append("--public-url must look like https://login.example.test or https://example.test/login-drill")
    elif _PUBLIC_PATH.fullmatch(settings.public_path) is None or settings.public_path.split("/")[1:2] in _OWN_PATHS:
        reasons.append("the path of --public-url must be plain, and begin otherwise than a path of this server")
    missing = [path for path in (settings.tls_cert, settings.tls_key) if path and not path.is_file()]
    reasons += [f"{path} cannot be read, and TLS needs it" for path in missing]
    if settings.tls_cert is not None and not missing and not _is_key_pair(settings.tls_cert, settings.tls_key):
        reasons.append(f"{settings.tls_cert} holds no certificate that TLS can use with its key: see --tls-key")
    if settings.tls and settings.public_url is not None and settings.public_url.startswith("http://"):
        reasons.append("--public-url must begin with https://, since the server speaks TLS")
    return reasons


def _is_key_pair(cert: Path, key: Path | None) -> bool:
    """Whether a server can use these files for TLS; a key with a passphrase cannot be used."""
    import ssl

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password="")
    except (ssl.SSLError, OSError, ValueError):
        return False
    return True


def _wrong_environment(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    reasons = []
    if environ.get("FLASK_DEBUG", "").lower() not in ("", "0", "false", "no"):
        reasons.append("FLASK_DEBUG asks for a debugger, which would let anybody run code here: unset it")
    names = [name for name in PRODUCTION_NAMES if environ.get(name, "").lower() in ("prod", "production")]
    if names and not settings.mock_in_production:
        reasons.append(f"{names[0]} calls this production and this is a mock: unset it, or say {PRODUCTION_FLAG}")
    return reasons


def _open_doors(settings: Settings) -> list[str]:
    reasons = []
    if settings.control_key is None:
        reasons.append(f"beyond loopback --control-key is needed, {KEY_BITS} random bits at least")
    elif strength(settings.control_key) < KEY_BITS:
        reasons.append(f"beyond loopback --control-key must hold {KEY_BITS} random bits, such as 32 random hex digits")
    if settings.public_url is None:
        reasons.append("beyond loopback --public-url is needed, as links are made from it")
    if not (settings.tls or settings.behind_proxy or settings.trusted_network):
        reasons.append("beyond loopback --tls-cert and --tls-key, --behind-proxy or --trusted-network is needed")
    if settings.password_cost != "owasp":
        reasons.append("beyond loopback --password-cost must be owasp")
    return reasons


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    return named and plain and parts.scheme in ("http", "https") and text.isprintable() and " " not in text


def _hostname(address: str) -> str:
    name = urlsplit(address).hostname or ""
    return f"[{name}]" if ":" in name else name
