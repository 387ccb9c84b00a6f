"""Every text of the hosted pages but the public answers, which are the preset's; one place, to be translated later."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from logindrill.rules.clients import Capability, SessionWarning
from logindrill.rules.factors import FactorMethod
from logindrill.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language; words in braces are filled in."""

    language: str = "en"

    ribbon: str = "About this mock"
    mock: str = "Mock service"
    sandbox: str = "Sandbox"
    sandbox_time: str = "Sandbox time"
    last_attempt: str = "Last attempt"
    error_prefix: str = "Error:"
    optional: str = "optional"

    sign_in: str = "Sign in"
    identifier: Mapping[tuple[str, ...], str] = field(
        default_factory=lambda: {
            ("email",): "E-mail address",
            ("username",): "Username",
            ("username", "email"): "Username or e-mail address",
        }
    )
    password: str = "Password"
    forgotten_password: str = "Forgotten your password?"
    back_to_sign_in: str = "Back to sign-in"
    load_again: str = "Load the page again"

    signed_in: str = "You are signed in"
    name: str = "Name"
    email: str = "E-mail"
    company: str = "Company"
    role: str = "Role"
    opens: str = "Opens"
    signed_in_until: str = "At most until"
    sign_out: str = "Sign out"

    further_step: str = "One more step is needed"
    password_was_right: str = "What you entered was right, but it is not enough to let you in."
    second_factor: str = "Your account also asks for {method}. These pages cannot take it; your app can."
    new_password_needed: str = (
        "You came with a temporary password, which only opens the setting of a password of your own. "
        "These pages cannot take that step; your app can."
    )

    forgotten: str = "Forgotten password"
    forgotten_lead: str = "We will send you a link with which you set a new password."
    send_link: str = "Send the link"
    check_mail: str = "Check your e-mail"
    link_was_sent: str = (
        "If there is an account that can be helped this way, a message with a link is on its way to the address we "
        "have on file."
    )
    nothing_arrived: str = (
        "Nothing there after a few minutes? Look among your spam, and make sure that you asked with the address you "
        "sign in with."
    )
    ask_again: str = "Ask again"

    set_password: str = "Set a new password"
    set_password_lead: str = "Afterwards you are signed out everywhere, and sign in with the new password."
    new_password: str = "New password"
    repeat_password: str = "New password again"
    password_hint: str = "At least {least} characters. Spaces and upper or lower case count."
    save_password: str = "Save password"

    activate: str = "Activate your account"
    activate_lead: str = "You have been invited to {company}. Choose a password to activate your account."
    activate_lead_alone: str = "You have been invited. Choose a password to activate your account."
    your_address: str = "You will sign in with"
    whatsapp_number: str = "WhatsApp number"
    whatsapp_hint: str = "Your personal number with its country code, as in +1 415 555 0100."
    works_until: str = "This link works until {end}."

    ask_for_reset_link: str = "Ask for a new link"
    ask_inviter: str = (
        "Ask whoever invited you to send the invitation again. Only the newest link works, and only once."
    )
    only_newest_link: str = "Only the newest link works, and only once."

    loading: str = "Loading"
    no_such_sandbox: str = "No such sandbox"
    no_such_sandbox_hint: str = "It never was, it has been deleted, or its life is over. Create another, or go to:"
    default_sandbox: str = "the default sandbox"
    to_sign_in: str = "Go to the sign-in page"
    cookies_needed: str = "Your browser must accept cookies from here."

    done: Mapping[str, str] = field(
        default_factory=lambda: {
            "activated": "Your account is active. Sign in with the address you were invited at.",
            "password_set": "Your new password is set. Sign in with it.",
            "signed_out": "You are signed out.",
        }
    )
    mistakes: Mapping[str, str] = field(
        default_factory=lambda: {
            "required": "This is needed.",
            "invalid": "This is too long, or holds a character that cannot be taken.",
        }
    )
    roles: Mapping[str, str] = field(default_factory=lambda: {role: role.value.capitalize() for role in Role})
    capabilities: Mapping[str, str] = field(default_factory=lambda: {area: area.value for area in Capability})
    warnings: Mapping[str, str] = field(
        default_factory=lambda: {
            SessionWarning.MOBILE_BROWSER: "You are using a phone's browser. The mobile app is made for phones.",
            SessionWarning.NOTIFICATIONS_OFF: "Notifications are off. Turn them on to hear of new messages.",
            SessionWarning.UPDATE_AVAILABLE: "There is a newer version of the app.",
        }
    )
    methods: Mapping[str, str] = field(
        default_factory=lambda: {
            FactorMethod.WHATSAPP_OTP: "a code sent by WhatsApp",
            FactorMethod.SECOND_PASSWORD: "your second password",
            FactorMethod.TOTP: "a code from your authenticator app",
        }
    )


ENGLISH = Texts()
