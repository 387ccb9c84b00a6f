"""All endpoints for applications, and their blueprint."""

from logindrill.oidc import metadata, own_tokens, tokens, userinfo
from logindrill.oidc.door import ENDPOINTS

__all__ = ["ENDPOINTS", "metadata", "own_tokens", "tokens", "userinfo"]
