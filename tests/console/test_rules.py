from html import unescape

from logindrill.console.rules import read, write
from logindrill.services import policies
from tests.console.desk import Desk, links_of
from tests.support.scenes import Scene
from tests.support.tester import look


def value(scene: Scene, name: str) -> object:
    """What a knob is turned to."""
    return look(scene, policies.show)[name].value


def send(desk: Desk, status: int = 303, **fields: str) -> None:
    """Send a group of knobs; names have __ for the dot."""
    done = desk.send("/rules", {name.replace("__", "."): word for name, word in fields.items()}, at="/rules")
    assert done.status == status, done.answer.text


def test_every_knob_is_shown_with_its_meaning_and_rules(desk: Desk, scene: Scene) -> None:
    text = unescape(desk.get("/rules").text)
    for name, card in look(scene, policies.show).items():
        assert f'name="{name}"' in text
        assert card.meaning in text


def test_knobs_of_every_kind_are_turned(desk: Desk, scene: Scene) -> None:
    send(desk, passwords__min_length="12", passwords__blocklist="true")
    send(desk, links__reset_life="PT2H", otp__delay="seeded")
    send(desk, networks__vpn="deny", apps__min_version="1.10", codes__fixed="000000")
    send(desk, browsers__supported='["chrome", "edge"]', wording__invalid_credentials="No.")
    assert value(scene, "passwords.min_length") == 12
    assert value(scene, "passwords.blocklist") is True
    assert value(scene, "links.reset_life") == "PT2H"
    assert value(scene, "otp.delay") == "seeded"
    assert value(scene, "networks.vpn") == "deny"
    assert value(scene, "apps.min_version") == "1.10"
    assert value(scene, "codes.fixed") == "000000"
    assert value(scene, "browsers.supported") == ["chrome", "edge"]
    assert value(scene, "wording.invalid_credentials") == "No."


def test_what_is_turned_is_listed_and_given_back(desk: Desk, scene: Scene) -> None:
    assert not desk.open("/rules").has("turned")
    send(desk, passwords__min_length="12", passwords__max_length="100")
    seen = desk.open("/rules")
    assert seen.text("turned") == "Changed: passwords.min_length, passwords.max_length"
    assert "#passwords.min_length" in links_of(seen)
    send(desk, back="passwords.min_length", passwords__min_length="12")
    assert value(scene, "passwords.min_length") == 8
    assert desk.send("/rules/reset", at="/rules").status == 303
    assert value(scene, "passwords.max_length") == 256


def test_a_field_left_as_it_was_turns_nothing(desk: Desk, scene: Scene) -> None:
    done = desk.send("/rules", {"passwords.min_length": "8", "apps.min_version": ""}, at="/rules")
    assert desk.follow(done).text("told") == "No changes."
    assert list(scene.events()) == []


def test_a_value_that_cannot_be_is_refused_at_its_field(desk: Desk, scene: Scene) -> None:
    fields = {"form": "passwords", "passwords.min_length": "many", "passwords.max_length": "100"}
    refused = desk.send("/rules", fields, at="/rules")
    assert refused.status == 422
    assert 'value="many"' in refused.answer.text
    assert 'id="mistake-passwords.min_length"' in refused.answer.text
    assert value(scene, "passwords.max_length") == 256


def test_values_are_read_as_they_are_written() -> None:
    for written, schema in (
        ("PT5M", {"type": "string"}),
        ("seeded", {"anyOf": [{"type": "string"}, {"const": "seeded"}]}),
        ("12", {"type": "integer"}),
        ("true", {"type": "boolean"}),
        ("123456", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        ('["chrome"]', {"anyOf": [{"type": "array"}, {"type": "null"}]}),
    ):
        assert write(read(written, schema)) == written
    assert read("", {"type": "string"}) is None
