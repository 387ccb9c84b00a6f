from logindrill.pages.staff import words
from logindrill.pages.staff.offers import OFFERS
from logindrill.rules.delivery import Channel, Disposition, MessageKind
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.orders import Order
from logindrill.rules.support_requests import ReportedField

ELSEWHERE = {Order.END_SESSIONS, Order.PUBLISH, Order.REVOKE_ACCESS, Order.RESTORE_ACCESS, Order.LEAVE}
"""Choices that stand beside what they are about, and not in the list."""


def test_every_word_that_a_page_for_staff_may_show_has_a_text() -> None:
    assert set(words.KINDS) == set(MessageKind)
    assert set(words.CHANNELS) == set(Channel)
    assert set(words.DISPOSITIONS) == set(Disposition)
    assert set(words.CAUSES) == set(RevocationCause)
    assert set(words.REPORTED) == set(ReportedField)


def test_every_choice_about_a_person_is_offered_somewhere() -> None:
    assert {offer.choice for offer in OFFERS} | ELSEWHERE == set(Order)
