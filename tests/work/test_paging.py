"""Lists in pages: oldest first, going on after the last item seen, and never after an item of elsewhere."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from logindrill.models import Event
from logindrill.rules.decisions import Invalid
from logindrill.work.paging import Page, page_after, page_before, part_of
from logindrill.work.perform import order, read
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"))

    def act(uow: UnitOfWork) -> None:
        for number in range(5):
            uow.note(f"event {number}", actor="tester")

    order(scene.work(), act)
    return scene


def page(scene: Scene, after: str | None = None, limit: int = 2) -> Page[str]:
    def list_events(uow: UnitOfWork) -> Page[str]:
        statement = select(Event).where(Event.sandbox_key == uow.sandbox_key)
        return page_after(uow, Event, statement, after=after, limit=limit, show=lambda event: event.what)

    return read(scene.work(), list_events)


def test_pages_follow_one_another_oldest_first(scene: Scene) -> None:
    ids = [row.id for row in scene.events()]
    assert page(scene) == Page(("event 0", "event 1"), has_more=True)
    assert page(scene, ids[1]) == Page(("event 2", "event 3"), has_more=True)
    assert page(scene, ids[3]) == Page(("event 4",), has_more=False)
    assert page(scene, ids[4]) == Page((), has_more=False)


def test_a_page_that_holds_all_there_is_has_no_more(scene: Scene) -> None:
    assert page(scene, limit=5).has_more is False
    assert page(scene, limit=4).has_more is True


@pytest.mark.parametrize("after", ["", "evt_nothing", "0", "' OR 1=1 --"])
def test_there_is_nothing_after_what_is_not_there(scene: Scene, after: str) -> None:
    with pytest.raises(Invalid) as refusal:
        page(scene, after)
    assert [error.field for error in refusal.value.fields] == ["after"]


def test_there_is_nothing_after_an_item_of_another_sandbox(runtime: Runtime, scene: Scene) -> None:
    other = a_sandbox(runtime, person("Ada Ash", "owner"))
    other.signed_in("Ada Ash")
    with pytest.raises(Invalid):
        page(scene, other.events()[0].id)


def test_pages_also_go_back_from_the_newest(scene: Scene) -> None:
    ids = [row.id for row in scene.events()]

    def back(uow: UnitOfWork, before: str | None) -> Page[str]:
        statement = select(Event).where(Event.sandbox_key == uow.sandbox_key)
        return page_before(uow, Event, statement, before=before, limit=2, show=lambda event: event.what)

    assert read(scene.work(), back, None) == Page(("event 4", "event 3"), has_more=True)
    assert read(scene.work(), back, ids[1]) == Page(("event 0",), has_more=False)
    with pytest.raises(Invalid, match="before"):
        read(scene.work(), back, "evt_nothing")


@dataclass(frozen=True, slots=True)
class Card:
    """Something shown in a list."""

    id: str


def test_a_list_in_memory_is_returned_in_parts_too() -> None:
    ada, ben, cleo = Card("ada"), Card("ben"), Card("cleo")
    whole = (ada, ben, cleo)
    assert part_of(whole, after=None, limit=2) == Page((ada, ben), has_more=True)
    assert part_of(whole, after="ben", limit=2) == Page((cleo,), has_more=False)
    assert part_of(whole, after="ada", limit=2) == Page((ben, cleo), has_more=False)
    assert part_of(whole, after="cleo", limit=2) == Page((), has_more=False)


@pytest.mark.parametrize("whole", [(), (Card("ada"),)])
def test_no_part_follows_what_is_not_in_the_list(whole: tuple[Card, ...]) -> None:
    with pytest.raises(Invalid):
        part_of(whole, after="ben", limit=2)
