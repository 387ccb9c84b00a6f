"""Walks of staff through their pages in a real browser; each step yields the name of what is seen."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page

from tests.pages.walks import NUMBER, Walk, person


def business_chat(server: str, page: Page) -> Iterator[str]:
    """An owner: people in every state, and a call for help."""
    factor = {"second_factor": {"method": "second_password", "second_password": "the other one"}}
    people = [
        person("Olga Oak", "owner"),
        person("Ben Birch", "member", status="invited"),
        person("Meg Maple", "member", **factor),
        person("Dora Dale", "member", status="deactivated"),
    ]
    walk = Walk(server, page, "business-chat", people)
    walk.sign_in("meg", "wrong")
    walk.open("/help")
    walk.fill(email="meg@example.test", error_message="It says no", last_signed_in="2026-03-01")
    walk.sign_in("olga")
    for path in ("", "?q=nobody", "/new", "/usr_ben", "/usr_meg", "/usr_dora", "/usr_olga", "/usr_ben/deliveries"):
        walk.open(f"/people{path}")
        yield path
    yield from _mistaken(walk)
    for path in ("change", "role", "deletion"):
        walk.open(f"/people/usr_meg/{path}")
        yield path
    walk.open("/support-requests")
    yield "support requests"
    walk.click("request-link")
    yield "support request"


def _mistaken(walk: Walk) -> Iterator[str]:
    walk.open("/people/new")
    walk.fill(name="", main_email="ben at home", whatsapp="12")
    yield "new person mistaken"
    walk.fill(name="Ben", main_email="ben@example.test", whatsapp=NUMBER)
    yield "address taken"
    walk.open("/people/usr_olga/role")
    yield "own account"


def contact_portal(server: str, page: Page) -> Iterator[str]:
    """Staff of a portal: contact cards and audiences."""
    publications = [{"id": "tide", "title": "Tide table", "body": "High water.", "audience": ["usr_cora"]}]
    cora = person("Cora Crane", "contact", opted_out=True, phones=[{"number": NUMBER, "kind": "sms"}])
    walk = Walk(server, page, "contact-portal", [person("Sam Sage", "staff"), cora], {"publications": publications})
    walk.sign_in("sam")
    for path in ("people/new", "people/usr_cora", "people/usr_cora/change", "publications/tide/audience"):
        walk.open(f"/{path}")
        yield path
    walk.click("publish")
    yield "published"


def customer_app(server: str, page: Page) -> Iterator[str]:
    """A professional, then support."""
    both = [{"company": "co_harbour", "role": "customer"}, {"company": "co_meadow", "role": "customer"}]
    people = [
        person("Paula Pike", "professional"),
        person("Sue Sorrel", "support", memberships=[{"company": "co_platform", "role": "support"}]),
        person("Carl Crab", "customer", username="carl"),
        person("Dina Drew", "customer", memberships=both),
        person("Ed Elder", "customer", status="deactivated"),
        person("Mona Moor", "customer", status="merged", merged_into="usr_dina", memberships=[]),
    ]
    walk = Walk(server, page, "customer-app", people)
    walk.sign_in("paula")
    for path in ("people/usr_dina", "people/usr_carl", "people/usr_carl/merger", "companies"):
        walk.open(f"/{path}")
        yield path
    walk.open("/people/usr_carl")
    walk.click("make_temporary_password")
    yield "temporary password"
    walk.sign_in("sue")
    for path in ("usr_mona", "usr_ed", "usr_ed/email-release", "usr_carl/memberships", "usr_dina/deletion"):
        walk.open(f"/people/{path}")
        yield path


WALKS: dict[str, Callable[[str, Page], Iterator[str]]] = {
    "business-chat": business_chat,
    "contact-portal": contact_portal,
    "customer-app": customer_app,
}
