"""Two accounts of one customer become one (C11)."""

from tests.pages.conftest import Visit
from tests.pages.staff.office import at_work, card, fill_in
from tests.support.people import id_of, person

OTHER = person("Otto Olive", "customer", username="otto")


def test_an_account_is_merged_into_the_chosen_one(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app", OTHER)
    seen = fill_in(pia, "Carl", "/merger", {"into": id_of("Otto")})
    assert (seen.heading, seen.text("notice")) == ("Otto Olive", "The accounts are merged. This one stays.")
    assert pia.scene.user("usr_carl").merged_into == id_of("Otto")
    pia.scene.try_to_sign_in("carl", "Secret of carl")
    assert pia.scene.attempts()[-1].reason == "merged"


def test_only_other_active_customers_stand_to_choose(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app", OTHER)
    seen = pia.open(card("Carl", "/merger"))
    assert seen.has("into-usr_otto")
    assert seen.has("into-usr_two")
    for name in ("carl", "ed", "ida", "pia"):
        assert not seen.has(f"into-usr_{name}")
    assert not pia.open(card("Carl", "/merger") + "?q=otto").has("into-usr_two")
    assert pia.open(card("Carl", "/merger") + "?q=nobody").has("none")


def test_one_must_be_chosen_and_be_active(visit: Visit) -> None:
    pia = at_work(visit, "Pia", "customer-app", OTHER)
    assert fill_in(pia, "Carl", "/merger", {}).text("into-mistake") == "Choose an account."
    seen = fill_in(pia, "Carl", "/merger", {"into": id_of("Ed")})
    words = "An account can only be merged into another active account."
    assert (seen.status, seen.text("alert")) == (409, words)


def test_an_invited_account_is_not_merged(visit: Visit) -> None:
    seen = at_work(visit, "Pia", "customer-app", OTHER).open(card("Ida", "/merger"))
    assert (seen.status, seen.text("problem")) == (409, "An account that is invited cannot be merged.")
