"""What search reads: the text index of the listings, and what was learned from them."""

from __future__ import annotations

from sqlalchemy import REAL, BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import TSVECTOR

from server.tables.conventions import instant_column, metadata, row_id_column

# Beside the listings and narrow, so that matching and scoring read few pages.
product_search = Table(
    "product_search",
    metadata,
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    Column("search_vector", TSVECTOR, nullable=False),
    Column("text_length", REAL, nullable=False),
)

Index(
    "ix_product_search_search_vector",
    product_search.c.search_vector,
    postgresql_using="gin",
)

# What things of a category are called in titles, as stems: "laptop case" names another thing than "laptop".
category_phrases = Table(
    "category_phrases",
    metadata,
    Column("phrase", Text, primary_key=True),
    Column("category_id", ForeignKey("categories.id", ondelete="CASCADE"), primary_key=True, index=True),
    # The titles of listings that came before it have not been looked at with it yet.
    Column("is_new", Boolean, nullable=False, server_default=text("true")),
)

search_terms = Table(
    "search_terms",
    metadata,
    Column("lexeme", Text, primary_key=True),
    Column("products_count", Integer, nullable=False),
)

# Words as people write them: what a slip of the finger is compared with.
search_words = Table(
    "search_words",
    metadata,
    Column("word", Text, primary_key=True),
    Column("products_count", Integer, nullable=False),
)

Index(
    "ix_search_words_word",
    search_words.c.word,
    postgresql_using="gin",
    postgresql_ops={"word": "gin_trgm_ops"},
)

# What the titles call things, for suggestions.
search_phrases = Table(
    "search_phrases",
    metadata,
    Column("phrase", Text, primary_key=True),
    Column("products_count", Integer, nullable=False),
)

search_synonyms = Table(
    "search_synonyms",
    metadata,
    Column("lexeme", Text, primary_key=True),
    Column("alternative", Text, primary_key=True),
    Column("weight", REAL, nullable=False),
)

# When the statistics were last taken, and how many changes of the index there had been by then.
search_builds = Table(
    "search_builds",
    metadata,
    row_id_column(),
    instant_column("built_at", default_now=True),
    Column("products_count", BigInteger, nullable=False),
    Column("average_length", REAL, nullable=False),
    Column("changes", BigInteger, nullable=False),
)
