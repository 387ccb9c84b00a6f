"""Near misses: an entry that differs from the right one only by case, a space, a keyboard layout, a minute, or one
code.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from logindrill.explain.cards import Found, NearMiss
from logindrill.explain.releases import released_from
from logindrill.explain.situations import Situation
from logindrill.models import Link, OneTimeCode, Tombstone
from logindrill.people import directory
from logindrill.rules.identifiers import Spelling, canonical, compare, spaceless
from logindrill.rules.links import LinkState
from logindrill.rules.nearness import SENTENCES, Nearness, nearness_in

_JUST = timedelta(minutes=1)
_BY_REASON = {
    "secondary_address": (Nearness.SECONDARY_ADDRESS, "right, but a secondary address of {name}"),
    "superseded_code": (Nearness.SUPERSEDED, "a code of {name}, but not the newest"),
    "used_code": (Nearness.USED, "a code of {name}, but already used"),
    "other_sign_in": (Nearness.OTHER_SIGN_IN, "a code of {name}, but of another sign-in"),
    "link_superseded": (Nearness.SUPERSEDED, "a link of {name}, but not the newest"),
    "temporary_password_superseded": (Nearness.SUPERSEDED, "a temporary password of {name}, but not the newest"),
    "temporary_password_used": (Nearness.USED, "a temporary password of {name}, but already used"),
    "early_code": (Nearness.OTHER_TIME, ""),
}
_SPELLINGS = {Spelling.EXTRA_SPACE: Nearness.SPACE, Spelling.INVISIBLE_CHARACTER: Nearness.INVISIBLE_CHARACTER}
_LAYOUTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("British or American", {'"': "@", "@": '"'}),
    ("QWERTZ", {"y": "z", "z": "y", "Y": "Z", "Z": "Y", '"': "@"}),
    ("AZERTY", {"a": "q", "q": "a", "z": "w", "w": "z", "A": "Q", "Q": "A", "Z": "W", "W": "Z", '"': "@"}),
)


def near_misses(situation: Situation, causes: Sequence[Found]) -> tuple[NearMiss, ...]:
    """Every check that failed by little, in the order of the causes."""
    return tuple(miss for found in causes for miss in _of(situation, found))


def _of(situation: Situation, found: Found) -> Iterator[NearMiss]:
    code = found.reason.code
    if code in _BY_REASON:
        kind, text = _BY_REASON[code]
        yield NearMiss(found.check, kind, text.format(name=_name(situation)) or found.evidence)
    elif (slip := nearness_in(found.evidence)) is not None:
        yield NearMiss(found.check, slip, found.evidence)
    elif code == "wrong_password":
        yield from _earlier_holder(situation)
    elif code == "not_in_company":
        yield from _other_company(situation, found)
    elif code in {"unknown_identifier", "not_registered"}:
        yield from _released(situation, found)
        yield from _other_spelling(situation, found) or _other_layout(situation, found)
    elif code == "expired_code" and "the app showed it" in found.evidence:
        yield NearMiss(found.check, Nearness.OTHER_TIME, found.evidence)
    elif code in {"expired_code", "link_expired"}:
        yield from _just_expired(situation, found)


def _name(situation: Situation) -> str:
    return "the account" if situation.person is None else situation.person.name


def _other_company(situation: Situation, found: Found) -> Iterator[NearMiss]:
    person = situation.person
    names = [] if person is None else [membership.company_name for membership in person.usable_memberships]
    if names:
        yield NearMiss(found.check, Nearness.OTHER_COMPANY, f"right, but for {', '.join(names)}")


def _earlier_holder(situation: Situation) -> Iterator[NearMiss]:
    """Somebody else signed in with this identifier before, whose account was deleted (A27)."""
    uow, typed = situation.uow, situation.typed
    if typed is None:
        return
    buried = uow.select(Tombstone.deleted_at).where(Tombstone.identifier_digest == uow.keyed(canonical(typed)))
    until = uow.session.scalars(buried.order_by(Tombstone.key.desc()).limit(1)).first()
    if until is not None:
        evidence = f"it was that of another account, which was deleted at {until.isoformat()}"
        yield NearMiss("identifier", Nearness.EARLIER_HOLDER, evidence)


def _released(situation: Situation, found: Found) -> Iterator[NearMiss]:
    """Support released the address from an account that is over, so that a new one can have it (C14)."""
    former = released_from(situation)
    if former is not None:
        evidence = f"it was that of {former.name} ({former.id}), from whose account support released it"
        yield NearMiss(found.check, Nearness.EARLIER_HOLDER, evidence)


def _other_spelling(situation: Situation, found: Found) -> list[NearMiss]:
    """Somebody is known by what was typed, but for spaces or invisible characters (A8)."""
    typed = situation.typed or ""
    user = directory.find(situation.uow, spaceless(typed))
    if user is None:
        return []
    spelling = compare(typed, user.found_as, situation.uow.policy.identifiers)
    slip = _SPELLINGS.get(spelling)
    return [] if slip is None else [NearMiss(found.check, slip, f"it is that of {user.name}, {SENTENCES[slip]}")]


def _other_layout(situation: Situation, found: Found) -> Iterator[NearMiss]:
    """The typed text is somebody's identifier, typed on a neighbouring keyboard layout."""
    for layout, keys in _LAYOUTS:
        text = (situation.typed or "").translate({ord(key): other for key, other in keys.items()})
        user = None if text == situation.typed or not text else directory.find(situation.uow, text)
        if user is not None:
            evidence = f"it is that of {user.name}, typed as on a {layout} keyboard"
            yield NearMiss(found.check, Nearness.KEYBOARD_LAYOUT, evidence)
            return


def _just_expired(situation: Situation, found: Found) -> Iterator[NearMiss]:
    """The entry came less than a minute too late."""
    person, at = situation.person, situation.at
    if person is None or at is None:
        return
    rows: list[Link | OneTimeCode] = [
        *(row for row in person.links if person.state_of_link(row) is LinkState.EXPIRED),
        *person.codes,
    ]
    is_link = found.reason.code == "link_expired"
    late = [at - row.expires_at for row in rows if isinstance(row, Link) is is_link and row.expires_at <= at]
    if late and min(late) < _JUST:
        seconds = int(min(late).total_seconds())
        how_late = f"{seconds} {'second' if seconds == 1 else 'seconds'} too late" if seconds else "a moment too late"
        yield NearMiss(found.check, Nearness.JUST_EXPIRED, f"right, but {how_late}")
