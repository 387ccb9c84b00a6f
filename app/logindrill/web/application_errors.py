"""The error that an application is answered, at the token endpoint and by way of the browser alike."""

from logindrill.web.addresses import explanation_of
from logindrill.work.unit_of_work import UnitOfWork


def error_of(uow: UnitOfWork, code: str, detail: str) -> dict[str, str]:
    """The parameters of an error in public words (RFC 6749, 4.1.2.1 and 5.2).

    On loopback only, `error_uri` leads to its explanation in the console, which is closed to others.
    """
    error = {"error": code, "error_description": detail}
    return {**error, "error_uri": explanation_of(uow)} if uow.runtime.loopback else error
