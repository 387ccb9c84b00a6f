"""The names of the hosted pages, their fields and buttons, for instructions that use the same words as the page."""

from collections.abc import Mapping

TITLES: Mapping[str, str] = {
    "/login": "Sign in",
    "/second-factor/number": "Get a code by WhatsApp",
    "/second-factor": "Second factor",
    "/new-password": "Choose your own password",
    "/forgot-password": "Forgot password",
    "/forgot-password/sent": "Check your e-mail",
    "/reset-password": "Set a new password",
    "/activate": "Activate your account",
    "/code": "Sign in with a code",
    "/code/entry": "Enter the code",
    "/account": "Your account",
    "/account/second-factor": "Set up a second factor",
    "/account/second-factor/confirmation": "Connect your authenticator app",
    "/publications": "Publications",
}
BUTTONS: Mapping[str, str] = {
    "/login": "Sign in",
    "/second-factor/number": "Send the code",
    "/second-factor": "Continue",
    "/new-password": "Save password",
    "/forgot-password": "Send the link",
    "/reset-password": "Save password",
    "/activate": "Activate your account",
    "/code": "Send the code",
    "/code/entry": "Sign in",
    "/account": "Sign out",
    "/account/second-factor": "Set up",
    "/account/second-factor/confirmation": "Finish",
}
FIELDS: Mapping[str, str] = {
    "identifier": "E-mail address",
    "password": "Password",
    "password_confirmation": "New password again",
    "current_password": "Current password",
    "second_password": "Second password",
    "phone": "Your WhatsApp number",
    "whatsapp_number": "WhatsApp number",
    "code": "Code",
    "code-of-app": "Code from the app",
    "contact": "E-mail address or phone number",
    "method-none": "None",
    "method-whatsapp_otp": "A code by WhatsApp",
    "method-second_password": "A second password",
    "method-totp": "An authenticator app",
    "channel-email": "by e-mail",
    "channel-sms": "by SMS",
}
_WHO: Mapping[str, str] = {"customer-app": "Username or e-mail address"}
"""The label of a sign-in form's identifier, where that is not an e-mail address alone."""
_GROUPS: Mapping[str, str] = {"method": "Second factor", "channel": "Send the code"}
"""The heading above several choices."""
_LINKED = ("/activate", "/reset-password")
"""Pages whose address ends with the token of a link."""


def title(path: str) -> str:
    """The heading of a page; the address itself where the heading depends on the content."""
    return TITLES.get(_page_of(path), path)


def button(path: str) -> str:
    """The label of the button of a page's form."""
    return BUTTONS.get(_page_of(path), "the button")


def field(name: str, path: str = "", preset: str = "") -> str:
    """The label of a field, by its test id."""
    if name == "password" and _page_of(path) != "/login":
        return "New password"
    if name == "code" and _page_of(path) == "/account/second-factor/confirmation":
        return FIELDS["code-of-app"]
    if name == "identifier":
        return _WHO.get(preset, FIELDS[name])
    return FIELDS.get(name, name.replace("_", " "))


def group(choice: str) -> str:
    """The heading above a choice, by the test id of the chosen option."""
    return _GROUPS.get(choice.partition("-")[0], "choose")


def _page_of(path: str) -> str:
    """The page of an address, without the token of a link and without the query."""
    plain = path.partition("?")[0]
    return next((known for known in _LINKED if plain.startswith(f"{known}/")), plain)
