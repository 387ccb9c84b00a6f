"""Words of the domain as people read them, marked for translation."""

from collections.abc import Mapping

from logindrill.pages.language import marked, say, told
from logindrill.rules.clients import Caller, Capability, Client, SessionWarning
from logindrill.rules.devices import name_of
from logindrill.rules.factors import FactorMethod
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.roles import Role
from logindrill.services.sessions import SessionEntry

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
SERVICE_REFUSALS = (
    marked("Only support makes a merged account independent again."),
    marked("Only support adds memberships."),
    marked("The last membership of a person cannot be removed."),
    marked("No company is left that the account could belong to."),
    marked("Neither username nor main address is left to sign in with."),
    marked("The account was merged into another one already."),
    marked("An account can be merged only into another, active one."),
    marked("Only a merged or deactivated account releases its address."),
    marked("No authenticator app is being set up."),
)
"""Why services do not obey an order, in the same words every time; what rules say is gathered by `public_texts`."""
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
    marked("This service has no secondary addresses."),
    marked("This service has no usernames."),
    marked("At most one main address."),
    marked("Each address once."),
    marked("Either an e-mail address or a phone number."),
    marked("An e-mail address or a phone number is needed."),
    marked("This service does not offer it."),
)
"""What services say of fields, in the same words every time."""
ADDRESSES = frozenset({"main_email", "secondary_emails"})
"""Fields whose mistakes are told in the words of the library that reads addresses."""
NOT_AN_ADDRESS = marked("This is not an e-mail address that can be used.")
NOT_ACCEPTED = marked("This cannot be accepted.")
"""What is wrong with a field, in general, where a catalogue does not know what the service says."""
SAMPLES = (
    marked("Where is my order?"),
    marked("Opening hours on Sunday"),
    marked("Spring sale"),
    marked("Welcome back"),
    marked("Greet new contacts"),
    marked("Close after seven days"),
    marked("Office hours"),
    marked("Languages"),
    marked("Conversations by week"),
    marked("Time to first answer"),
)
"""What the areas of `business-chat` show."""
PROGRAMS = (marked("Mobile app"), marked("Another browser"), marked("An unknown client"))
"""What a device is called that has no name of its own."""


def spoken(words: Mapping[str, str], word: str) -> str:
    """A word as people read it; one that has no text, such as a role of the sandbox's own, as it is."""
    return say(words[word]) if word in words else word


def seen_on(session: SessionEntry) -> str:
    """What a session was begun with, as a trusted device is called."""
    return device(name_of(Caller(client=session.client, user_agent=session.user_agent or "")))


def device(name: str) -> str:
    """What a device is called; of an app, its version stays behind the name."""
    app = PROGRAMS[0]
    return told(app) + name.removeprefix(app) if name.startswith(app) else told(name)
