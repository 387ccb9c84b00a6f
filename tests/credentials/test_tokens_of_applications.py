"""A code is used up once and a refresh token replaced once, whatever was read before; both are stored as digests."""

from datetime import timedelta

import pytest

from logindrill.adapters.hashing import digest
from logindrill.credentials import authorization_codes, authorizations, refresh_tokens
from logindrill.models import Authorization, AuthorizationCode, RefreshToken
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from tests.support.people import person
from tests.support.relying import a_code
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import run_order

ISSUER = "http://localhost/s/x/oidc"


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash"))


def row_of(uow: UnitOfWork, code: str) -> authorization_codes.CodeRow:
    row = authorization_codes.find(uow, code)
    assert row is not None
    return row


@pytest.mark.rule("O7")
def test_a_code_is_used_up_once(scene: Scene) -> None:
    code = a_code(scene, "Ada", issuer=ISSUER)
    row = run_order(scene, row_of, code)
    assert run_order(scene, authorization_codes.use_up, row)
    assert not run_order(scene, authorization_codes.use_up, row)
    assert run_order(scene, row_of, code).used_at == scene.now


@pytest.mark.rule("O7")
def test_an_expired_code_is_not_used_up(scene: Scene) -> None:
    code = a_code(scene, "Ada", issuer=ISSUER)
    row = run_order(scene, row_of, code)
    scene.wait(timedelta(minutes=1))
    assert not run_order(scene, authorization_codes.use_up, row)


@pytest.mark.rule("O10")
def test_a_refresh_token_is_replaced_once(scene: Scene) -> None:
    a_code(scene, "Ada", issuer=ISSUER)
    [authorization] = scene.rows(Authorization)

    def issue(uow: UnitOfWork) -> str:
        return refresh_tokens.issue(uow, authorizations.get(uow, authorization.id))

    token = run_order(scene, issue)

    def read(uow: UnitOfWork) -> refresh_tokens.RefreshRow:
        row = refresh_tokens.find(uow, token)
        assert row is not None
        return row

    row = run_order(scene, read)

    def replace(uow: UnitOfWork) -> str | None:
        return refresh_tokens.replace(uow, authorizations.get(uow, authorization.id), row, token)

    successor = run_order(scene, replace)
    assert successor is not None
    assert run_order(scene, replace) is None
    assert {stored.digest for stored in scene.rows(RefreshToken)} == {digest(token), digest(successor)}


def test_codes_are_stored_as_digests(scene: Scene) -> None:
    code = a_code(scene, "Ada", issuer=ISSUER)
    assert [stored.digest for stored in scene.rows(AuthorizationCode)] == [digest(code)]
