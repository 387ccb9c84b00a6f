"""Words of the domain as people read them, marked for translation."""

from collections.abc import Mapping

from logindrill.pages.language import marked, say
from logindrill.rules.clients import Capability, Client, SessionWarning
from logindrill.rules.factors import FactorMethod
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.roles import Role

IDENTIFIERS: Mapping[tuple[str, ...], str] = {
    ("email",): marked("E-mail address"),
    ("username",): marked("Username"),
    ("username", "email"): marked("Username or e-mail address"),
}
"""What a sign-in form asks for, by what the service takes."""
ROLES: Mapping[str, str] = {
    Role.OWNER: marked("Owner"),
    Role.ADMIN: marked("Admin"),
    Role.MEMBER: marked("Member"),
    Role.STAFF: marked("Staff"),
    Role.CONTACT: marked("Contact"),
    Role.PROFESSIONAL: marked("Professional"),
    Role.CUSTOMER: marked("Customer"),
    Role.SUPPORT: marked("Support"),
}
AREAS: Mapping[str, str] = {
    Capability.CONVERSATIONS: marked("Conversations"),
    Capability.CAMPAIGNS: marked("Campaigns"),
    Capability.AUTOMATIONS: marked("Automations"),
    Capability.SETTINGS: marked("Settings"),
    Capability.REPORTS: marked("Reports"),
}
WARNINGS: Mapping[str, str] = {
    SessionWarning.MOBILE_BROWSER: marked("You are using a phone's browser. The mobile app is made for phones."),
    SessionWarning.NOTIFICATIONS_OFF: marked("Notifications are off. Turn them on to hear of new messages."),
    SessionWarning.UPDATE_AVAILABLE: marked("There is a newer version of the app."),
}
METHODS: Mapping[str, str] = {
    FactorMethod.WHATSAPP_OTP: marked("A code by WhatsApp"),
    FactorMethod.SECOND_PASSWORD: marked("A second password"),
    FactorMethod.TOTP: marked("An authenticator app"),
}
STATUSES: Mapping[str, str] = {
    UserStatus.INVITED: marked("Invited"),
    UserStatus.ACTIVE: marked("Active"),
    UserStatus.DEACTIVATED: marked("Deactivated"),
    UserStatus.MERGED: marked("Merged"),
    UserStatus.DELETED: marked("Deleted"),
}
CLIENTS: Mapping[str, str] = {Client.WEB: marked("Web"), Client.MOBILE: marked("Mobile app")}
DONE: Mapping[str, str] = {
    "activated": marked("Your account is active. Sign in with the address you were invited at."),
    "password_set": marked("Your new password is set. Sign in with it."),
    "signed_out": marked("You are signed out."),
    "code_sent": marked("If the number is the one on your account, a code is on its way to it."),
    "name_changed": marked("Your name is changed."),
    "password_changed": marked("Your password is changed. You are signed out everywhere else."),
    "factor_set": marked("Your second factor is set up. You are signed out everywhere else."),
    "factor_removed": marked("Your second factor is removed. You are signed out everywhere else."),
    "session_ended": marked("That session has ended."),
    "device_forgotten": marked("That device will be asked again."),
}
"""What was done just before, by the word in the address of the page that says so."""
MISTAKES: Mapping[str, str] = {
    "required": marked("This is needed."),
    "invalid": marked("This is too long, or holds a character that cannot be taken."),
}
"""What is wrong with a field that no service has looked at yet."""
TITLES = (
    marked("Sign-in expired"),
    marked("Link unusable"),
    marked("Not signed in"),
    marked("Network blocked"),
    marked("Update required"),
    marked("Not reachable"),
    marked("Not published"),
    marked("Not on mobile"),
    marked("Forbidden"),
    marked("Too many attempts"),
    marked("Not offered"),
    marked("Not found"),
    marked("Form expired"),
    marked("Method not allowed"),
    marked("Too large"),
    marked("Storage unavailable"),
    marked("Malformed request"),
)
"""What pages of refusals and mishaps are headed with."""
MISHAPS: Mapping[str, str] = {
    "not_offered": marked("This service does not offer that."),
    "not_found": marked("There is nothing here."),
    "form_expired": marked("This form is too old or came from elsewhere. Load the page again."),
    "method_not_allowed": marked("This method is not allowed here."),
    "too_large": marked("The request is too large."),
    "storage_unavailable": marked("The database does not answer. Try again."),
    "validation_failed": marked("Some fields cannot be accepted."),
    "malformed": marked("The request cannot be read."),
}
"""What is told by code that no service said: this much is ours to translate, the rest is the service's own."""
SERVICE_MISTAKES = (
    marked("The entries must match exactly."),
    marked("Choose a password other than the present one."),
    marked("This password is too easy to guess."),
    marked("A character of the password cannot be stored."),
    marked("Choose a second password."),
    marked("Choose one that differs from the first."),
    marked("Digits with a country code, as in +1 415 555 0100."),
    marked("There can be no such number."),
    marked("The codes need a WhatsApp number to go to."),
    marked("The account is active: sign in to change it."),
    marked("This service has no WhatsApp."),
    marked("A main address is needed."),
    marked("A contact needs an address or a number."),
    marked("A username must not look like an e-mail address."),
    marked("Letters, digits, dots, hyphens and underscores only."),
    marked("The address contains a character that only looks like another."),
    marked("Control characters are not allowed."),
)
"""What services say of fields, in the same words every time."""


def spoken(words: Mapping[str, str], word: str) -> str:
    """A word as people read it; one that has no text, such as a role of the sandbox's own, as it is."""
    return say(words[word]) if word in words else word
