"""Names of operations, events and reasons in the words of a tester."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from logindrill.console.moments import instant
from logindrill.console.operation_names import operation
from logindrill.rules.reasons import REASONS
from logindrill.services.timelines import Happening, Try

KINDS = {
    "business-chat": "A company's staff on web and mobile: password, plus a second factor on a new device.",
    "contact-portal": "Contacts sign in with a code by e-mail or SMS, staff with a password.",
    "customer-app": "Customers of professionals: username or main address, temporary passwords, several companies.",
}
"""A sentence for each preset about the service it imitates."""
_EVENTS = {
    "access_token.revocation": "an application gave an access token back",
    "access.restore": "restored the access of {subject}",
    "access.revoke": "revoked the access of {subject}",
    "application.add": "registered the application {application}",
    "application.change": "changed the application {application}",
    "application.remove": "removed the application {application}",
    "authorization.end": "ended what {subject} had allowed an application",
    "authorization.issue": "signed {subject} in to an application",
    "clock.move": "moved the clock to {now}",
    "condition.begin": "added a condition",
    "condition.end": "ended a condition",
    "condition.end_all": "ended all conditions",
    "connection": "{subject} could not reach the service",
    "delivery_rule.add": "added a delivery rule: {disposition}",
    "delivery_rule.end": "ended a delivery rule",
    "delivery_rule.end_all": "ended all delivery rules",
    "device.revoke": "stopped trusting a device",
    "device.trust": "trusted the device",
    "fault": "a fault answered the call",
    "fault.arm": "added a fault",
    "fault.disarm": "ended a fault",
    "fault.disarm_all": "ended all faults",
    "invitation.resend": "sent the invitation to {subject} again",
    "invitation.revoke": "revoked the invitations of {subject}",
    "link.open_by_scanner": "a scanner opened the link in a mail to {subject}",
    "link.use_by_get": "the link was used up by opening it",
    "lock.lift": "unlocked {subject}",
    "membership.add": "{subject} joined {company}",
    "membership.remove": "removed {subject} from {company}",
    "message.delete": "deleted a message",
    "message.delete_all": "deleted all messages",
    "message.drop_oldest": "deleted the oldest messages, as the inbox is full",
    "message.redirect": "moved a message: {to}",
    "password.change": "changed the password",
    "password.make_temporary": "generated a temporary password for {subject}",
    "policy.change": "changed a setting: {knobs}",
    "publication.publish": "published a page to {subject}",
    "publication.withdraw": "withdrew a page from {subject}",
    "remedy.apply": "applied a remedy for {subject}: {action}",
    "second_factor.remove": "removed the second factor of {subject}",
    "second_factor.set": "set up a second factor",
    "session.end": "a session of {subject} ended",
    "session.stand_in": "acted as {subject}",
    "signing_key.remove": "removed a signing key",
    "signing_key.rotate": "rotated the signing keys",
    "support_request.send": "a support request came in",
    "user.activate": "{subject} activated the account",
    "user.change": "changed {subject}: {fields}",
    "user.deactivate": "deactivated {subject}",
    "user.delete": "deleted {subject}",
    "user.invite": "added {subject}",
    "user.merge": "merged {subject} into {into}",
    "user.reactivate": "reactivated {subject}",
    "user.release_email": "released an address of {subject}",
    "user.restore": "undid the merge of {subject}",
    "user.role": "changed the role of {subject} to {role}",
}
_SHOWN_AS_THEY_ARE = {"knobs", "company", "into", "action", "application"}
"""Details of an event that are names of something, not words of the program."""
_WHO = {"owner or admin": "an owner or admin", "tester": "the tester"}
_CHANGES = {
    "password_reset.use": "reset the password",
    "second_factor.begin": "began to set up a second factor",
}
"""Further events, which are part of an attempt, where they are named without it."""
_DETAIL = re.compile(r"(?::| to| into)? \{(?!subject|company)\w+\}")
"""A part of a phrase that needs a detail of the event."""
_NAMES = {
    "auto_delete": "deleted automatically",
    "chrome": "Chrome",
    "code_required": "asked for a code",
    "continued": "next step required",
    "edge": "Edge",
    "email": "e-mail",
    "firefox": "Firefox",
    "fresh": "current",
    "hotspot": "mobile hotspot",
    "incognito": "private window",
    "live": "valid",
    "new_password_required": "asked for a new password",
    "opted_out": "opted out",
    "safari": "Safari",
    "second_factor_required": "asked for the second factor",
    "sms": "SMS",
    "sound": "in order",
    "stale": "outdated",
    "thrown_out": "signed out unexpectedly",
    "totp": "authenticator app",
    "vpn": "VPN",
    "whatsapp": "WhatsApp",
    "whatsapp_otp": "code by WhatsApp",
    "wifi": "Wi-Fi",
}
"""Names that are not clear to a person when their underscores become spaces."""
_STATUS = {0: "no answer", 200: "OK", 201: "created", 202: "accepted", 204: "done"}


def happening(event: Happening) -> str:
    """An event in words, without its actor."""
    values = {name: _said(name, value) for name, value in event.details.items()}
    values["subject"] = event.subject_name or "somebody"
    phrase = _EVENTS.get(event.what, event.what.replace(".", ": ").replace("_", " "))
    try:
        return phrase.format_map(values)
    except (KeyError, ValueError, IndexError):
        return event.what


def in_words(line: Try | Happening) -> str:
    """A line of the timeline in a few words: who did what, or who tried what with which outcome."""
    if isinstance(line, Try):
        return f"{operation(line.operation)} of {line.name or 'somebody'}, {words(line.outcome)}"
    actor = "Tester" if line.actor_name == "tester" else line.actor_name
    return f"{actor} {happening(line)}" if actor else happening(line)


def tells_much(line: Try | Happening) -> bool:
    """Whether a line says more than that a tester impersonated a person."""
    return isinstance(line, Try) or line.what not in {"session.stand_in", "session.end"}


def cause(reason: str | None) -> str:
    """The true cause of a reason code, in one sentence."""
    known = REASONS.get(reason or "")
    return (reason or "") if known is None else known.cause


def rule_ids(reason: str | None) -> tuple[str, ...]:
    """The rules behind a reason code."""
    known = REASONS.get(reason or "")
    return () if known is None else known.rule_ids


def status(number: int) -> str:
    """An HTTP status in words."""
    return f"{number} {_STATUS[number]}" if number in _STATUS and number else _STATUS.get(number, str(number))


def success(number: int, code: str | None) -> str:
    """The answer of a call that was not refused: what was done or is needed next, and the HTTP status."""
    return f"{words(code)} ({number})" if code and number else status(number)


def words(name: object) -> str:
    """A machine name as words that a person knows."""
    return _NAMES.get(str(name)) or str(name).replace("_", " ")


def changed(event: str, subject: str) -> str:
    """A change about a person in words, where no more is known than the event."""
    phrase = {**_EVENTS, **_CHANGES}.get(event, event.replace(".", " ").replace("_", " "))
    return _DETAIL.sub("", phrase).format(subject=subject, company="a company")


def tells_more(event: Happening) -> bool:
    """Whether an event says something that its attempt does not say already."""
    return event.what in _EVENTS and event.outcome != "refused"


def _said(name: str, value: object) -> str:
    if name == "now":
        return instant(datetime.fromisoformat(str(value)))
    listed = value if isinstance(value, list) else [value]
    return ", ".join(map(str if name in _SHOWN_AS_THEY_ARE else words, listed))


def to_succeed(needed: str) -> str:
    """What would have let an attempt succeed, `the person: turn off the VPN`, as a sentence."""
    who, _, action = needed.partition(": ")
    return f"To succeed, {_WHO.get(who, who)} must {action}."


FILTERS: dict[str, Callable[..., Any]] = {
    "operation": operation,
    "happening": happening,
    "tells_more": tells_more,
    "cause": cause,
    "rule_ids": rule_ids,
    "changed": changed,
    "http_status": status,
    "success": success,
    "words": words,
    "to_succeed": to_succeed,
}
