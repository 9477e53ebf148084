"""The one definition of the schema, as SQLAlchemy Core tables; Alembic and the drift check read it."""

from server.tables.accounts import rate_limits, sessions, users, visitors
from server.tables.carts import cart_lines, carts, favorites
from server.tables.catalog import brands, categories, product_statistics, products, stores
from server.tables.conventions import metadata
from server.tables.experiments import experiment_arms, experiments, outcome_progress, slate_outcomes
from server.tables.feed import (
    feed_batches,
    feed_interactions,
    feed_models,
    feed_namespaces,
    feed_products,
    service_tokens,
)
from server.tables.learning import interactions, model_snapshots, slates
from server.tables.profiles import exclusions, forgettings, profiles
from server.tables.search import (
    category_phrases,
    product_search,
    search_builds,
    search_phrases,
    search_synonyms,
    search_terms,
    search_words,
)

__all__ = [
    "brands",
    "cart_lines",
    "carts",
    "categories",
    "category_phrases",
    "exclusions",
    "experiment_arms",
    "experiments",
    "favorites",
    "feed_batches",
    "feed_interactions",
    "feed_models",
    "feed_namespaces",
    "feed_products",
    "forgettings",
    "interactions",
    "metadata",
    "model_snapshots",
    "outcome_progress",
    "product_search",
    "product_statistics",
    "products",
    "profiles",
    "rate_limits",
    "search_builds",
    "search_phrases",
    "search_synonyms",
    "search_terms",
    "search_words",
    "service_tokens",
    "sessions",
    "slate_outcomes",
    "slates",
    "stores",
    "users",
    "visitors",
]
