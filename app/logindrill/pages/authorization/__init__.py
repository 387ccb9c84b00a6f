"""What a browser sees of OpenID Connect: the authorization endpoint, what leads to its answer, and the sign-out."""

from logindrill.pages.authorization import end_session, requests, waiting

__all__ = ["end_session", "requests", "waiting"]
