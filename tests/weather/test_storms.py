"""Every storm: nothing acknowledged is lost, nothing answers 500, everything recovers by itself.

The slow set has a short form of each, the wide set the whole storms, which `make weather` reports. Nothing is judged by
time.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.weather.storms import STORMS, raise_storm
from tools.weather.strength import SHORT, WHOLE


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL can reach too, which does not run as root."""
    with tempfile.TemporaryDirectory(prefix="logindrill-weather-") as name:
        yield Path(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", STORMS)
def test_a_short_storm_leaves_everything_whole(name: str, folder: Path) -> None:
    for record in raise_storm(name, SHORT, folder):
        record.require()


@pytest.mark.wide
@pytest.mark.parametrize("name", STORMS)
def test_a_whole_storm_leaves_everything_whole(name: str, folder: Path) -> None:
    for record in raise_storm(name, WHOLE, folder):
        record.require()
