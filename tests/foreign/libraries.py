"""The client libraries at fixed versions, installed into a folder of this user that outlives the run."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

EXPRESS = {"express": "4.22.1", "express-session": "1.19.0"}
REACT = {"react": "19.2.9", "react-dom": "19.2.9"}
BUNDLER = {"esbuild": "0.28.2"}


@dataclass(frozen=True, slots=True)
class Library:
    """A client library, with the packages that an application with it needs, each at one version."""

    name: str
    of_npm: Mapping[str, str]
    of_pip: Mapping[str, str]


def _npm(name: str, version: str, **others: str) -> Library:
    return Library(name, {name: version, **{other.replace("_", "-"): v for other, v in others.items()}}, {})


def _pip(name: str, version: str, **others: str) -> Library:
    return Library(name, {}, {name: version, **others})


LIBRARIES = {
    library.name: library
    for library in (
        _npm("openid-client", "6.9.0"),
        _npm("passport-openidconnect", "0.1.2", **EXPRESS, passport="0.7.0"),
        _npm("@auth/express", "0.12.3", **EXPRESS),
        _npm("express-openid-connect", "3.4.0", **EXPRESS),
        _npm("next-auth", "4.24.15", **EXPRESS, **REACT),
        _npm("oidc-client-ts", "3.5.0", **BUNDLER),
        _npm("@auth0/auth0-spa-js", "2.28.3", **BUNDLER),
        _npm("keycloak-js", "26.2.4", **BUNDLER),
        _npm("react-oidc-context", "3.3.1", **BUNDLER, **REACT, oidc_client_ts="3.5.0"),
        _npm("@openid/appauth", "1.4.0", **BUNDLER),
        _pip("authlib", "1.9.10", flask="3.1.3", requests="2.34.2"),
        _pip("mozilla-django-oidc", "5.0.2", django="5.2.19"),
        _pip("django-allauth", "65.22.1", django="5.2.19", requests="2.34.2", pyjwt="2.15.1", cryptography="46.0.3"),
    )
}
"""By name: what the tests install."""


class LibraryMissing(Exception):
    """A library cannot be installed; the message says why."""


def installed(name: str) -> Path:
    """The folder of a library, with `node_modules` or `python` in it; installs what is missing or of another version.

    Raises LibraryMissing.
    """
    library = LIBRARIES[name]
    folder = _home() / name.replace("/", "-").strip("@")
    folder.mkdir(parents=True, exist_ok=True)
    wanted = "".join(f"{package} {version}\n" for package, version in {**library.of_npm, **library.of_pip}.items())
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two processes of one run may want the same library
        done = folder / "versions"
        if not done.exists() or done.read_text() != wanted:
            _install(library, folder)
            done.write_text(wanted)
    return folder


def program(name: str) -> str:
    """The path of a program of this machine. Raises LibraryMissing."""
    found = shutil.which(name)
    if found is None:
        raise LibraryMissing(f"{name} is missing: install it with your system's packages")
    return found


def _home() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "logindrill-foreign"


def _install(library: Library, folder: Path) -> None:
    with suppress(FileNotFoundError):
        (folder / "versions").unlink()
    if library.of_npm:
        shutil.rmtree(folder / "node_modules", ignore_errors=True)
        (folder / "package.json").write_text("{}")
        packages = [f"{package}@{version}" for package, version in library.of_npm.items()]
        _run(
            program("npm"), "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts",
            "--legacy-peer-deps", "--no-save", *packages,
        )  # fmt: skip
    if library.of_pip:
        uv = str(Path(sys.executable).with_name("uv"))
        _run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder / "python"))
        packages = [f"{package}=={version}" for package, version in library.of_pip.items()]
        _run(uv, "pip", "install", "--quiet", "--python", str(folder / "python" / "bin" / "python"), *packages)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise LibraryMissing(f"{' '.join(command[:2])} failed:\n{done.stderr.strip()}")
