"""The first tables, as the models make them in a new database.

Columns are named in a line by their kind, `?` marking one that may be empty. Every row but those of
`installations` and `sandboxes` belongs to a sandbox and goes with it, and every index begins with its key.
"""

from collections.abc import Iterable
from functools import partial

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
USER = ("user_id", "users")
COMPANY = ("company_id", "companies")


def upgrade() -> None:
    """Make all tables, those referred to first."""
    make("installations", *text("secret"))
    make_sandboxes()
    make_people()
    make_places()
    make_links_and_codes()
    make_ways_in()
    make_records()
    make_arrangements()


def make_sandboxes() -> None:
    make(
        "sandboxes",
        *text("id preset"),
        *time("created_at last_used_at ttl?"),
        *word("clock_mode"),
        *time("clock_offset frozen_at?"),
        *columns(sa.BigInteger(), "seed"),
        *number("draws"),
        *flag("seeded"),
        *document("policy made_from"),
        sa.UniqueConstraint("id", name="uq_sandboxes_id"),
    )
    op.create_index("ix_sandboxes_last_used_at", "sandboxes", ["last_used_at"])
    snapshot = [*text("id name?"), *time("taken_at"), *number("size"), *columns(sa.LargeBinary(), "content")]
    make_rows("snapshots", *snapshot, unique=["id"])


def make_people() -> None:
    make_rows(
        "users",
        *text("id name"),
        *word("status"),
        *time("created_at"),
        *text("username? username_canonical?"),
        *number("epoch"),
        *text("epoch_cause? password_hash? password_marks?"),
        *time("password_set_at? last_sign_in_at?"),
        *flag("opted_out"),
        *text("merged_into? merged_in_company? second_factor? second_password_hash? totp_secret? totp_enrolment?"),
        *number("totp_last_step?"),
        unique=["id", "username_canonical"],
    )
    address = text("user_id address canonical kind")
    make_rows("email_addresses", *address, unique=["canonical"], index=["user_id"], of=[USER])
    make_rows("phones", *text("user_id number kind"), index=["user_id", "number"], of=[USER])
    tombstone = [*text("user_id identifier_digest"), *time("deleted_at")]
    make_rows("tombstones", *tombstone, index=["identifier_digest"])


def make_places() -> None:
    make_rows("companies", *text("id name"), unique=["id"])
    make_rows("roles", *text("name"), *document("permissions"), unique=["name"])
    make_rows(
        "memberships",
        *text("user_id company_id role"),
        *word("access"),
        *text("cause?"),
        *number("epoch"),
        *text("epoch_cause?"),
        *time("joined_at"),
        unique=["user_id company_id"],
        index=["company_id role"],
        of=[USER, COMPANY],
    )


def make_links_and_codes() -> None:
    make_rows(
        "links",
        *text("id"),
        *word("purpose"),
        *text("user_id company_id? role? invited_by? address digest"),
        *time("issued_at expires_at used_at? superseded_at? void_at?"),
        unique=["id", "digest"],
        index=["user_id purpose", "expires_at"],
        of=[USER],
    )
    make_rows(
        "one_time_codes",
        *text("id user_id"),
        *word("purpose"),
        *text("pending_sign_in_id? channel address digest"),
        *time("issued_at expires_at"),
        *number("wrong_entries"),
        *time("used_at? superseded_at? void_at?"),
        unique=["id"],
        index=["user_id purpose key", "digest", "expires_at"],
        of=[USER],
    )
    make_rows(
        "temporary_passwords",
        *text("id user_id password_hash mark? issued_by?"),
        *time("issued_at expires_at used_at? superseded_at? void_at?"),
        unique=["id"],
        index=["user_id", "expires_at"],
        of=[USER],
    )


def make_ways_in() -> None:
    make_rows(
        "pending_sign_ins",
        *text("id user_id company_id? digest"),
        *number("epoch membership_epoch"),
        *text("client installation_id? needs temporary_password_id?"),
        *number("wrong_entries"),
        *time("started_at expires_at used_at? void_at?"),
        unique=["id", "digest"],
        index=["user_id", "expires_at"],
        of=[USER],
    )
    make_rows(
        "sessions",
        *text("id digest user_id company_id client app_version? user_agent? installation_id? device_id?"),
        *number("epoch membership_epoch"),
        *time("started_at last_seen_at proven_at? ended_at?"),
        *text("ended_reason?"),
        unique=["id", "digest"],
        index=["user_id"],
        of=[USER, COMPANY],
    )
    make_rows(
        "trusted_devices",
        *text("id user_id name client installation_id? digest"),
        *number("epoch"),
        *time("trusted_at revoked_at?"),
        unique=["id", "digest"],
        index=["user_id"],
        of=[USER],
    )


def make_records() -> None:
    make_rows(
        "messages",
        *text("id"),
        *word("kind channel"),
        *text("sender recipient recipient_canonical user_id? subject? text html? code? code_id? token? link?"),
        *time("issued_at deliver_at"),
        *word("disposition"),
        *text("reason?"),
        unique=["id"],
        index=["deliver_at", "user_id"],
    )
    make_rows(
        "attempts",
        *text("id"),
        *time("at real_at"),
        *text("operation user_id? identifier? client outcome"),
        *number("status"),
        *text("code? detail? reason?"),
        *document("checks request"),
        unique=["id"],
        index=["user_id"],
    )
    event = [*text("id"), *time("at real_at"), *text("what outcome actor? subject? attempt_id?"), *document("details")]
    make_rows("events", *event, unique=["id"], index=["subject"])
    make_rows("wrong_entries", *text("purpose subject"), *time("at"), index=["purpose subject at"])
    request = [
        *text("id"),
        *time("at"),
        *text("user_id? sender_id? email"),
        *document("reported"),
        *text("attempt_id?"),
    ]
    make_rows("support_requests", *request, unique=["id"], index=["user_id"])


def make_arrangements() -> None:
    make_rows("publications", *text("id title body"), unique=["id"])
    audience = [*text("publication_id user_id"), *time("since")]
    make_rows("audiences", *audience, unique=["publication_id user_id"], index=["user_id"], of=[USER])
    condition = [*text("id"), *document("match circumstances"), *time("since")]
    make_rows("conditions", *condition, unique=["id"])
    make_rows(
        "delivery_rules",
        *text("id"),
        *document("match"),
        *word("disposition"),
        *time("delay?"),
        *flag("opened_by_scanner"),
        *number("times? hits"),
        *time("since"),
        unique=["id"],
    )
    fault = [*text("id"), *document("match effect"), *number("skip times met hits"), *time("since")]
    make_rows("faults", *fault, unique=["id"])


def make_rows(
    table: str,
    *parts: sa.Column,
    unique: Iterable[str] = (),
    index: Iterable[str] = (),
    of: Iterable[tuple[str, str]] = (),
) -> None:
    """A table of rows of a sandbox; `unique` and `index` name columns beside the sandbox's key."""
    make(
        table,
        *columns(KEY, "sandbox_key"),
        *parts,
        *(unique_in_sandbox(table, names.split()) for names in unique),
        *(reference(table, column, referred) for column, referred in of),
        sa.ForeignKeyConstraint(["sandbox_key"], ["sandboxes.key"], name=f"fk_{table}_sandbox_key", ondelete="CASCADE"),
    )
    for names in index:
        op.create_index("_".join(["ix", table, "sandbox_key", *names.split()]), table, ["sandbox_key", *names.split()])


def make(table: str, *parts: sa.Column | sa.Constraint) -> None:
    """A table with the internal key that is also the order of its rows."""
    key = sa.Column("key", KEY, autoincrement=True, nullable=False)
    op.create_table(table, key, *parts, sa.PrimaryKeyConstraint("key", name=f"pk_{table}"))


def unique_in_sandbox(table: str, names: list[str]) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("sandbox_key", *names, name="_".join(["uq", table, "sandbox_key", *names]))


def reference(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    """To a row of the same sandbox, by its public id."""
    return sa.ForeignKeyConstraint(
        ["sandbox_key", column],
        [f"{referred}.sandbox_key", f"{referred}.id"],
        name=f"fk_{table}_sandbox_key_{column}",
        ondelete="CASCADE",
    )


def columns(kind: sa.types.TypeEngine, names: str) -> list[sa.Column]:
    return [sa.Column(name.removesuffix("?"), kind, nullable=name.endswith("?")) for name in names.split()]


text = partial(columns, sa.String())
word = partial(columns, sa.String(length=32))
"""One of a few words that the program knows."""
time = partial(columns, sa.BigInteger())
"""Microseconds: since 1970, or of a duration."""
number = partial(columns, sa.Integer())
flag = partial(columns, sa.Boolean())
document = partial(columns, sa.Text())
"""JSON that is only ever read whole."""
