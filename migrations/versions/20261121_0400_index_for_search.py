"""index for search

Revision ID: 20261121_0400
Revises: 20261121_0300
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261121_0400"
down_revision = "20261121_0300"
branch_labels = None
depends_on = None

OLD_VECTOR = """
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
    """

FUNCTIONS = {
    # Only letters, digits and single spaces are left, so the parser sees no signs, hyphens or addresses.
    # A number and its unit get a joined twin: "3 m" is also found as "3m", which queries turn it into.
    # A count of pieces, "1 pc(s)", says nothing: most goods are one piece, and few of them are PCs.
    "jackdaw_fold(text)": r"""
    CREATE FUNCTION jackdaw_fold(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(
        regexp_replace(
            regexp_replace(
                lower(public.jackdaw_unaccent(translate(coalesce($1, ''), '™®©', '   '))),
                '\m\d+ ?pcs?\M\.?(\(s\))?', ' ', 'g'),
            '[^[:alnum:]]+', ' ', 'g'),
        '\m(\d+) (mm|cm|m|ft|inch|in|gb|tb|mb|ghz|mhz|hz|w|v|mah|dpi|ppm)\M', '\1 \2 \1\2', 'g'
    )
    """,
    # Model numbers without their separators: "WH-1000XM4" -> "wh1000xm4".
    "jackdaw_joined(text)": r"""
    CREATE FUNCTION jackdaw_joined(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (
        SELECT coalesce(string_agg(regexp_replace(m[1], '[^[:alnum:]]', '', 'g'), ' '), '')
        FROM regexp_matches(
            lower(public.jackdaw_unaccent(coalesce($1, ''))), '([[:alnum:]]+(?:[-/.][[:alnum:]]+)+)', 'g'
        ) m
        WHERE m[1] ~ '[0-9]'
    )
    """,
    "jackdaw_stems(text)": """
    CREATE FUNCTION jackdaw_stems(text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(
        SELECT coalesce((ts_lexize('pg_catalog.english_stem', w.word))[1], w.word)
        FROM unnest(string_to_array(public.jackdaw_fold($1), ' ')) WITH ORDINALITY w (word, place)
        WHERE w.word <> '' ORDER BY w.place
    )
    """,
    # What a title calls the thing, before it says what it is for, comes with or measures.
    "jackdaw_title_cut(text)": r"""
    CREATE FUNCTION jackdaw_title_cut(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(
        regexp_replace(lower($1), '\m\d+ ?pcs?\M\.?(\(s\))?|\mpc\(s\)|\mpcs\M\.?', ' ', 'g'),
        '(\s\+\s|\mfor\M|\mwith\M|\mw/|, | - | \u2013 |\(|\mfrom\M|\mto\M|\mf/|\mof\M).*$', ''
    )
    """,
    # The nouns of a category's name, "headphone" and "headset" of "Headphones & headsets". Before a noun in
    # the plural a single word in the singular is only part of it: "Keyboard & mouse accessories" are no
    # keyboards.
    "jackdaw_category_heads(text)": r"""
    CREATE FUNCTION jackdaw_category_heads(text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(
        SELECT s.stems[cardinality(s.stems)]
        FROM regexp_split_to_table($1, '\s*[&,/]\s*|\s+and\s+') part,
            LATERAL (SELECT public.jackdaw_stems(part) AS stems) s
        WHERE cardinality(s.stems) > 0 AND NOT ($1 ~ '\S\s+\S+s$' AND part !~ '\s|s$')
    )
    """,
    # What every writer of categories calls after it: titles may use these phrases, and the name, for its
    # goods.
    "jackdaw_name_category(bigint, text[])": r"""
    CREATE FUNCTION jackdaw_name_category(category_id bigint, phrases text[]) RETURNS void
    LANGUAGE sql VOLATILE
    BEGIN ATOMIC
    INSERT INTO public.category_phrases (phrase, category_id)
    SELECT DISTINCT array_to_string(s.stems, ' '), c.id
    FROM public.categories c
    CROSS JOIN LATERAL (
        SELECT unnest(phrases) UNION ALL SELECT regexp_split_to_table(c.name, '\s*[&,/]\s*|\s+and\s+')
    ) t (phrase)
    CROSS JOIN LATERAL (SELECT public.jackdaw_stems(t.phrase) AS stems) s
    WHERE c.id = jackdaw_name_category.category_id AND cardinality(s.stems) BETWEEN 1 AND 4
    ON CONFLICT DO NOTHING;
    END
    """,
    # The head noun of a title: the last phrase that names the product's own category. A phrase that names
    # only other categories is a mention ("mouse" in "mouse wrist pillow"); without any, the last word counts.
    # For many products at once: one join with all phrases costs less than a look-up per run of words.
    "jackdaw_title_heads(bigint[])": r"""
    CREATE FUNCTION jackdaw_title_heads(product_ids bigint[])
    RETURNS TABLE (product_id bigint, head text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
    BEGIN ATOMIC
    WITH cut AS MATERIALIZED (
        SELECT p.id, p.category_id, b.name AS brand,
               (public.jackdaw_stems(public.jackdaw_title_cut(p.title)))[1:40] AS words
        FROM public.products p JOIN public.brands b ON b.id = p.brand_id
        WHERE p.id = ANY (product_ids)
    ), run AS MATERIALIZED (
        SELECT id, category_id, first, length, array_to_string(words[first : first + length - 1], ' ') AS text
        FROM cut
        CROSS JOIN LATERAL generate_series(1, cardinality(words)) first
        CROSS JOIN LATERAL generate_series(1, least(4, cardinality(words) - first + 1)) length
    ), found AS MATERIALIZED (
        SELECT id, first, length, text, bool_or(p.category_id = run.category_id) AS is_own
        FROM run JOIN public.category_phrases p ON p.phrase = run.text
        GROUP BY id, first, length, text
    ), longest AS (
        SELECT id, first, length, text, is_own,
               max(first + length) OVER (PARTITION BY id ORDER BY first, length DESC
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered_to
        FROM found
    ), own AS (
        SELECT DISTINCT ON (id) id, text
        FROM longest
        WHERE is_own AND first + length > coalesce(covered_to, 0)
        ORDER BY id, length > 1 DESC, first + length DESC
    )
    SELECT id, regexp_replace(text, '^.* ', '') FROM own
    UNION ALL
    SELECT c.id, w.word
    FROM cut c
    CROSS JOIN LATERAL (
        SELECT word FROM unnest(c.words) WITH ORDINALITY w (word, place)
        WHERE word !~ '[0-9]|^(mm|cm|m|ft|inch|in|gb|tb|mb|ghz|mhz|hz|w|v|mah|dpi|ppm)$'
          AND word <> ALL (public.jackdaw_stems(c.brand))
        ORDER BY place DESC LIMIT 1
    ) w
    WHERE NOT EXISTS (SELECT FROM found f WHERE f.id = c.id);
    END
    """,
    # Attributes that only say yes are worth their name, the others their value.
    "jackdaw_attribute_text(jsonb)": """
    CREATE FUNCTION jackdaw_attribute_text(jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN left((
        SELECT string_agg(
            CASE WHEN lower(value) IN ('yes', 'true') THEN replace(key, '_', ' ')
                 WHEN lower(value) IN ('no', 'false') THEN '' ELSE value END, ' ')
        FROM jsonb_each_text($1)
    ), 2000)
    """,
    "jackdaw_search_vector(text, text, text, text, jsonb, text[])": """
    CREATE FUNCTION jackdaw_search_vector(
        title text, brand text, model text, description text, attributes jsonb, heads text[]
    ) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN
        setweight(to_tsvector('pg_catalog.english',
            public.jackdaw_fold(title) || ' ' || public.jackdaw_joined(title)), 'A')
        || setweight(to_tsvector('pg_catalog.english',
            public.jackdaw_fold(brand) || ' ' || public.jackdaw_joined(model)), 'B')
        || setweight(to_tsvector('pg_catalog.english', public.jackdaw_fold(description)), 'C')
        || setweight(to_tsvector('pg_catalog.english',
            public.jackdaw_fold(public.jackdaw_attribute_text(attributes))), 'D')
        || array_to_tsvector(ARRAY(SELECT DISTINCT '=' || h FROM unnest(heads) h WHERE h <> ''))
    """,
    # What every writer of products calls after it: the text of these products is (again) what search finds.
    # The writers may have switched joins off that are right here: a batch meets thousands of phrases.
    "jackdaw_index_products(bigint[])": """
    CREATE FUNCTION jackdaw_index_products(product_ids bigint[]) RETURNS void
    LANGUAGE sql VOLATILE
    SET enable_hashjoin = on SET enable_mergejoin = on SET enable_material = on SET jit = off
    BEGIN ATOMIC
    DELETE FROM public.product_search s USING public.products p
    WHERE p.id = s.product_id AND p.id = ANY (product_ids) AND p.withdrawn_at IS NOT NULL;
    INSERT INTO public.product_search AS old (product_id, search_vector, text_length)
    WITH named AS MATERIALIZED (
        SELECT c.id, public.jackdaw_category_heads(c.name) AS heads FROM public.categories c
        WHERE c.id IN (SELECT category_id FROM public.products WHERE id = ANY (product_ids))
    )
    SELECT id, vector, length(ts_filter(vector, '{a,b,c}'))
    FROM (
        SELECT p.id, public.jackdaw_search_vector(
            p.title, b.name, p.model, p.description, p.attributes,
            h.head || c.heads) AS vector
        FROM public.products p
        JOIN public.brands b ON b.id = p.brand_id
        JOIN named c ON c.id = p.category_id
        LEFT JOIN public.jackdaw_title_heads(product_ids) h ON h.product_id = p.id
        WHERE p.id = ANY (product_ids) AND p.withdrawn_at IS NULL
        ORDER BY p.id OFFSET 0
    ) fresh
    ON CONFLICT (product_id) DO UPDATE
        SET search_vector = excluded.search_vector, text_length = excluded.text_length
        WHERE old.search_vector IS DISTINCT FROM excluded.search_vector;
    END
    """,
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.create_table(
        "product_search",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("search_vector", postgresql.TSVECTOR(), nullable=False),
        sa.Column("text_length", sa.REAL(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name="fk_product_search_product_id_products",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", name="pk_product_search"),
    )
    op.create_index(
        "ix_product_search_search_vector",
        "product_search",
        ["search_vector"],
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "category_phrases",
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.Column("category_id", sa.BigInteger(), nullable=False),
        sa.Column("is_new", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["categories.id"],
            name="fk_category_phrases_category_id_categories",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("phrase", "category_id", name="pk_category_phrases"),
    )
    op.create_index("ix_category_phrases_category_id", "category_phrases", ["category_id"])
    for table, key in (("search_terms", "lexeme"), ("search_words", "word"), ("search_phrases", "phrase")):
        op.create_table(
            table,
            sa.Column(key, sa.Text(), nullable=False),
            sa.Column("products_count", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint(key, name=f"pk_{table}"),
        )
    op.create_index(
        "ix_search_words_word",
        "search_words",
        ["word"],
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )
    op.create_table(
        "search_synonyms",
        sa.Column("lexeme", sa.Text(), nullable=False),
        sa.Column("alternative", sa.Text(), nullable=False),
        sa.Column("weight", sa.REAL(), nullable=False),
        sa.PrimaryKeyConstraint("lexeme", "alternative", name="pk_search_synonyms"),
    )
    op.create_table(
        "search_builds",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("products_count", sa.BigInteger(), nullable=False),
        sa.Column("average_length", sa.REAL(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_builds"),
    )
    op.drop_index("ix_products_search_vector", table_name="products", postgresql_using="gin")
    op.drop_column("products", "search_vector")
    op.execute("DROP FUNCTION jackdaw_search_vector(text, text, text, text, jsonb, text)")
    for statement in FUNCTIONS.values():
        # Past SQLAlchemy, which would take the slices of arrays for parameters.
        op.get_bind().exec_driver_sql(statement)
    op.execute("SELECT jackdaw_index_products(ARRAY(SELECT id FROM products))")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '2s'")
    for signature in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {signature}")
    op.execute(OLD_VECTOR)
    op.add_column(
        "products",
        sa.Column(
            "search_vector", postgresql.TSVECTOR(), server_default=sa.text("''::tsvector"), nullable=False
        ),
    )
    op.execute(
        """
        UPDATE products p SET search_vector =
            jackdaw_search_vector(p.title, b.name, p.model, c.name, p.attributes, p.description)
        FROM brands b, categories c WHERE b.id = p.brand_id AND c.id = p.category_id
        """
    )
    op.create_index(
        "ix_products_search_vector", "products", ["search_vector"], unique=False, postgresql_using="gin"
    )
    op.drop_table("search_builds")
    op.drop_table("search_synonyms")
    op.drop_index("ix_search_words_word", table_name="search_words", postgresql_using="gin")
    for table in ("search_phrases", "search_words", "search_terms"):
        op.drop_table(table)
    op.drop_index("ix_category_phrases_category_id", table_name="category_phrases")
    op.drop_table("category_phrases")
    op.drop_index("ix_product_search_search_vector", table_name="product_search", postgresql_using="gin")
    op.drop_table("product_search")
