"""A contact receives no code: the card lacks what was typed, or the contact gets no messages (B1, B2)."""

from functools import partial

from logindrill.rules.reasons import DEACTIVATED, DELETED, NOT_REGISTERED, OPTED_OUT, Reason
from logindrill.scenarios.actors import STAFF
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import Step
from logindrill.scenarios.verbs.codes import asks_for_code, confirms
from logindrill.scenarios.verbs.inbox import CODE, looks, reads
from logindrill.scenarios.verbs.staff import deactivates, deletes, edits, invites, reactivates

_nothing_came = partial(Scenario, preset="contact-portal", symptom=Symptom.NOTHING_ARRIVED)

_PRIVATE = "cora.clay@home.example.test"
_NEW = "cora.stone@example.test"


def _asks_in_vain(address: str, why: Reason, *, how: str = "", channel: str | None = None) -> tuple[Step, ...]:
    return (asks_for_code(email=address, how=how, channel=channel), looks(CODE, to=address, why=why.code))


def _gets_in(address: str = "{person.email}") -> tuple[Step, ...]:
    return (asks_for_code(email=address), reads(CODE, to=address), confirms(email=address))


SCENARIOS = (
    _nothing_came(
        name="not-on-the-contact-card",
        rules=("B1",),
        story="Cora types her private address; no code comes. Her contact card has her work address.",
        tries=_asks_in_vain(_PRIVATE, NOT_REGISTERED, how="to her private address"),
        cause=NOT_REGISTERED,
        remedy="use_registered_address",
        after=_gets_in(),
    ),
    _nothing_came(
        name="outdated-address-on-the-card",
        rules=("B1", "B3"),
        story="Cora types her new address; no code comes, because her card still has the old one.",
        tries=_asks_in_vain(_NEW, NOT_REGISTERED, how="to her new address"),
        cause=NOT_REGISTERED,
        remedy="correct_card",
        cure=(edits(STAFF, "puts {person.first}'s new address on the card", emails=[{"address": _NEW}]),),
        after=_gets_in(_NEW),
    ),
    _nothing_came(
        name="no-phone-on-the-card",
        rules=("B1", "B3"),
        story="Cora wants her code by SMS; none comes, because her card has only an e-mail address.",
        cast=Cast(person={"phones": None}),
        tries=_asks_in_vain("{person.email}", NOT_REGISTERED, how="by SMS", channel="sms"),
        cause=NOT_REGISTERED,
        remedy="use_other_channel",
        after=_gets_in(),
    ),
    _nothing_came(
        name="opted-out",
        rules=("B2",),
        story="Cora once opted out of all messages from the clinic. Now no code comes, on any channel.",
        scene=(edits(STAFF, "opts {person.first} out of messages", opted_out=True),),
        tries=(
            *_asks_in_vain("{person.email}", OPTED_OUT),
            asks_for_code(channel="sms", how="by SMS"),
            looks(CODE, to="{person.phone}", why=OPTED_OUT.code),
        ),
        cause=OPTED_OUT,
        remedy="renew_consent",
        cure=(edits(STAFF, "opts {person.first} in to messages again", opted_out=False),),
        after=_gets_in(),
    ),
    _nothing_came(
        name="contact-deactivated",
        rules=("B2", "A26"),
        story="Cora got codes until last week; now none comes, because the clinic deactivated her.",
        scene=(deactivates(STAFF),),
        tries=_asks_in_vain("{person.email}", DEACTIVATED),
        cause=DEACTIVATED,
        remedy="reactivate",
        cure=(reactivates(STAFF),),
        after=_gets_in(),
    ),
    _nothing_came(
        name="contact-deleted",
        rules=("B1", "A27"),
        story="Cora got codes until last week; now none comes, because her card was deleted.",
        scene=(deletes(STAFF),),
        tries=_asks_in_vain("{person.email}", DELETED),
        cause=DELETED,
        remedy="invite",
        cure=(invites(STAFF),),
        after=_gets_in(),
    ),
)
