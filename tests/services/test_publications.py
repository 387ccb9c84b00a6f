"""Publications: contacts see their own, staff say whose they are (B9, B12)."""

import pytest

from logindrill.models import Audience
from logindrill.rules.decisions import Invalid, Refused
from logindrill.services import deactivations, publications
from logindrill.services.publications import PublicationCard
from logindrill.work.perform import order, read
from logindrill.work.runtime import Runtime
from tests.support.contacts import OTHER_NUMBER, a_portal, code_for, comes_in, contact, page
from tests.support.people import OTHER_COMPANY, address_of, id_of, person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_portal(
        runtime,
        contact("Cora Crane"),
        contact("Anna Alder", OTHER_NUMBER),
        person("Uma Ulm", "staff", company=OTHER_COMPANY),
        contact("Vera Vine", None, company=OTHER_COMPANY),
        publications=[page("pub_a", "Cora", "Vera"), page("pub_b", "Anna"), page("pub_c", "Cora")],
    )


@pytest.fixture
def cora(scene: Scene) -> str:
    return comes_in(scene, code_for(scene)).session.access_token


@pytest.fixture
def sam(scene: Scene) -> str:
    return scene.signed_in("Sam Sage")


def listed(scene: Scene, token: str, *, after: str | None = None, limit: int = 50) -> list[str]:
    return [card.id for card in read(scene.work(token=token), publications.page, after=after, limit=limit).data]


def show(scene: Scene, token: str, publication_id: str) -> PublicationCard:
    return read(scene.work(token=token), publications.show, publication_id)


def why_not_shown(scene: Scene, token: str, publication_id: str) -> str:
    with pytest.raises(Refused) as refused:
        show(scene, token, publication_id)
    return refused.value.reason.code


def test_a_contact_sees_what_is_published_to_them_and_no_audience(scene: Scene, cora: str) -> None:
    assert listed(scene, cora) == ["pub_a", "pub_c"]
    card = show(scene, cora, "pub_a")
    assert (card.title, card.body, card.audience) == ("About pub_a", "Inside.", None)


def test_what_is_not_published_is_refused_as_such_and_what_is_not_there_is_unknown(scene: Scene, cora: str) -> None:
    assert why_not_shown(scene, cora, "pub_b") == "not_published"
    left = scene.attempts()[-1]
    assert (left.status, left.code, left.user_id) == (403, "not_published", id_of("Cora"))
    assert why_not_shown(scene, cora, "pub_nowhere") == "not_found"


def test_staff_see_every_page_with_the_people_of_their_company_in_its_audience(scene: Scene, sam: str) -> None:
    assert listed(scene, sam) == ["pub_a", "pub_b", "pub_c"]
    assert show(scene, sam, "pub_a").audience == (id_of("Cora"),)
    assert show(scene, scene.signed_in("Uma"), "pub_a").audience == (id_of("Vera"),)


def test_staff_publish_and_withdraw_and_it_holds_at_the_next_call(scene: Scene, cora: str, sam: str) -> None:
    order(scene.work(token=sam), publications.publish, "pub_b", id_of("Cora"))
    assert show(scene, cora, "pub_b").id == "pub_b"
    order(scene.work(token=sam), publications.withdraw, "pub_b", id_of("Cora"))
    assert why_not_shown(scene, cora, "pub_b") == "not_published"
    done = [event.what for event in scene.events() if event.what.startswith("publication.")]
    assert done == ["publication.publish", "publication.withdraw"]


def test_a_state_already_held_is_no_event(scene: Scene, sam: str) -> None:
    before = len(scene.events())
    order(scene.work(token=sam), publications.publish, "pub_a", id_of("Cora"))
    order(scene.work(token=sam), publications.withdraw, "pub_b", id_of("Cora"))
    assert len(scene.events()) == before
    assert len(scene.rows(Audience)) == 4


def test_contacts_publish_nothing(scene: Scene, cora: str) -> None:
    for service in (publications.publish, publications.withdraw):
        with pytest.raises(Refused) as refused:
            order(scene.work(token=cora), service, "pub_b", id_of("Cora"))
        assert refused.value.permission == "publications.publish"


@pytest.mark.parametrize(
    ("publication_id", "user_id"), [("pub_a", id_of("Vera")), ("pub_a", "usr_no"), ("pub_x", id_of("Cora"))]
)
def test_nobody_publishes_to_people_of_another_company_nor_what_is_not_there(
    scene: Scene, sam: str, publication_id: str, user_id: str
) -> None:
    for service in (publications.publish, publications.withdraw):
        with pytest.raises(Refused) as refused:
            order(scene.work(token=sam), service, publication_id, user_id)
        assert refused.value.reason.code == "not_found"
    assert len(scene.rows(Audience)) == 4


def test_a_page_of_the_list_goes_on_after_one_that_is_seen_and_no_other(scene: Scene, cora: str, sam: str) -> None:
    assert listed(scene, cora, limit=1) == ["pub_a"]
    assert listed(scene, cora, after="pub_a") == ["pub_c"]
    assert listed(scene, sam, after="pub_a", limit=1) == ["pub_b"]
    for unseen in ("pub_b", "pub_nowhere"):
        with pytest.raises(Invalid):
            listed(scene, cora, after=unseen)


def test_without_a_live_session_nothing_is_shown(scene: Scene, cora: str, sam: str) -> None:
    order(scene.work(token=sam), deactivations.deactivate, id_of("Cora"))
    assert why_not_shown(scene, cora, "pub_a") == "deactivated"
    assert why_not_shown(scene, "mock_nothing", "pub_a") == "session_unknown"


def test_a_session_of_another_sandbox_opens_nothing(runtime: Runtime, cora: str) -> None:
    other = a_portal(runtime, contact("Cora Crane"), publications=[page("pub_a", "Cora")])
    assert why_not_shown(other, cora, "pub_a") == "token_of_another_sandbox"


def test_other_presets_offer_no_publications(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"))
    token = scene.signed_in("Ada Ash")
    assert why_not_shown(scene, token, "pub_a") == "not_offered"
    with pytest.raises(Refused):
        listed(scene, token)
    with pytest.raises(Refused) as refused:
        order(scene.work(token=token), publications.publish, "pub_a", address_of("Ada"))
    assert refused.value.reason.code == "not_offered"
