"""Walks through every hosted page in a real browser; each step yields the name of what is seen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pyotp
from playwright.sync_api import Page

from logindrill.rules.applications.requests import SCOPES

NUMBER = "+14155550100"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOON = "2026-03-02T12:00:00Z"
COMPANY = {"id": "co_harbour", "name": "Harbour Books"}
OTHER = {"id": "co_meadow", "name": "Meadow Bikes"}


def person(name: str, role: str, **more: Any) -> dict[str, Any]:
    """Somebody of Harbour Books, known by the first name."""
    first = name.partition(" ")[0].lower()
    return {
        "id": f"usr_{first}",
        "name": name,
        "emails": [{"address": f"{first}@example.test", "kind": "main"}],
        "memberships": [{"company": "co_harbour", "role": role}],
        **({} if more.get("status") == "invited" or role == "contact" else {"password": f"Secret of {first}"}),
        **more,
    }


@dataclass(slots=True)
class Walk:
    """A sandbox of a started server, and a browser in it."""

    server: str
    page: Page
    preset: str
    people: list[dict[str, Any]]
    more: dict[str, Any] = field(default_factory=dict)
    control: str = ""
    pages: str = ""

    def __post_init__(self) -> None:
        world = {"companies": [COMPANY, OTHER], "people": self.people, **self.more}
        body = {"preset": self.preset, "clock": {"mode": "frozen", "now": NOON}, "world": world}
        made = httpx.post(f"{self.server}/control/v1/sandboxes", json=body, timeout=30).raise_for_status().json()
        self.control = f"{self.server}/control/v1/sandboxes/{made['id']}"
        self.pages = made["pages_url"].removesuffix("/login")

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(self.pages + path)

    def fill(self, **fields: str) -> None:
        """Fill in fields and send the form."""
        for name, value in fields.items():
            self.page.get_by_test_id(name).fill(value)
        self.page.get_by_test_id("submit").click()

    def click(self, test_id: str) -> None:
        """Click something."""
        self.page.get_by_test_id(test_id).first.click()

    def newest(self, what: str, **wanted: str) -> str:
        """The code, link or token of the newest message that is wanted."""
        answer = httpx.get(f"{self.control}/messages/latest", params=wanted, timeout=30)
        return str(answer.raise_for_status().json()[what])

    def sign_in(self, first: str, password: str | None = None) -> None:
        """Sign in by name."""
        self.open("/login?again")
        self.fill(identifier=f"{first}@example.test", password=password or f"Secret of {first}")

    def post(self, path: str, body: dict[str, Any]) -> None:
        """Ask something of the tester's side."""
        httpx.post(self.control + path, json=body, timeout=30).raise_for_status()


def business_chat(server: str, page: Page) -> Iterator[str]:
    """Staff: invitation, password, every second factor, account, and what goes wrong with them."""
    whatsapp = {"phones": [{"number": NUMBER, "kind": "whatsapp"}], "second_factor": {"method": "whatsapp_otp"}}
    totp = {"second_factor": {"method": "totp", "secret": SECRET}}
    walk = Walk(
        server,
        page,
        "business-chat",
        [
            person("Olga Oak", "owner"),
            person("Ben Birch", "member", status="invited"),
            person("Wanda Willow", "member", **whatsapp),
            person("Tom Thorn", "member", **totp),
            person("Dora Dale", "member", status="deactivated"),
        ],
    )
    yield from _come_in(walk)
    yield from _for_an_application(walk)
    yield from _second_factors(walk)
    yield from _forgotten(walk)
    yield from _account(walk)
    yield from _lost(walk)


def _come_in(walk: Walk) -> Iterator[str]:
    link = walk.newest("link", kind="activation")
    walk.page.goto(link)
    yield "activate"
    walk.fill(password="short", password_confirmation="shorter", whatsapp_number="none")
    yield "activate-mistaken"
    walk.fill(password="Secret of ben", password_confirmation="Secret of ben", whatsapp_number=NUMBER)
    yield "activated"
    walk.page.goto(link)
    yield "link-unusable"
    walk.open("/login")
    yield "sign-in"
    walk.fill()
    yield "sign-in-empty"
    walk.sign_in("ben", "wrong")
    yield "sign-in-refused"
    walk.sign_in("dora")
    yield "sign-in-deactivated"


def _for_an_application(walk: Walk) -> Iterator[str]:
    """Every page between an application and its answer."""
    asked = f"client_id=shop&response_type=code&response_mode=web_message&prompt=consent&scope={'+'.join(SCOPES)}"
    walk.open("/oidc/authorize?client_id=shop")
    yield "application-refused"
    walk.open(f"/auth0/authorize?{asked}&redirect_uri=http://localhost:3000/callback")
    yield "application-sign-in"
    walk.fill(identifier="ben@example.test", password="wrong")
    yield "application-sign-in-refused"
    walk.fill(identifier="ben@example.test", password="Secret of ben")
    yield "application-consent"
    walk.click("agree")
    yield "application-answered"
    walk.open("/oidc/interactions/int_0123456789abcdef")
    yield "application-nothing-to-continue"
    walk.open("/oidc/end-session?client_id=shop&post_logout_redirect_uri=http://localhost:3000/")
    yield "application-sign-out"
    walk.click("submit")
    yield "application-signed-out"


def _second_factors(walk: Walk) -> Iterator[str]:
    walk.sign_in("wanda")
    yield "number"
    walk.fill(phone=NUMBER)
    yield "code-sent"
    walk.fill(code="000")
    yield "code-refused"
    walk.fill(code=walk.newest("code", kind="second_factor_code"))
    yield "account-with-device"
    walk.click("sign-out")
    walk.sign_in("tom")
    yield "authenticator-code"
    walk.fill(code=pyotp.TOTP(SECRET).at(1772452800))
    walk.click("sign-out")
    yield "signed-out"
    walk.open("/second-factor")
    yield "sign-in-over"


def _forgotten(walk: Walk) -> Iterator[str]:
    walk.open("/forgot-password")
    yield "forgotten"
    walk.fill(identifier="ben@example.test")
    yield "check-mail"
    walk.page.goto(walk.newest("link", kind="password_reset"))
    yield "set-password"
    walk.fill(password="Secret of ben", password_confirmation="another")
    yield "set-password-mistaken"


def _account(walk: Walk) -> Iterator[str]:
    walk.sign_in("ben")
    walk.open("/account")
    yield "account"
    walk.click("open-campaigns")
    yield "area"
    walk.open("/login")
    yield "signed-in-already"
    walk.open("/account/name")
    yield "name"
    walk.open("/account/password")
    yield "password"
    walk.fill(current_password="wrong", password="long enough", password_confirmation="long enough")
    yield "password-refused"
    yield from _own_factor(walk)


def _own_factor(walk: Walk) -> Iterator[str]:
    walk.open("/account/second-factor")
    yield "factor"
    walk.fill(current_password="Secret of ben")
    yield "factor-set"
    walk.open("/account/second-factor/removal")
    walk.fill(current_password="Secret of ben")
    yield "prove-again"
    walk.sign_in("olga")
    walk.open("/account/second-factor")
    walk.page.get_by_test_id("method-totp").check()
    walk.fill(current_password="Secret of olga")
    yield "authenticator"
    walk.fill(code="nonsense")
    yield "authenticator-refused"
    walk.open("/account/devices/dev_none/forget")
    yield "method-not-allowed"


def _lost(walk: Walk) -> Iterator[str]:
    walk.open("/help")
    yield "help"
    walk.fill(email="")
    yield "help-empty"
    walk.fill(email="ben@example.test", steps_tried="typed it again")
    yield "help-sent"
    walk.open("/login?ribbon=hidden")
    yield "ribbon-hidden"
    walk.open("/nowhere")
    yield "not-found"
    walk.page.goto(f"{walk.server}/s/ghost/login")
    yield "no-sandbox"
    walk.post("/conditions", {"match": {"client": "web"}, "network": "hotspot"})
    walk.open("/account")
    yield "loading"


def contact_portal(server: str, page: Page) -> Iterator[str]:
    """Contacts: a code by each channel, publications open and closed."""
    pages = [
        {
            "id": "tide",
            "title": "Tide table",
            "body": "High water at noon.\n\nLow water at six.",
            "audience": ["usr_cora"],
        },
        {"id": "ebb", "title": "Ebb", "body": "Nothing to see.", "audience": []},
    ]
    cora = person("Cora Crane", "contact", phones=[{"number": NUMBER, "kind": "sms"}])
    people = [person("Sam Sage", "staff"), cora]
    walk = Walk(server, page, "contact-portal", people, {"publications": pages})
    walk.open("/publications/tide")
    yield "way-in"
    walk.fill(contact="")
    yield "code-empty"
    walk.fill(contact="cora@example.test")
    yield "code-entry"
    walk.fill(code="000000")
    yield "code-entry-refused"
    walk.fill(code=walk.newest("code", kind="confirmation_code"))
    yield "publication"
    walk.open("/publications")
    yield "publications"
    walk.open("/publications/ebb")
    yield "not-published"
    walk.open("/account")
    yield "contact-account"
    walk.click("sign-out")
    yield "contact-signed-out"
    walk.open("/login")
    yield "staff-sign-in"


def customer_app(server: str, page: Page) -> Iterator[str]:
    """Customers: a temporary password, two companies, a secondary address."""
    both = [{"company": "co_harbour", "role": "customer"}, {"company": "co_meadow", "role": "customer"}]
    carl = person("Carl Crab", "customer", temporary_password={"password": "handed over"})
    emails = [
        {"address": "dina@example.test", "kind": "main"},
        {"address": "dina.at.home@example.test", "kind": "secondary"},
    ]
    people = [
        person("Paula Pike", "professional"),
        carl,
        person("Dina Drew", "customer", memberships=both, username="dina.drew", emails=emails),
        person("Mona Moor", "customer", status="merged", merged_into="usr_dina", memberships=[]),
    ]
    walk = Walk(server, page, "customer-app", people)
    walk.sign_in("mona")
    yield "account-disabled"
    walk.sign_in("carl", "handed over")
    yield "new-password"
    walk.fill(password="short", password_confirmation="")
    yield "new-password-mistaken"
    walk.fill(password="Secret of carl", password_confirmation="Secret of carl")
    yield "customer"
    walk.click("sign-out")
    walk.sign_in("dina")
    yield "two-companies"


WALKS: dict[str, Callable[[str, Page], Iterator[str]]] = {
    "business-chat": business_chat,
    "contact-portal": contact_portal,
    "customer-app": customer_app,
}
