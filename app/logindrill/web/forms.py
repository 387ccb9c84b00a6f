"""Forms of pages: proves that a form is one of ours, sent by the browser it was made for (S69).

A signed double submit without server-side state: the form carries a signature over the scope, a random value in a
cookie of its own and the session in hand. Whoever plants a cookie cannot make the signature that belongs to it, and
whoever obtains a pair of their own cannot use it in a browser that holds a session; what the browser itself says of
the sender is looked at besides, so that nobody is signed in to a stranger's account either.
"""

import re
from dataclasses import dataclass

from flask import Request, Response

from logindrill.adapters import randomness
from logindrill.adapters.hashing import digest, same
from logindrill.adapters.signing import TokenSigner
from logindrill.web.cookies import Names

FIELD = "form_token"
"""The name of the hidden field."""
_PURPOSE = "form"
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FormGuard:
    """Guards the forms of one scope in one browser."""

    scope: str
    """What the forms act on, such as a sandbox: a form of one is worthless in another."""
    secret: str
    """The random value in the browser's cookie."""
    is_new: bool
    """Whether the browser does not hold it yet."""
    token: str
    """What a form of ours carries in `FIELD`."""

    @classmethod
    def of(cls, request: Request, signer: TokenSigner, names: Names, scope: str) -> "FormGuard":
        """The guard for whoever sent the request; a cookie that cannot be ours counts as none."""
        held = request.cookies.get(names.form, "")
        is_new = _SECRET.fullmatch(held) is None
        secret = randomness.token() if is_new else held
        session = digest(request.cookies.get(names.session, ""))
        _, _, signature = signer.sign(_PURPOSE, f"{scope} {secret} {session}").rpartition(".")
        return cls(scope, secret, is_new, signature)

    def accepts(self, request: Request) -> bool:
        """Whether the form that was sent is one of ours, from a page of ours, in this very browser."""
        sent = request.form.get(FIELD, "")
        return same(sent, self.token) and not self.is_new and not _is_foreign(request)

    def keep(self, response: Response, names: Names, *, secure: bool) -> None:
        """Have the browser hold the secret until it is closed."""
        if self.is_new:
            response.set_cookie(names.form, self.secret, path=names.path, secure=secure, httponly=True, samesite="Lax")


def _is_foreign(request: Request) -> bool:
    """Whether the browser says that another site sends this.

    The origin alone does not tell: for a page that gives no referrer, browsers send `Origin: null` with a form.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin not in {"null", f"{request.scheme}://{request.host}"}
