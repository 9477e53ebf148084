"""What a visitor keeps: the cart with its lines, and favorites. Both survive sign-up and login."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from server.tables.conventions import instant_column, metadata, row_id_column

carts = Table(
    "carts",
    metadata,
    row_id_column(),
    Column("visitor_id", ForeignKey("visitors.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("version", Integer, nullable=False, server_default=text("1")),
    instant_column("updated_at", default_now=True),
    Column("applied_keys", ARRAY(Uuid), nullable=False, server_default=text("'{}'::uuid[]")),
)

cart_lines = Table(
    "cart_lines",
    metadata,
    row_id_column(),
    Column("cart_id", ForeignKey("carts.id", ondelete="CASCADE"), nullable=False),
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("quantity", Integer, nullable=False),
    Column("unit_price_minor", BigInteger, nullable=False),
    instant_column("added_at", default_now=True),
    UniqueConstraint("cart_id", "product_id"),
    CheckConstraint("quantity BETWEEN 1 AND 99", name="quantity"),
)

favorites = Table(
    "favorites",
    metadata,
    Column("visitor_id", ForeignKey("visitors.id", ondelete="CASCADE"), primary_key=True),
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True, index=True),
    instant_column("created_at", default_now=True),
)
