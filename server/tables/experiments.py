"""Experiments between models, and what followed from the slates of every model."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from server.tables.conventions import instant_column, metadata, row_id_column

_NONE_YET = text("0")

experiments = Table(
    "experiments",
    metadata,
    row_id_column(),
    Column("name", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("floor", REAL, nullable=False),
    Column("guard_rails", JSONB, nullable=False),
    instant_column("started_at", default_now=True),
    instant_column("allocated_at", default_now=True),
    instant_column("stopped_at", nullable=True),
    Column("stop_reason", Text),
    CheckConstraint("status IN ('running', 'stopped')", name="status"),
    Index("uq_experiments_running", "status", unique=True, postgresql_where=text("status = 'running'")),
)

experiment_arms = Table(
    "experiment_arms",
    metadata,
    Column("experiment_id", BigInteger, ForeignKey("experiments.id"), primary_key=True),
    Column("arm", Text, primary_key=True),
    # None: whichever model is the champion at the time.
    Column("model_version", BigInteger, ForeignKey("model_snapshots.version")),
    Column("share", REAL, nullable=False),
    Column("answers", BigInteger, nullable=False, server_default=_NONE_YET),
    Column("errors", BigInteger, nullable=False, server_default=_NONE_YET),
    Column("slow_answers", BigInteger, nullable=False, server_default=_NONE_YET),
    Column("seconds", Double, nullable=False, server_default=_NONE_YET),
    Column("products_chosen", BigInteger, nullable=False, server_default=_NONE_YET),
    Column("products_gone", BigInteger, nullable=False, server_default=_NONE_YET),
    CheckConstraint("arm IN ('champion', 'challenger', 'popularity')", name="arm"),
    CheckConstraint("share > 0 AND share <= 1", name="share"),
    Index("ix_experiment_arms_model_version", "model_version"),
)

# Sums over groups of visitors: enough for an interval that respects that the slates of one visitor are alike,
# and nothing in it names a visitor. No foreign keys: it counts what the logs say.
slate_outcomes = Table(
    "slate_outcomes",
    metadata,
    Column("experiment_id", BigInteger, primary_key=True),  # 0 outside of experiments
    Column("arm", Text, primary_key=True),  # empty outside of experiments
    Column("model_version", BigInteger, primary_key=True),  # 0 without a model
    Column("visitor_group", SmallInteger, primary_key=True),
    Column("slates", BigInteger, nullable=False, server_default=_NONE_YET),
    Column("clicked_slates", BigInteger, nullable=False, server_default=_NONE_YET),
    Column("impressions", BigInteger, nullable=False, server_default=_NONE_YET),
)

outcome_progress = Table(
    "outcome_progress",
    metadata,
    Column("is_only", Boolean, primary_key=True, server_default=text("true")),
    instant_column("counted_until", default_now=True),
    CheckConstraint("is_only", name="is_only"),
)
