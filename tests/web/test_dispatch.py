"""Clients, testers and browsers have an application each, built when somebody needs it."""

from flask import Flask

from logindrill.factory import BROWSERS, CLIENTS, TESTERS
from logindrill.web.dispatch import Dispatch, LateApplication
from tests.support.applications import NewApp


def named(name: str) -> Flask:
    app = Flask(name)
    app.add_url_rule("/<path:path>", "all", lambda path: name)
    app.add_url_rule("/", "home", lambda: name)
    return app


def test_a_path_belongs_to_an_application_with_all_that_lies_below_it() -> None:
    caller = named("caller")
    caller.wsgi_app = Dispatch(  # type: ignore[method-assign]
        named("browsers").wsgi_app,
        {("/v1",): named("clients").wsgi_app, ("/", "/control"): named("testers").wsgi_app},
        {("/v1/sign-ins", "/livez"): named("sign-ins").wsgi_app},
    )
    expected = {
        "/": "testers",
        "/v1": "clients",
        "/v1/me": "clients",
        "/v1/sign-ins": "sign-ins",
        "/v1/sign-ins/": "clients",
        "/v1/sign-ins/1/second-factor": "clients",
        "/livez": "sign-ins",
        "/livez/1": "browsers",
        "/control/v1/sandboxes": "testers",
        "/login": "browsers",
        "/v12": "browsers",
        "/docsx/control": "browsers",
    }
    assert {path: caller.test_client().get(path).text for path in expected} == expected


def test_an_application_is_built_once_at_its_first_call() -> None:
    built: list[Flask] = []

    def build() -> Flask:
        built.append(named("late"))
        return built[-1]

    late = LateApplication(build)
    caller = named("caller")
    caller.wsgi_app = late  # type: ignore[method-assign]
    assert built == []
    assert [caller.test_client().get("/login").text for _ in range(2)] == ["late", "late"]
    assert built == [late.built]


def test_no_hook_of_pages_or_console_runs_on_a_call_of_a_program(new_app: NewApp) -> None:
    app = new_app()
    assert set(app.blueprints) == {"api", "probes"}
    assert [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")] == ["/v1/sign-ins"]
    assert set(app.extensions[CLIENTS].built.blueprints) == {"api"}
    assert set(app.extensions[TESTERS].built.blueprints) == {"control", "documentation"}
    assert set(app.extensions[BROWSERS].built.blueprints) == {"pages", "console"}
