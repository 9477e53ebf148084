"""What is sold: stores, categories, brands, and products, each product being one listing."""

from __future__ import annotations

from sqlalchemy import (
    CHAR,
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from server.tables.conventions import instant_column, metadata, row_id_column

stores = Table(
    "stores",
    metadata,
    row_id_column(),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("owner_user_id", ForeignKey("users.id", ondelete="SET NULL"), index=True),
    instant_column("created_at", default_now=True),
    Column("version", Integer, nullable=False, server_default=text("1")),
)

categories = Table(
    "categories",
    metadata,
    row_id_column(),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("parent_id", ForeignKey("categories.id", ondelete="RESTRICT"), index=True),
    Column("position", Integer, nullable=False, server_default=text("0")),
    Column("attribute_labels", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    CheckConstraint("parent_id <> id", name="not_its_own_parent"),
)

brands = Table(
    "brands",
    metadata,
    row_id_column(),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)

products = Table(
    "products",
    metadata,
    row_id_column(),
    Column("external_id", Text),
    Column("store_id", ForeignKey("stores.id", ondelete="RESTRICT"), nullable=False),
    Column("category_id", ForeignKey("categories.id", ondelete="RESTRICT"), nullable=False),
    Column("brand_id", ForeignKey("brands.id", ondelete="RESTRICT"), nullable=False),
    Column("title", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("condition", Text, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("currency", CHAR(3), nullable=False, server_default="EUR"),
    Column("stock", Integer, nullable=False),
    Column("attributes", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("wear", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    Column("image_url", Text),
    Column("popularity", Double, nullable=False, server_default=text("0")),
    instant_column("listed_at", default_now=True),
    instant_column("created_at", default_now=True),
    instant_column("updated_at", default_now=True),
    instant_column("withdrawn_at", nullable=True),
    Column("version", Integer, nullable=False, server_default=text("1")),
    UniqueConstraint("store_id", "external_id"),
    CheckConstraint("condition IN ('new', 'excellent', 'good', 'fair')", name="condition"),
    CheckConstraint("price_minor > 0", name="price_is_positive"),
    CheckConstraint("stock >= 0", name="stock_is_not_negative"),
)

_LISTED = text("withdrawn_at IS NULL")

# One index per order in which a category, or the whole shop, is paged through.
for _name, _columns in {
    "popular": (products.c.popularity.desc(), products.c.id.desc()),
    "newest": (products.c.listed_at.desc(), products.c.id.desc()),
    "price": (products.c.price_minor, products.c.id),
}.items():
    Index(f"ix_products_{_name}", *_columns, postgresql_where=_LISTED)
    Index(f"ix_products_category_{_name}", products.c.category_id, *_columns, postgresql_where=_LISTED)

Index("ix_products_brand_id_model", products.c.brand_id, products.c.model)

product_statistics = Table(
    "product_statistics",
    metadata,
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    Column("views_count", BigInteger, nullable=False, server_default=text("0")),
    Column("favorites_count", BigInteger, nullable=False, server_default=text("0")),
    Column("cart_adds_count", BigInteger, nullable=False, server_default=text("0")),
    Column("purchases_count", BigInteger, nullable=False, server_default=text("0")),
)
