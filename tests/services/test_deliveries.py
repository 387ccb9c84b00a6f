"""What staff see of the messages to a person: that they went, never what they open (B12, S43)."""

from datetime import timedelta

import pytest
from pydantic import TypeAdapter
from sqlalchemy import delete, update

from logindrill.models import Role
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.delivery import Channel
from logindrill.services import deliveries
from logindrill.services.deliveries import Delivery
from logindrill.work.paging import Page
from logindrill.work.perform import read
from logindrill.work.runtime import Runtime
from tests.support.contacts import NUMBER, OTHER_NUMBER, a_portal, ask, code_for, comes_in, contact
from tests.support.people import OTHER_COMPANY, address_of, id_of, person
from tests.support.scenes import MORNING, Scene

CORA = address_of("Cora")
RULES = [{"match": {"channel": "sms"}, "disposition": "delayed", "delay": "PT5M"}]


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_portal(
        runtime,
        contact("Cora Crane"),
        contact("Anna Alder", OTHER_NUMBER, opted_out=True),
        contact("Vera Vine", None, company=OTHER_COMPANY),
        person("Ben Birch", "staff", status="invited"),
        delivery_rules=RULES,
    )


def seen(
    scene: Scene, name: str, *, token: str | None = None, after: str | None = None, limit: int = 50
) -> Page[Delivery]:
    work = scene.work(token=token or scene.signed_in("Sam Sage"))
    return read(work, deliveries.page, id_of(name), after=after, limit=limit)


def test_staff_see_when_where_and_how_each_message_went(scene: Scene) -> None:
    ask(scene, email=CORA)
    ask(scene, email=CORA, channel=Channel.SMS)
    by_mail, by_sms = seen(scene, "Cora").data
    assert (by_mail.channel, by_mail.to, by_mail.disposition, by_mail.reason) == ("email", CORA, "inbox", None)
    assert (by_sms.channel, by_sms.to, by_sms.disposition, by_sms.reason) == ("sms", NUMBER, "delayed", "mail_delayed")
    assert (by_sms.issued_at, by_sms.deliver_at) == (MORNING, MORNING + timedelta(minutes=5))
    assert (by_mail.arrived, by_sms.arrived) == (True, False)
    scene.wait(timedelta(minutes=5))
    assert seen(scene, "Cora").data[1].disposition == "inbox"


@pytest.mark.rule("S43")
def test_neither_code_nor_link_nor_words_are_among_it(scene: Scene) -> None:
    code = code_for(scene)
    written = TypeAdapter(Page[Delivery]).dump_json(seen(scene, "Cora")).decode()
    assert code not in written
    link = scene.newest_token(address_of("Ben"))
    invited = TypeAdapter(Page[Delivery]).dump_json(seen(scene, "Ben")).decode()
    assert "activation" in invited
    assert link not in invited
    assert "http" not in invited


def test_what_was_not_sent_is_listed_with_its_reason(scene: Scene) -> None:
    ask(scene, email=address_of("Anna"))
    [withheld] = seen(scene, "Anna").data
    assert (withheld.disposition, withheld.arrived, withheld.reason) == ("not_sent", False, "opted_out")


def test_reasons_are_for_those_who_may_diagnose(scene: Scene) -> None:
    ask(scene, email=address_of("Anna"))
    token = scene.signed_in("Sam Sage")
    with scene.runtime.database.writing() as connection:
        connection.execute(update(Role).where(Role.name == "staff").values(permissions=["users.read"]))
    assert seen(scene, "Anna", token=token).data[0].reason is None
    with scene.runtime.database.writing() as connection:
        connection.execute(delete(Role).where(Role.name == "staff"))
    with pytest.raises(Refused) as refused:
        seen(scene, "Anna", token=token)
    assert refused.value.permission == "users.read"


def test_contacts_see_no_deliveries_not_even_their_own(scene: Scene) -> None:
    token = comes_in(scene, code_for(scene)).session.access_token
    with pytest.raises(Refused) as refused:
        seen(scene, "Cora", token=token)
    assert refused.value.reason.code == "missing_permission"


def test_people_of_other_companies_are_unknown(scene: Scene) -> None:
    for name in ("Vera", "Nobody"):
        with pytest.raises(Refused) as refused:
            seen(scene, name)
        assert refused.value.reason.code == "not_found"


def test_the_list_goes_on_after_a_message_of_this_person_only(scene: Scene) -> None:
    for _ in range(3):
        ask(scene, email=CORA)
    ask(scene, email=address_of("Anna"))
    first = seen(scene, "Cora", limit=1)
    assert (len(first.data), first.has_more) == (1, True)
    assert len(seen(scene, "Cora", after=first.data[0].id).data) == 2
    for stranger in (scene.messages(address_of("Anna"))[0].id, "msg_nowhere"):
        with pytest.raises(Invalid):
            seen(scene, "Cora", after=stranger)


def test_looking_changes_nothing(scene: Scene) -> None:
    code = code_for(scene)
    before = len(scene.events())
    token = scene.signed_in("Sam Sage")
    seen(scene, "Cora", token=token)
    assert len(scene.events()) == before + 1, "the sign-in"
    comes_in(scene, code)


def test_the_newest_come_first_where_that_is_wanted(scene: Scene) -> None:
    ask(scene, email=CORA)
    scene.wait(timedelta(minutes=1))
    ask(scene, phone=NUMBER)
    work = scene.work(token=scene.signed_in("Sam Sage"))
    back = read(work, deliveries.page_back, id_of("Cora"), before=None, limit=1)
    assert ([one.to for one in back.data], back.has_more) == ([NUMBER], True)
    older = read(work, deliveries.page_back, id_of("Cora"), before=back.data[-1].id, limit=1)
    assert ([one.to for one in older.data], older.has_more) == ([CORA], False)
    with pytest.raises(Invalid):
        read(work, deliveries.page_back, id_of("Cora"), before="msg_none", limit=1)
