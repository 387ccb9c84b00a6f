"""Which web pages may call the endpoints for applications: those that sign-ins return to (CORS; Fetch, 3.2)."""

from collections.abc import Iterable


def belongs_to_application(origin: str, redirect_uris: Iterable[str]) -> bool:
    """Whether a page of this origin receives the answers of a registered application."""
    is_web = origin.startswith(("https://", "http://"))
    return is_web and any(uri == origin or uri.startswith((f"{origin}/", f"{origin}?")) for uri in redirect_uris)
