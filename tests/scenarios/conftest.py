"""A real browser for the scenarios that are lived through on the pages."""

from tests.pages.conftest import base_url, browser_type_launch_args

__all__ = ["base_url", "browser_type_launch_args"]
