"""The facts by which a sign-in is judged; an unknown fact keeps its default."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from logindrill.rules.circumstances import ORDINARY, Circumstances
from logindrill.rules.devices import NO_DEVICE, DeviceFacts
from logindrill.rules.factors import FactorMethod
from logindrill.rules.identifiers import Spelling
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import MembershipStanding
from logindrill.rules.passwords import PasswordMatch
from logindrill.rules.temporary_passwords import TemporaryPasswordState


class KnownAs(StrEnum):
    """The kind of the typed identifier in the account that has it."""

    UNKNOWN = "unknown"
    USERNAME = "username"
    MAIN_ADDRESS = "main_address"
    SECONDARY_ADDRESS = "secondary_address"
    DELETED = "deleted"


class SignInFacts(Struct, frozen=True):
    """One try to sign in.

    `password`: `none_set` only where nothing could match, neither a password nor a live temporary one.
    `temporary_password`: the state of the temporary password that was typed; None if what was typed is none.
    `standing`: how the person stands in the company chosen (`memberships.choose`, `memberships.standing`).
    `factor_passed`: the second factor was passed in this very sign-in.
    """

    known_as: KnownAs = KnownAs.UNKNOWN
    spelling: Spelling = Spelling.EXACT
    status: UserStatus | None = None
    password: PasswordMatch = PasswordMatch.WRONG
    temporary_password: TemporaryPasswordState | None = None
    throttled_until: datetime | None = None
    standing: MembershipStanding = MembershipStanding.NOT_IN_COMPANY
    second_factor: FactorMethod | None = None
    ask_second_factor: bool = False
    factor_passed: bool = False
    device: DeviceFacts = NO_DEVICE
    circumstances: Circumstances = ORDINARY
