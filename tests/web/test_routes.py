"""Routes: addresses come out as the library's own rules build them."""

import pytest
from werkzeug.routing import Map, Rule

from logindrill.web.routes import Route

RULES = ("/", "/people/<id>", "/people/<id>/<int:page>", "/a b/<path:rest>")
ASKED = (
    ("/", {"after": "usr_ada"}),
    ("/people/<id>", {"id": "a/b ü"}),
    ("/people/<id>", {"id": "ada", "rule": "self", "q": "x y"}),
    ("/people/<id>/<int:page>", {"id": "ada", "page": 3}),
    ("/a b/<path:rest>", {"rest": "c/d"}),
)


def addresses(kind: type[Rule]) -> list[str]:
    routes = Map([kind(rule, endpoint=rule) for rule in RULES]).bind("localhost")
    return [routes.build(rule, values) for rule, values in ASKED]


def test_an_address_is_built_as_the_library_builds_it() -> None:
    assert addresses(Route) == addresses(Rule)


def test_nothing_is_compiled_before_an_address_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[int] = []
    monkeypatch.setattr(Rule, "_get_func_code", staticmethod(lambda *_: compiled.append(1)))
    Map([Route("/people/<id>", endpoint="people")])
    assert not compiled
