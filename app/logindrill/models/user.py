"""A user: one person's account."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow
from logindrill.rules.identifiers import canonical
from logindrill.rules.lifecycle import UserStatus, UserStep, next_status


class User(SandboxRow):
    """Status, password and second factor of one person.

    `epoch` is raised by everything that must end what was handed out before: deactivation, deletion,
    merge, reset, change of password or factor. Sessions and trusted devices store it.
    """

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        UniqueConstraint("sandbox_key", "username_canonical"),
    )

    id: Mapped[str]
    name: Mapped[str]
    status: Mapped[UserStatus]
    created_at: Mapped[datetime]
    username: Mapped[str | None] = mapped_column(default=None)
    username_canonical: Mapped[str | None] = mapped_column(default=None)
    epoch: Mapped[int] = mapped_column(default=0)
    epoch_cause: Mapped[str | None] = mapped_column(default=None)
    """The reason code that sessions of an earlier epoch ended with."""
    password_hash: Mapped[str | None] = mapped_column(default=None)
    password_marks: Mapped[str | None] = mapped_column(default=None)
    """Keyed digests of the near-miss forms of the password (D16), space-separated; None beyond loopback."""
    password_set_at: Mapped[datetime | None] = mapped_column(default=None)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(default=None)
    opted_out: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[str | None] = mapped_column(default=None)
    merged_in_company: Mapped[str | None] = mapped_column(default=None)
    second_factor: Mapped[str | None] = mapped_column(default=None)
    """The method, or None: whatsapp_otp, second_password, totp."""
    second_password_hash: Mapped[str | None] = mapped_column(default=None)
    totp_secret: Mapped[str | None] = mapped_column(default=None)
    totp_enrolment: Mapped[str | None] = mapped_column(default=None)
    """The secret of an authenticator app that is being set up; it counts for nothing until confirmed."""
    totp_last_step: Mapped[int | None] = mapped_column(default=None)

    def take(self, step: UserStep) -> None:
        """Go one step of life; raises Refused where the transition table has none."""
        self.status = next_status(self.status, step)

    def set_username(self, username: str | None) -> None:
        """Take a username, or none."""
        self.username = username
        self.username_canonical = None if username is None else canonical(username)

    def end_everything(self, cause: str) -> None:
        """Sessions, devices and pending sign-ins of before are dead, for a reason code."""
        self.epoch += 1
        self.epoch_cause = cause
        self.totp_enrolment = None

    def set_factor(
        self,
        method: str | None,
        *,
        second_password_hash: str | None = None,
        totp_secret: str | None = None,
        totp_step: int | None = None,
    ) -> None:
        """Another second factor, or none; what belonged to the one before is gone."""
        self.second_factor = method
        self.second_password_hash = second_password_hash
        self.totp_secret = totp_secret
        self.totp_last_step = totp_step
        self.totp_enrolment = None

    def forget(self) -> None:
        """Nothing of the person stays in the row; the id stays taken."""
        self.name = ""
        self.set_username(None)
        self.password_hash = self.password_marks = self.password_set_at = self.last_sign_in_at = None
        self.second_factor = self.second_password_hash = self.totp_secret = self.totp_last_step = None
        self.merged_into = self.merged_in_company = None
        self.opted_out = False

    def set_password(self, password_hash: str, marks: str | None, now: datetime, *, cause: str) -> None:
        """A new password; everything handed out under the old one ends."""
        self.password_hash = password_hash
        self.password_marks = marks
        self.password_set_at = now
        self.end_everything(cause)

    def lose_password(self, *, cause: str, marks: str | None = None) -> None:
        """No password of one's own any more; `marks` are the near forms of the temporary one in its place."""
        self.password_hash = self.password_set_at = None
        self.password_marks = marks
        self.end_everything(cause)

    def merge_into(self, survivor_id: str, company_id: str | None) -> None:
        """Another account takes over; the password is kept only to tell its owner so (C11)."""
        self.take(UserStep.MERGE)
        self.merged_into = survivor_id
        self.merged_in_company = company_id

    def restore(self) -> None:
        """Independent again (C13)."""
        self.take(UserStep.RESTORE)
        self.merged_into = self.merged_in_company = None
