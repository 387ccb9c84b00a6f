"""The pane of applications: register, change, remove, and what to set in the application."""

from logindrill.services import applications, signing_keys
from logindrill.services.applications import ApplicationCard
from tests.console.desk import Desk, said
from tests.pages.visitor import Seen
from tests.support.scenes import Scene
from tests.support.tester import look

CALLBACK = "http://localhost:3000/callback"
PLAIN = {"redirect_uris": CALLBACK, "authorization_code": "1", "refresh_token": "1", "first_party": "1"}


def held(scene: Scene) -> list[ApplicationCard]:
    return list(look(scene, applications.page, after=None, limit=9).data)


def send(desk: Desk, path: str, **fields: str) -> Seen:
    return desk.send(path, fields, at="/applications")


def test_without_any_application_the_pane_says_that_every_client_id_works(desk: Desk, scene: Scene) -> None:
    seen = desk.open("/applications")
    assert seen.text("issuer") == f"http://localhost/s/{scene.id}/oidc"
    assert "any client_id works" in seen.text("open")
    assert not seen.has("applications")


def test_a_public_application_is_registered_and_shown(desk: Desk, scene: Scene) -> None:
    done = send(desk, "/applications/register", **PLAIN, id="shop", name="The shop")
    seen = desk.follow(done)
    assert seen.text("told") == "Application shop registered."
    assert seen.heading == "The shop"
    for shown in (f"http://localhost/s/{scene.id}/oidc", "shop", "none: the application is public", CALLBACK):
        assert shown in seen.text("set-up")
    (card,) = held(scene)
    assert (card.grant_types, card.first_party) == (("authorization_code", "refresh_token"), True)
    pane = desk.open("/applications")
    assert "The shop" in pane.text("applications")
    assert pane.text("open") == "Only the applications below may sign people in."


def test_a_generated_secret_is_shown_once(desk: Desk, scene: Scene) -> None:
    shown = send(desk, "/applications/register", **PLAIN, id="shop", secret="1")
    assert (shown.status, shown.has("secret")) == (200, True)
    secret = shown.all("code")[1].text
    assert held(scene)[0].has_secret
    for path in ("/applications", "/applications/shop", "/timeline"):
        assert secret not in desk.open(path).answer.text
    renewed = send(desk, "/applications/shop/secret")
    assert renewed.has("secret")
    assert secret not in renewed.answer.text


def test_an_application_is_changed_and_keeps_its_secret(desk: Desk, scene: Scene) -> None:
    send(desk, "/applications/register", **PLAIN, id="shop", secret="1")
    fields = {
        **PLAIN,
        "redirect_uris": f"{CALLBACK}\r\n\r\nhttps://shop.example.test/callback",
        "client_credentials": "1",
        "scopes": "openid  email",
        "require_pkce": "yes",
        "consent": "once",
        "id_token_signed_response_alg": "ES256",
        "audience": "https://api.example.test",
    }
    desk.follow(send(desk, "/applications/shop/change", **fields))
    (card,) = held(scene)
    assert card.has_secret
    assert card.redirect_uris == (CALLBACK, "https://shop.example.test/callback")
    assert card.grant_types == ("authorization_code", "refresh_token", "client_credentials")
    assert (card.scopes, card.require_pkce, card.consent) == (("openid", "email"), True, "once")
    assert (card.id_token_signed_response_alg, card.audience) == ("ES256", "https://api.example.test")
    seen = desk.open("/applications/shop")
    chosen = {e.attributes["value"] for e in seen.all("option") if "selected" in e.attributes}
    assert {"yes", "once", "ES256"} <= chosen


def test_a_mistake_is_shown_at_its_line_and_what_was_entered_stays(desk: Desk, scene: Scene) -> None:
    fields = {"form": "register", "redirect_uris": f"{CALLBACK}\nhttp://shop.example.test/", "authorization_code": "1"}
    refused = send(desk, "/applications/register", **fields, name="The shop")
    assert refused.status == 422
    assert "Redirect addresses: Line 2: The address must begin with https:" in refused.text("alert")
    boxes = {e.attributes["name"]: "checked" in e.attributes for e in refused.all("input") if "name" in e.attributes}
    assert (boxes["authorization_code"], boxes["refresh_token"]) == (True, False)
    assert "http://shop.example.test/" in refused.answer.text
    assert held(scene) == []


def test_a_change_that_cannot_be_is_refused_on_the_page_of_the_application(desk: Desk, scene: Scene) -> None:
    send(desk, "/applications/register", **PLAIN, id="shop")
    refused = send(desk, "/applications/shop/change", form="change", authorization_code="1")
    assert (refused.status, refused.heading) == (422, "shop")
    assert "Say where people return to" in refused.text("alert")
    assert held(scene)[0].redirect_uris == (CALLBACK,)


def test_an_application_is_removed(desk: Desk, scene: Scene) -> None:
    send(desk, "/applications/register", **PLAIN, id="shop")
    seen = desk.follow(send(desk, "/applications/shop/remove"))
    assert seen.text("told") == "Application shop removed."
    assert held(scene) == []
    desk.open("/applications/shop", status=404)
    assert "removed the application shop" in desk.open("/timeline").text("timeline")


def test_keys_are_rotated_and_a_replaced_one_is_removed(desk: Desk, scene: Scene) -> None:
    seen = desk.follow(send(desk, "/keys/rotate", algorithm="ES256"))
    assert seen.text("told") == "A new ES256 key signs from now on."
    assert "replaced" in seen.text("keys")
    (old,) = [card.kid for card in look(scene, signing_keys.list_all) if not card.current]
    seen = desk.follow(send(desk, f"/keys/{old}/remove"))
    assert "replaced" not in seen.text("keys")


def test_an_application_without_attempts_says_so(desk: Desk, scene: Scene) -> None:
    send(desk, "/applications/register", **PLAIN, id="shop")
    assert "the application has sent nobody here" in desk.open("/applications/shop").answer.text
    assert not desk.open("/applications/shop").has("attempts")


def test_the_list_of_sandboxes_counts_applications_where_there_are_some(desk: Desk, scene: Scene) -> None:
    def facts() -> str:
        cards = desk.open("/console/").all("li")
        return said(next(card for card in cards if card.attributes.get("id") == f"sandbox-{scene.id}"))

    assert "application" not in facts()
    send(desk, "/applications/register", **PLAIN, id="shop")
    assert "0 attempts · 1 application " in facts()
