from logindrill.world.document import TemporaryPasswordPart
from tests.pages.conftest import Visit
from tests.pages.visitor import Seen, Visitor
from tests.support.people import address_of, person

CARL = "Carl Crab"
HANDED_OVER = "handed over by Paula"
CHOSEN = {"password": "A secret of my own", "password_confirmation": "A secret of my own"}


def carl(visit: Visit) -> Visitor:
    """Carl's browser, Carl having been given a temporary password."""
    given = TemporaryPasswordPart(password=HANDED_OVER)
    return visit(person(CARL, "customer", temporary_password=given), preset="customer-app")


def comes(visitor: Visitor) -> Seen:
    """The page that the temporary password leads to."""
    return visitor.follow(visitor.sign_in(address_of(CARL), HANDED_OVER))


def test_a_temporary_password_leads_to_a_password_of_ones_own_and_in(visit: Visit) -> None:
    visitor = carl(visit)
    assert comes(visitor).heading == "Choose your own password"
    assert visitor.cookie("ld_session") is None
    assert visitor.follow(visitor.send("/new-password", CHOSEN)).text("name") == CARL
    assert visitor.sign_in(address_of(CARL), CHOSEN["password"]).status == 303


def test_an_abandoned_step_can_be_begun_again(visit: Visit) -> None:
    visitor = carl(visit)
    for _ in range(2):
        assert comes(visitor).status == 200


def test_a_used_temporary_password_reads_like_any_wrong_one(visit: Visit) -> None:
    visitor = carl(visit)
    comes(visitor)
    visitor.send("/new-password", CHOSEN)
    seen = visitor.send("/login?again", {"identifier": address_of(CARL), "password": HANDED_OVER})
    assert seen.text("alert") == "Invalid User / password"
    assert visitor.scene.attempts()[-1].reason == "temporary_password_used"


def test_the_new_password_is_held_to_the_rules_and_nothing_is_used_up(visit: Visit) -> None:
    visitor = carl(visit)
    comes(visitor)
    seen = visitor.send("/new-password", {"password": "short", "password_confirmation": "shorter"})
    assert seen.status == 422
    assert seen.text("password-mistake") == "At least 8 characters."
    assert seen.text("mistakes").startswith("New password: At least 8 characters.")
    assert visitor.send("/new-password", CHOSEN).status == 303
