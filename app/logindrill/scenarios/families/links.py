"""Links that are damaged, revoked, unknown, or were opened by a mail scanner first (A2, A12, A26)."""

from logindrill.rules.reasons import DEACTIVATED, LINK_DAMAGED, LINK_UNKNOWN, LINK_USED, LINK_VOID
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.inbox import ACTIVATION, RESET, reads
from logindrill.scenarios.verbs.links import (
    activates,
    asks_for_reset,
    opens_invitation,
    opens_reset_link,
    sets_password,
)
from logindrill.scenarios.verbs.staff import deactivates, reactivates, resends, revokes_invitations
from logindrill.scenarios.verbs.tester import ends_rule, mail, restores_snapshot, takes_snapshot, turns

_UNUSABLE = (410, "link_unusable")
_ASKED = (asks_for_reset(), reads(RESET))
_IN = (signs_in(password="{new_password}"),)
_SCANNED = mail("a mail scanner opens every link in the mails to {person.email}", "inbox", opened_by_scanner=True)

SCENARIOS = (
    Scenario(
        name="link-cut-in-two",
        preset="business-chat",
        rules=("A2", "A12"),
        symptom=Symptom.PAGE_REFUSED,
        story="Ben's mail program breaks the long link in two, and he opens the first half.",
        scene=_ASKED,
        tries=(opens_reset_link("{token|half}", how="up to the line break").answered(*_UNUSABLE),),
        cause=LINK_DAMAGED,
        remedy="copy_whole_link",
        cure=(opens_reset_link(how="completely"), sets_password()),
        after=_IN,
    ),
    Scenario(
        name="link-void",
        preset="business-chat",
        rules=("A2", "A26"),
        symptom=Symptom.PAGE_REFUSED,
        story="Adam took Ben's invitation back by mistake, and Ben opens the link that he was sent.",
        cast=Cast(person={"status": "invited", "password": None}),
        scene=(reads(ACTIVATION), revokes_invitations()),
        tries=(opens_invitation().answered(*_UNUSABLE),),
        cause=LINK_VOID,
        remedy="resend_invitation",
        cure=(resends(), reads(ACTIVATION), activates()),
        after=_IN,
    ),
    Scenario(
        name="reset-link-void",
        preset="business-chat",
        rules=("A12", "A26"),
        symptom=Symptom.PAGE_REFUSED,
        story="Ben asks for a new password. Before he opens the link, Adam deactivates him.",
        scene=(*_ASKED, deactivates()),
        tries=(opens_reset_link().answered(*_UNUSABLE),),
        cause=LINK_VOID,
        because=(DEACTIVATED,),
        remedy="reactivate",
        cure=(reactivates(), *_ASKED, sets_password()),
        after=_IN,
    ),
    Scenario(
        name="link-from-before-a-restore",
        preset="business-chat",
        rules=("A12",),
        symptom=Symptom.PAGE_REFUSED,
        story="The service was restored from a backup after Ben's reset mail went out, and does not know its link.",
        scene=(
            takes_snapshot("a backup of the service is made"),
            *_ASKED,
            restores_snapshot("the service is restored from the backup"),
        ),
        tries=(opens_reset_link().answered(*_UNUSABLE),),
        cause=LINK_UNKNOWN,
        remedy="ask_new_reset",
        cure=(*_ASKED, sets_password()),
        after=_IN,
    ),
    Scenario(
        name="link-scanner-opened-first",
        preset="business-chat",
        rules=("A2", "A12"),
        symptom=Symptom.PAGE_REFUSED,
        story="A scanner in front of Ben's mailbox opens every link, and in this sandbox opening a link uses it up.",
        cast=Cast(policy={"links.used_by_get": True}),
        scene=(_SCANNED, *_ASKED),
        tries=(opens_reset_link().answered(*_UNUSABLE),),
        cause=LINK_USED,
        remedy="ask_new_reset",
        cure=(
            turns("opening a link no longer uses it up", links__used_by_get=False),
            ends_rule("the scanner leaves links alone"),
            *_ASKED,
            sets_password(),
        ),
        after=_IN,
    ),
    Scenario(
        name="link-scanner-does-no-harm",
        preset="business-chat",
        rules=("A2", "A12"),
        symptom=Symptom.NONE,
        story="A scanner in front of Ben's mailbox opens every link; a link is used up only when a password is set.",
        tries=(_SCANNED, *_ASKED, opens_reset_link(), sets_password(), *_IN),
    ),
)
