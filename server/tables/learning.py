"""What the recommender learns from and what it served: two append-only logs and the fitted models."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from server.tables.conventions import instant_column, metadata, row_id_column

# No foreign keys here: the logs take batches without looking at other tables, and outlive what they name.
interactions = Table(
    "interactions",
    metadata,
    Column("id", UUID, primary_key=True),
    Column("received_on", Date, primary_key=True),
    Column("visitor_id", BigInteger, nullable=False),
    Column("product_id", BigInteger, nullable=False),
    Column("event_type", SmallInteger, nullable=False),
    Column("weight", REAL, nullable=False),
    instant_column("occurred_at"),
    instant_column("received_at"),
    Column("slate_id", UUID),
    Column("position", SmallInteger),
    Index("ix_interactions_visitor_id_occurred_at", "visitor_id", text("occurred_at DESC")),
    # What was received lately: rows lie in that order, so a few kilobytes do.
    Index("ix_interactions_received_at", "received_at", postgresql_using="brin"),
    # What followed from a slate, impressions left out.
    Index(
        "ix_interactions_slate_id",
        "slate_id",
        postgresql_where=text("slate_id IS NOT NULL AND event_type <> 8"),
    ),
    postgresql_partition_by="RANGE (received_on)",
)

slates = Table(
    "slates",
    metadata,
    Column("id", UUID, primary_key=True),
    Column("served_on", Date, primary_key=True),
    instant_column("served_at"),
    Column("visitor_id", BigInteger),
    Column("surface", Text, nullable=False),
    Column("model_version", BigInteger),
    Column("overlay_sequence", BigInteger, nullable=False),
    Column("personalised", Boolean, nullable=False),
    Column("product_ids", ARRAY(BigInteger), nullable=False),
    Column("propensities", ARRAY(REAL), nullable=False),
    Column("reasons", JSONB, nullable=False),
    # Set when an experiment chose: which arm, and how likely that arm was for this visitor.
    Column("experiment_id", BigInteger),
    Column("arm", Text),
    Column("arm_propensity", REAL),
    # To find what is to be forgotten.
    Index(
        "ix_slates_visitor_id_served_at",
        "visitor_id",
        "served_at",
        postgresql_where=text("visitor_id IS NOT NULL"),
    ),
    postgresql_partition_by="RANGE (served_on)",
)

model_snapshots = Table(
    "model_snapshots",
    metadata,
    row_id_column("version"),
    Column("status", Text, nullable=False),
    instant_column("created_at", default_now=True),
    instant_column("promoted_at", nullable=True),
    instant_column("trained_until", nullable=True),
    Column("interactions_count", BigInteger, nullable=False, server_default=text("0")),
    Column("users_count", BigInteger, nullable=False, server_default=text("0")),
    Column("items_count", BigInteger, nullable=False, server_default=text("0")),
    Column("fit_seconds", Double),
    Column("metrics", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("config", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("location", Text),
    Column("refusal", Text),
    # Lineage: the champion that it was judged against, and what fitted it.
    Column("parent_version", BigInteger, ForeignKey("model_snapshots.version")),
    Column("code_version", Text),
    Column("schema_version", SmallInteger),
    # A champion that an administrator went back to: fits that nobody asked for do not replace it.
    Column("is_held", Boolean, nullable=False, server_default=text("false")),
    CheckConstraint("status IN ('candidate', 'challenger', 'champion', 'retired', 'refused')", name="status"),
    Index("ix_model_snapshots_parent_version", "parent_version"),
    Index(
        "uq_model_snapshots_champion",
        "status",
        unique=True,
        postgresql_where=text("status = 'champion'"),
    ),
)
