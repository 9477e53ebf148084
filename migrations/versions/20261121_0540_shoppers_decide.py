"""let shoppers decide

Revision ID: 20261121_0540
Revises: 20261121_0530
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261121_0540"
down_revision = "20261121_0530"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "profiles",
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("same_for_everyone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitors.id"], name="fk_profiles_visitor_id_visitors", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("visitor_id", name="pk_profiles"),
    )
    op.create_table(
        "exclusions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.UUID(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "scope IN ('item', 'model', 'maker', 'kind', 'owned')", name="ck_exclusions_scope"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name="fk_exclusions_product_id_products", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitors.id"], name="fk_exclusions_visitor_id_visitors", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_exclusions"),
        sa.UniqueConstraint("visitor_id", "scope", "target", name="uq_exclusions_visitor_id_scope_target"),
    )
    op.create_index("ix_exclusions_product_id", "exclusions", ["product_id"], unique=False)
    op.create_table(
        "forgettings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.UUID(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("occurred_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("occurred_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_forgettings"),
    )
    op.create_index("ix_forgettings_created_at", "forgettings", ["created_at"], unique=False)
    op.create_index("ix_forgettings_visitor_id", "forgettings", ["visitor_id"], unique=False)
    op.create_index(
        "ix_slates_visitor_id_served_at",
        "slates",
        ["visitor_id", "served_at"],
        unique=False,
        postgresql_where=sa.text("visitor_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.drop_index(
        "ix_slates_visitor_id_served_at",
        table_name="slates",
        postgresql_where=sa.text("visitor_id IS NOT NULL"),
    )
    op.drop_table("forgettings")
    op.drop_table("exclusions")
    op.drop_table("profiles")
