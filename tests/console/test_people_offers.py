"""What a person's page offers where the service has it: further companies, and pages published to contacts."""

import pytest
from flask import Flask

from logindrill.services import people
from logindrill.work.runtime import Runtime
from logindrill.world.document import PublicationPart
from tests.console.desk import Desk
from tests.support.people import COMPANY, OTHER_COMPANY, person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look

STAFF = f"usr_sol {COMPANY}"


def scene_of(desk: Desk) -> Scene:
    """The sandbox."""
    assert desk.scene is not None
    return desk.scene


@pytest.fixture
def portal(app: Flask, runtime: Runtime) -> Desk:
    """A tester at a portal with Sol, who is staff, the contact Cam, and one page."""
    results = PublicationPart(id="pub_results", title="Results", body="All well.")
    staff, contact = person("Sol Sand", "staff"), person("Cam Cove", "contact", password=None)
    return Desk(app, a_sandbox(runtime, staff, contact, preset="contact-portal", publications=[results]))


@pytest.fixture
def studio(app: Flask, runtime: Runtime) -> Desk:
    """A tester at a customer app with the customer Kim, Pia, who is a professional, and Sue of support."""
    support = person("Sue Surf", "support", company="co_platform")
    scene = a_sandbox(
        runtime, person("Pia Pine", "professional"), support, person("Kim Kelp", "customer"), preset="customer-app"
    )
    return Desk(app, scene)


def test_a_page_is_published_and_withdrawn_where_the_person_stands(portal: Desk) -> None:
    at = "/people/usr_cam"
    assert "Results not published" in portal.open(at).text("publications")
    sent = {"as": STAFF, "publication": "pub_results", "form": "acts"}
    seen = portal.follow(portal.send(f"{at}/publish", sent, at=at))
    assert seen.text("told") == "Published to this person."
    assert "Results published" in seen.text("publications")
    assert seen.has("withdraw-pub_results")
    assert "Results not published" in portal.follow(portal.send(f"{at}/withdraw", sent, at=at)).text("publications")


def test_pages_are_published_to_contacts_alone(portal: Desk) -> None:
    assert not portal.open("/people/usr_sol").has("publications")


def test_support_adds_a_company(studio: Desk) -> None:
    at = "/people/usr_kim"
    assert studio.open(at).has("join")
    sent = {"as": "usr_sue co_platform", "joins": OTHER_COMPANY, "joins_as": "customer", "form": "join"}
    done = studio.send(f"{at}/join", sent, at=at)
    assert studio.follow(done).text("told") == "Added to the company."
    memberships = look(scene_of(studio), people.show, "usr_kim").memberships
    assert [membership.company for membership in memberships] == [COMPANY, OTHER_COMPANY]


def test_without_support_it_is_said_how_else_a_company_is_added(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(
        runtime, person("Pia Pine", "professional"), person("Kim Kelp", "customer"), preset="customer-app"
    )
    seen = Desk(app, scene).open("/people/usr_kim")
    assert not seen.has("join")
    assert "Only support can add a person" in seen.answer.text


def test_a_service_of_one_company_each_offers_no_other(desk: Desk) -> None:
    assert not desk.open("/people/usr_ben").has("join")
