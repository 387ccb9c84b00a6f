import pytest

from tests.pages.conftest import Visit
from tests.pages.visitor import Seen
from tests.support.people import address_of, password_of, person

ADA = "Ada Ash"


@pytest.mark.parametrize("path", ["/login", "/activate/any", "/account", "/forgot-password"])
def test_an_unknown_sandbox_has_a_page_that_says_so(visit: Visit, path: str) -> None:
    seen = Seen(visit().client.get(f"/s/ghost{path}"))
    assert seen.status == 404
    assert seen.heading == "No such sandbox"
    assert seen.headers.getlist("Set-Cookie") == []


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/login/x", 404), ("PUT", "/login", 405)])
def test_what_is_not_there_is_a_page_too(visit: Visit, method: str, path: str, status: int) -> None:
    ada = visit()
    seen = Seen(ada.client.open(ada.path(path), method=method))
    assert seen.status == status
    assert seen.has("back")


def test_a_method_that_is_not_allowed_names_those_that_are(visit: Visit) -> None:
    ada = visit()
    assert ada.client.delete(ada.path("/login")).headers["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_a_form_that_is_too_large_is_a_page_too(visit: Visit) -> None:
    seen = visit(person(ADA)).post("/login", {"identifier": "a" * 70_000})
    assert seen.status == 413
    assert seen.heading == "Too large"


def test_other_answers_than_pages_stay_what_they_are(visit: Visit) -> None:
    ada = visit()
    for path in (ada.path("/v1/nothing"), "/control/v1/nothing"):
        assert ada.client.get(path, headers={"Accept": "text/html"}).mimetype == "application/problem+json"
    assert ada.client.get(ada.path("/nothing")).mimetype == "application/problem+json"
    assert ada.client.get(ada.path("/nothing"), headers={"Accept": "text/html,*/*"}).mimetype == "text/html"


def test_an_armed_fault_answers_for_a_page_too(visit: Visit) -> None:
    ada = visit(person(ADA), faults=[{"match": {"operation": "sign_in"}, "effect": {"status": 502, "body": "gone"}}])
    assert ada.sign_in(address_of(ADA), password_of(ADA)).answer.text == "gone"
    assert ada.sign_in(address_of(ADA), password_of(ADA)).status == 303


def test_a_denied_vpn_has_a_page_of_its_own(visit: Visit) -> None:
    ada = visit(
        person(ADA), policy={"networks.vpn": "deny"}, conditions=[{"match": {"client": "web"}, "network": "vpn"}]
    )
    assert ada.open("/login").status == 200
    seen = ada.sign_in(address_of(ADA), password_of(ADA))
    assert seen.status == 403
    assert seen.heading == "Network blocked"
    assert seen.text("attempt-id") == ada.scene.attempts()[-1].id


def test_behind_a_hotspot_no_page_stops_loading(visit: Visit) -> None:
    ada = visit(person(ADA), conditions=[{"match": {"client": "web"}, "network": "hotspot"}])
    for path in ("/login", "/forgot-password", "/account", "/activate/any"):
        assert ada.open(path).has("loading")
    assert ada.scene.attempts() == []


@pytest.mark.parametrize("condition", [{"network": "hotspot"}, {"cache": "stale"}, {"browser": "firefox"}])
def test_each_of_the_three_causes_keeps_the_page_loading(visit: Visit, condition: dict[str, str]) -> None:
    circumstances = {"match": {"client": "web"}, **condition}
    ada = visit(person(ADA), conditions=[circumstances], policy={"browsers.supported": ["chrome"]})
    seen = ada.open("/login")
    assert (seen.status, seen.heading) == (503, "Loading")
    assert seen.has("loading")
    assert ada.scene.attempts() == []
    assert ada.scene.events()[-1].what == "connection"
