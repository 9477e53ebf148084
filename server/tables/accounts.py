"""Who uses the shop: users who signed up, visitors whose behaviour is learned from, their sessions."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import CITEXT

from server.tables.conventions import instant_column, metadata, row_id_column

users = Table(
    "users",
    metadata,
    row_id_column(),
    Column("email", CITEXT, nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("role", Text, nullable=False, server_default="shopper"),
    instant_column("created_at", default_now=True),
    instant_column("disabled_at", nullable=True),
    CheckConstraint("role IN ('shopper', 'vendor', 'support', 'admin')", name="role"),
)

visitors = Table(
    "visitors",
    metadata,
    row_id_column(),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), unique=True),
    Column("merged_into", ForeignKey("visitors.id", ondelete="SET NULL"), index=True),
    instant_column("created_at", default_now=True),
    instant_column("last_seen_at", default_now=True),
    CheckConstraint("merged_into <> id", name="not_merged_into_itself"),
)

sessions = Table(
    "sessions",
    metadata,
    row_id_column(),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("visitor_id", ForeignKey("visitors.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), index=True),
    instant_column("created_at", default_now=True),
    instant_column("last_seen_at", default_now=True),
    instant_column("expires_at"),
    Index("ix_sessions_expires_at", "expires_at"),
)

rate_limits = Table(
    "rate_limits",
    metadata,
    Column("key", Text, primary_key=True),
    Column("attempts", BigInteger, nullable=False),
    instant_column("window_ends_at"),
)
