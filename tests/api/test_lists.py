"""Lists of the public API: one shape, and one way to ask for a part of them."""

from typing import get_origin

import pytest
from flask import Flask

from logindrill.api import operations as api
from logindrill.web.lists import PartOfList
from logindrill.web.operations import Operation
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp
from tests.support.people import person
from tests.support.scenes import a_sandbox

LISTS = [operation for operation in api.DOOR.operations if get_origin(operation.answers.get(200)) is Page]


@pytest.mark.parametrize("operation", LISTS, ids=lambda operation: operation.name)
def test_every_list_is_read_in_parts(operation: Operation) -> None:
    assert operation.query is not None
    assert issubclass(operation.query, PartOfList)


@pytest.mark.parametrize("path", ["/me/sessions", "/users/usr_ada/sessions"])
def test_sessions_are_listed_in_parts(app: Flask, runtime: Runtime, path: str) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"))
    tokens = [scene.signed_in("Ada Ash") for _ in range(3)]
    client = ClientApp.of(app, scene, token=tokens[0])
    whole = [entry["id"] for entry in client.get(path).get_json()["data"]]
    first = client.get(f"{path}?limit=2").get_json()
    rest = client.get(f"{path}?limit=2&after={whole[1]}").get_json()
    assert [entry["id"] for entry in first["data"] + rest["data"]] == whole
    assert (first["has_more"], rest["has_more"]) == (True, False)


@pytest.mark.parametrize("path", ["/me/sessions", "/me/devices", "/users/usr_ada/sessions"])
def test_what_follows_nothing_that_is_there_is_refused_and_found_again(app: Flask, runtime: Runtime, path: str) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"))
    client = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))
    refused = client.get(f"{path}?after=ses_nobody")
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["field"] == "after"
    assert refused.headers["X-Attempt-Id"]
