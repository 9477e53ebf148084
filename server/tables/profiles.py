"""What shoppers decide about being learned from: settings, exclusions, and what is to be forgotten."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import UUID

from server.tables.conventions import instant_column, metadata, row_id_column

profiles = Table(
    "profiles",
    metadata,
    Column("visitor_id", ForeignKey("visitors.id", ondelete="CASCADE"), primary_key=True),
    instant_column("paused_at", nullable=True),
    instant_column("same_for_everyone_at", nullable=True),
)

# ``target`` is what the scope makes of the product: its id, its model's number, its brand or its category.
exclusions = Table(
    "exclusions",
    metadata,
    row_id_column(),
    Column("visitor_id", ForeignKey("visitors.id", ondelete="CASCADE"), nullable=False),
    Column("scope", Text, nullable=False),
    Column("target", BigInteger, nullable=False),
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("event_id", UUID),
    instant_column("created_at", default_now=True),
    CheckConstraint("scope IN ('item', 'model', 'maker', 'kind', 'owned')", name="scope"),
    UniqueConstraint("visitor_id", "scope", "target"),
)

# No foreign key: like the logs, which these rows keep from taking back what was forgotten.
forgettings = Table(
    "forgettings",
    metadata,
    row_id_column(),
    Column("visitor_id", BigInteger, nullable=False, index=True),
    Column("event_id", UUID),
    Column("product_id", BigInteger),
    instant_column("occurred_from"),
    instant_column("occurred_until"),
    instant_column("received_from"),
    instant_column("received_until"),
    Column("removed_count", BigInteger, nullable=False, server_default=text("0")),
    instant_column("created_at", default_now=True),
    Index("ix_forgettings_created_at", "created_at"),
)
