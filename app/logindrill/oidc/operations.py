"""All endpoints for applications, and their blueprint."""

from logindrill.oidc import metadata
from logindrill.oidc.door import ENDPOINTS

__all__ = ["ENDPOINTS", "metadata"]
