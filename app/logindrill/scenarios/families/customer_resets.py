"""A customer forgot the password: by username, by main address, and where the message is (C3-C5)."""

from logindrill.rules.reasons import MAIL_IN_SPAM, MERGED, NO_ADDRESS_ON_ACCOUNT
from logindrill.scenarios.actors import NEW_PASSWORD, PROFESSIONAL
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import ASKED_FOR_NEW_PASSWORD, Step
from logindrill.scenarios.verbs.entering import sets_new_password, signs_in
from logindrill.scenarios.verbs.inbox import ACTIVATION, RESET, looks, reads
from logindrill.scenarios.verbs.links import (
    activates,
    asks_for_reset,
    opens_invitation,
    opens_reset_link,
    sets_password,
)
from logindrill.scenarios.verbs.staff import merges, resends
from logindrill.scenarios.verbs.tester import mail

_IN_AGAIN = (signs_in(password=NEW_PASSWORD),)
_RESETS = (reads(RESET), opens_reset_link(), sets_password())
_ACTIVATES = (reads(ACTIVATION), opens_invitation(), activates())


def _in_spam(name: str, story: str, kind: str, *, cast: Cast, asks: Step, cure: tuple[Step, ...]) -> Scenario:
    """A message of this kind is delivered to the spam folder, where the person finds it."""
    return Scenario(
        name=name,
        preset="customer-app",
        rules=("C4", "C8") if kind == ACTIVATION else ("C3", "C4"),
        symptom=Symptom.NOTHING_ARRIVED,
        story=story,
        cast=cast,
        scene=(mail("{person.first}'s mailbox moves the service's mail to spam", "spam"),),
        tries=(asks, looks(kind, why="other_disposition")),
        cause=MAIL_IN_SPAM,
        remedy="look_in_spam",
        cure=cure,
        after=_IN_AGAIN,
    )


SCENARIOS = (
    Scenario(
        name="forgotten-password-by-username",
        preset="customer-app",
        rules=("C3", "C4", "C7"),
        symptom=Symptom.NONE,
        story="Cleo has a username and an address for messages only. The message goes to that address.",
        cast=Cast(person={"emails": [{"address": "cleo.cedar@example.test", "kind": "secondary"}]}),
        tries=(asks_for_reset("{person.username}", how="with the username"), *_RESETS, *_IN_AGAIN),
    ),
    Scenario(
        name="forgotten-password-by-main-address",
        preset="customer-app",
        rules=("C3", "C5"),
        symptom=Symptom.NONE,
        story="Cleo forgot her password and asks for a new one under her main address.",
        tries=(asks_for_reset("{person.email}", how="with the main address"), *_RESETS, *_IN_AGAIN),
    ),
    _in_spam(
        "forgotten-password-mail-in-spam",
        "Cleo asked for a new password and finds no message in her inbox.",
        RESET,
        cast=Cast(),
        asks=asks_for_reset(),
        cure=_RESETS,
    ),
    _in_spam(
        "invitation-in-spam",
        "Paul sends Cleo's invitation again, and she does not see it arrive.",
        ACTIVATION,
        cast=Cast(person={"status": "invited", "password": None, "invitation": "none"}),
        asks=resends(PROFESSIONAL),
        cure=_ACTIVATES,
    ),
    Scenario(
        name="reset-without-an-address",
        preset="customer-app",
        rules=("C3", "C5"),
        symptom=Symptom.NOTHING_ARRIVED,
        story="Cleo's account has a username and no address at all, so there is nowhere to send a link to.",
        cast=Cast(person={"emails": None}),
        tries=(asks_for_reset(), looks(RESET, "{person.username}", why="no_address_on_account")),
        cause=NO_ADDRESS_ON_ACCOUNT,
        remedy="generate_temporary_password",
        cure=(resends(PROFESSIONAL, method="temporary_password"),),
        after=(signs_in(password="{temporary_password}", seen=ASKED_FOR_NEW_PASSWORD), sets_new_password()),
    ),
    Scenario(
        name="reset-after-a-merger",
        preset="customer-app",
        rules=("C11", "C3"),
        symptom=Symptom.NOTHING_ARRIVED,
        story="Cleo's account was merged into another of hers. A new password for the old account never comes.",
        scene=(merges(),),
        tries=(asks_for_reset(), looks(RESET, why="merged")),
        cause=MERGED,
        remedy="use_survivor",
        after=(
            signs_in(how="with the other account", identifier="{survivor.identifier}", password="{survivor.password}"),
        ),
    ),
)
