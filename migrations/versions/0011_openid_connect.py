"""OpenID Connect: applications, their requests, what people allowed them, codes, tokens and keys."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger()
DOCUMENT = sa.Text()


def upgrade() -> None:
    """Sessions of before count as begun with a password, and nobody knows the real time of their start."""
    op.create_table(
        "access_tokens",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("sandbox_key", KEY, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("authorization_id", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("really_issued_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["sandbox_key"], ["sandboxes.key"], name="fk_access_tokens_sandbox_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_access_tokens"),
        sa.UniqueConstraint("sandbox_key", "digest", name="uq_access_tokens_sandbox_key_digest"),
        sa.UniqueConstraint("sandbox_key", "id", name="uq_access_tokens_sandbox_key_id"),
    )
    op.create_table(
        "applications",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("sandbox_key", KEY, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=True),
        sa.Column("redirect_uris", DOCUMENT, nullable=False),
        sa.Column("post_logout_redirect_uris", DOCUMENT, nullable=False),
        sa.Column("grant_types", DOCUMENT, nullable=False),
        sa.Column("scopes", DOCUMENT, nullable=True),
        sa.Column("id_token_signed_response_alg", sa.String(), nullable=True),
        sa.Column("require_pkce", sa.Boolean(), nullable=True),
        sa.Column("audience", sa.String(), nullable=True),
        sa.Column("consent", sa.String(), nullable=True),
        sa.Column("first_party", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sandbox_key"], ["sandboxes.key"], name="fk_applications_sandbox_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_applications"),
        sa.UniqueConstraint("sandbox_key", "id", name="uq_applications_sandbox_key_id"),
    )
    op.create_table(
        "authorization_codes",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("sandbox_key", KEY, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("authorization_id", sa.String(), nullable=False),
        sa.Column("redirect_uri", sa.String(), nullable=True),
        sa.Column("challenge", sa.String(), nullable=True),
        sa.Column("nonce", sa.String(), nullable=True),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("really_used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["sandbox_key"], ["sandboxes.key"], name="fk_authorization_codes_sandbox_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_authorization_codes"),
        sa.UniqueConstraint("sandbox_key", "digest", name="uq_authorization_codes_sandbox_key_digest"),
        sa.UniqueConstraint("sandbox_key", "id", name="uq_authorization_codes_sandbox_key_id"),
    )
    op.create_table(
        "interactions",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("sandbox_key", KEY, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("request", DOCUMENT, nullable=False),
        sa.Column("binding", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("completed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["sandbox_key"], ["sandboxes.key"], name="fk_interactions_sandbox_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_interactions"),
        sa.UniqueConstraint("sandbox_key", "id", name="uq_interactions_sandbox_key_id"),
    )
    op.create_index("ix_interactions_sandbox_key_expires_at", "interactions", ["sandbox_key", "expires_at"])
    op.create_table(
        "refresh_tokens",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("sandbox_key", KEY, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("authorization_id", sa.String(), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("really_issued_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("successor_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sandbox_key"], ["sandboxes.key"], name="fk_refresh_tokens_sandbox_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_refresh_tokens"),
        sa.UniqueConstraint("sandbox_key", "digest", name="uq_refresh_tokens_sandbox_key_digest"),
        sa.UniqueConstraint("sandbox_key", "id", name="uq_refresh_tokens_sandbox_key_id"),
    )
    op.create_index(
        "ix_refresh_tokens_sandbox_key_authorization_id", "refresh_tokens", ["sandbox_key", "authorization_id"]
    )
    op.create_table(
        "signing_keys",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("sandbox_key", KEY, nullable=False),
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("algorithm", sa.String(), nullable=False),
        sa.Column("private_key", sa.String(), nullable=True),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["sandbox_key"], ["sandboxes.key"], name="fk_signing_keys_sandbox_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_signing_keys"),
        sa.UniqueConstraint("sandbox_key", "kid", name="uq_signing_keys_sandbox_key_kid"),
    )
    op.create_table(
        "authorizations",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("sandbox_key", KEY, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("interaction_id", sa.String(), nullable=True),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("company_id", sa.String(), nullable=True),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=True),
        sa.Column("membership_epoch", sa.Integer(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=True),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("id_token_claims", DOCUMENT, nullable=True),
        sa.Column("signed_in_at", INSTANT, nullable=True),
        sa.Column("really_signed_in_at", INSTANT, nullable=True),
        sa.Column("amr", DOCUMENT, nullable=False),
        sa.Column("acr", sa.String(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sandbox_key", "user_id"],
            ["users.sandbox_key", "users.id"],
            name="fk_authorizations_sandbox_key_user_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sandbox_key"], ["sandboxes.key"], name="fk_authorizations_sandbox_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_authorizations"),
        sa.UniqueConstraint("sandbox_key", "id", name="uq_authorizations_sandbox_key_id"),
    )
    op.create_index("ix_authorizations_sandbox_key_session_id", "authorizations", ["sandbox_key", "session_id"])
    op.create_index("ix_authorizations_sandbox_key_user_id", "authorizations", ["sandbox_key", "user_id"])
    op.add_column("attempts", sa.Column("interaction_id", sa.String(), nullable=True))
    op.add_column("attempts", sa.Column("application_id", sa.String(), nullable=True))
    op.create_index(
        "ix_attempts_sandbox_key_interaction_id",
        "attempts",
        ["sandbox_key", "interaction_id"],
        sqlite_where=sa.text("interaction_id IS NOT NULL"),
    )
    op.add_column("installations", sa.Column("signing_keys", sa.String(), nullable=True))
    op.add_column("pending_sign_ins", sa.Column("methods", sa.String(), nullable=True))
    op.add_column("sessions", sa.Column("methods", sa.String(), nullable=True))
    op.add_column("sessions", sa.Column("really_started_at", INSTANT, nullable=True))
