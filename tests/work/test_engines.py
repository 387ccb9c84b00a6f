"""The engine takes the usual options of SQLAlchemy, and a session that is not ours has real transactions."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import NullPool, text

from logindrill.factory import create_app, db
from logindrill.models import InstallationSecret
from logindrill.settings import Settings
from logindrill.work.database import Database
from logindrill.work.engines import engine_options


def test_given_options_win_over_those_of_the_house() -> None:
    options = engine_options(
        "postgresql://localhost/x", {"pool_size": 3, "connect_args": {"application_name": "drill"}}
    )
    assert options["pool_size"] == 3
    assert options["max_overflow"] == 16
    assert options["connect_args"] == {"application_name": "drill"}
    assert options["url"].query == {"connect_timeout": "10"}


def test_one_given_argument_of_the_driver_leaves_the_others_in_force() -> None:
    arguments = engine_options("sqlite:////x.sqlite3", {"connect_args": {"timeout": 2}})["connect_args"]
    assert (arguments["timeout"], arguments["check_same_thread"]) == (2, False)


def test_another_pool_comes_without_the_sizes_of_ours() -> None:
    options = engine_options("sqlite:////x.sqlite3", {"poolclass": NullPool})
    assert {name for name in options if name.startswith(("pool", "max"))} == {"poolclass"}


@pytest.mark.parametrize("address", ["sqlite:///a.sqlite3", "sqlite:///file:a.sqlite3?uri=true"])
def test_a_relative_file_lies_in_the_working_folder(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert engine_options(address)["url"].database.removeprefix("file:") == str(tmp_path / "a.sqlite3")


def test_the_usual_configuration_keys_choose_the_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'chosen.sqlite3'}"
    prepared = Database.open(url)
    prepared.prepare()
    prepared.close()
    config = {"SQLALCHEMY_DATABASE_URI": url, "SQLALCHEMY_ENGINE_OPTIONS": {"poolclass": NullPool}}
    app = create_app(Settings(database_url="sqlite:////no/such/folder/x.sqlite3"), config)
    assert app.test_client().get("/readyz").status_code == 200
    with app.app_context():
        assert isinstance(db.engine.pool, NullPool)


def test_what_a_session_of_flask_rolls_back_is_gone(app: Flask) -> None:
    with app.app_context():
        secret = db.session.scalars(db.select(InstallationSecret.secret)).one()
        db.session.execute(text("UPDATE installations SET secret = 'another'"))
        db.session.rollback()
        assert db.session.scalars(db.select(InstallationSecret.secret)).one() == secret
