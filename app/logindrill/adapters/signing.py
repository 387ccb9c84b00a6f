"""Signed tokens: a link or pending sign-in that was cut or forged is told apart without a look-up."""

import hashlib

from itsdangerous import Signer

from logindrill.adapters.hashing import same


class TokenSigner:
    """Signs a random value for one purpose; the purpose is the salt, no time is read."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def sign(self, purpose: str, value: str) -> str:
        """The token to hand out: value and signature."""
        return self._signer(purpose).sign(value).decode()

    def read(self, purpose: str, token: str) -> str | None:
        """The value inside, or None where the token is damaged, forged or of another purpose.

        It must be the very text that was signed: a signature has several spellings in base64, and only one is ours.
        """
        value = token.rpartition(".")[0]
        try:
            return value if same(self.sign(purpose, value), token) else None
        except UnicodeError:
            return None

    def _signer(self, purpose: str) -> Signer:
        return Signer(self._secret, salt=purpose, digest_method=hashlib.sha256)
