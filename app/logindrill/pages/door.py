"""The blueprint that the hosted pages hang in."""

from flask import Blueprint

PAGES = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/assets")

PATHS = ("/login", "/logout", "/signed-in", "/forgot-password", "/reset-password", "/activate", "/assets")
"""Where the pages are, within a sandbox."""
