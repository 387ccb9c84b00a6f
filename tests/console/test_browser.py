"""What only a real browser shows of the console."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.console.reef import CLEO, Reef, a_reef
from tests.support.axe import violations, violations_by_night
from tests.support.patience import within_two_seconds
from tests.support.processes import running

PANES = (
    "timeline",
    "inbox",
    "people",
    "people/usr_cleo",
    "applications",
    "clock",
    "faults",
    "scenarios",
    "rules",
    "export",
    "settings",
)
_OPEN_ALL = "for (const drawer of document.querySelectorAll('details')) drawer.open = true"


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """A server that keeps nothing."""
    with running("--ephemeral") as server:
        yield server.url


@pytest.fixture
def reef(server_url: str) -> Iterator[Reef]:
    """A sandbox with Ada, Cleo and Dan."""
    with a_reef(server_url) as made:
        yield made


def addresses(reef: Reef) -> list[str]:
    """Every pane with something on it."""
    refused = next(attempt["id"] for attempt in reef.all("attempts") if attempt["outcome"] == "refused")
    messages = reef.all("messages")
    mail = next(message["id"] for message in messages if message["channel"] == "email")
    chat = next(message["id"] for message in messages if message["code"])
    home = reef.console.partition("/s/")[0] + "/"
    more = (
        f"timeline/{refused}",
        f"inbox?message={mail}",
        f"inbox?message={mail}&view=source",
        f"inbox?message={chat}",
    )
    return [home, *(f"{reef.console}/{path}" for path in (*PANES, *more)), f"{reef.console}/none"]


def test_what_happens_is_seen_within_two_seconds_without_reloading(reef: Reef, page: Page) -> None:
    page.clock.install(time=0)
    page.goto(f"{reef.console}/timeline")
    page.clock.pause_at(60_000)
    page.evaluate("window.kept = true")
    expect(page.get_by_text("Nothing has happened yet")).to_be_visible()
    reef.sign_in(password="secret words")
    within_two_seconds(page.get_by_test_id("timeline"), "right except for upper and lower case")
    reef.order("conditions", {"network": "vpn"})
    within_two_seconds(page.get_by_test_id("armed"), "1 condition active")
    reef.order("clock/advance", {"by": "PT1H"})
    within_two_seconds(page.get_by_test_id("clock"), "10:00:00")
    assert page.evaluate("window.kept")


@pytest.mark.slow
def test_what_is_being_typed_and_opened_stays_when_the_pane_is_freshened(reef: Reef, page: Page) -> None:
    page.goto(f"{reef.console}/people")
    page.get_by_test_id("invite").click()
    name = page.get_by_label("Name")
    name.fill("Nina N")
    reef.order("conditions", {"network": "vpn"})
    expect(page.get_by_test_id("armed")).to_be_visible()
    page.keyboard.type("ut")
    expect(name).to_be_focused()
    expect(name).to_have_value("Nina Nut")
    page.get_by_label("Main address").fill("nina@example.test")
    page.get_by_test_id("invite-sure").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nina Nut invited")


@pytest.mark.slow
def test_a_code_is_copied_and_lies_in_its_lane(reef: Reef, browser: Browser) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    reef.live()
    page.goto(f"{reef.console}/inbox?channel=whatsapp")
    code = page.get_by_test_id("code").inner_text()
    page.locator(".code-line [data-copy]").click()
    assert page.evaluate("navigator.clipboard.readText()") == code
    expect(page.get_by_test_id("lanes")).to_be_visible()
    expect(page.get_by_test_id("messages")).to_contain_text("in 2 min 30 s")
    context.close()


@pytest.mark.slow
def test_time_goes_to_the_second_before_and_on_to_what_is_due(reef: Reef, page: Page) -> None:
    reef.forget_password()
    page.goto(f"{reef.console}/clock")
    page.get_by_test_id("to-before").click()
    expect(page.get_by_test_id("clock")).to_contain_text("09:59:59")
    expect(page.get_by_test_id("next")).to_contain_text("in 1 s")
    page.get_by_test_id("to-next").click()
    expect(page.get_by_test_id("fired")).to_contain_text("Link expires: Cleo Cane")
    page.get_by_test_id("run").click()
    expect(page.get_by_test_id("clock")).to_contain_text("10:00:02")


@pytest.mark.slow
def test_a_message_that_falls_due_arrives_before_ones_eyes(reef: Reef, page: Page) -> None:
    reef.order("delivery-rules", {"match": {}, "disposition": "delayed", "delay": "PT2S"})
    reef.forget_password()
    page.goto(f"{reef.console}/clock")
    page.get_by_test_id("run").click()
    page.goto(f"{reef.console}/inbox")
    expect(page.get_by_test_id("messages")).not_to_contain_text("delayed")


def test_everything_works_by_keyboard_without_scripts(server_url: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server_url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sandboxes")
    page.get_by_label("Name (optional)").focus()
    page.keyboard.type("by-keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("first-person")).to_contain_text("owner@example.test")
    page.get_by_role("link", name="Open the sandbox").press("Enter")
    page.get_by_role("link", name="Faults").press("Enter")
    page.get_by_test_id("quick-vpn").press("Enter")
    expect(page.get_by_test_id("armed")).to_have_text("1 condition active")
    page.get_by_test_id("sandbox").press("Enter")
    page.get_by_test_id("delete").press("Enter")
    page.get_by_test_id("delete-sure").press("Enter")
    expect(page.get_by_test_id("told")).to_have_text("Sandbox by-keyboard deleted.")
    context.close()


@pytest.mark.slow
def test_a_device_of_its_own_has_cookies_of_its_own(reef: Reef, page: Page) -> None:
    page.goto(f"{reef.console}/settings")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Device 2").click()
    other = opened.value
    other.wait_for_load_state()
    assert other.url.startswith("http://dev-2.localhost:")
    assert other.url.endswith(f"/s/{reef.id}/login")
    assert other.evaluate("window.opener") is None


@pytest.mark.slow
def test_nothing_keeps_anybody_out_of_a_pane(reef: Reef, page: Page) -> None:
    reef.live()
    for address in addresses(reef):
        page.goto(address)
        page.evaluate(_OPEN_ALL)
        assert violations(page) == [], address
        assert violations_by_night(page) == [], address


@pytest.mark.wide
def test_by_night_neither(reef: Reef, browser: Browser) -> None:
    reef.live()
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    for address in addresses(reef):
        page.goto(address)
        page.evaluate(_OPEN_ALL)
        assert violations(page) == [], address
    context.close()


@pytest.mark.slow
def test_forms_that_were_refused_keep_nobody_out(reef: Reef, page: Page) -> None:
    page.goto(f"{reef.console}/faults")
    page.locator("summary", has_text="Add condition").click()
    page.locator("button", has_text="Add condition").click()
    expect(page.get_by_test_id("alert")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{reef.console}/rules")
    page.get_by_label("passwords.min_length").fill("many")
    page.get_by_test_id("save-passwords").click()
    expect(page.get_by_test_id("alert")).to_be_visible()
    assert violations(page) == []


@pytest.mark.slow
def test_no_pane_is_wider_than_its_window_nor_breaks_its_own_policy(reef: Reef, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    reef.live()
    reef.forget_password("somebody.with.a.long.name@a-long-domain.example.test")
    for address in addresses(reef)[:-1]:
        page.goto(address)
        page.evaluate(_OPEN_ALL)
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    assert complaints == []


@pytest.mark.slow
def test_a_pane_of_a_sandbox_that_is_gone_says_so(reef: Reef, page: Page) -> None:
    page.goto(f"{reef.console}/timeline")
    expect(page.get_by_role("heading", level=1)).to_have_text("Timeline")
    httpx.delete(reef.control).raise_for_status()
    expect(page.get_by_role("heading", level=1)).to_have_text("No such sandbox")


@pytest.mark.slow
def test_a_pane_that_is_left_for_good_does_not_complain(reef: Reef, page: Page) -> None:
    page.goto(f"{reef.console}/settings")
    underway: list[Route] = []

    def hold(route: Route) -> None:
        underway.append(route)

    page.route("**/delete", hold)
    page.route("**/mark", lambda route: route.fulfill(status=404) if underway else route.continue_())
    page.get_by_test_id("delete").click()
    page.get_by_test_id("delete-sure").click(no_wait_after=True)
    page.wait_for_timeout(1500)  # the pane would have looked meanwhile
    underway[0].continue_()
    expect(page.get_by_test_id("told")).to_contain_text("deleted.")


@pytest.mark.slow
def test_the_console_shows_that_the_server_is_gone(server_url: str, page: Page) -> None:
    with running("--ephemeral") as server:
        page.goto(f"{server.url}/console/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sandboxes")
    expect(page.locator("#live")).to_have_text("The server does not answer.")


@pytest.mark.slow
def test_a_remedy_lets_somebody_in_at_a_press(reef: Reef, page: Page) -> None:
    reef.order("conditions", {"match": {"user": "usr_ada"}, "network": "offline"})
    page.goto(f"{reef.console}/people/usr_ada")
    expect(page.get_by_test_id("why")).to_contain_text("cannot sign in")
    page.get_by_test_id("apply-end_condition").click()
    expect(page.get_by_test_id("told")).to_contain_text("Done: end the condition")
    expect(page.get_by_test_id("why")).not_to_contain_text("cannot sign in")


def test_a_person_is_acted_on(reef: Reef, page: Page) -> None:
    page.goto(f"{reef.console}/people?q={CLEO}")
    page.get_by_test_id("people").get_by_role("link").click()
    page.get_by_test_id("deactivate").click()
    expect(page.get_by_test_id("told")).to_contain_text("The person is deactivated")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cleo Cane deactivated")
    page.get_by_test_id("reactivate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cleo Cane active")


@pytest.mark.slow
def test_a_walk_goes_on_whoever_takes_its_steps(server_url: str, page: Page) -> None:
    page.goto(f"{server_url}/console/scenarios/trusted-device-after-30-days")
    page.get_by_test_id("open").click()
    with page.expect_popup() as opened:
        page.get_by_test_id("click").get_by_role("link").click()
    window = opened.value
    window.get_by_test_id("identifier").fill("ben.birch@example.test")
    window.get_by_test_id("password").fill("birch and ben by the sea")
    window.get_by_test_id("submit").click()
    expect(window.get_by_test_id("phone")).to_be_visible()
    page.reload()
    expect(page.get_by_test_id("happened")).to_contain_text("Done at")
    assert violations(page) == []
    page.get_by_test_id("done").click()
    expect(page.get_by_test_id("begun-in-window")).to_be_visible()
    assert violations(page) == []
    page.get_by_test_id("again").click()
    expect(page.get_by_test_id("say")).to_have_text("Ben reads the code on the phone.")
    while page.get_by_test_id("do").count():
        page.get_by_test_id("do").click()
    page.get_by_test_id("reveal").click()
    expect(page.get_by_test_id("truth")).to_contain_text("has expired")
    assert violations(page) == []


@pytest.mark.slow
def test_a_mistake_is_led_to(reef: Reef, page: Page) -> None:
    page.goto(f"{reef.console}/people")
    page.get_by_test_id("invite").click()
    page.get_by_label("Name").fill("Nina Nut")
    page.get_by_test_id("invite-sure").click()
    expect(page.get_by_label("Main address")).to_be_focused()
    expect(page.get_by_test_id("alert").get_by_role("link")).to_have_text("Main address")
    assert violations(page) == []
