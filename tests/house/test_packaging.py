"""The wheel is made, installed into an environment of its own, and works there."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.support.processes import running

ROOT = Path(__file__).parents[2]
INSTALLED = Path(httpx.__file__).parents[1]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the source archive as a packager would."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`logindrill` installed from the wheel into an environment that knows nothing of this checkout."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder)
    [packages] = folder.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(f"{INSTALLED}\n")  # path files in there are not followed
    uv = Path(sys.executable).with_name("uv")
    python = folder / "bin" / "python"
    subprocess.run([uv, "pip", "install", "--quiet", "--no-deps", "--python", python, wheel], check=True)
    return folder / "bin" / "logindrill"


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    (tmp_path / "empty").mkdir()
    return tmp_path / "empty"


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"logindrill"}
    assert "logindrill/py.typed" in names
    assert "logindrill/migrations/env.py" in names
    assert any(name.startswith("logindrill/migrations/versions/0001") for name in names)
    assert any(name.startswith("logindrill/messages/templates/") for name in names)
    assert not [name for name in names if name.endswith((".pyc", ".sqlite3"))]


def test_every_file_of_the_package_that_is_kept_is_shipped(wheel: Path) -> None:
    kept = subprocess.run(["git", "ls-files", "app/logindrill"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.removeprefix("app/") for name in kept.stdout.split()} <= names


def test_the_installed_server_works_from_an_empty_folder(command: Path, empty_folder: Path) -> None:
    with running(command=command, cwd=empty_folder) as server:
        assert httpx.get(f"{server.url}/readyz").status_code == 200
        assert httpx.get(f"{server.url}/docs").status_code == 200
        assert server.facts["first_person"]
    assert [path.name for path in empty_folder.iterdir()] == ["instance"]


def test_the_installed_server_finds_its_data_again(command: Path, empty_folder: Path) -> None:
    with running(command=command, cwd=empty_folder) as server:
        person = server.facts["first_person"]
    with running(command=command, cwd=empty_folder) as server:
        assert server.facts["first_person"] is None
        answer = httpx.post(
            f"{server.url}/v1/sign-ins", json={"identifier": person["identifier"], "password": person["password"]}
        )
        assert answer.status_code == 201


def test_the_migrations_are_found_in_the_wheel(command: Path, empty_folder: Path) -> None:
    question = "from logindrill.work import database as d; print(d.migrations_folder(), d.known_schemas())"
    python = [str(command.with_name("python")), "-c", question]
    done = subprocess.run(python, cwd=empty_folder, capture_output=True, text=True, check=True)
    assert str(command.parents[1]) in done.stdout
    assert "0001" in done.stdout
