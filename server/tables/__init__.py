"""The one definition of the schema, as SQLAlchemy Core tables; Alembic and the drift check read it."""

from server.tables.accounts import rate_limits, sessions, users, visitors
from server.tables.carts import cart_lines, carts, favorites
from server.tables.catalog import brands, categories, product_statistics, products, stores
from server.tables.conventions import metadata
from server.tables.feed import feed_namespaces, service_tokens
from server.tables.learning import interactions, model_snapshots, slates

__all__ = [
    "brands",
    "cart_lines",
    "carts",
    "categories",
    "favorites",
    "feed_namespaces",
    "interactions",
    "metadata",
    "model_snapshots",
    "product_statistics",
    "products",
    "rate_limits",
    "service_tokens",
    "sessions",
    "slates",
    "stores",
    "users",
    "visitors",
]
