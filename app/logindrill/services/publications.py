"""Publications: contacts open their own, staff decide whom each is published to (B9, B12)."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Struct
from pydantic import Field
from sqlalchemy import Select

from logindrill.access import authentication, orders, publications
from logindrill.access.authentication import Actor
from logindrill.models import Audience, Membership, Publication
from logindrill.rules.confirmations import judge_publication
from logindrill.rules.decisions import Refused, invalid
from logindrill.rules.flows import Flow
from logindrill.rules.orders import Order
from logindrill.rules.reasons import NOT_FOUND, NOT_OFFERED
from logindrill.rules.roles import Permission
from logindrill.work.paging import Page, page_after
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PublicationCard:
    """A page. Only those who may publish see its `audience`."""

    id: str
    title: str
    body: str
    audience: Annotated[tuple[str, ...] | None, Field(exclude_if=lambda value: value is None)] = None


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[PublicationCard]:
    """The pages that are published to the person; every page for those who publish."""
    actor = _require_offer(uow)
    statement = uow.select(Publication)
    if not _publishes(actor):
        statement = statement.where(Publication.id.in_(_published_to(uow, actor)))
    if after is not None and uow.session.scalar(statement.where(Publication.id == after)) is None:
        raise invalid("after", "There is no such item.")
    return page_after(uow, Publication, statement, after=after, limit=limit, show=lambda row: _card(uow, actor, row))


class OfferedPublication(Struct, frozen=True):
    """A page, and whether it is published to a given person."""

    id: str
    title: str
    is_published: bool


def offered(uow: UnitOfWork, user_id: str, limit: int) -> tuple[OfferedPublication, ...]:
    """For the tester: the newest pages, each with whether it is published to the person."""
    own = Audience.user_id == user_id
    open_to = set(uow.session.scalars(uow.select(Audience.publication_id).where(own)))
    statement = uow.select(Publication)
    rows = uow.session.scalars(statement.order_by(Publication.key.desc()).limit(limit))
    return tuple(OfferedPublication(row.id, row.title, row.id in open_to) for row in rows)


def show(uow: UnitOfWork, publication_id: str) -> PublicationCard:
    """One page. Raises Refused: `not_published` for a person who is not in its audience, 404 for an unknown id."""
    actor = _require_offer(uow)
    found = _find(uow, publication_id)
    is_open = _publishes(actor) or publications.is_published(uow, publication_id, actor.user_id)
    reason = judge_publication(published_to_contact=is_open)
    if reason is not None:
        raise Refused(reason)
    return _card(uow, actor, found)


def publish(uow: UnitOfWork, publication_id: str, user_id: str) -> None:
    """Publish a page to somebody of the company. Raises Refused (403, 404)."""
    actor = _reach(uow, publication_id, user_id)
    if publications.is_published(uow, publication_id, user_id):
        return
    uow.add(Audience(publication_id=publication_id, user_id=user_id, since=uow.now))
    uow.note("publication.publish", subject=user_id, actor=actor.user_id, publication=publication_id)


def withdraw(uow: UnitOfWork, publication_id: str, user_id: str) -> None:
    """Withdraw a page from one of the company's people, at once. Raises Refused (403, 404)."""
    actor = _reach(uow, publication_id, user_id)
    held = uow.session.scalar(
        uow.select(Audience).where(
            Audience.publication_id == publication_id,
            Audience.user_id == user_id,
        )
    )
    if held is not None:
        uow.session.delete(held)
        uow.note("publication.withdraw", subject=user_id, actor=actor.user_id, publication=publication_id)


def _require_offer(uow: UnitOfWork, permission: Permission | None = None) -> Actor:
    if Flow.PUBLICATIONS not in uow.preset.offers:
        raise Refused(NOT_OFFERED)
    return authentication.authenticate(uow, permission)


def _reach(uow: UnitOfWork, publication_id: str, user_id: str) -> Actor:
    _require_offer(uow, Permission.PUBLICATIONS_PUBLISH)
    _find(uow, publication_id)
    return orders.require(uow, Order.PUBLISH, user_id).actor


def _find(uow: UnitOfWork, publication_id: str) -> Publication:
    found = uow.find(Publication, publication_id)
    if found is None:
        raise Refused(NOT_FOUND)
    return found


def _publishes(actor: Actor) -> bool:
    return Permission.PUBLICATIONS_PUBLISH in actor.permissions


def _published_to(uow: UnitOfWork, actor: Actor) -> Select[str]:
    return uow.select(Audience.publication_id).where(Audience.user_id == actor.user_id)


def _card(uow: UnitOfWork, actor: Actor, row: Publication) -> PublicationCard:
    audience = _audience(uow, actor, row.id) if _publishes(actor) else None
    return PublicationCard(row.id, row.title, row.body, audience)


def _audience(uow: UnitOfWork, actor: Actor, publication_id: str) -> tuple[str, ...]:
    """The people of the actor's company in the audience; those of other companies are not shown (S55)."""
    members = uow.select(Membership.user_id).where(Membership.company_id == actor.company_id)
    statement = uow.select(Audience.user_id).where(
        Audience.publication_id == publication_id,
        Audience.user_id.in_(members),
    )
    return tuple(uow.session.scalars(statement.order_by(Audience.key)))
