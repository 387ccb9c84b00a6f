"""Installs the programs that ours is compared with, at fixed versions, into a folder outside the checkout."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

VERSIONS: Mapping[str, str] = {
    "firebase-tools": "15.34.2",
    "ministack": "1.5.33",
    "oauth2-mock-server": "9.3.0",
    "oidc-provider-mock": "0.3.4",
}
_OF_NPM = ("firebase-tools", "oauth2-mock-server")


class PeersMissing(Exception):
    """A program to compare with cannot be installed; the message is for a person."""


def default_folder() -> Path:
    """A folder of this user that outlives the run, so that the next one need not install anything."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "logindrill-bench"


def install(folder: Path) -> None:
    """Install what is missing or of another version, with the package clients of this machine; raises PeersMissing."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "versions"
    wanted = "".join(f"{name} {version}\n" for name, version in VERSIONS.items())
    if done.exists() and done.read_text() == wanted:
        return
    node = shutil.which("node")
    npm = shutil.which("npm")
    if node is None or npm is None:
        raise PeersMissing("--peers needs node and npm: install them with your system's packages")
    of_npm = [f"{name}@{VERSIONS[name]}" for name in _OF_NPM]
    of_pip = [f"{name}=={version}" for name, version in VERSIONS.items() if name not in _OF_NPM]
    _run(npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", *of_npm)
    _run(sys.executable, "-m", "venv", str(folder / "python"))
    _run(str(folder / "python" / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", *of_pip)
    done.write_text(wanted)


def described() -> dict[str, str]:
    """The programs and their versions, for the page."""
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return {"node": node.removeprefix("v"), **VERSIONS}


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PeersMissing(f"{' '.join(command[:2])} failed:\n{done.stderr.strip()}")
