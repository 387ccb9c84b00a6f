from pathlib import Path

import pytest

from logindrill.serving.database_location import database_file, locate_database, vacate
from logindrill.serving.failures import CannotStart
from logindrill.settings import Settings


def test_the_folder_of_the_embedded_database_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert database_file(locate_database(Settings())) == tmp_path / "instance" / "logindrill.sqlite3"
    assert (tmp_path / "instance").is_dir()


def test_a_file_in_the_way_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "instance").touch()
    with pytest.raises(CannotStart, match="instance cannot be made"):
        locate_database(Settings())


def test_a_folder_that_the_operator_named_is_never_made(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="is not there"):
        locate_database(Settings(database_url=f"sqlite:///{tmp_path}/absent/data.sqlite3"))
    assert not (tmp_path / "absent").exists()


def test_an_ephemeral_database_has_a_folder_of_its_own_that_goes_at_the_end() -> None:
    settled = locate_database(Settings(ephemeral=True))
    file = database_file(settled)
    assert file
    assert file.parent.is_dir()
    vacate(settled)
    assert not file.parent.exists()


def test_a_kept_database_stays_at_the_end(tmp_path: Path) -> None:
    settled = locate_database(Settings(database_url=f"sqlite:///{tmp_path}/data.sqlite3"))
    vacate(settled)
    assert tmp_path.is_dir()


def test_a_database_server_has_no_file() -> None:
    assert database_file(Settings(database_url="postgresql://localhost/x")) is None
