"""The database tables, one model a file; importing this package registers all of them."""

from logindrill.models.access_token import AccessToken
from logindrill.models.application import Application
from logindrill.models.attempt import Attempt
from logindrill.models.authorization import Authorization
from logindrill.models.authorization_code import AuthorizationCode
from logindrill.models.base import Base, SandboxRow
from logindrill.models.company import Company
from logindrill.models.condition import Condition
from logindrill.models.delivery_rule import DeliveryRule
from logindrill.models.email_address import EmailAddress
from logindrill.models.event import Event
from logindrill.models.fault import Fault
from logindrill.models.installation import InstallationSecret
from logindrill.models.interaction import Interaction
from logindrill.models.link import Link, LinkPurpose
from logindrill.models.membership import Membership
from logindrill.models.message import Message
from logindrill.models.one_time_code import CodePurpose, OneTimeCode
from logindrill.models.pending_sign_in import PendingSignIn
from logindrill.models.phone import UserPhone
from logindrill.models.publication import Audience, Publication
from logindrill.models.refresh_token import RefreshToken
from logindrill.models.role import Role
from logindrill.models.sandbox import Sandbox
from logindrill.models.session import Session
from logindrill.models.signing_key import SigningKey
from logindrill.models.snapshot import Snapshot, SnapshotPiece
from logindrill.models.support_request import SupportRequest
from logindrill.models.temporary_password import TemporaryPassword
from logindrill.models.tombstone import Tombstone
from logindrill.models.trusted_device import TrustedDevice
from logindrill.models.user import User
from logindrill.models.wrong_entry import WrongEntry
from logindrill.rules.clocks import ClockMode

__all__ = [
    "AccessToken",
    "Application",
    "Attempt",
    "Audience",
    "Authorization",
    "AuthorizationCode",
    "Base",
    "ClockMode",
    "CodePurpose",
    "Company",
    "Condition",
    "DeliveryRule",
    "EmailAddress",
    "Event",
    "Fault",
    "InstallationSecret",
    "Interaction",
    "Link",
    "LinkPurpose",
    "Membership",
    "Message",
    "OneTimeCode",
    "PendingSignIn",
    "Publication",
    "RefreshToken",
    "Role",
    "Sandbox",
    "SandboxRow",
    "Session",
    "SigningKey",
    "Snapshot",
    "SnapshotPiece",
    "SupportRequest",
    "TemporaryPassword",
    "Tombstone",
    "TrustedDevice",
    "User",
    "UserPhone",
    "WrongEntry",
]
