"""People over HTTP: acting in their stead."""

from tests.support.control import ControlTool
from tests.support.doors import ClientApp


def test_a_tester_acts_for_somebody_without_their_password(tool: ControlTool, client: ClientApp) -> None:
    answer = tool.call("POST", "/users/usr_ada/sessions", {})
    assert answer.status_code == 201
    begun = answer.get_json()
    assert begun["user"]["id"] == "usr_ada"
    assert "Set-Cookie" not in answer.headers
    client.token = begun["session"]["access_token"]
    assert client.get("/me").get_json()["id"] == "usr_ada"


def test_who_could_not_come_in_cannot_be_acted_for(tool: ControlTool) -> None:
    assert tool.call("POST", "/users/usr_nobody/sessions", {}).status_code == 404
    elsewhere = tool.call("POST", "/users/usr_ada/sessions", {"client": "mobile", "company": "co_meadow"})
    assert (elsewhere.status_code, elsewhere.get_json()["code"]) == (409, "invalid_transition")
    assert tool.call("POST", "/users/usr_ada/sessions", {"client": "fax"}).status_code == 422
