from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from logindrill.console.lifecycle_chart import life
from logindrill.rules.lifecycle import UserStatus
from logindrill.services import people
from logindrill.work.runtime import Runtime
from tests.console.desk import Desk, links_of, said, texts_of
from tests.support.factors import shown_at, with_authenticator
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, password_of, person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look

OWNER = f"usr_ada {COMPANY}"


def names(desk: Desk, query: str = "") -> list[str]:
    """Who is listed."""
    return texts_of(desk.open(f"/people{query}"), "strong")[1:]


@pytest.fixture
def clinic(app: Flask, runtime: Runtime) -> Desk:
    """A tester at a customer app with Pia, who is a professional, Sue of support, and two accounts of Kim's."""
    return Desk(
        app,
        a_sandbox(
            runtime,
            person("Pia Pine", "professional"),
            person("Sue Surf", "support", company="co_platform"),
            person("Kim Kelp", "customer", username="kim"),
            person("Kit Kelp", "customer", username="kit", emails=[]),
            preset="customer-app",
        ),
    )


@pytest.fixture
def act(desk: Desk) -> Callable[..., Any]:
    """Does something to Ben in Ada's stead, and shows where that led."""

    def run_order(path: str, impersonation: str = OWNER, **fields: str) -> Any:
        return desk.send(f"/people/usr_ben/{path}", {"as": impersonation, **fields}, at="/people/usr_ben")

    return run_order


def status_of(scene: Scene, user_id: str) -> str:
    """Where an account stands."""
    return look(scene, people.show, user_id).status


def test_people_are_found_by_name_address_number_and_role(desk: Desk, app: Flask, runtime: Runtime) -> None:
    phones = [{"number": "+14155550123", "kind": "whatsapp"}]
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", phones=phones))
    harbour = Desk(app, scene)
    assert names(harbour) == ["Ben Birch", "Ada Ash"]
    for query in ("?q=BIRCH", "?q=ben@exa", "?q=415+555+0123", "?q=usr_ben", "?role=member"):
        assert names(harbour, query) == ["Ben Birch"], query
    assert names(harbour, "?q=%25") == []
    assert "No people found" in texts_of(harbour.open("/people?q=zoe"), "h2")


def test_people_are_gone_through_page_by_page(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, *(person(f"P{number} Pine") for number in range(60)))
    desk = Desk(app, scene)
    seen, found = desk.open("/people"), names(desk)
    while seen.has("more"):
        link = seen.find("more").attributes["href"]
        seen = desk.open(link)
        found += texts_of(seen, "strong")[1:]
    assert len(found) == len(set(found)) == 60


def test_a_person_is_shown_with_all_they_hold(desk: Desk, scene: Scene) -> None:
    scene.signed_in("Ada")
    seen = desk.open("/people/usr_ada")
    assert seen.heading.startswith("Ada Ash active")
    text = said(seen.all("main")[0])
    assert "Harbour Booksowner" in text
    assert "web in Harbour Books, since 2 Mar 2026, 09:00:00" in text
    assert desk.path("/timeline?user=usr_ada") in links_of(seen)
    desk.open("/people/usr_nobody", 404)


def test_an_account_is_deactivated_and_given_back_in_an_owners_stead(
    desk: Desk, scene: Scene, act: Callable[..., Any]
) -> None:
    assert "The person is deactivated" in desk.follow(act("deactivate")).text("told")
    assert status_of(scene, "usr_ben") == "deactivated"
    desk.follow(act("reactivate"))
    assert status_of(scene, "usr_ben") == "active"
    done = [event for event in scene.events() if event.what.startswith("user.")]
    assert [(event.what, event.actor) for event in done] == [
        ("user.deactivate", "usr_ada"),
        ("user.reactivate", "usr_ada"),
    ]


def test_acting_for_somebody_leaves_no_session_and_no_attempt(scene: Scene, act: Callable[..., Any]) -> None:
    act("deactivate")
    assert [row.ended_at is not None for row in scene.sessions()] == [True]
    assert list(scene.attempts()) == []


def test_the_timeline_tells_for_whom_the_tester_acted(desk: Desk, act: Callable[..., Any]) -> None:
    act("deactivate")
    text = said(desk.open("/timeline").find("timeline"))
    assert "Tester acted as Ada Ash" in text
    assert "Ada Ash deactivated Ben Birch" in text
    assert "session" not in text


def test_whoever_may_not_is_refused_as_in_the_service(desk: Desk, act: Callable[..., Any], scene: Scene) -> None:
    assert "Choose whom to act" in act("deactivate", "").text("alert")
    assert act("deactivate", f"usr_ada {OTHER_COMPANY}").status == 409
    for path, fields in (("role", {}), ("role", {"role": "customer"}), ("leave", {"company": COMPANY})):
        refused = act(path, **fields)
        assert refused.status in {409, 422}, path
        assert refused.has("alert")
    own = desk.send("/people/usr_ada/deactivate", {"as": OWNER}, at="/people")
    assert own.status == 409
    assert status_of(scene, "usr_ada") == "active"
    assert all(row.ended_at is not None for row in scene.sessions())


def test_role_consent_lock_sessions_and_invitations_are_in_reach(
    desk: Desk, scene: Scene, act: Callable[..., Any]
) -> None:
    scene.signed_in("Ben")
    for path, fields in (
        ("role", {"role": "admin"}),
        ("opt-out", {}),
        ("consent", {}),
        ("unlock", {}),
        ("end-sessions", {}),
        ("remove-factor", {}),
        ("revoke-invitations", {}),
    ):
        assert act(path, **fields).status == 303, path
    assert all(row.ended_at is not None for row in scene.sessions())
    assert "admin" in said(desk.open("/people/usr_ben").all("dl")[0])


def test_addresses_are_changed_one_a_line(desk: Desk, scene: Scene, act: Callable[..., Any]) -> None:
    done = act("edit", name="Ben Beech", emails="new@example.test main", phones="+1 415 555 0142")
    assert done.status == 303, done.answer.text
    card = look(scene, people.show, "usr_ben")
    assert (card.name, card.emails[0].address, card.phones[0].number) == (
        "Ben Beech",
        "new@example.test",
        "+14155550142",
    )
    refused = act("edit", form="edit", emails="no address")
    assert refused.status == 422
    assert "no address" in refused.answer.text


def test_somebody_is_added_and_deleted(desk: Desk, scene: Scene) -> None:
    fields = {"form": "invite", "name": "Nina Nut", "role": "member", "email": "nina@example.test", "as": OWNER}
    seen = desk.follow(desk.send("/people/invite", fields, at="/people"))
    assert seen.heading.startswith("Nina Nut invited")
    again = desk.send("/people/invite", fields, at="/people")
    assert again.status == 409
    assert 'value="nina@example.test"' in again.answer.text
    assert desk.send("/people/invite", {"as": OWNER}, at="/people").status == 422
    user_id = scene.messages()[-1].user_id
    desk.follow(desk.send(f"/people/{user_id}/delete", {"as": OWNER}, at="/people"))
    assert "Nina Nut" not in names(desk)


def test_a_temporary_password_is_shown_once(clinic: Desk) -> None:
    assert clinic.scene is not None
    fields = {"as": f"usr_pia {COMPANY}"}
    seen = clinic.send("/people/usr_kim/temporary-password", fields, at="/people/usr_kim")
    assert seen.status == 200
    password = next(said(e) for e in seen.all("code") if e.attributes.get("class") == "big")
    outcome = clinic.scene.try_to_sign_in("kim", password)
    assert getattr(outcome, "status", "") == "new_password_required"
    assert password not in clinic.get("/people/usr_kim").text


def test_only_support_restores_a_merged_account_and_releases_its_address(clinic: Desk) -> None:
    def act(path: str, impersonation: str, **fields: str) -> int:
        return clinic.send(f"/people/usr_kim/{path}", {"as": impersonation, **fields}, at="/people/usr_kim").status

    professional, support = f"usr_pia {COMPANY}", "usr_sue co_platform"
    assert act("merge", professional, into="usr_kit") == 303
    assert act("restore", professional) == 403
    assert act("restore", support) == 303
    assert act("revoke-access", professional, company=COMPANY) == 303
    assert act("restore-access", professional, company=COMPANY) == 303
    assert act("release-email", support, address=address_of("Kim")) == 409
    assert act("deactivate", support) == 303
    assert act("release-email", support, address=address_of("Kim")) == 303


def test_support_invites_to_the_company_it_chooses(clinic: Desk) -> None:
    assert clinic.scene is not None
    fields = {"name": "Nora Nix", "role": "customer", "email": "nora@example.test", "company": OTHER_COMPANY}
    seen = clinic.follow(clinic.send("/people/invite", {**fields, "as": "usr_sue co_platform"}, at="/people"))
    assert "Meadow Bikescustomer" in said(seen.all("dl")[0])
    fields |= {"name": "Nell Nix", "email": "nell@example.test"}
    seen = clinic.follow(clinic.send("/people/invite", {**fields, "as": f"usr_pia {COMPANY}"}, at="/people"))
    assert "Harbour Bookscustomer" in said(seen.all("dl")[0])


def test_those_of_the_company_and_support_can_be_acted_for(clinic: Desk, app: Flask, runtime: Runtime) -> None:
    options = [said(e) for e in clinic.open("/people/usr_kim").all("option") if " " in e.attributes.get("value", "")]
    assert [option.partition(" (")[0] for option in options[:2]] == ["Sue Surf, support", "Pia Pine, professional"]
    lonely = Desk(app, a_sandbox(runtime, person("Ben Birch")))
    assert "Nobody in this sandbox may change Ben Birch" in lonely.get("/people/usr_ben").text


def test_incognito_is_a_condition_of_the_person(desk: Desk, scene: Scene) -> None:
    desk.follow(desk.send("/people/usr_ben/incognito", at="/people/usr_ben"))
    assert "1 condition active" in desk.open("/people").text("armed")


@pytest.mark.parametrize("status", list(UserStatus))
def test_the_drawing_of_a_life_shows_every_step_and_where_the_account_is(status: UserStatus) -> None:
    drawn = life(status, with_mergers=True)
    assert [state.name for state in drawn.states if state.here] == [status]
    assert {arrow.name for arrow in drawn.arrows} == {
        "activate",
        "deactivate",
        "reactivate",
        "merge",
        "restore",
        "delete",
    }
    assert drawn.said.startswith(f"The account is {status}.")
    assert "merged" not in [state.name for state in life(status, with_mergers=False).states]


def test_a_member_of_two_companies_is_shown_in_both(app: Flask, runtime: Runtime) -> None:
    memberships = [belongs_to(COMPANY, "member"), belongs_to(OTHER_COMPANY, "admin")]
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", memberships=memberships))
    assert scene.try_to_sign_in(address_of("Ben"), password_of("Ben"))
    text = said(Desk(app, scene).open("/people/usr_ben").all("dl")[0])
    assert "Harbour BooksmemberMeadow Bikesadmin" in text


def test_what_an_authenticator_app_shows_is_shown(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), with_authenticator("Cleo Cedar"))
    desk = Desk(app, scene)
    assert desk.open("/people/usr_cleo").text("authenticator-active") == shown_at(scene.now)
    assert not desk.open("/people/usr_ada").has("authenticator-active")
