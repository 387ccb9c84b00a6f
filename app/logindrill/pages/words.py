"""Names of roles, states, devices and the like, marked for translation."""

from collections.abc import Mapping

from logindrill.pages.language import marked, say, translated
from logindrill.rules.clients import Caller, Capability, Client, SessionWarning
from logindrill.rules.devices import name_of
from logindrill.rules.factors import FactorMethod
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.roles import RoleName
from logindrill.services.sessions import SessionEntry

IDENTIFIERS: Mapping[tuple[str, ...], str] = {
    ("email",): marked("E-mail address"),
    ("username",): marked("Username"),
    ("username", "email"): marked("Username or e-mail address"),
}
"""What a sign-in form asks for, by what the service takes."""
ROLES: Mapping[str, str] = {
    RoleName.OWNER: marked("Owner"),
    RoleName.ADMIN: marked("Admin"),
    RoleName.MEMBER: marked("Member"),
    RoleName.STAFF: marked("Staff"),
    RoleName.CONTACT: marked("Contact"),
    RoleName.PROFESSIONAL: marked("Professional"),
    RoleName.CUSTOMER: marked("Customer"),
    RoleName.SUPPORT: marked("Support"),
}
AREAS: Mapping[str, str] = {
    Capability.CONVERSATIONS: marked("Conversations"),
    Capability.CAMPAIGNS: marked("Campaigns"),
    Capability.AUTOMATIONS: marked("Automations"),
    Capability.SETTINGS: marked("Settings"),
    Capability.REPORTS: marked("Reports"),
    Capability.PEOPLE: marked("People"),
}
WARNINGS: Mapping[str, str] = {
    SessionWarning.MOBILE_BROWSER: marked("You are using a phone's browser. The mobile app is made for phones."),
    SessionWarning.NOTIFICATIONS_OFF: marked("Notifications are off. Turn them on to hear about new messages."),
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
SCOPES: Mapping[str, str] = {
    "openid": marked("Who you are"),
    "profile": marked("Your name"),
    "email": marked("Your e-mail address"),
    "phone": marked("Your phone number"),
    "address": marked("Your postal address"),
    "companies": marked("Your companies and your role in each"),
    "offline_access": marked("All of this also while you are signed out"),
}
"""What an application learns, by the scope that it asks for."""
DONE: Mapping[str, str] = {
    "activated": marked("Your account is active. Sign in with the address that received the invitation."),
    "password_set": marked("Your new password is set. Sign in with it."),
    "signed_out": marked("You are signed out."),
    "code_sent": marked("If this is the number on your account, a code is on its way to it."),
    "name_changed": marked("Your name was changed."),
    "password_changed": marked("Your password was changed. You are signed out everywhere else."),
    "factor_set": marked("Your second factor is set up. You are signed out everywhere else."),
    "factor_removed": marked("Your second factor was removed. You are signed out everywhere else."),
    "session_ended": marked("That session has ended."),
    "device_forgotten": marked("That device is no longer trusted."),
}
"""What was done just before, by the word in the address of the page that says so."""
REQUIRED: Mapping[str, str] = {
    "address": marked("Choose an address."),
    "code": marked("Enter the code."),
    "company": marked("Choose a company."),
    "contact": marked("Enter your e-mail address or phone number."),
    "current_password": marked("Enter your current password."),
    "email": marked("Enter your e-mail address."),
    "into": marked("Choose an account."),
    "method": marked("Choose a second factor."),
    "name": marked("Enter a name."),
    "password": marked("Enter a password."),
    "password_confirmation": marked("Enter the new password again."),
    "phone": marked("Enter your WhatsApp number."),
    "role": marked("Choose a role."),
    "second_password": marked("Enter your second password."),
}
"""What is said at a field that was left empty, by its name in the form."""
REQUIRED_IDENTIFIER: Mapping[tuple[str, ...], str] = {
    ("email",): marked("Enter your e-mail address."),
    ("username",): marked("Enter your username."),
    ("username", "email"): marked("Enter your username or e-mail address."),
}
"""The same for the field that a sign-in form begins with, by what the service takes."""
EMPTY_FIELD = marked("Fill in this field.")
NOT_TAKEN = marked("This is too long or contains a character that is not allowed.")
"""What is wrong with a field that no service has looked at yet."""
SERVICE_REFUSALS = (
    marked("Only support can undo a merge."),
    marked("Only support can add a person to a company."),
    marked("A person cannot be removed from their only company."),
    marked("The account has no company left to belong to."),
    marked("The account has no username and no main address to sign in with."),
    marked("The account was already merged into another one."),
    marked("An account can only be merged into another active account."),
    marked("Only a merged or deactivated account can release its address."),
    marked("There is no authenticator app to confirm."),
)
"""Why services do not obey an order, in the same words every time; what rules say is gathered by `public_texts`."""
SERVICE_MISTAKES = (
    marked("The entries must match exactly."),
    marked("Choose a password that differs from the current one."),
    marked("This password is too easy to guess."),
    marked("The password contains a character that cannot be stored."),
    marked("Choose a second password."),
    marked("Choose a second password that differs from the first."),
    marked("Enter the number with its country code, for example +1 415 555 0100."),
    marked("This number does not exist."),
    marked("Enter a WhatsApp number that the codes can be sent to."),
    marked("The account is active: sign in to change it."),
    marked("This service has no WhatsApp."),
    marked("A main address is required."),
    marked("A contact needs an address or a number."),
    marked("A username must not look like an e-mail address."),
    marked("Use letters, digits, dots, hyphens and underscores only."),
    marked("The address contains a character that looks like another one."),
    marked("Control characters are not allowed."),
    marked("This service has no secondary addresses."),
    marked("This service has no usernames."),
    marked("At most one main address is allowed."),
    marked("Enter each address only once."),
    marked("Enter an e-mail address or a phone number, not both."),
    marked("Enter an e-mail address or a phone number."),
    marked("This service does not offer this method."),
)
"""What services say of fields, in the same words every time."""
ADDRESSES = frozenset({"main_email", "secondary_emails"})
"""Fields whose mistakes are shown in the words of the library that reads addresses."""
NOT_AN_ADDRESS = marked("This is not a valid e-mail address.")
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


def empty(field: str, identifiers: tuple[str, ...]) -> str:
    """What is said at a field that was left empty; `identifiers` are what the service takes."""
    if field == "identifier":
        return REQUIRED_IDENTIFIER.get(identifiers, EMPTY_FIELD)
    return REQUIRED.get(field, EMPTY_FIELD)


def seen_on(session: SessionEntry) -> str:
    """What a session was begun with, as a trusted device is called."""
    return device(name_of(Caller(client=session.client, user_agent=session.user_agent or "")))


def device(name: str) -> str:
    """What a device is called; of an app, its version stays behind the name."""
    app = PROGRAMS[0]
    return translated(app) + name.removeprefix(app) if name.startswith(app) else translated(name)
