"""keep what other shops' programs send, and the models fitted on it

Revision ID: 20261121_0410
Revises: 20261121_0400
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261121_0410"
down_revision = "20261121_0400"
branch_labels = None
depends_on = None

JSONB = postgresql.JSONB(astext_type=sa.Text())


def instant(name: str, *, nullable: bool = True, default_now: bool = False) -> sa.Column[object]:
    default = sa.text("now()") if default_now else None
    return sa.Column(name, sa.DateTime(timezone=True), server_default=default, nullable=nullable)


def count(name: str, *, big: bool = False, default: str | None = "0") -> sa.Column[object]:
    kind = sa.BigInteger() if big else sa.Integer()
    return sa.Column(name, kind, server_default=None if default is None else sa.text(default), nullable=False)


def row_id(name: str = "id") -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), sa.Identity(always=False), nullable=False)


def of_namespace(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return sa.Column("namespace_id", sa.BigInteger(), nullable=False), sa.ForeignKeyConstraint(
        ["namespace_id"],
        ["feed_namespaces.id"],
        name=f"fk_{table}_namespace_id_feed_namespaces",
        ondelete="CASCADE",
    )


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '2s'")
    create_batches()
    create_products()
    create_interactions()
    create_models()


def create_batches() -> None:
    op.create_table(
        "feed_batches",
        row_id(),
        *of_namespace("feed_batches"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="pending", nullable=False),
        instant("received_at", nullable=False, default_now=True),
        instant("done_at"),
        count("rows_count", default=None),
        count("accepted_count", default=None),
        count("duplicates_count"),
        sa.Column("errors", JSONB, server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("rows", JSONB, nullable=True),
        sa.CheckConstraint("kind IN ('products', 'interactions')", name="ck_feed_batches_kind"),
        sa.CheckConstraint("status IN ('pending', 'done', 'failed')", name="ck_feed_batches_status"),
        sa.PrimaryKeyConstraint("id", name="pk_feed_batches"),
    )
    op.create_index(
        "ix_feed_batches_namespace_id", "feed_batches", ["namespace_id", sa.literal_column("id DESC")]
    )
    op.create_index(
        "ix_feed_batches_pending", "feed_batches", ["id"], postgresql_where=sa.text("status = 'pending'")
    )


def create_products() -> None:
    op.create_table(
        "feed_products",
        row_id(),
        *of_namespace("feed_products"),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.CHAR(length=3), nullable=True),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("image_url", sa.Text(), nullable=True),
        sa.Column("attributes", JSONB, nullable=False),
        sa.Column("popularity", sa.Double(), server_default=sa.text("-1000000"), nullable=False),
        instant("listed_at", nullable=False, default_now=True),
        instant("updated_at", nullable=False, default_now=True),
        instant("withdrawn_at"),
        sa.CheckConstraint("price_minor >= 0", name="ck_feed_products_price_is_not_negative"),
        sa.CheckConstraint(
            "(price_minor IS NULL) = (currency IS NULL)", name="ck_feed_products_price_has_a_currency"
        ),
        sa.CheckConstraint("stock >= 0", name="ck_feed_products_stock_is_not_negative"),
        sa.PrimaryKeyConstraint("id", name="pk_feed_products"),
        sa.UniqueConstraint("namespace_id", "external_id", name="uq_feed_products_namespace_id_external_id"),
    )
    op.create_index("ix_feed_products_namespace_id", "feed_products", ["namespace_id", "id"])
    order: list[sa.ColumnElement[object]] = [
        sa.literal_column("popularity DESC"),
        sa.literal_column("id DESC"),
    ]
    for name, columns in {
        "popular": ["namespace_id"],
        "category_popular": ["namespace_id", "category"],
    }.items():
        op.create_index(
            f"ix_feed_products_{name}",
            "feed_products",
            [*columns, *order],
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )


def create_interactions() -> None:
    op.create_table(
        "feed_interactions",
        *of_namespace("feed_interactions"),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("event_type", sa.SmallInteger(), nullable=False),
        sa.Column("weight", sa.REAL(), nullable=False),
        instant("occurred_at", nullable=False),
        instant("received_at", nullable=False, default_now=True),
        sa.PrimaryKeyConstraint("namespace_id", "event_id", name="pk_feed_interactions"),
    )
    op.create_index(
        "ix_feed_interactions_user_id",
        "feed_interactions",
        ["namespace_id", "user_id", sa.literal_column("occurred_at DESC")],
    )
    op.create_index("ix_feed_interactions_received_at", "feed_interactions", ["namespace_id", "received_at"])


def create_models() -> None:
    op.create_table(
        "feed_models",
        row_id("version"),
        *of_namespace("feed_models"),
        sa.Column("status", sa.Text(), nullable=False),
        instant("created_at", nullable=False, default_now=True),
        instant("promoted_at"),
        instant("trained_until", nullable=False),
        count("interactions_count", big=True),
        count("users_count", big=True),
        count("products_count", big=True),
        sa.Column("metrics", JSONB, server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('candidate', 'champion', 'retired', 'refused')", name="ck_feed_models_status"
        ),
        sa.PrimaryKeyConstraint("version", name="pk_feed_models"),
    )
    op.create_index(
        "ix_feed_models_namespace_id", "feed_models", ["namespace_id", sa.literal_column("version DESC")]
    )
    op.create_index(
        "uq_feed_models_champion",
        "feed_models",
        ["namespace_id"],
        unique=True,
        postgresql_where=sa.text("status = 'champion'"),
    )


def downgrade() -> None:
    for table in ("feed_models", "feed_interactions", "feed_products", "feed_batches"):
        op.drop_table(table)
