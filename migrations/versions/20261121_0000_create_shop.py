"""create shop

Revision ID: 20261121_0000
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261121_0000"
down_revision = None
branch_labels = None
depends_on = None

EXTENSIONS = ("citext", "pg_trgm", "unaccent")

FUNCTIONS = (
    # unaccent() is only STABLE because its dictionary could change; naming the dictionary makes it safe.
    """
    CREATE FUNCTION jackdaw_unaccent(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN public.unaccent('public.unaccent'::regdictionary, $1)
    """,
    """
    CREATE FUNCTION jackdaw_search_vector(
        title text, brand text, model text, category text, attributes jsonb, description text
    ) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN
        setweight(to_tsvector('english', public.jackdaw_unaccent(concat_ws(' ', title, brand, model))), 'A')
        || setweight(to_tsvector('english', public.jackdaw_unaccent(coalesce(category, ''))), 'B')
        || setweight(
            to_tsvector('english', public.jackdaw_unaccent(coalesce(
                (SELECT string_agg(value, ' ') FROM jsonb_each_text(attributes)), ''
            ))), 'C')
        || setweight(to_tsvector('english', public.jackdaw_unaccent(coalesce(description, ''))), 'D')
    """,
    """
    CREATE FUNCTION jackdaw_ensure_partitions(from_on date, to_on date) RETURNS void
    LANGUAGE plpgsql AS $$
    DECLARE
        start_on date := date_trunc('month', from_on)::date;
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('jackdaw partitions'));
        WHILE start_on <= to_on LOOP
            EXECUTE format(
                'CREATE TABLE IF NOT EXISTS interactions_%s PARTITION OF interactions '
                'FOR VALUES FROM (%L) TO (%L)',
                to_char(start_on, 'YYYYMM'), start_on, (start_on + interval '1 month')::date);
            start_on := (start_on + interval '1 month')::date;
        END LOOP;
        start_on := greatest(from_on, to_on - 16);
        WHILE start_on <= to_on LOOP
            EXECUTE format(
                'CREATE TABLE IF NOT EXISTS slates_%s PARTITION OF slates FOR VALUES FROM (%L) TO (%L)',
                to_char(start_on, 'YYYYMMDD'), start_on, start_on + 1);
            start_on := start_on + 1;
        END LOOP;
    END
    $$
    """,
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '2s'")
    for extension in EXTENSIONS:
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    op.create_table(
        "brands",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_brands"),
        sa.UniqueConstraint("slug", name="uq_brands_slug"),
    )
    op.create_table(
        "categories",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "attribute_labels",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.CheckConstraint("parent_id <> id", name="ck_categories_not_its_own_parent"),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["categories.id"], name="fk_categories_parent_id_categories", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_categories"),
        sa.UniqueConstraint("slug", name="uq_categories_slug"),
    )
    op.create_index("ix_categories_parent_id", "categories", ["parent_id"], unique=False)
    op.create_table(
        "interactions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("event_type", sa.SmallInteger(), nullable=False),
        sa.Column("weight", sa.REAL(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slate_id", sa.UUID(), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", "received_on", name="pk_interactions"),
        postgresql_partition_by="RANGE (received_on)",
    )
    op.create_index(
        "ix_interactions_visitor_id_occurred_at",
        "interactions",
        ["visitor_id", sa.literal_column("occurred_at DESC")],
        unique=False,
    )
    op.create_table(
        "model_snapshots",
        sa.Column("version", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("promoted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trained_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interactions_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("users_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("items_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("fit_seconds", sa.Double(), nullable=True),
        sa.Column(
            "metrics",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "config",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('candidate', 'champion', 'retired', 'refused')", name="ck_model_snapshots_status"
        ),
        sa.PrimaryKeyConstraint("version", name="pk_model_snapshots"),
    )
    op.create_index(
        "uq_model_snapshots_champion",
        "model_snapshots",
        ["status"],
        unique=True,
        postgresql_where=sa.text("status = 'champion'"),
    )
    op.create_table(
        "rate_limits",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("window_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_rate_limits"),
    )
    op.create_table(
        "slates",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=True),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("model_version", sa.BigInteger(), nullable=True),
        sa.Column("overlay_sequence", sa.BigInteger(), nullable=False),
        sa.Column("personalised", sa.Boolean(), nullable=False),
        sa.Column("product_ids", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("propensities", postgresql.ARRAY(sa.REAL()), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", "served_on", name="pk_slates"),
        postgresql_partition_by="RANGE (served_on)",
    )
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("email", postgresql.CITEXT(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), server_default="shopper", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role IN ('shopper', 'vendor', 'support', 'admin')", name="ck_users_role"),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email", name="uq_users_email"),
    )
    op.create_table(
        "stores",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("owner_user_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_user_id"], ["users.id"], name="fk_stores_owner_user_id_users", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stores"),
        sa.UniqueConstraint("slug", name="uq_stores_slug"),
    )
    op.create_index("ix_stores_owner_user_id", "stores", ["owner_user_id"], unique=False)
    op.create_table(
        "visitors",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("merged_into", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "last_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.CheckConstraint("merged_into <> id", name="ck_visitors_not_merged_into_itself"),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["visitors.id"], name="fk_visitors_merged_into_visitors", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_visitors_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_visitors"),
        sa.UniqueConstraint("user_id", name="uq_visitors_user_id"),
    )
    op.create_index("ix_visitors_merged_into", "visitors", ["merged_into"], unique=False)
    op.create_table(
        "carts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitors.id"], name="fk_carts_visitor_id_visitors", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_carts"),
        sa.UniqueConstraint("visitor_id", name="uq_carts_visitor_id"),
    )
    op.create_table(
        "products",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("category_id", sa.BigInteger(), nullable=False),
        sa.Column("brand_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.CHAR(length=3), server_default="EUR", nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column(
            "attributes",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "wear",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column("image_url", sa.Text(), nullable=True),
        sa.Column("popularity", sa.Double(), server_default=sa.text("0"), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column(
            "search_vector", postgresql.TSVECTOR(), server_default=sa.text("''::tsvector"), nullable=False
        ),
        sa.CheckConstraint("condition IN ('new', 'excellent', 'good', 'fair')", name="ck_products_condition"),
        sa.CheckConstraint("price_minor > 0", name="ck_products_price_is_positive"),
        sa.CheckConstraint("stock >= 0", name="ck_products_stock_is_not_negative"),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name="fk_products_brand_id_brands", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name="fk_products_category_id_categories", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["stores.id"], name="fk_products_store_id_stores", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_products"),
        sa.UniqueConstraint("store_id", "external_id", name="uq_products_store_id_external_id"),
    )
    op.create_index("ix_products_brand_id_model", "products", ["brand_id", "model"], unique=False)
    op.create_index(
        "ix_products_category_newest",
        "products",
        ["category_id", sa.literal_column("listed_at DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index(
        "ix_products_category_popular",
        "products",
        ["category_id", sa.literal_column("popularity DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index(
        "ix_products_category_price",
        "products",
        ["category_id", "price_minor", "id"],
        unique=False,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index(
        "ix_products_newest",
        "products",
        [sa.literal_column("listed_at DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index(
        "ix_products_popular",
        "products",
        [sa.literal_column("popularity DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index(
        "ix_products_price",
        "products",
        ["price_minor", "id"],
        unique=False,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index(
        "ix_products_search_vector", "products", ["search_vector"], unique=False, postgresql_using="gin"
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "last_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_sessions_user_id_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitors.id"], name="fk_sessions_visitor_id_visitors", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
    )
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"], unique=False)
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"], unique=False)
    op.create_index("ix_sessions_visitor_id", "sessions", ["visitor_id"], unique=False)
    op.create_table(
        "cart_lines",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("cart_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 99", name="ck_cart_lines_quantity"),
        sa.ForeignKeyConstraint(
            ["cart_id"], ["carts.id"], name="fk_cart_lines_cart_id_carts", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name="fk_cart_lines_product_id_products", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cart_lines"),
        sa.UniqueConstraint("cart_id", "product_id", name="uq_cart_lines_cart_id_product_id"),
    )
    op.create_index("ix_cart_lines_product_id", "cart_lines", ["product_id"], unique=False)
    op.create_table(
        "favorites",
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name="fk_favorites_product_id_products", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitors.id"], name="fk_favorites_visitor_id_visitors", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("visitor_id", "product_id", name="pk_favorites"),
    )
    op.create_index("ix_favorites_product_id", "favorites", ["product_id"], unique=False)
    op.create_table(
        "product_statistics",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("views_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("favorites_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("cart_adds_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("purchases_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name="fk_product_statistics_product_id_products",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", name="pk_product_statistics"),
    )
    for statement in FUNCTIONS:
        op.execute(statement)
    op.execute("SELECT jackdaw_ensure_partitions(current_date - 62, current_date + 2)")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '2s'")
    for function in ("jackdaw_ensure_partitions", "jackdaw_search_vector", "jackdaw_unaccent"):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("product_statistics")
    op.drop_index("ix_favorites_product_id", table_name="favorites")
    op.drop_table("favorites")
    op.drop_index("ix_cart_lines_product_id", table_name="cart_lines")
    op.drop_table("cart_lines")
    op.drop_index("ix_sessions_visitor_id", table_name="sessions")
    op.drop_index("ix_sessions_user_id", table_name="sessions")
    op.drop_index("ix_sessions_expires_at", table_name="sessions")
    op.drop_table("sessions")
    op.drop_index("ix_products_search_vector", table_name="products", postgresql_using="gin")
    op.drop_index(
        "ix_products_price", table_name="products", postgresql_where=sa.text("withdrawn_at IS NULL")
    )
    op.drop_index(
        "ix_products_popular", table_name="products", postgresql_where=sa.text("withdrawn_at IS NULL")
    )
    op.drop_index(
        "ix_products_newest", table_name="products", postgresql_where=sa.text("withdrawn_at IS NULL")
    )
    op.drop_index(
        "ix_products_category_price", table_name="products", postgresql_where=sa.text("withdrawn_at IS NULL")
    )
    op.drop_index(
        "ix_products_category_popular",
        table_name="products",
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_index(
        "ix_products_category_newest", table_name="products", postgresql_where=sa.text("withdrawn_at IS NULL")
    )
    op.drop_index("ix_products_brand_id_model", table_name="products")
    op.drop_table("products")
    op.drop_table("carts")
    op.drop_index("ix_visitors_merged_into", table_name="visitors")
    op.drop_table("visitors")
    op.drop_index("ix_stores_owner_user_id", table_name="stores")
    op.drop_table("stores")
    op.drop_table("users")
    op.drop_table("slates")
    op.drop_table("rate_limits")
    op.drop_index(
        "uq_model_snapshots_champion",
        table_name="model_snapshots",
        postgresql_where=sa.text("status = 'champion'"),
    )
    op.drop_table("model_snapshots")
    op.drop_index("ix_interactions_visitor_id_occurred_at", table_name="interactions")
    op.drop_table("interactions")
    op.drop_index("ix_categories_parent_id", table_name="categories")
    op.drop_table("categories")
    op.drop_table("brands")
    for extension in reversed(EXTENSIONS):
        op.execute(f"DROP EXTENSION IF EXISTS {extension}")
