"""The servers we compare with: the same server and the same Argon2, with only a dict instead of a database."""

import argparse
import json
from collections.abc import Callable
from typing import Any, get_args

from flask import Flask, request

from logindrill.adapters import randomness
from logindrill.adapters.hashing import PasswordCost, PasswordHasher
from logindrill.serving.sockets import listen
from logindrill.serving.supervision import serve_calls
from logindrill.settings import PasswordCost as CostName
from logindrill.settings import Settings
from tools.bench.people import PASSWORD, REFERENCE_PEOPLE, address

Wsgi = Callable[..., Any]


def dict_app(cost: str) -> Wsgi:
    """Sign-in as a Flask route: look the person up in a dict, verify, hand out a token that nobody keeps."""
    app = Flask("reference")
    hasher, people = _people(cost)

    @app.post("/v1/sign-ins")
    def sign_in() -> tuple[dict[str, str], int]:
        typed = request.get_json()
        if not hasher.verify(typed["password"], people.get(typed["identifier"])):
            return {"code": "invalid_credentials"}, 401
        return {"status": "signed_in", "access_token": randomness.token()}, 201

    return app


def plain_app(cost: str) -> Wsgi:
    """The same without a framework: what the server and Argon2 alone allow."""
    hasher, people = _people(cost)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        typed = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        matches = hasher.verify(typed["password"], people.get(typed["identifier"]))
        document = {"status": "signed_in", "access_token": randomness.token()} if matches else {}
        body = json.dumps(document).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response("201 Created" if matches else "401 Unauthorized", headers)
        return [body]

    return answer


def bare_app(_cost: str) -> Wsgi:
    """A Flask route that does nothing at all."""
    app = Flask("bare")

    @app.get("/")
    def nothing() -> dict[str, str]:
        return {"status": "ok"}

    return app


KINDS: dict[str, Callable[[str], Wsgi]] = {"dict": dict_app, "plain": plain_app, "bare": bare_app}


def main() -> None:
    """Serve one of them on a free loopback port, with our own server; the first line says where."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.reference")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--password-cost", choices=get_args(CostName), default="fast")
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    sockets, port = listen("127.0.0.1", 0)
    settings = Settings(host="127.0.0.1", port=port, workers=options.workers, password_cost=options.password_cost)
    ready = json.dumps({"url": settings.base_url})
    build = KINDS[options.kind]
    serve_calls(settings, sockets, lambda: build(options.password_cost), lambda: print(ready, flush=True))


def _people(cost: str) -> tuple[PasswordHasher, dict[str, str]]:
    hasher = PasswordHasher(PasswordCost(cost))
    stored = hasher.hash(PASSWORD)
    return hasher, {address(number): stored for number in range(REFERENCE_PEOPLE)}


if __name__ == "__main__":
    main()
