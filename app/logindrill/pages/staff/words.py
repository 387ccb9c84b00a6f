"""Texts of the staff pages, marked for translation."""

from collections.abc import Mapping

from logindrill.pages.language import marked, translated
from logindrill.rules.delivery import Channel, Disposition, MessageKind
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.reasons import REASONS, About
from logindrill.rules.support_requests import ReportedField

KINDS: Mapping[str, str] = {
    MessageKind.ACTIVATION: marked("Activation"),
    MessageKind.PASSWORD_RESET: marked("Password reset"),
    MessageKind.SECOND_FACTOR_CODE: marked("Code for the second factor"),
    MessageKind.CONFIRMATION_CODE: marked("Confirmation code"),
    MessageKind.NOTICE: marked("Notice"),
}
CHANNELS: Mapping[str, str] = {
    Channel.EMAIL: marked("by e-mail"),
    Channel.SMS: marked("by SMS"),
    Channel.WHATSAPP: marked("by WhatsApp"),
}
DISPOSITIONS: Mapping[str, str] = {
    Disposition.INBOX: marked("Delivered"),
    Disposition.SPAM: marked("In spam"),
    Disposition.BLOCKED: marked("Blocked"),
    Disposition.DELAYED: marked("On its way"),
    Disposition.NOT_SENT: marked("Not sent"),
}
CAUSES: Mapping[str, str] = {
    RevocationCause.REVOKED: marked("Access revoked"),
    RevocationCause.DEACTIVATED: marked("Deactivated in this company"),
    RevocationCause.MERGED: marked("Inactive since the merge"),
}
"""Why a membership lets its person in no longer."""
REPORTED: Mapping[str, str] = {
    ReportedField.ERROR_MESSAGE: marked("Error message"),
    ReportedField.LAST_SIGNED_IN: marked("Last signed in"),
}
EVENTS: Mapping[str, str] = {
    "access.restore": marked("Access restored"),
    "access.revoke": marked("Access revoked"),
    "membership.add": marked("Joined a company"),
    "membership.remove": marked("Left a company"),
    "password.change": marked("Password changed"),
    "password.make_temporary": marked("Temporary password generated"),
    "password_reset.use": marked("Password reset"),
    "second_factor.begin": marked("Second factor being set up"),
    "second_factor.remove": marked("Second factor removed"),
    "second_factor.set": marked("Second factor set up"),
    "user.activate": marked("Account activated"),
    "user.change": marked("Contact details changed"),
    "user.deactivate": marked("Account deactivated"),
    "user.invite": marked("Invited"),
    "user.merge": marked("Account merged"),
    "user.reactivate": marked("Account reactivated"),
    "user.release_email": marked("Address released"),
    "user.restore": marked("Merge undone"),
    "user.role": marked("Role changed"),
}
"""What may have changed about a person since they last got in."""
ORDERS = frozenset(code for code, reason in REASONS.items() if reason.about in {About.ORDER, About.FIELD})
"""Reasons that say nothing of getting in."""
DONE: Mapping[str, str] = {
    "invited": marked("The invitation is on its way."),
    "added": marked("The person was added and can sign in now."),
    "changed": marked("Changes saved."),
    "role_assigned": marked("Role changed. It takes effect immediately."),
    "resent": marked("A new invitation is on its way. Older links no longer work."),
    "invitations_revoked": marked("This person's links and temporary passwords no longer work."),
    "lock_lifted": marked("The person can try again now."),
    "factor_removed": marked("The second factor is removed. Sessions and trusted devices have ended."),
    "sessions_ended": marked("The person's sessions have ended."),
    "joined": marked("The person was added to the company. A temporary password no longer works."),
    "left": marked("The person has left the company."),
    "merged": marked("The accounts are merged. This one stays."),
    "restored": marked("The merge is undone. The old password no longer works: invite the person again."),
    "address_released": marked("The address is free for a new account."),
    "deactivated": marked("The person is deactivated and signed out everywhere. Their data is kept."),
    "reactivated": marked("Access restored. The person's devices are no longer trusted."),
    "deleted": marked("The person is deleted."),
    "access_revoked": marked("Access to the company is revoked."),
    "access_restored": marked("Access to the company is restored."),
    "published": marked("The person can see the publication now."),
    "withdrawn": marked("The person can no longer see the publication."),
}
"""What was done just before, by the word in the address of the page that says so."""


def why_not_seen(code: str) -> str:
    """Why a message is not in the inbox, by the code of the reason; a code that is none stays what it is."""
    return translated(REASONS[code].cause if code in REASONS else code)
