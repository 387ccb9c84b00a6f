"""Words of staff pages as people read them, marked for translation."""

from collections.abc import Mapping

from logindrill.pages.language import marked, told
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
    Disposition.BLOCKED: marked("Blocked on the way"),
    Disposition.DELAYED: marked("On its way"),
    Disposition.NOT_SENT: marked("Not sent"),
}
CAUSES: Mapping[str, str] = {
    RevocationCause.REVOKED: marked("Access revoked"),
    RevocationCause.DEACTIVATED: marked("Deactivated here"),
    RevocationCause.MERGED: marked("Asleep since the merger"),
}
"""Why a membership lets its person in no longer."""
REPORTED: Mapping[str, str] = {
    ReportedField.ERROR_MESSAGE: marked("Error message"),
    ReportedField.LAST_SIGNED_IN: marked("Last signed in"),
}
EVENTS: Mapping[str, str] = {
    "access.restore": marked("Access given back"),
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
    "user.restore": marked("Account made independent again"),
    "user.role": marked("Role changed"),
}
"""What may have changed about a person since they last got in."""
ORDERS = frozenset(code for code, reason in REASONS.items() if reason.about in {About.ORDER, About.FIELD})
"""Reasons that say nothing of getting in."""
DONE: Mapping[str, str] = {
    "invited": marked("The invitation is on its way."),
    "added": marked("The person is added and can sign in at once."),
    "changed": marked("It is changed."),
    "role_assigned": marked("The role is changed. It counts from now on."),
    "resent": marked("A new invitation is on its way. Older links no longer work."),
    "invitations_revoked": marked("Links and temporary passwords of this person no longer work."),
    "lock_lifted": marked("The person may try again at once."),
    "factor_removed": marked("The second factor is removed. Sessions and trusted devices have ended."),
    "sessions_ended": marked("The sessions have ended."),
    "joined": marked("The person belongs to one more company. A temporary password no longer works."),
    "left": marked("The person has left the company."),
    "merged": marked("The accounts are merged. This one stays."),
    "restored": marked("The account is independent again. The old password is dead: invite the person again."),
    "address_released": marked("The address is free for a new account."),
    "deactivated": marked("All access is gone, everywhere and at once. The data stays."),
    "reactivated": marked("Access is given back. Devices will be asked again."),
    "deleted": marked("The person is deleted."),
    "access_revoked": marked("Access to the company is revoked."),
    "access_restored": marked("Access to the company is given back."),
    "published": marked("The publication is open to the person from now on."),
    "withdrawn": marked("The publication is closed to the person from now on."),
}
"""What was done just before, by the word in the address of the page that says so."""


def why_not_seen(code: str) -> str:
    """Why a message is not in the inbox, by the code of the reason; a code that is none stays what it is."""
    return told(REASONS[code].cause if code in REASONS else code)
