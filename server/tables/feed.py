"""What other shops' programs may do: their namespaces and the tokens that open them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY

from server.tables.conventions import instant_column, metadata, row_id_column

feed_namespaces = Table(
    "feed_namespaces",
    metadata,
    row_id_column(),
    Column("name", Text, nullable=False, unique=True),
    instant_column("created_at", default_now=True),
    CheckConstraint("name ~ '^[a-z0-9][a-z0-9-]{0,62}$'", name="name"),
)

service_tokens = Table(
    "service_tokens",
    metadata,
    row_id_column(),
    Column("namespace_id", ForeignKey("feed_namespaces.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("issued_by", ForeignKey("users.id", ondelete="SET NULL"), index=True),
    instant_column("created_at", default_now=True),
    instant_column("expires_at", nullable=True),
    instant_column("last_used_at", nullable=True),
    instant_column("revoked_at", nullable=True),
    CheckConstraint("cardinality(scopes) > 0", name="has_scopes"),
    Index("ix_service_tokens_namespace_id", "namespace_id", text("id DESC")),
)
