"""try models on shoppers

Revision ID: 20261121_0500
Revises: 20261121_0410
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261121_0500"
down_revision = "20261121_0410"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '2s'")
    _create_experiments()
    _create_outcomes()
    op.add_column("slates", sa.Column("experiment_id", sa.BigInteger(), nullable=True))
    op.add_column("slates", sa.Column("arm", sa.Text(), nullable=True))
    op.add_column("slates", sa.Column("arm_propensity", sa.REAL(), nullable=True))
    op.create_index("ix_interactions_received_at", "interactions", ["received_at"], postgresql_using="brin")
    op.create_index(
        "ix_interactions_slate_id",
        "interactions",
        ["slate_id"],
        postgresql_where=sa.text("slate_id IS NOT NULL AND event_type <> 8"),
    )


def _create_experiments() -> None:
    op.create_table(
        "experiments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("floor", sa.REAL(), nullable=False),
        sa.Column("guard_rails", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "allocated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("status IN ('running', 'stopped')", name="ck_experiments_status"),
        sa.PrimaryKeyConstraint("id", name="pk_experiments"),
    )
    op.create_index(
        "uq_experiments_running",
        "experiments",
        ["status"],
        unique=True,
        postgresql_where=sa.text("status = 'running'"),
    )
    counts = ("answers", "errors", "slow_answers")
    products = ("products_chosen", "products_gone")
    op.create_table(
        "experiment_arms",
        sa.Column("experiment_id", sa.BigInteger(), nullable=False),
        sa.Column("arm", sa.Text(), nullable=False),
        sa.Column("model_version", sa.BigInteger(), nullable=True),
        sa.Column("share", sa.REAL(), nullable=False),
        *[sa.Column(name, sa.BigInteger(), server_default=sa.text("0"), nullable=False) for name in counts],
        sa.Column("seconds", sa.Double(), server_default=sa.text("0"), nullable=False),
        *[sa.Column(name, sa.BigInteger(), server_default=sa.text("0"), nullable=False) for name in products],
        sa.CheckConstraint("arm IN ('champion', 'challenger', 'popularity')", name="ck_experiment_arms_arm"),
        sa.CheckConstraint("share > 0 AND share <= 1", name="ck_experiment_arms_share"),
        sa.ForeignKeyConstraint(
            ["experiment_id"], ["experiments.id"], name="fk_experiment_arms_experiment_id_experiments"
        ),
        sa.ForeignKeyConstraint(
            ["model_version"],
            ["model_snapshots.version"],
            name="fk_experiment_arms_model_version_model_snapshots",
        ),
        sa.PrimaryKeyConstraint("experiment_id", "arm", name="pk_experiment_arms"),
    )
    op.create_index("ix_experiment_arms_model_version", "experiment_arms", ["model_version"])


def _create_outcomes() -> None:
    op.create_table(
        "slate_outcomes",
        sa.Column("experiment_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("arm", sa.Text(), nullable=False),
        sa.Column("model_version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("visitor_group", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("slates", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("clicked_slates", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("impressions", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint(
            "experiment_id", "arm", "model_version", "visitor_group", name="pk_slate_outcomes"
        ),
    )
    op.create_table(
        "outcome_progress",
        sa.Column("is_only", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "counted_until", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.CheckConstraint("is_only", name="ck_outcome_progress_is_only"),
        sa.PrimaryKeyConstraint("is_only", name="pk_outcome_progress"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.drop_index(
        "ix_interactions_slate_id",
        table_name="interactions",
        postgresql_where=sa.text("slate_id IS NOT NULL AND event_type <> 8"),
    )
    op.drop_index("ix_interactions_received_at", table_name="interactions", postgresql_using="brin")
    for column in ("arm_propensity", "arm", "experiment_id"):
        op.drop_column("slates", column)
    op.drop_table("outcome_progress")
    op.drop_table("slate_outcomes")
    op.drop_index("ix_experiment_arms_model_version", table_name="experiment_arms")
    op.drop_table("experiment_arms")
    op.drop_index(
        "uq_experiments_running", table_name="experiments", postgresql_where=sa.text("status = 'running'")
    )
    op.drop_table("experiments")
