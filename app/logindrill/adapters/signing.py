"""Signed tokens: a damaged or forged link or pending sign-in is recognised without a database look-up."""

import hashlib

from itsdangerous import Signer

from logindrill.adapters.hashing import same


class TokenSigner:
    """Signs a random value for one purpose; the purpose is the salt, and tokens contain no time."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def sign(self, purpose: str, value: str) -> str:
        """The token to issue: the value and its signature."""
        return self._signer(purpose).sign(value).decode()

    def read(self, purpose: str, token: str) -> str | None:
        """The value inside, or None where the token is damaged, forged or made for another purpose.

        The token must be exactly the text that was signed: one signature has several base64 spellings, and only one is
        accepted.
        """
        value = token.rpartition(".")[0]
        try:
            return value if same(self.sign(purpose, value), token) else None
        except UnicodeError:
            return None

    def _signer(self, purpose: str) -> Signer:
        return Signer(self._secret, salt=purpose, digest_method=hashlib.sha256)
