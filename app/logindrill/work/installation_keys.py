"""The keys with which an installation signs tokens: made at the first signature, and the same for all workers (O5)."""

import json
from pathlib import Path

from sqlalchemy import select, update

from logindrill.adapters import jose, waits
from logindrill.adapters.jose import Jwk
from logindrill.models import InstallationSecret
from logindrill.work.database import Database


def mistakes_in(file: Path) -> list[str]:
    """Why no token can be signed with the key of a file, in one line; nothing where one can."""
    try:
        jose.read_key(file.read_text(encoding="utf-8"))
    except OSError as error:
        return [f"--signing-key {file} cannot be read: {error.strerror}"]
    except ValueError as error:
        return [f"--signing-key {file}: {error}"]
    return []


class InstallationKeys:
    """Private keys, one for each algorithm; read once by each process."""

    def __init__(self, database: Database, file: Path | None = None) -> None:
        """`file` holds a private key that takes the place of the installation's own one of its algorithm."""
        self._database = database
        self._file = file
        self._found: list[Jwk] = []

    def all(self) -> list[Jwk]:
        """The keys; whoever asks first makes them. Do not ask within a transaction: making them writes."""
        if not self._found:
            self._found = self._from_file() or self._stored() or self._made()
        return self._found

    def _stored(self) -> list[Jwk]:
        with self._database.reading() as connection:
            text = connection.scalar(select(InstallationSecret.signing_keys))
        return [Jwk.read(json.dumps(key)) for key in json.loads(text)["keys"]] if text else []

    def _made(self) -> list[Jwk]:
        """New keys, or those of another process that was faster: the first write wins, and all read what it wrote."""
        made = waits.here().in_thread(lambda: [jose.make_key(algorithm) for algorithm in jose.ALGORITHMS])
        text = json.dumps({"keys": [json.loads(key.text) for key in made]})
        absent = InstallationSecret.signing_keys.is_(None)
        with self._database.writing() as connection:
            connection.execute(update(InstallationSecret).where(absent).values(signing_keys=text))
        return self._stored()

    def _from_file(self) -> list[Jwk]:
        if self._file is None:
            return []
        given = jose.read_key(self._file.read_text(encoding="utf-8"))
        return [given, *(key for key in self._stored() or self._made() if key.alg != given.alg)]
