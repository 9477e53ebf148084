"""open the feed to other shops' programs

Revision ID: 20261121_0200
Revises: 20261121_0000
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261121_0200"
down_revision = "20261121_0000"
branch_labels = None
depends_on = None


def instant(name: str, *, nullable: bool = True, default_now: bool = False) -> sa.Column[object]:
    default = sa.text("now()") if default_now else None
    return sa.Column(name, sa.DateTime(timezone=True), server_default=default, nullable=nullable)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "feed_namespaces",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        instant("created_at", nullable=False, default_now=True),
        sa.CheckConstraint("name ~ '^[a-z0-9][a-z0-9-]{0,62}$'", name="ck_feed_namespaces_name"),
        sa.PrimaryKeyConstraint("id", name="pk_feed_namespaces"),
        sa.UniqueConstraint("name", name="uq_feed_namespaces_name"),
    )
    op.create_table(
        "service_tokens",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("namespace_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("issued_by", sa.BigInteger(), nullable=True),
        instant("created_at", nullable=False, default_now=True),
        instant("expires_at"),
        instant("last_used_at"),
        instant("revoked_at"),
        sa.CheckConstraint("cardinality(scopes) > 0", name="ck_service_tokens_has_scopes"),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["users.id"], name="fk_service_tokens_issued_by_users", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["namespace_id"],
            ["feed_namespaces.id"],
            name="fk_service_tokens_namespace_id_feed_namespaces",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_service_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_service_tokens_token_hash"),
    )
    op.create_index("ix_service_tokens_issued_by", "service_tokens", ["issued_by"])
    op.create_index(
        "ix_service_tokens_namespace_id", "service_tokens", ["namespace_id", sa.literal_column("id DESC")]
    )


def downgrade() -> None:
    op.drop_table("service_tokens")
    op.drop_table("feed_namespaces")
