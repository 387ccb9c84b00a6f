"""Protects the forms of pages against cross-site requests (S69).

It is a signed double submit without server-side state: the form carries a signature over the scope, a random value in a
cookie of its own, and the browser's session. An attacker who plants a cookie cannot make the matching signature, and an
attacker's own pair is not valid in a browser that has a session. The browser's own information about the sender is
checked too, so that nobody is signed in to a stranger's account.

A form that this browser was given before it signed in or out, in another tab, differs from a foreign one: it does
nothing either, but it is shown again with what was typed.
"""

import re

from flask import Request, Response
from msgspec import Struct

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest, same
from logindrill.adapters.signing import TokenSigner
from logindrill.web.cookies import Names

FIELD = "form_token"
"""The name of the hidden field."""
_PURPOSE = "form"
_MARK = 16
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class FormGuard(Struct, frozen=True):
    """Protects the forms of one scope in one browser."""

    scope: str
    """What the forms act on, such as a sandbox: a form of one scope is not valid in another."""
    secret: str
    """The random value in the browser's cookie."""
    is_new: bool
    """Whether the browser does not have the cookie yet."""
    token: str
    """The value that a genuine form carries in `FIELD`: a mark of the session, a dot, and the signature."""
    signer: TokenSigner

    @classmethod
    def of(cls, request: Request, signer: TokenSigner, names: Names, scope: str) -> "FormGuard":
        """The guard for the sender of the request; an invalid cookie counts as none."""
        held = request.cookies.get(names.form, "")
        is_new = _SECRET.fullmatch(held) is None
        secret = randomness.token() if is_new else held
        mark = _signature(signer, f"session {digest(request.cookies.get(names.session, ''))}")[:_MARK]
        return cls(scope, secret, is_new, _token(signer, scope, secret, mark), signer)

    def accepts(self, request: Request) -> bool:
        """Whether the form is genuine: made by this server, for this browser and its session, and sent from a page of
        this server."""
        sent = request.form.get(FIELD, "")
        return same(sent, self.token) and not self.is_new and not _is_foreign(request)

    def is_outdated(self, request: Request) -> bool:
        """Whether the form is genuine but for its session: the browser has signed in or out since the form was made."""
        sent = request.form.get(FIELD, "")
        mark = sent.partition(".")[0]
        is_ours = same(sent, _token(self.signer, self.scope, self.secret, mark)) and sent != self.token
        return is_ours and not self.is_new and not _is_foreign(request)

    def keep(self, response: Response, names: Names, *, secure: bool) -> None:
        """Have the browser keep the cookie until it is closed."""
        if self.is_new:
            response.set_cookie(names.form, self.secret, path=names.path, secure=secure, httponly=True, samesite="Lax")


def _token(signer: TokenSigner, scope: str, secret: str, mark: str) -> str:
    return f"{mark}." + _signature(signer, f"{scope} {secret} {mark}")


def _signature(signer: TokenSigner, text: str) -> str:
    return signer.sign(_PURPOSE, text).rpartition(".")[2]


def _is_foreign(request: Request) -> bool:
    """Whether the browser says that another site sends this form.

    The origin alone is not enough: for a page without a referrer, browsers send `Origin: null` with a form.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin not in {"null", f"{request.scheme}://{request.host}"}
