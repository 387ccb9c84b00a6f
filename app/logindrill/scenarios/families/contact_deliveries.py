"""A contact's code is late or lost: the other channel helps, or waiting (B3-B5, B10)."""

from functools import partial

from logindrill.rules.reasons import MAIL_DELAYED, MAIL_IN_SPAM, MAIL_NOT_SENT, OFFLINE, VPN
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import Step
from logindrill.scenarios.verbs.codes import asks_for_code, confirms, reads_code
from logindrill.scenarios.verbs.inbox import CODE, looks
from logindrill.scenarios.verbs.tester import ends_condition, mail, meets, waits

_waits_in_vain = partial(Scenario, preset="contact-portal", symptom=Symptom.NOTHING_ARRIVED)

_SMS = "{person.phone}"
_GETS_IN = (asks_for_code(), reads_code(), confirms())


def _looks_at_phone(why: str) -> Step:
    return looks(CODE, to=_SMS, why=why, do="{person.first} waits for an SMS, and none comes")


SCENARIOS = (
    _waits_in_vain(
        name="sms-late",
        rules=("B3",),
        story="Cora's code by SMS is not there yet; the network takes four minutes today.",
        scene=(mail("messages to the phone are delayed by 4 minutes", "delayed", to=_SMS, delay="PT4M"),),
        tries=(asks_for_code(channel="sms", how="by SMS"), _looks_at_phone(MAIL_DELAYED.code)),
        cause=MAIL_DELAYED,
        remedy="wait_for_message",
        cure=(waits("PT4M", "4 minutes"),),
        after=(reads_code(to=_SMS), confirms()),
    ),
    _waits_in_vain(
        name="sms-never-sent",
        rules=("B3",),
        story="Cora's code by SMS never comes: sending it fails, every time.",
        scene=(mail("sending to the phone fails", "not_sent", to=_SMS),),
        tries=(asks_for_code(channel="sms", how="by SMS"), _looks_at_phone(MAIL_NOT_SENT.code)),
        cause=MAIL_NOT_SENT,
        remedy="use_other_channel",
        cure=(asks_for_code(how="by e-mail"),),
        after=(reads_code(), confirms()),
    ),
    _waits_in_vain(
        name="sms-instead-of-email",
        rules=("B3", "B4"),
        story="Cora's code is not in her inbox. She asks for one by SMS instead, and that comes.",
        scene=(mail("{person.first}'s mail program moves the codes to spam", "spam"),),
        tries=(asks_for_code(how="by e-mail"), looks(CODE, why="other_disposition")),
        cause=MAIL_IN_SPAM,
        remedy="use_other_channel",
        cure=(asks_for_code(channel="sms", how="by SMS"),),
        after=(reads_code(to=_SMS), confirms()),
    ),
    _waits_in_vain(
        name="offline-contact",
        rules=("B5",),
        symptom=Symptom.NEVER_LOADS,
        story="Cora's tablet has no connection; she cannot even ask for a code.",
        scene=(meets("{person.first}'s tablet loses its connection", network="offline"),),
        tries=(asks_for_code().answered(0),),
        cause=OFFLINE,
        remedy="reconnect",
        cure=(ends_condition("{person.first} connects to the internet again"),),
        after=_GETS_IN,
    ),
    _waits_in_vain(
        name="behind-a-vpn",
        rules=("B10",),
        symptom=Symptom.ERROR_TEXT,
        story="Cora's code comes and is right, but the clinic lets nobody in through a VPN such as hers.",
        cast=Cast(policy={"networks.vpn": "deny"}),
        scene=(meets("{person.first} uses the VPN of her company", network="vpn"),),
        tries=(asks_for_code(), reads_code(), confirms().answered(403, "network_blocked")),
        cause=VPN,
        remedy="leave_vpn",
        cure=(ends_condition("{person.first} turns off the VPN"),),
        after=(confirms(how="that is not used up"),),
    ),
)
