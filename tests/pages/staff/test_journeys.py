"""Staff and the people they look after, each in a browser of their own, over a server that was really started."""

from collections.abc import Iterator
from copy import copy

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.walks import NUMBER, Walk, person
from tests.support.processes import running

OUTDATED = "+14155550199"


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """A server that keeps nothing."""
    with running("--ephemeral") as server:
        yield server.url


def beside(walk: Walk, page: Page) -> Walk:
    """Somebody else's browser in the same sandbox."""
    other = copy(walk)
    other.page = page
    return other


@pytest.fixture
def another(browser: Browser) -> Iterator[Page]:
    """A browser that shares nothing with the first, and runs no scripts: everything works without."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    yield context.new_page()
    context.close()


@pytest.mark.slow
def test_somebody_is_invited_deactivated_and_reactivated(server_url: str, page: Page, another: Page) -> None:
    ben = Walk(server_url, page, "business-chat", [person("Olga Oak", "owner")])
    olga = beside(ben, another)
    olga.sign_in("olga")
    olga.click("to-list_people")
    olga.click("new-person")
    olga.fill(name="Ben Birch", main_email="ben@example.test")
    expect(another.get_by_test_id("status")).to_have_text("Invited")
    page.goto(ben.newest("link", kind="activation"))
    ben.fill(password="Secret of ben", password_confirmation="Secret of ben")
    ben.sign_in("ben")
    expect(page.get_by_test_id("name")).to_have_text("Ben Birch")
    another.reload()
    olga.click("deactivate")
    expect(another.get_by_test_id("notice")).to_contain_text("signed out everywhere")
    expect(page.get_by_role("alert")).to_have_text("Sign in to continue.")
    ben.sign_in("ben")
    expect(page.get_by_role("alert")).to_contain_text("Your account has been deactivated.")
    another.reload()
    expect(another.get_by_test_id("cause")).to_have_attribute("data-reason", "deactivated")
    olga.click("reactivate")
    ben.sign_in("ben")
    expect(page.get_by_test_id("name")).to_have_text("Ben Birch")


@pytest.mark.slow
def test_a_contact_card_is_corrected_and_a_publication_opened(server_url: str, page: Page, another: Page) -> None:
    publications = [{"id": "tide", "title": "Tide table", "body": "High water at noon.", "audience": []}]
    people = [
        person("Sam Sage", "staff"),
        person("Cora Crane", "contact", phones=[{"number": OUTDATED, "kind": "sms"}]),
    ]
    cora = Walk(server_url, page, "contact-portal", people, {"publications": publications})
    sam = beside(cora, another)
    sam.sign_in("sam")
    sam.open("/people/usr_cora")
    expect(another.get_by_test_id("sms")).to_have_text(OUTDATED)
    sam.click("change")
    sam.fill(sms="+1 415 555 0100")
    expect(another.get_by_test_id("sms")).to_have_text(NUMBER)
    cora.open("/publications/tide")
    cora.fill(contact=NUMBER)
    cora.fill(code=cora.newest("code", to=NUMBER))
    expect(page.get_by_test_id("problem")).to_have_text("This page is not published to you.")
    another.reload()
    expect(another.get_by_test_id("delivery").filter(has_text="Confirmation code by SMS")).to_be_visible()
    sam.open("/publications/tide")
    sam.click("to-audience")
    another.get_by_test_id("person-usr_cora").get_by_test_id("publish").click()
    cora.open("/publications/tide")
    expect(page.get_by_test_id("body")).to_have_text("High water at noon.")


def test_a_temporary_password_is_handed_over_where_it_can_be(server_url: str, page: Page, another: Page) -> None:
    both = [{"company": "co_harbour", "role": "customer"}, {"company": "co_meadow", "role": "customer"}]
    people = [
        person("Paula Pike", "professional"),
        person("Carl Crab", "customer", username="carl"),
        person("Dina Drew", "customer", memberships=both),
    ]
    carl = Walk(server_url, page, "customer-app", people)
    paula = beside(carl, another)
    paula.sign_in("paula")
    paula.open("/people/usr_dina")
    expect(another.get_by_test_id("make_temporary_password")).to_be_disabled()
    expect(another.get_by_test_id("why-make_temporary_password")).to_have_text(
        "A temporary password is not available for a customer of more than one company."
    )
    expect(another.get_by_test_id("resend")).to_be_enabled()
    paula.open("/people/usr_carl")
    another.get_by_test_id("make_temporary_password").focus()
    another.keyboard.press("Enter")
    handed_over = another.get_by_test_id("temporary-password").inner_text()
    expect(another.get_by_test_id("sign-in-identifier")).to_have_text("carl")
    carl.open("/login")
    carl.fill(identifier="carl", password=handed_over)
    carl.fill(password="Secret of mine", password_confirmation="Secret of mine")
    expect(page.get_by_test_id("name")).to_have_text("Carl Crab")
    paula.click("back")
    expect(another.get_by_test_id("last-sign-in")).not_to_have_text("Never")
