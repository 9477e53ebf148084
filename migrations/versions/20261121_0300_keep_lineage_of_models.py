"""keep lineage of models

Revision ID: 20261121_0300
Revises: 20261121_0200
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261121_0300"
down_revision = "20261121_0200"
branch_labels = None
depends_on = None

STATUS = "ck_model_snapshots_status"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.add_column("model_snapshots", sa.Column("parent_version", sa.BigInteger(), nullable=True))
    op.add_column("model_snapshots", sa.Column("code_version", sa.Text(), nullable=True))
    op.add_column("model_snapshots", sa.Column("schema_version", sa.SmallInteger(), nullable=True))
    op.add_column(
        "model_snapshots",
        sa.Column("is_held", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index("ix_model_snapshots_parent_version", "model_snapshots", ["parent_version"])
    op.create_foreign_key(
        "fk_model_snapshots_parent_version_model_snapshots",
        "model_snapshots",
        "model_snapshots",
        ["parent_version"],
        ["version"],
    )
    op.drop_constraint(STATUS, "model_snapshots", type_="check")
    op.create_check_constraint(
        STATUS,
        "model_snapshots",
        "status IN ('candidate', 'challenger', 'champion', 'retired', 'refused')",
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.execute("UPDATE model_snapshots SET status = 'retired' WHERE status = 'challenger'")
    op.drop_constraint(STATUS, "model_snapshots", type_="check")
    op.create_check_constraint(
        STATUS, "model_snapshots", "status IN ('candidate', 'champion', 'retired', 'refused')"
    )
    op.drop_constraint(
        "fk_model_snapshots_parent_version_model_snapshots", "model_snapshots", type_="foreignkey"
    )
    op.drop_index("ix_model_snapshots_parent_version", table_name="model_snapshots")
    for column in ("is_held", "schema_version", "code_version", "parent_version"):
        op.drop_column("model_snapshots", column)
