"""Other shops' programs: their namespaces, the tokens that open them, and what they sent.

Nothing here is part of our own shop: its pages, its search and its model never look at these tables.
"""

from __future__ import annotations

from sqlalchemy import (
    CHAR,
    REAL,
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

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

# What was accepted and is not stored yet; once it is, the rows are let go and the verdict stays for a month.
feed_batches = Table(
    "feed_batches",
    metadata,
    row_id_column(),
    Column("namespace_id", ForeignKey("feed_namespaces.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False, server_default="pending"),
    instant_column("received_at", default_now=True),
    instant_column("done_at", nullable=True),
    Column("rows_count", Integer, nullable=False),
    Column("accepted_count", Integer, nullable=False),
    Column("duplicates_count", Integer, nullable=False, server_default=text("0")),
    Column("errors", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    Column("rows", JSONB),
    CheckConstraint("kind IN ('products', 'interactions')", name="kind"),
    CheckConstraint("status IN ('pending', 'done', 'failed')", name="status"),
    Index("ix_feed_batches_namespace_id", "namespace_id", text("id DESC")),
)
Index("ix_feed_batches_pending", feed_batches.c.id, postgresql_where=text("status = 'pending'"))

feed_products = Table(
    "feed_products",
    metadata,
    row_id_column(),
    Column("namespace_id", ForeignKey("feed_namespaces.id", ondelete="CASCADE"), nullable=False),
    Column("external_id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("brand", Text, nullable=False),
    Column("price_minor", BigInteger),
    Column("currency", CHAR(3)),
    Column("stock", Integer),
    Column("url", Text),
    Column("image_url", Text),
    Column("attributes", JSONB, nullable=False),
    # log2 of the decayed weight of its interactions; so low a start stands for none.
    Column("popularity", Double, nullable=False, server_default=text("-1000000")),
    instant_column("listed_at", default_now=True),
    instant_column("updated_at", default_now=True),
    instant_column("withdrawn_at", nullable=True),
    UniqueConstraint("namespace_id", "external_id"),
    CheckConstraint("price_minor >= 0", name="price_is_not_negative"),
    CheckConstraint("(price_minor IS NULL) = (currency IS NULL)", name="price_has_a_currency"),
    CheckConstraint("stock >= 0", name="stock_is_not_negative"),
    Index("ix_feed_products_namespace_id", "namespace_id", "id"),
)
for _name, _columns in {
    "popular": (feed_products.c.namespace_id,),
    "category_popular": (feed_products.c.namespace_id, feed_products.c.category),
}.items():
    Index(
        f"ix_feed_products_{_name}",
        *_columns,
        feed_products.c.popularity.desc(),
        feed_products.c.id.desc(),
        postgresql_where=text("withdrawn_at IS NULL"),
    )

# No foreign key to products: a log outlives what it names.
feed_interactions = Table(
    "feed_interactions",
    metadata,
    Column(
        "namespace_id", ForeignKey("feed_namespaces.id", ondelete="CASCADE"), primary_key=True, nullable=False
    ),
    Column("event_id", Text, primary_key=True),
    Column("product_id", BigInteger, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("event_type", SmallInteger, nullable=False),
    Column("weight", REAL, nullable=False),
    instant_column("occurred_at"),
    instant_column("received_at", default_now=True),
    Index("ix_feed_interactions_user_id", "namespace_id", "user_id", text("occurred_at DESC")),
    Index("ix_feed_interactions_received_at", "namespace_id", "received_at"),
)

feed_models = Table(
    "feed_models",
    metadata,
    row_id_column("version"),
    Column("namespace_id", ForeignKey("feed_namespaces.id", ondelete="CASCADE"), nullable=False),
    Column("status", Text, nullable=False),
    instant_column("created_at", default_now=True),
    instant_column("promoted_at", nullable=True),
    instant_column("trained_until"),
    Column("interactions_count", BigInteger, nullable=False, server_default=text("0")),
    Column("users_count", BigInteger, nullable=False, server_default=text("0")),
    Column("products_count", BigInteger, nullable=False, server_default=text("0")),
    Column("metrics", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("location", Text),
    Column("refusal", Text),
    CheckConstraint("status IN ('candidate', 'champion', 'retired', 'refused')", name="status"),
    Index("ix_feed_models_namespace_id", "namespace_id", text("version DESC")),
    Index(
        "uq_feed_models_champion",
        "namespace_id",
        unique=True,
        postgresql_where=text("status = 'champion'"),
    ),
)
