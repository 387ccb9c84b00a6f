"""A user: one person's account."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow
from logindrill.rules.identifiers import canonical
from logindrill.rules.lifecycle import UserStatus, UserStep, next_status


class User(SandboxRow):
    """The status, password and second factor of one person.

    `epoch` is raised by everything that must end earlier credentials: deactivation, deletion, merge, reset, change of
    password or factor. Sessions and trusted devices store the epoch they were made under.
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
    """The reason code of sessions that an epoch change ended."""
    password_hash: Mapped[str | None] = mapped_column(default=None)
    password_marks: Mapped[str | None] = mapped_column(default=None)
    """Keyed digests of similar spellings of the password, to recognise near misses (D16), space-separated.

    None beyond loopback.
    """
    password_set_at: Mapped[datetime | None] = mapped_column(default=None)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(default=None)
    opted_out: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[str | None] = mapped_column(default=None)
    merged_in_company: Mapped[str | None] = mapped_column(default=None)
    second_factor: Mapped[str | None] = mapped_column(default=None)
    """The method of the second factor, or None: whatsapp_otp, second_password, totp."""
    second_password_hash: Mapped[str | None] = mapped_column(default=None)
    totp_secret: Mapped[str | None] = mapped_column(default=None)
    totp_enrolment: Mapped[str | None] = mapped_column(default=None)
    """The secret of an authenticator app that is being set up; not used until the person confirms it."""
    totp_last_step: Mapped[int | None] = mapped_column(default=None)
    second_password_marks: Mapped[str | None] = mapped_column(default=None)
    """As `password_marks`, of the second password."""
    released_emails: Mapped[list[str] | None] = mapped_column(Document, default=None)
    """The addresses that support released from the account, which may leave it without any (C14)."""

    def take(self, step: UserStep) -> None:
        """Change the status by one transition; raises Refused where the transition table does not allow it."""
        self.status = next_status(self.status, step)

    def set_username(self, username: str | None) -> None:
        """Set the username; None removes it."""
        self.username = username
        self.username_canonical = None if username is None else canonical(username)

    def end_everything(self, cause: str) -> None:
        """End all earlier sessions, devices and pending sign-ins, with a reason code."""
        self.epoch += 1
        self.epoch_cause = cause
        self.totp_enrolment = None

    def set_factor(
        self,
        method: str | None,
        *,
        second_password_hash: str | None = None,
        second_password_marks: str | None = None,
        totp_secret: str | None = None,
        totp_step: int | None = None,
    ) -> None:
        """Set another second factor, or none; the data of the earlier factor is removed."""
        self.second_factor = method
        self.second_password_hash = second_password_hash
        self.second_password_marks = second_password_marks
        self.totp_secret = totp_secret
        self.totp_last_step = totp_step
        self.totp_enrolment = None

    def forget(self) -> None:
        """Delete all personal data from the row; the id stays in use."""
        self.name = ""
        self.set_username(None)
        self.password_hash = self.password_marks = self.password_set_at = self.last_sign_in_at = None
        self.second_factor = self.second_password_hash = self.totp_secret = self.totp_last_step = None
        self.merged_into = self.merged_in_company = self.second_password_marks = self.released_emails = None
        self.opted_out = False

    def set_password(self, password_hash: str, marks: str | None, now: datetime, *, cause: str) -> None:
        """Set a new password; everything issued under the old one ends."""
        self.password_hash = password_hash
        self.password_marks = marks
        self.password_set_at = now
        self.end_everything(cause)

    def remove_password(self, *, cause: str, marks: str | None = None) -> None:
        """Remove the person's own password.

        `marks` are the near-miss digests of the temporary password that replaces it.
        """
        self.password_hash = self.password_set_at = None
        self.password_marks = marks
        self.end_everything(cause)

    def merge_into(self, survivor_id: str, company_id: str | None) -> None:
        """Merge this account into another.

        The password is kept only to recognise its owner, who is then told of the merger (C11).
        """
        self.take(UserStep.MERGE)
        self.merged_into = survivor_id
        self.merged_in_company = company_id

    def restore(self) -> None:
        """Undo the merger: the account is independent again (C13)."""
        self.take(UserStep.RESTORE)
        self.merged_into = self.merged_in_company = None
