"""The API call that applies a remedy, with real ids; None for remedies that only a person can carry out."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from logindrill.explain import applications, policies, scanning, waiting
from logindrill.explain.cards import Apply, Found
from logindrill.explain.entering import other_channel
from logindrill.explain.fitting import CIRCUMSTANCE_OF
from logindrill.explain.situations import Situation
from logindrill.models import Message
from logindrill.rules.circumstances import Browser, Cache, Cookies, Installation, Network
from logindrill.rules.identifiers import canonical, looks_like_email, spaceless
from logindrill.rules.reasons import Remedy
from logindrill.rules.reasons import remedies as r

Applies = Callable[[Situation, Found], Apply | None]


def apply(situation: Situation, found: Found, remedy: Remedy) -> Apply | None:
    """The call of the public API, or of the control API, that applies the remedy."""
    build = _CALLS.get(remedy.code)
    return None if build is None else build(situation, found)


def _to_person(method: str, path: str, body: Mapping[str, Any] | None = None) -> Applies:
    """A call about the person, made by somebody who has the permission."""

    def build(situation: Situation, _found: Found) -> Apply | None:
        if situation.person is None:
            return None
        return Apply(method, f"{situation.public_path}/users/{situation.person.id}{path}", body)

    return build


def _invite(situation: Situation, _found: Found) -> Apply | None:
    """A new invitation to the typed address, with the lowest role."""
    known = situation.person is not None and situation.person.row.name
    typed = situation.typed or (situation.person.main_address if situation.person is not None else None)
    if typed is None:
        return None
    body: dict[str, Any] = {
        "name": known or typed.partition("@")[0],
        "role": list(situation.uow.preset.roles)[-1].value,
    }
    if looks_like_email(typed):
        body["emails"] = [{"address": typed, "kind": "main"}]
    elif situation.uow.preset.code_channels:
        body["phones"] = [{"number": typed, "kind": "sms"}]
    else:
        return None
    return Apply("POST", f"{situation.public_path}/users", body)


def _restore_access(situation: Situation, _found: Found) -> Apply | None:
    person = situation.person
    if person is None:
        return None
    named = situation.request.get("company")
    revoked = [membership.company_id for membership in person.memberships if membership.access == "revoked"]
    company = named if named in revoked else next(iter(revoked), None)
    query = "" if company is None else f"?company={company}"
    return Apply("DELETE", f"{situation.public_path}/users/{person.id}/access-revocation{query}")


def _release(situation: Situation, _found: Found) -> Apply | None:
    person = situation.person
    if person is None or not person.addresses:
        return None
    taken = situation.request.get("address")
    held = [row.address for row in person.addresses]
    meant = (address for address in held if situation.uow.keyed(canonical(address)) == taken)
    address = next(meant, person.main_address or held[0])
    return Apply("POST", f"{situation.public_path}/users/{person.id}/email-releases", {"address": address})


def _have_support_do_it(situation: Situation, found: Found) -> Apply | None:
    """The very call that was refused, where it has no body, since bodies are not kept."""
    path = {"lock": "/lock", "second_factor": "/second-factor"}.get(found.check)
    return None if path is None else _to_person("DELETE", path)(situation, found)


def _correct_number(situation: Situation, _found: Found) -> Apply | None:
    """The typed number becomes the account's WhatsApp number."""
    person, typed = situation.person, _number_typed(situation)
    if person is None or typed is None:
        return None
    phones = [{"number": row.number, "kind": row.kind} for row in person.numbers if row.kind != "whatsapp"]
    phones.append({"number": typed, "kind": "whatsapp"})
    return Apply("PATCH", f"{situation.public_path}/users/{person.id}", {"phones": phones})


def _number_typed(situation: Situation) -> str | None:
    """The number for which a code was requested in vain; the unsent message contains it."""
    if situation.message is not None:
        return situation.message.recipient
    if situation.person is None:
        return None
    statement = situation.uow.select(Message.recipient).where(
        Message.user_id == situation.person.id,
        Message.reason.in_(("phone_mismatch", "no_number_on_account")),
        Message.issued_at == situation.at,
    )
    return situation.uow.session.scalars(statement.order_by(Message.key.desc()).limit(1)).first()


def _correct_address(situation: Situation, _found: Found) -> Apply | None:
    """The address in use becomes the main one, and the earlier main one a secondary one."""
    person, typed = situation.person, situation.typed
    if person is None or typed is None or not looks_like_email(typed):
        return None
    own = next((row.address for row in person.addresses if _alike(row.address, typed)), typed)
    emails = [{"address": own, "kind": "main"}]
    others = [row.address for row in person.addresses if row.address != own]
    emails += [{"address": address, "kind": "secondary"} for address in others]
    return Apply("PATCH", f"{situation.public_path}/users/{person.id}", {"emails": emails})


def _alike(stored: str, typed: str) -> bool:
    """Equality without case and spaces: the account keeps its own spelling."""
    return spaceless(stored) == spaceless(typed)


def _publish(situation: Situation, _found: Found) -> Apply | None:
    publication = situation.request.get("publication")
    if publication is None or situation.person is None:
        return None
    page = quote(publication, safe="")
    return Apply("PUT", f"{situation.public_path}/publications/{page}/audience/{situation.person.id}")


def _ask_reset(situation: Situation, _found: Found) -> Apply | None:
    identifier = None if situation.person is None else situation.person.signs_in_as
    if identifier is None:
        return None
    return Apply("POST", f"{situation.public_path}/password-resets", {"identifier": identifier})


def _ask_on_other_channel(situation: Situation, _found: Found) -> Apply | None:
    return _ask_code_on(situation, other_channel(situation))


def _ask_code_on(situation: Situation, channel: str | None) -> Apply | None:
    """For a contact; a code of the second factor needs the id of a sign-in, which only its client has."""
    person = situation.person
    if person is None or not person.is_contact:
        return None
    body: dict[str, str] = {}
    if person.addresses:
        body["email"] = person.main_address or person.addresses[0].address
    elif person.numbers:
        body["phone"] = person.numbers[0].number
    else:
        return None
    if channel is not None:
        body["channel"] = channel
    return Apply("POST", f"{situation.public_path}/confirmation-codes", body)


def _end_condition(situation: Situation, found: Found) -> Apply | None:
    """End what the condition says of this circumstance, and nothing else that it says: where it says more, a newer
    condition for the same calls says the ordinary of this one, for the newest decides field by field."""
    name = CIRCUMSTANCE_OF.get(found.reason.code, "network")
    row = situation.condition_that_sets(name)
    if row is None:
        return None
    if len(row.circumstances) == 1:
        return Apply("DELETE", f"{situation.sandbox_path}/conditions/{row.id}")
    body = {"match": row.match, name: _ordinary(situation, name)}
    return Apply("POST", f"{situation.sandbox_path}/conditions", body)


def _ordinary(situation: Situation, name: str) -> str:
    """The value of a circumstance that stops nobody."""
    policy = situation.uow.policy
    if name == "app_version":
        return policy.apps.latest_version or policy.apps.min_version or "1.0"
    if name == "browser" and policy.browsers.supported:
        return policy.browsers.supported[0]
    return _ORDINARY[name]


def _end_fault(situation: Situation, _found: Found) -> Apply | None:
    row = situation.fault()
    return None if row is None else Apply("DELETE", f"{situation.sandbox_path}/faults/{row.id}")


def _end_delivery_rule(situation: Situation, found: Found) -> Apply | None:
    row = situation.delivery_rule()
    if row is None:
        return _end_condition(situation, found)
    return Apply("DELETE", f"{situation.sandbox_path}/delivery-rules/{row.id}")


def _allow_sender(situation: Situation, found: Found) -> Apply | None:
    return _end_delivery_rule(situation, found) or waiting.deliver(situation, found)


_ORDINARY: Mapping[str, str] = {
    "network": Network.WIFI,
    "cache": Cache.FRESH,
    "browser": Browser.CHROME,
    "installation": Installation.SOUND,
    "cookies": Cookies.KEPT,
}
_CALLS: Mapping[str, Applies] = {
    **dict.fromkeys(
        (
            *(r.USE_WIFI.code, r.RECONNECT.code, r.LEAVE_VPN.code, r.CLEAR_DATA.code, r.USE_CHROME.code),
            *(r.UPDATE_APP.code, r.REINSTALL.code, r.KEEP_COOKIES.code, r.END_CONDITION.code),
        ),
        _end_condition,
    ),
    r.RESEND_BY_ADMIN.code: _to_person("POST", "/invitations", {"method": "email"}),
    r.RESEND_BY_EMAIL.code: _to_person("POST", "/invitations", {"method": "email"}),
    r.GENERATE_TEMPORARY_PASSWORD.code: _to_person("POST", "/invitations", {"method": "temporary_password"}),
    r.INVITE_BY_ADMIN.code: _invite,
    r.REACTIVATE_BY_ADMIN.code: _to_person("DELETE", "/deactivation"),
    r.RESTORE_ACCESS.code: _restore_access,
    r.RESTORE_MERGED.code: _to_person("DELETE", "/merge"),
    r.RELEASE_EMAIL.code: _release,
    r.UNLOCK_BY_ADMIN.code: _to_person("DELETE", "/lock"),
    r.REMOVE_FACTOR_BY_ADMIN.code: _to_person("DELETE", "/second-factor"),
    r.HAVE_SUPPORT_DO_IT.code: _have_support_do_it,
    r.CORRECT_NUMBER.code: _correct_number,
    r.CORRECT_ADDRESS.code: _correct_address,
    r.RENEW_CONSENT.code: _to_person("PATCH", "", {"opted_out": False}),
    r.PUBLISH.code: _publish,
    r.RESET_PASSWORD.code: _ask_reset,
    r.ASK_NEW_RESET.code: _ask_reset,
    r.ASK_NEW_CODE.code: lambda situation, _: _ask_code_on(situation, None),
    r.USE_OTHER_CHANNEL.code: _ask_on_other_channel,
    r.END_FAULT.code: _end_fault,
    r.END_DELIVERY_RULE.code: _end_delivery_rule,
    r.ALLOW_SENDER.code: _allow_sender,
    r.DELIVER_NOW.code: waiting.deliver,
    r.WAIT_FOR_MESSAGE.code: waiting.wait_for_message,
    r.WAIT_FOR_UNLOCK.code: waiting.wait_for_unlock,
    r.USE_NEXT_CODE.code: waiting.wait_for_next_code,
    r.WAIT_FOR_CODES.code: waiting.wait_for_codes,
    r.CHANGE_POLICY.code: policies.allow_vpn,
    r.EXCLUDE_FROM_SCANNING.code: scanning.end_rule,
    r.KEEP_LINKS_UNUSED.code: policies.keep_links_unused,
    r.SEND_CODES_SOONER.code: policies.send_codes_sooner,
    r.READ_CODES_FORGIVINGLY.code: policies.read_codes_forgivingly,
    **applications.CALLS,
}
"""By the remedy's code."""
