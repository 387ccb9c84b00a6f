"""No mail arrived: one symptom and six true causes, for invitations and resets (A15-A17)."""

from collections.abc import Iterator
from dataclasses import dataclass

from logindrill.rules.reasons import (
    MAIL_BLOCKED,
    MAIL_DELAYED,
    MAIL_IN_SPAM,
    MAIL_NOT_SENT,
    NOT_REGISTERED,
    OTHER_MAILBOX,
    Reason,
)
from logindrill.scenarios.scenario import ORDINARY, Cast, Scenario, Symptom
from logindrill.scenarios.step import Step
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.inbox import ACTIVATION, RESET, looks, reads
from logindrill.scenarios.verbs.links import activates, asks_for_reset, sets_password
from logindrill.scenarios.verbs.staff import resends
from logindrill.scenarios.verbs.tester import ends_rule, mail, waits

_ELSEWHERE = "ben@private.example.test"
_NAMES = {
    MAIL_IN_SPAM: "in-spam",
    MAIL_DELAYED: "late",
    MAIL_NOT_SENT: "not-sent",
    MAIL_BLOCKED: "blocked",
    OTHER_MAILBOX: "other-mailbox",
}
_SEEN = {MAIL_IN_SPAM: "other_disposition", OTHER_MAILBOX: "other_recipient"}
"""The near miss that the inbox reports for a message that arrived elsewhere."""


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail that a person waits for: its name, who requests it, and what the person does with its link."""

    name: str
    called: str
    kind: str
    cast: Cast
    sends: Step
    uses: Step
    send_again: str
    rules: tuple[str, ...]

    def misses(
        self, how: str, story: str, cause: Reason, remedy: str, *rules: str, cure: tuple[Step, ...] = (), **mails: str
    ) -> Scenario:
        """The person waits for the mail in vain.

        `mails` gives its `disposition`, without one the person looks in the wrong mailbox.
        """
        mailbox = "{person.email}" if mails else _ELSEWHERE
        return Scenario(
            name=f"{self.name}-mail-{_NAMES[cause]}",
            preset="business-chat",
            rules=(*self.rules, *rules),
            symptom=Symptom.NOTHING_ARRIVED,
            story=story.format(mail=self.called),
            cast=self.cast,
            scene=(mail(f"the mail to {{person.email}} {how}", **mails),) if mails else (),
            tries=(self.sends, looks(self.kind, to=mailbox, why=_SEEN.get(cause, cause.code))),
            cause=cause,
            remedy=remedy,
            cure=cure,
            after=self.arrives,
        )

    @property
    def arrives(self) -> tuple[Step, ...]:
        """The person reads the mail, uses its link, and is signed in."""
        return (reads(self.kind), self.uses, signs_in(password="{new_password}"))


_INVITATION = _Mail(
    name="activation",
    called="invitation",
    kind=ACTIVATION,
    cast=Cast(person={"status": "invited", "password": None, "invitation": "none"}),
    sends=resends(),
    uses=activates(),
    send_again="resend_invitation",
    rules=("A2",),
)
_RESET = _Mail(
    name="reset",
    called="reset link",
    kind=RESET,
    cast=ORDINARY,
    sends=asks_for_reset(),
    uses=sets_password(),
    send_again="ask_new_reset",
    rules=("A10",),
)


def _of(awaited: _Mail) -> Iterator[Scenario]:
    yield awaited.misses(
        "goes to the spam folder",
        "Ben waits for the {mail}, which lies in his spam folder.",
        MAIL_IN_SPAM,
        "look_in_spam",
        "A15",
        disposition="spam",
    )
    yield awaited.misses(
        "takes 20 minutes",
        "Ben waits for the {mail}, which takes 20 minutes to arrive.",
        MAIL_DELAYED,
        "wait_for_message",
        "A15",
        cure=(waits("PT20M", "20 minutes"),),
        disposition="delayed",
        delay="PT20M",
    )
    yield awaited.misses(
        "cannot be sent",
        "Ben waits for the {mail}, which the service failed to send.",
        MAIL_NOT_SENT,
        awaited.send_again,
        "A15",
        cure=(ends_rule("the service sends mail again"), awaited.sends),
        disposition="not_sent",
    )
    yield awaited.misses(
        "is stopped by the company's firewall",
        "Ben waits for the {mail}, which his company's firewall does not let through.",
        MAIL_BLOCKED,
        "allow_sender",
        "A17",
        cure=(ends_rule("IT allows the sender's address through the firewall"), awaited.sends),
        disposition="blocked",
    )
    yield awaited.misses(
        "",
        "Ben waits for the {mail} in his private mailbox, while it was delivered to his company address.",
        OTHER_MAILBOX,
        "look_in_registered_mailbox",
        "A16",
    )


SCENARIOS = (
    *_of(_INVITATION),
    *_of(_RESET),
    Scenario(
        name="reset-address-not-registered",
        preset="business-chat",
        rules=("A10", "A15", "A16"),
        symptom=Symptom.NOTHING_ARRIVED,
        story="Ben asks for a reset with his private address, which no account has.",
        tries=(
            asks_for_reset(_ELSEWHERE, how="under his private address"),
            looks(RESET, to=_ELSEWHERE, why=NOT_REGISTERED.code),
        ),
        cause=NOT_REGISTERED,
        remedy="use_registered_address",
        cure=(asks_for_reset(),),
        after=_RESET.arrives,
    ),
)
