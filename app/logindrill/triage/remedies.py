"""Recognises remedies in the words in which people describe what they have tried."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from logindrill.rules.reasons import REASONS
from logindrill.triage.facts import YES, Fact

WORDS: Mapping[str, tuple[str, ...]] = {
    # each phrase is a list of word beginnings, all of which must occur; hyphens are ignored
    "retype_password": ("retype passw", "typed passw again", "enter passw again", "tried passw again", "caps lock"),
    "retype_identifier": ("retype addr", "typed addr again", "retype email", "typed email again", "check spelling"),
    "reset_password": ("reset passw", "forgot passw", "new passw", "change passw"),
    "ask_new_reset": ("reset passw again", "new reset", "new link", "another link", "reset mail again"),
    "use_newest_link": ("newest link", "latest link", "last link"),
    "copy_whole_link": ("copi link", "copy link", "pasted link"),
    "use_username": ("username", "user name"),
    "use_main_address": ("main addr", "main email"),
    "use_invited_address": ("invited addr", "invited email"),
    "follow_invitation": ("follow invit", "open invit", "click invit", "activat account", "activation link"),
    "resend_invitation": ("resent invit", "resend invit", "invit again", "new invit"),
    "generate_temporary_password": ("temporary passw",),
    "use_registered_address": ("registered addr", "registered email", "registered number"),
    "use_given_number": ("right number", "registered number", "check number"),
    "correct_number": ("correct number", "chang number", "updat number"),
    "look_in_spam": ("spam", "junk"),
    "look_in_registered_mailbox": ("other mailbox", "all mailbox", "other inbox", "right mailbox"),
    "wait_for_message": ("wait",),
    "wait_for_codes": ("wait",),
    "wait_for_unlock": ("wait",),
    "ask_new_code": ("new code", "another code", "code again", "resent code", "resend code"),
    "use_newest_code": ("newest code", "latest code", "last code"),
    "retype_code": ("retype code", "typed code again", "enter code again"),
    "set_clock": ("set clock", "phone clock", "correct clock", "automatic time"),
    "remove_factor": ("remov factor", "remov authenticator", "reset factor", "reset 2fa", "remov 2fa"),
    "use_other_channel": ("sms instead", "email instead", "by sms", "text message", "other channel"),
    "sign_in_again": ("sign in again", "signed in again", "log in again", "logged in again", "sign out", "log out"),
    "clear_data": ("clear cach", "clear cooki", "delet cooki", "empti cach", "hard refresh", "clear browser"),
    "use_chrome": ("other browser", "another browser", "different browser", "chrome", "switch browser"),
    "keep_cookies": ("normal window", "ordinary window", "not incognito", "keep cooki", "allow cooki"),
    "use_wifi": ("wifi", "other network", "another network", "different network"),
    "reconnect": ("reconnect", "connection", "restart router", "airplane mode", "flight mode"),
    "leave_vpn": ("vpn",),
    "update_app": ("updat app", "latest version", "newest version", "app updat"),
    "reinstall": ("reinstall", "instal app again", "uninstall"),
    "use_web": ("web version", "on computer", "on laptop", "in browser instead"),
    "reactivate": ("reactivat",),
    "restore_access": ("restor access", "grant access", "gave access"),
    "renew_consent": ("renew consent", "opt in", "opted in", "optin"),
    "publish": ("publish",),
    "allow_sender": ("allow sender", "whitelist", "allowlist", "firewall"),
    "unlock": ("unlock", "lift lock"),
}

KNOWN_REMEDIES = frozenset(remedy.code for reason in REASONS.values() for remedy in reason.remedies)
"""A step may also name a remedy by its code."""

SHOWS: Mapping[str, tuple[Fact, str]] = MappingProxyType(
    {
        "look_in_spam": (Fact.SPAM_CHECKED, YES),
        "look_in_registered_mailbox": (Fact.REGISTERED_MAILBOX_CHECKED, YES),
        "use_newest_link": (Fact.LINK_IS_NEWEST, YES),
        "use_newest_code": (Fact.CODE_IS_NEWEST, YES),
        "copy_whole_link": (Fact.LINK_COMPLETE, YES),
        "update_app": (Fact.APP_VERSION, "latest"),
        "use_wifi": (Fact.NETWORK, "wifi"),
        "generate_temporary_password": (Fact.TEMPORARY_PASSWORD_IN_USE, YES),
    }
)
"""Facts that follow from a remedy having been tried."""

_WORD = re.compile(r"\w+")
_NOT_DONE = ("not yet", "didn't", "did not", "haven't", "have not", "couldn't", "could not", "never")


def meant(step: str) -> frozenset[str]:
    """The remedies that a tried step means; empty where it is not understood, or was not done."""
    text = " ".join(step.casefold().replace("\u2019", "'").split())
    if text in KNOWN_REMEDIES:
        return frozenset({text})
    if any(words in text for words in _NOT_DONE):
        return frozenset()
    words = _WORD.findall(text.replace("-", ""))
    return frozenset(code for code, phrases in WORDS.items() if any(_is_said(phrase, words) for phrase in phrases))


def _is_said(phrase: str, words: list[str]) -> bool:
    return all(any(word.startswith(beginning) for word in words) for beginning in phrase.split())
