"""Apps at the sandbox of a test file: its fixture `scene` says who is there."""

import pytest
from flask import Flask

from tests.support.doors import ClientApp, signed_in
from tests.support.scenes import Scene


@pytest.fixture
def nobody(app: Flask, scene: Scene) -> ClientApp:
    """An app that nobody is signed in to."""
    return ClientApp.of(app, scene)


@pytest.fixture
def olga(app: Flask, scene: Scene) -> ClientApp:
    """The app of Olga, who owns the company."""
    return signed_in(app, scene, "Olga")


@pytest.fixture
def paula(app: Flask, scene: Scene) -> ClientApp:
    """The app of Paula, a professional."""
    return signed_in(app, scene, "Paula")


@pytest.fixture
def sue(app: Flask, scene: Scene) -> ClientApp:
    """The app of Sue, who is support."""
    return signed_in(app, scene, "Sue")
