--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;

--
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';

--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

--
-- Name: unaccent; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

--
-- Name: EXTENSION unaccent; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';

--
-- Name: jackdaw_attribute_text(jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jackdaw_attribute_text(jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN "left"((SELECT string_agg(CASE WHEN (lower(jsonb_each_text.value) = ANY (ARRAY['yes'::text, 'true'::text])) THEN replace(jsonb_each_text.key, '_'::text, ' '::text) WHEN (lower(jsonb_each_text.value) = ANY (ARRAY['no'::text, 'false'::text])) THEN ''::text ELSE jsonb_each_text.value END, ' '::text) AS string_agg FROM jsonb_each_text($1) jsonb_each_text(key, value)), 2000);

--
-- Name: jackdaw_fold(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jackdaw_fold(text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $_$
    DECLARE
        folded text := coalesce($1, '');
    BEGIN
        IF octet_length(folded) = length(folded) THEN
            folded := lower(folded);
        ELSE
            folded := lower(public.jackdaw_unaccent(translate(folded, '™®©', '   ')));
        END IF;
        IF folded LIKE '%pc%' THEN
            folded := regexp_replace(folded, '\m\d+ ?pcs?\M\.?(\(s\))?', ' ', 'g');
        END IF;
        folded := regexp_replace(folded, '[^[:alnum:]]{2,}|[^[:alnum:] ]', ' ', 'g');
        IF folded ~ '[0-9] (mm|cm|m|ft|inch|in|gb|tb|mb|ghz|mhz|hz|w|v|mah|dpi|ppm)( |$)' THEN
            folded := regexp_replace(
                folded,
                '\m(\d+) (mm|cm|m|ft|inch|in|gb|tb|mb|ghz|mhz|hz|w|v|mah|dpi|ppm)\M', '\1 \2 \1\2', 'g'
            );
        END IF;
        RETURN folded;
    END
    $_$;

--
-- Name: jackdaw_stems(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jackdaw_stems(text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(SELECT COALESCE((ts_lexize('english_stem'::regdictionary, w.word))[1], w.word) AS "coalesce" FROM unnest(string_to_array(public.jackdaw_fold($1), ' '::text)) WITH ORDINALITY w(word, place) WHERE (w.word <> ''::text) ORDER BY w.place);

--
-- Name: jackdaw_category_heads(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jackdaw_category_heads(text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(SELECT s.stems[cardinality(s.stems)] AS stems FROM regexp_split_to_table($1, '\s*[&,/]\s*|\s+and\s+'::text) part(part), LATERAL (SELECT public.jackdaw_stems(part.part) AS stems) s WHERE ((cardinality(s.stems) > 0) AND (NOT (($1 ~ '\S\s+\S+s$'::text) AND (part.part !~ '\s|s$'::text)))));

--
-- Name: jackdaw_ensure_partitions(date, date); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jackdaw_ensure_partitions(from_on date, to_on date) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
    $$;

--
-- Name: jackdaw_joined(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jackdaw_joined(text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $_$
    BEGIN
        IF $1 IS NULL OR $1 !~ '[0-9]' OR $1 !~ '[[:alnum:]][-/.][[:alnum:]]' THEN
            RETURN '';
        END IF;
        RETURN (
            SELECT coalesce(string_agg(translate(m[1], '-/.', ''), ' '), '')
            FROM regexp_matches(
                lower(public.jackdaw_unaccent($1)), '([[:alnum:]]+(?:[-/.][[:alnum:]]+)+)', 'g'
            ) m
            WHERE m[1] ~ '[0-9]'
        );
    END
    $_$;

--
-- Name: jackdaw_search_vector(text, text, text, text, jsonb, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jackdaw_search_vector(title text, brand text, model text, description text, attributes jsonb, heads text[]) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((((setweight(to_tsvector('english'::regconfig, ((public.jackdaw_fold(title) || ' '::text) || public.jackdaw_joined(title))), 'A'::"char") || setweight(to_tsvector('english'::regconfig, ((public.jackdaw_fold(brand) || ' '::text) || public.jackdaw_joined(model))), 'B'::"char")) || setweight(to_tsvector('english'::regconfig, public.jackdaw_fold(description)), 'C'::"char")) || setweight(to_tsvector('english'::regconfig, public.jackdaw_fold(public.jackdaw_attribute_text(attributes))), 'D'::"char")) || array_to_tsvector(ARRAY(SELECT DISTINCT ('='::text || h.h) FROM unnest(jackdaw_search_vector.heads) h(h) WHERE (h.h <> ''::text))));

--
-- Name: jackdaw_title_cut(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jackdaw_title_cut(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(regexp_replace(lower($1), '\m\d+ ?pcs?\M\.?(\(s\))?|\mpc\(s\)|\mpcs\M\.?'::text, ' '::text, 'g'::text), '(\s\+\s|\mfor\M|\mwith\M|\mw/|, | - | \u2013 |\(|\mfrom\M|\mto\M|\mf/|\mof\M).*$'::text, ''::text);

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: brands; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.brands (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL
);

--
-- Name: category_phrases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.category_phrases (
    phrase text NOT NULL,
    category_id bigint NOT NULL,
    is_new boolean DEFAULT true NOT NULL
);

--
-- Name: products; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.products (
    id bigint NOT NULL,
    external_id text,
    store_id bigint NOT NULL,
    category_id bigint NOT NULL,
    brand_id bigint NOT NULL,
    title text NOT NULL,
    model text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    condition text NOT NULL,
    price_minor bigint NOT NULL,
    currency character(3) DEFAULT 'EUR'::bpchar NOT NULL,
    stock integer NOT NULL,
    attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
    wear jsonb DEFAULT '[]'::jsonb NOT NULL,
    image_url text,
    popularity double precision DEFAULT 0 NOT NULL,
    listed_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    withdrawn_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_products_ck_products_condition CHECK ((condition = ANY (ARRAY['new'::text, 'excellent'::text, 'good'::text, 'fair'::text]))),
    CONSTRAINT ck_products_ck_products_price_is_positive CHECK ((price_minor > 0)),
    CONSTRAINT ck_products_ck_products_stock_is_not_negative CHECK ((stock >= 0))
);

--
-- Name: jackdaw_title_heads(bigint[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jackdaw_title_heads(product_ids bigint[]) RETURNS TABLE(product_id bigint, head text)
    LANGUAGE sql STABLE PARALLEL SAFE
    SET enable_nestloop TO 'off'
    SET enable_hashjoin TO 'on'
    BEGIN ATOMIC
 WITH cut AS MATERIALIZED (
          SELECT p.id,
             p.category_id,
             p.brand_id,
             (public.jackdaw_stems(public.jackdaw_title_cut(p.title)))[1:40] AS words
            FROM public.products p
           WHERE (p.id = ANY (jackdaw_title_heads.product_ids))
         ), run AS MATERIALIZED (
          SELECT cut.id,
             cut.category_id,
             first.first,
             length.length,
             array_to_string(cut.words[first.first:((first.first + length.length) - 1)], ' '::text) AS text
            FROM ((cut
              CROSS JOIN LATERAL generate_series(1, cardinality(cut.words)) first(first))
              CROSS JOIN LATERAL generate_series(1, LEAST(4, ((cardinality(cut.words) - first.first) + 1))) length(length))
         ), found AS MATERIALIZED (
          SELECT run.id,
             run.first,
             run.length,
             run.text,
             bool_or((p.category_id = run.category_id)) AS is_own
            FROM (run
              JOIN public.category_phrases p ON ((p.phrase = run.text)))
           GROUP BY run.id, run.first, run.length, run.text
         ), longest AS (
          SELECT found.id,
             found.first,
             found.length,
             found.text,
             found.is_own,
             max((found.first + found.length)) OVER (PARTITION BY found.id ORDER BY found.first, found.length DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered_to
            FROM found
         ), own AS (
          SELECT DISTINCT ON (longest.id) longest.id,
             longest.text
            FROM longest
           WHERE (longest.is_own AND ((longest.first + longest.length) > COALESCE(longest.covered_to, 0)))
           ORDER BY longest.id, (longest.length > 1) DESC, (longest.first + longest.length) DESC
         ), unnamed AS MATERIALIZED (
          SELECT c.id,
             c.brand_id,
             c.words
            FROM cut c
           WHERE (NOT (EXISTS ( SELECT
                    FROM found f
                   WHERE (f.id = c.id))))
         ), maker AS MATERIALIZED (
          SELECT b.id,
             public.jackdaw_stems(b.name) AS words
            FROM public.brands b
           WHERE (b.id = ANY (ARRAY( SELECT DISTINCT unnamed.brand_id
                    FROM unnamed)))
         )
  SELECT own.id,
     regexp_replace(own.text, '^.* '::text, ''::text) AS regexp_replace
    FROM own
 UNION ALL
  SELECT u.id,
     w.word
    FROM ((unnamed u
      JOIN maker m ON ((m.id = u.brand_id)))
      CROSS JOIN LATERAL ( SELECT w_1.word
            FROM unnest(u.words) WITH ORDINALITY w_1(word, place)
           WHERE ((w_1.word !~ '[0-9]|^(mm|cm|m|ft|inch|in|gb|tb|mb|ghz|mhz|hz|w|v|mah|dpi|ppm)$'::text) AND (w_1.word <> ALL (m.words)))
           ORDER BY w_1.place DESC
          LIMIT 1) w);
END;

--
-- Name: categories; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.categories (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    parent_id bigint,
    "position" integer DEFAULT 0 NOT NULL,
    attribute_labels jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT ck_categories_ck_categories_not_its_own_parent CHECK ((parent_id <> id))
);

--
-- Name: product_search; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.product_search (
    product_id bigint NOT NULL,
    search_vector tsvector NOT NULL,
    text_length real NOT NULL
);

--
-- Name: jackdaw_index_products(bigint[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jackdaw_index_products(product_ids bigint[]) RETURNS void
    LANGUAGE sql
    SET enable_nestloop TO 'off'
    SET enable_hashjoin TO 'on'
    SET enable_material TO 'on'
    SET jit TO 'off'
    SET gin_pending_list_limit TO '16MB'
    BEGIN ATOMIC
 DELETE FROM public.product_search
   WHERE (product_search.product_id = ANY (ARRAY( SELECT p.id
            FROM public.products p
           WHERE ((p.id = ANY (jackdaw_index_products.product_ids)) AND (p.withdrawn_at IS NOT NULL)))));
 INSERT INTO public.product_search AS old (product_id, search_vector, text_length)  WITH indexed AS MATERIALIZED (
                  SELECT p.id,
                     p.category_id,
                     p.brand_id,
                     p.title,
                     p.model,
                     p.description,
                     p.attributes
                    FROM public.products p
                   WHERE ((p.id = ANY (jackdaw_index_products.product_ids)) AND (p.withdrawn_at IS NULL))
                 ), named AS MATERIALIZED (
                  SELECT c.id,
                     public.jackdaw_category_heads(c.name) AS heads
                    FROM public.categories c
                   WHERE (c.id = ANY (ARRAY( SELECT DISTINCT indexed.category_id
                            FROM indexed)))
                 ), maker AS MATERIALIZED (
                  SELECT b.id,
                     b.name
                    FROM public.brands b
                   WHERE (b.id = ANY (ARRAY( SELECT DISTINCT indexed.brand_id
                            FROM indexed)))
                 ), headed AS MATERIALIZED (
                  SELECT jackdaw_title_heads.product_id,
                     jackdaw_title_heads.head
                    FROM public.jackdaw_title_heads(jackdaw_index_products.product_ids) jackdaw_title_heads(product_id, head)
                 )
          SELECT fresh.id,
             fresh.vector,
             length(ts_filter(fresh.vector, '{a,b,c}'::"char"[])) AS length
            FROM ( SELECT p.id,
                     public.jackdaw_search_vector(p.title, b.name, p.model, p.description, p.attributes, (h.head || c.heads)) AS vector
                    FROM (((indexed p
                      JOIN maker b ON ((b.id = p.brand_id)))
                      JOIN named c ON ((c.id = p.category_id)))
                      LEFT JOIN headed h ON ((h.product_id = p.id)))
                   ORDER BY p.id
                  OFFSET 0) fresh ON CONFLICT(product_id) DO UPDATE SET search_vector = excluded.search_vector, text_length = excluded.text_length
   WHERE (old.search_vector IS DISTINCT FROM excluded.search_vector);
 SELECT gin_clean_pending_list(to_regclass('public.ix_product_search_search_vector'::text)) AS gin_clean_pending_list;
END;

--
-- Name: jackdaw_name_category(bigint, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jackdaw_name_category(category_id bigint, phrases text[]) RETURNS void
    LANGUAGE sql
    BEGIN ATOMIC
 INSERT INTO public.category_phrases (phrase, category_id)  SELECT DISTINCT array_to_string(s.stems, ' '::text) AS array_to_string,
             c.id
            FROM ((public.categories c
              CROSS JOIN LATERAL ( SELECT unnest(jackdaw_name_category.phrases) AS unnest
                 UNION ALL
                  SELECT regexp_split_to_table(c.name, '\s*[&,/]\s*|\s+and\s+'::text) AS regexp_split_to_table) t(phrase))
              CROSS JOIN LATERAL ( SELECT public.jackdaw_stems(t.phrase) AS stems) s)
           WHERE ((c.id = jackdaw_name_category.category_id) AND ((cardinality(s.stems) >= 1) AND (cardinality(s.stems) <= 4))) ON CONFLICT DO NOTHING;
END;

--
-- Name: jackdaw_unaccent(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jackdaw_unaccent(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN public.unaccent('public.unaccent'::regdictionary, $1);

--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

--
-- Name: brands_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.brands ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.brands_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: cart_lines; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cart_lines (
    id bigint NOT NULL,
    cart_id bigint NOT NULL,
    product_id bigint NOT NULL,
    quantity integer NOT NULL,
    unit_price_minor bigint NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_cart_lines_ck_cart_lines_quantity CHECK (((quantity >= 1) AND (quantity <= 99)))
);

--
-- Name: cart_lines_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.cart_lines ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cart_lines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: carts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.carts (
    id bigint NOT NULL,
    visitor_id bigint NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    applied_keys uuid[] DEFAULT '{}'::uuid[] NOT NULL
);

--
-- Name: carts_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.carts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.carts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: categories_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.categories ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.categories_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: exclusions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.exclusions (
    id bigint NOT NULL,
    visitor_id bigint NOT NULL,
    scope text NOT NULL,
    target bigint NOT NULL,
    product_id bigint NOT NULL,
    event_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_exclusions_ck_exclusions_scope CHECK ((scope = ANY (ARRAY['item'::text, 'model'::text, 'maker'::text, 'kind'::text, 'owned'::text])))
);

--
-- Name: exclusions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.exclusions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.exclusions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: experiment_arms; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.experiment_arms (
    experiment_id bigint NOT NULL,
    arm text NOT NULL,
    model_version bigint,
    share real NOT NULL,
    answers bigint DEFAULT 0 NOT NULL,
    errors bigint DEFAULT 0 NOT NULL,
    slow_answers bigint DEFAULT 0 NOT NULL,
    seconds double precision DEFAULT 0 NOT NULL,
    products_chosen bigint DEFAULT 0 NOT NULL,
    products_gone bigint DEFAULT 0 NOT NULL,
    CONSTRAINT ck_experiment_arms_ck_experiment_arms_arm CHECK ((arm = ANY (ARRAY['champion'::text, 'challenger'::text, 'popularity'::text]))),
    CONSTRAINT ck_experiment_arms_ck_experiment_arms_share CHECK (((share > (0)::double precision) AND (share <= (1)::double precision)))
);

--
-- Name: experiments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.experiments (
    id bigint NOT NULL,
    name text NOT NULL,
    status text NOT NULL,
    floor real NOT NULL,
    guard_rails jsonb NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    allocated_at timestamp with time zone DEFAULT now() NOT NULL,
    stopped_at timestamp with time zone,
    stop_reason text,
    CONSTRAINT ck_experiments_ck_experiments_status CHECK ((status = ANY (ARRAY['running'::text, 'stopped'::text])))
);

--
-- Name: experiments_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.experiments ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.experiments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: favorites; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.favorites (
    visitor_id bigint NOT NULL,
    product_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

--
-- Name: feed_batches; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.feed_batches (
    id bigint NOT NULL,
    namespace_id bigint NOT NULL,
    kind text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    done_at timestamp with time zone,
    rows_count integer NOT NULL,
    accepted_count integer NOT NULL,
    duplicates_count integer DEFAULT 0 NOT NULL,
    errors jsonb DEFAULT '[]'::jsonb NOT NULL,
    rows jsonb,
    CONSTRAINT ck_feed_batches_ck_feed_batches_kind CHECK ((kind = ANY (ARRAY['products'::text, 'interactions'::text]))),
    CONSTRAINT ck_feed_batches_ck_feed_batches_status CHECK ((status = ANY (ARRAY['pending'::text, 'done'::text, 'failed'::text])))
);

--
-- Name: feed_batches_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.feed_batches ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feed_batches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: feed_interactions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.feed_interactions (
    namespace_id bigint NOT NULL,
    event_id text NOT NULL,
    product_id bigint NOT NULL,
    user_id text NOT NULL,
    event_type smallint NOT NULL,
    weight real NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);

--
-- Name: feed_models; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.feed_models (
    version bigint NOT NULL,
    namespace_id bigint NOT NULL,
    status text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    promoted_at timestamp with time zone,
    trained_until timestamp with time zone NOT NULL,
    interactions_count bigint DEFAULT 0 NOT NULL,
    users_count bigint DEFAULT 0 NOT NULL,
    products_count bigint DEFAULT 0 NOT NULL,
    metrics jsonb DEFAULT '{}'::jsonb NOT NULL,
    location text,
    refusal text,
    CONSTRAINT ck_feed_models_ck_feed_models_status CHECK ((status = ANY (ARRAY['candidate'::text, 'champion'::text, 'retired'::text, 'refused'::text])))
);

--
-- Name: feed_models_version_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.feed_models ALTER COLUMN version ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feed_models_version_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: feed_namespaces; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.feed_namespaces (
    id bigint NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_feed_namespaces_ck_feed_namespaces_name CHECK ((name ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
);

--
-- Name: feed_namespaces_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.feed_namespaces ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feed_namespaces_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: feed_products; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.feed_products (
    id bigint NOT NULL,
    namespace_id bigint NOT NULL,
    external_id text NOT NULL,
    title text NOT NULL,
    category text NOT NULL,
    brand text NOT NULL,
    price_minor bigint,
    currency character(3),
    stock integer,
    url text,
    image_url text,
    attributes jsonb NOT NULL,
    popularity double precision DEFAULT '-1000000'::integer NOT NULL,
    listed_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT ck_feed_products_ck_feed_products_price_has_a_currency CHECK (((price_minor IS NULL) = (currency IS NULL))),
    CONSTRAINT ck_feed_products_ck_feed_products_price_is_not_negative CHECK ((price_minor >= 0)),
    CONSTRAINT ck_feed_products_ck_feed_products_stock_is_not_negative CHECK ((stock >= 0))
);

--
-- Name: feed_products_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.feed_products ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feed_products_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: forgettings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.forgettings (
    id bigint NOT NULL,
    visitor_id bigint NOT NULL,
    event_id uuid,
    product_id bigint,
    occurred_from timestamp with time zone NOT NULL,
    occurred_until timestamp with time zone NOT NULL,
    received_from timestamp with time zone NOT NULL,
    received_until timestamp with time zone NOT NULL,
    removed_count bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

--
-- Name: forgettings_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.forgettings ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forgettings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: interactions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.interactions (
    id uuid NOT NULL,
    received_on date NOT NULL,
    visitor_id bigint NOT NULL,
    product_id bigint NOT NULL,
    event_type smallint NOT NULL,
    weight real NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    slate_id uuid,
    "position" smallint
)
PARTITION BY RANGE (received_on);

--
-- Name: model_snapshots; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.model_snapshots (
    version bigint NOT NULL,
    status text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    promoted_at timestamp with time zone,
    trained_until timestamp with time zone,
    interactions_count bigint DEFAULT 0 NOT NULL,
    users_count bigint DEFAULT 0 NOT NULL,
    items_count bigint DEFAULT 0 NOT NULL,
    fit_seconds double precision,
    metrics jsonb DEFAULT '{}'::jsonb NOT NULL,
    config jsonb DEFAULT '{}'::jsonb NOT NULL,
    location text,
    refusal text,
    parent_version bigint,
    code_version text,
    schema_version smallint,
    is_held boolean DEFAULT false NOT NULL,
    CONSTRAINT ck_model_snapshots_ck_model_snapshots_status CHECK ((status = ANY (ARRAY['candidate'::text, 'challenger'::text, 'champion'::text, 'retired'::text, 'refused'::text])))
);

--
-- Name: model_snapshots_version_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.model_snapshots ALTER COLUMN version ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.model_snapshots_version_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: outcome_progress; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outcome_progress (
    is_only boolean DEFAULT true NOT NULL,
    counted_until timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_outcome_progress_ck_outcome_progress_is_only CHECK (is_only)
);

--
-- Name: product_statistics; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.product_statistics (
    product_id bigint NOT NULL,
    views_count bigint DEFAULT 0 NOT NULL,
    favorites_count bigint DEFAULT 0 NOT NULL,
    cart_adds_count bigint DEFAULT 0 NOT NULL,
    purchases_count bigint DEFAULT 0 NOT NULL
);

--
-- Name: products_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.products ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.products_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: profiles; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.profiles (
    visitor_id bigint NOT NULL,
    paused_at timestamp with time zone,
    same_for_everyone_at timestamp with time zone
);

--
-- Name: rate_limits; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.rate_limits (
    key text NOT NULL,
    attempts bigint NOT NULL,
    window_ends_at timestamp with time zone NOT NULL
);

--
-- Name: search_builds; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.search_builds (
    id bigint NOT NULL,
    built_at timestamp with time zone DEFAULT now() NOT NULL,
    products_count bigint NOT NULL,
    average_length real NOT NULL,
    changes bigint NOT NULL
);

--
-- Name: search_builds_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.search_builds ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.search_builds_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: search_phrases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.search_phrases (
    phrase text NOT NULL,
    products_count integer NOT NULL
);

--
-- Name: search_synonyms; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.search_synonyms (
    lexeme text NOT NULL,
    alternative text NOT NULL,
    weight real NOT NULL
);

--
-- Name: search_terms; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.search_terms (
    lexeme text NOT NULL,
    products_count integer NOT NULL
);

--
-- Name: search_words; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.search_words (
    word text NOT NULL,
    products_count integer NOT NULL
);

--
-- Name: service_tokens; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.service_tokens (
    id bigint NOT NULL,
    namespace_id bigint NOT NULL,
    name text NOT NULL,
    token_hash bytea NOT NULL,
    scopes text[] NOT NULL,
    issued_by bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT ck_service_tokens_ck_service_tokens_has_scopes CHECK ((cardinality(scopes) > 0))
);

--
-- Name: service_tokens_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.service_tokens ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.service_tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sessions (
    id bigint NOT NULL,
    token_hash bytea NOT NULL,
    visitor_id bigint NOT NULL,
    user_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

--
-- Name: sessions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.sessions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sessions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: slate_outcomes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.slate_outcomes (
    experiment_id bigint NOT NULL,
    arm text NOT NULL,
    model_version bigint NOT NULL,
    visitor_group smallint NOT NULL,
    slates bigint DEFAULT 0 NOT NULL,
    clicked_slates bigint DEFAULT 0 NOT NULL,
    impressions bigint DEFAULT 0 NOT NULL
);

--
-- Name: slates; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.slates (
    id uuid NOT NULL,
    served_on date NOT NULL,
    served_at timestamp with time zone NOT NULL,
    visitor_id bigint,
    surface text NOT NULL,
    model_version bigint,
    overlay_sequence bigint NOT NULL,
    personalised boolean NOT NULL,
    product_ids bigint[] NOT NULL,
    propensities real[] NOT NULL,
    reasons jsonb NOT NULL,
    experiment_id bigint,
    arm text,
    arm_propensity real
)
PARTITION BY RANGE (served_on);

--
-- Name: stores; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.stores (
    id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    owner_user_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL
);

--
-- Name: stores_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.stores ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stores_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.users (
    id bigint NOT NULL,
    email public.citext NOT NULL,
    display_name text NOT NULL,
    password_hash text NOT NULL,
    role text DEFAULT 'shopper'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    disabled_at timestamp with time zone,
    CONSTRAINT ck_users_ck_users_role CHECK ((role = ANY (ARRAY['shopper'::text, 'vendor'::text, 'support'::text, 'admin'::text])))
);

--
-- Name: users_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.users ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: visitors; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.visitors (
    id bigint NOT NULL,
    user_id bigint,
    merged_into bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_visitors_ck_visitors_not_merged_into_itself CHECK ((merged_into <> id))
);

--
-- Name: visitors_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.visitors ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visitors_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

--
-- Name: brands pk_brands; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.brands
    ADD CONSTRAINT pk_brands PRIMARY KEY (id);

--
-- Name: cart_lines pk_cart_lines; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT pk_cart_lines PRIMARY KEY (id);

--
-- Name: carts pk_carts; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT pk_carts PRIMARY KEY (id);

--
-- Name: categories pk_categories; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT pk_categories PRIMARY KEY (id);

--
-- Name: category_phrases pk_category_phrases; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.category_phrases
    ADD CONSTRAINT pk_category_phrases PRIMARY KEY (phrase, category_id);

--
-- Name: exclusions pk_exclusions; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exclusions
    ADD CONSTRAINT pk_exclusions PRIMARY KEY (id);

--
-- Name: experiment_arms pk_experiment_arms; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiment_arms
    ADD CONSTRAINT pk_experiment_arms PRIMARY KEY (experiment_id, arm);

--
-- Name: experiments pk_experiments; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiments
    ADD CONSTRAINT pk_experiments PRIMARY KEY (id);

--
-- Name: favorites pk_favorites; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.favorites
    ADD CONSTRAINT pk_favorites PRIMARY KEY (visitor_id, product_id);

--
-- Name: feed_batches pk_feed_batches; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed_batches
    ADD CONSTRAINT pk_feed_batches PRIMARY KEY (id);

--
-- Name: feed_interactions pk_feed_interactions; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed_interactions
    ADD CONSTRAINT pk_feed_interactions PRIMARY KEY (namespace_id, event_id);

--
-- Name: feed_models pk_feed_models; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed_models
    ADD CONSTRAINT pk_feed_models PRIMARY KEY (version);

--
-- Name: feed_namespaces pk_feed_namespaces; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed_namespaces
    ADD CONSTRAINT pk_feed_namespaces PRIMARY KEY (id);

--
-- Name: feed_products pk_feed_products; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed_products
    ADD CONSTRAINT pk_feed_products PRIMARY KEY (id);

--
-- Name: forgettings pk_forgettings; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.forgettings
    ADD CONSTRAINT pk_forgettings PRIMARY KEY (id);

--
-- Name: interactions pk_interactions; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.interactions
    ADD CONSTRAINT pk_interactions PRIMARY KEY (id, received_on);

--
-- Name: model_snapshots pk_model_snapshots; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_snapshots
    ADD CONSTRAINT pk_model_snapshots PRIMARY KEY (version);

--
-- Name: outcome_progress pk_outcome_progress; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcome_progress
    ADD CONSTRAINT pk_outcome_progress PRIMARY KEY (is_only);

--
-- Name: product_search pk_product_search; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.product_search
    ADD CONSTRAINT pk_product_search PRIMARY KEY (product_id);

--
-- Name: product_statistics pk_product_statistics; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.product_statistics
    ADD CONSTRAINT pk_product_statistics PRIMARY KEY (product_id);

--
-- Name: products pk_products; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.products
    ADD CONSTRAINT pk_products PRIMARY KEY (id);

--
-- Name: profiles pk_profiles; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT pk_profiles PRIMARY KEY (visitor_id);

--
-- Name: rate_limits pk_rate_limits; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rate_limits
    ADD CONSTRAINT pk_rate_limits PRIMARY KEY (key);

--
-- Name: search_builds pk_search_builds; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.search_builds
    ADD CONSTRAINT pk_search_builds PRIMARY KEY (id);

--
-- Name: search_phrases pk_search_phrases; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.search_phrases
    ADD CONSTRAINT pk_search_phrases PRIMARY KEY (phrase);

--
-- Name: search_synonyms pk_search_synonyms; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.search_synonyms
    ADD CONSTRAINT pk_search_synonyms PRIMARY KEY (lexeme, alternative);

--
-- Name: search_terms pk_search_terms; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.search_terms
    ADD CONSTRAINT pk_search_terms PRIMARY KEY (lexeme);

--
-- Name: search_words pk_search_words; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.search_words
    ADD CONSTRAINT pk_search_words PRIMARY KEY (word);

--
-- Name: service_tokens pk_service_tokens; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.service_tokens
    ADD CONSTRAINT pk_service_tokens PRIMARY KEY (id);

--
-- Name: sessions pk_sessions; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT pk_sessions PRIMARY KEY (id);

--
-- Name: slate_outcomes pk_slate_outcomes; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.slate_outcomes
    ADD CONSTRAINT pk_slate_outcomes PRIMARY KEY (experiment_id, arm, model_version, visitor_group);

--
-- Name: slates pk_slates; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.slates
    ADD CONSTRAINT pk_slates PRIMARY KEY (id, served_on);

--
-- Name: stores pk_stores; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stores
    ADD CONSTRAINT pk_stores PRIMARY KEY (id);

--
-- Name: users pk_users; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT pk_users PRIMARY KEY (id);

--
-- Name: visitors pk_visitors; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.visitors
    ADD CONSTRAINT pk_visitors PRIMARY KEY (id);

--
-- Name: brands uq_brands_slug; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.brands
    ADD CONSTRAINT uq_brands_slug UNIQUE (slug);

--
-- Name: cart_lines uq_cart_lines_cart_id_product_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT uq_cart_lines_cart_id_product_id UNIQUE (cart_id, product_id);

--
-- Name: carts uq_carts_visitor_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT uq_carts_visitor_id UNIQUE (visitor_id);

--
-- Name: categories uq_categories_slug; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT uq_categories_slug UNIQUE (slug);

--
-- Name: exclusions uq_exclusions_visitor_id_scope_target; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exclusions
    ADD CONSTRAINT uq_exclusions_visitor_id_scope_target UNIQUE (visitor_id, scope, target);

--
-- Name: feed_namespaces uq_feed_namespaces_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed_namespaces
    ADD CONSTRAINT uq_feed_namespaces_name UNIQUE (name);

--
-- Name: feed_products uq_feed_products_namespace_id_external_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed_products
    ADD CONSTRAINT uq_feed_products_namespace_id_external_id UNIQUE (namespace_id, external_id);

--
-- Name: products uq_products_store_id_external_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.products
    ADD CONSTRAINT uq_products_store_id_external_id UNIQUE (store_id, external_id);

--
-- Name: service_tokens uq_service_tokens_token_hash; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.service_tokens
    ADD CONSTRAINT uq_service_tokens_token_hash UNIQUE (token_hash);

--
-- Name: sessions uq_sessions_token_hash; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT uq_sessions_token_hash UNIQUE (token_hash);

--
-- Name: stores uq_stores_slug; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stores
    ADD CONSTRAINT uq_stores_slug UNIQUE (slug);

--
-- Name: users uq_users_email; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT uq_users_email UNIQUE (email);

--
-- Name: visitors uq_visitors_user_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.visitors
    ADD CONSTRAINT uq_visitors_user_id UNIQUE (user_id);

--
-- Name: ix_cart_lines_product_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_cart_lines_product_id ON public.cart_lines USING btree (product_id);

--
-- Name: ix_categories_parent_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_categories_parent_id ON public.categories USING btree (parent_id);

--
-- Name: ix_category_phrases_category_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_category_phrases_category_id ON public.category_phrases USING btree (category_id);

--
-- Name: ix_exclusions_product_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_exclusions_product_id ON public.exclusions USING btree (product_id);

--
-- Name: ix_experiment_arms_model_version; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_experiment_arms_model_version ON public.experiment_arms USING btree (model_version);

--
-- Name: ix_favorites_product_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_favorites_product_id ON public.favorites USING btree (product_id);

--
-- Name: ix_feed_batches_namespace_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_feed_batches_namespace_id ON public.feed_batches USING btree (namespace_id, id DESC);

--
-- Name: ix_feed_batches_pending; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_feed_batches_pending ON public.feed_batches USING btree (id) WHERE (status = 'pending'::text);

--
-- Name: ix_feed_interactions_received_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_feed_interactions_received_at ON public.feed_interactions USING btree (namespace_id, received_at);

--
-- Name: ix_feed_interactions_user_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_feed_interactions_user_id ON public.feed_interactions USING btree (namespace_id, user_id, occurred_at DESC);

--
-- Name: ix_feed_models_namespace_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_feed_models_namespace_id ON public.feed_models USING btree (namespace_id, version DESC);

--
-- Name: ix_feed_products_category_popular; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_feed_products_category_popular ON public.feed_products USING btree (namespace_id, category, popularity DESC, id DESC) WHERE (withdrawn_at IS NULL);

--
-- Name: ix_feed_products_namespace_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_feed_products_namespace_id ON public.feed_products USING btree (namespace_id, id);

--
-- Name: ix_feed_products_popular; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_feed_products_popular ON public.feed_products USING btree (namespace_id, popularity DESC, id DESC) WHERE (withdrawn_at IS NULL);

--
-- Name: ix_forgettings_created_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_forgettings_created_at ON public.forgettings USING btree (created_at);

--
-- Name: ix_forgettings_visitor_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_forgettings_visitor_id ON public.forgettings USING btree (visitor_id);

--
-- Name: ix_interactions_received_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_interactions_received_at ON ONLY public.interactions USING brin (received_at);

--
-- Name: ix_interactions_slate_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_interactions_slate_id ON ONLY public.interactions USING btree (slate_id) WHERE ((slate_id IS NOT NULL) AND (event_type <> 8));

--
-- Name: ix_interactions_visitor_id_occurred_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_interactions_visitor_id_occurred_at ON ONLY public.interactions USING btree (visitor_id, occurred_at DESC);

--
-- Name: ix_model_snapshots_parent_version; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_model_snapshots_parent_version ON public.model_snapshots USING btree (parent_version);

--
-- Name: ix_product_search_search_vector; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_product_search_search_vector ON public.product_search USING gin (search_vector);

--
-- Name: ix_products_brand_id_model; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_products_brand_id_model ON public.products USING btree (brand_id, model);

--
-- Name: ix_products_category_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_products_category_newest ON public.products USING btree (category_id, listed_at DESC, id DESC) WHERE (withdrawn_at IS NULL);

--
-- Name: ix_products_category_popular; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_products_category_popular ON public.products USING btree (category_id, popularity DESC, id DESC) WHERE (withdrawn_at IS NULL);

--
-- Name: ix_products_category_price; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_products_category_price ON public.products USING btree (category_id, price_minor, id) WHERE (withdrawn_at IS NULL);

--
-- Name: ix_products_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_products_newest ON public.products USING btree (listed_at DESC, id DESC) WHERE (withdrawn_at IS NULL);

--
-- Name: ix_products_popular; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_products_popular ON public.products USING btree (popularity DESC, id DESC) WHERE (withdrawn_at IS NULL);

--
-- Name: ix_products_price; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_products_price ON public.products USING btree (price_minor, id) WHERE (withdrawn_at IS NULL);

--
-- Name: ix_search_words_word; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_search_words_word ON public.search_words USING gin (word public.gin_trgm_ops);

--
-- Name: ix_service_tokens_issued_by; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_service_tokens_issued_by ON public.service_tokens USING btree (issued_by);

--
-- Name: ix_service_tokens_namespace_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_service_tokens_namespace_id ON public.service_tokens USING btree (namespace_id, id DESC);

--
-- Name: ix_sessions_expires_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_sessions_expires_at ON public.sessions USING btree (expires_at);

--
-- Name: ix_sessions_user_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_sessions_user_id ON public.sessions USING btree (user_id);

--
-- Name: ix_sessions_visitor_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_sessions_visitor_id ON public.sessions USING btree (visitor_id);

--
-- Name: ix_slates_visitor_id_served_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_slates_visitor_id_served_at ON ONLY public.slates USING btree (visitor_id, served_at) WHERE (visitor_id IS NOT NULL);

--
-- Name: ix_stores_owner_user_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_stores_owner_user_id ON public.stores USING btree (owner_user_id);

--
-- Name: ix_visitors_merged_into; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_visitors_merged_into ON public.visitors USING btree (merged_into);

--
-- Name: uq_experiments_running; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX uq_experiments_running ON public.experiments USING btree (status) WHERE (status = 'running'::text);

--
-- Name: uq_feed_models_champion; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX uq_feed_models_champion ON public.feed_models USING btree (namespace_id) WHERE (status = 'champion'::text);

--
-- Name: uq_model_snapshots_champion; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX uq_model_snapshots_champion ON public.model_snapshots USING btree (status) WHERE (status = 'champion'::text);

--
-- Name: cart_lines fk_cart_lines_cart_id_carts; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT fk_cart_lines_cart_id_carts FOREIGN KEY (cart_id) REFERENCES public.carts(id) ON DELETE CASCADE;

--
-- Name: cart_lines fk_cart_lines_product_id_products; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cart_lines
    ADD CONSTRAINT fk_cart_lines_product_id_products FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

--
-- Name: carts fk_carts_visitor_id_visitors; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT fk_carts_visitor_id_visitors FOREIGN KEY (visitor_id) REFERENCES public.visitors(id) ON DELETE CASCADE;

--
-- Name: categories fk_categories_parent_id_categories; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT fk_categories_parent_id_categories FOREIGN KEY (parent_id) REFERENCES public.categories(id) ON DELETE RESTRICT;

--
-- Name: category_phrases fk_category_phrases_category_id_categories; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.category_phrases
    ADD CONSTRAINT fk_category_phrases_category_id_categories FOREIGN KEY (category_id) REFERENCES public.categories(id) ON DELETE CASCADE;

--
-- Name: exclusions fk_exclusions_product_id_products; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exclusions
    ADD CONSTRAINT fk_exclusions_product_id_products FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

--
-- Name: exclusions fk_exclusions_visitor_id_visitors; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exclusions
    ADD CONSTRAINT fk_exclusions_visitor_id_visitors FOREIGN KEY (visitor_id) REFERENCES public.visitors(id) ON DELETE CASCADE;

--
-- Name: experiment_arms fk_experiment_arms_experiment_id_experiments; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiment_arms
    ADD CONSTRAINT fk_experiment_arms_experiment_id_experiments FOREIGN KEY (experiment_id) REFERENCES public.experiments(id);

--
-- Name: experiment_arms fk_experiment_arms_model_version_model_snapshots; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiment_arms
    ADD CONSTRAINT fk_experiment_arms_model_version_model_snapshots FOREIGN KEY (model_version) REFERENCES public.model_snapshots(version);

--
-- Name: favorites fk_favorites_product_id_products; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.favorites
    ADD CONSTRAINT fk_favorites_product_id_products FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

--
-- Name: favorites fk_favorites_visitor_id_visitors; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.favorites
    ADD CONSTRAINT fk_favorites_visitor_id_visitors FOREIGN KEY (visitor_id) REFERENCES public.visitors(id) ON DELETE CASCADE;

--
-- Name: feed_batches fk_feed_batches_namespace_id_feed_namespaces; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed_batches
    ADD CONSTRAINT fk_feed_batches_namespace_id_feed_namespaces FOREIGN KEY (namespace_id) REFERENCES public.feed_namespaces(id) ON DELETE CASCADE;

--
-- Name: feed_interactions fk_feed_interactions_namespace_id_feed_namespaces; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed_interactions
    ADD CONSTRAINT fk_feed_interactions_namespace_id_feed_namespaces FOREIGN KEY (namespace_id) REFERENCES public.feed_namespaces(id) ON DELETE CASCADE;

--
-- Name: feed_models fk_feed_models_namespace_id_feed_namespaces; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed_models
    ADD CONSTRAINT fk_feed_models_namespace_id_feed_namespaces FOREIGN KEY (namespace_id) REFERENCES public.feed_namespaces(id) ON DELETE CASCADE;

--
-- Name: feed_products fk_feed_products_namespace_id_feed_namespaces; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed_products
    ADD CONSTRAINT fk_feed_products_namespace_id_feed_namespaces FOREIGN KEY (namespace_id) REFERENCES public.feed_namespaces(id) ON DELETE CASCADE;

--
-- Name: model_snapshots fk_model_snapshots_parent_version_model_snapshots; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_snapshots
    ADD CONSTRAINT fk_model_snapshots_parent_version_model_snapshots FOREIGN KEY (parent_version) REFERENCES public.model_snapshots(version);

--
-- Name: product_search fk_product_search_product_id_products; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.product_search
    ADD CONSTRAINT fk_product_search_product_id_products FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

--
-- Name: product_statistics fk_product_statistics_product_id_products; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.product_statistics
    ADD CONSTRAINT fk_product_statistics_product_id_products FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

--
-- Name: products fk_products_brand_id_brands; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.products
    ADD CONSTRAINT fk_products_brand_id_brands FOREIGN KEY (brand_id) REFERENCES public.brands(id) ON DELETE RESTRICT;

--
-- Name: products fk_products_category_id_categories; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.products
    ADD CONSTRAINT fk_products_category_id_categories FOREIGN KEY (category_id) REFERENCES public.categories(id) ON DELETE RESTRICT;

--
-- Name: products fk_products_store_id_stores; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.products
    ADD CONSTRAINT fk_products_store_id_stores FOREIGN KEY (store_id) REFERENCES public.stores(id) ON DELETE RESTRICT;

--
-- Name: profiles fk_profiles_visitor_id_visitors; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT fk_profiles_visitor_id_visitors FOREIGN KEY (visitor_id) REFERENCES public.visitors(id) ON DELETE CASCADE;

--
-- Name: service_tokens fk_service_tokens_issued_by_users; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.service_tokens
    ADD CONSTRAINT fk_service_tokens_issued_by_users FOREIGN KEY (issued_by) REFERENCES public.users(id) ON DELETE SET NULL;

--
-- Name: service_tokens fk_service_tokens_namespace_id_feed_namespaces; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.service_tokens
    ADD CONSTRAINT fk_service_tokens_namespace_id_feed_namespaces FOREIGN KEY (namespace_id) REFERENCES public.feed_namespaces(id) ON DELETE CASCADE;

--
-- Name: sessions fk_sessions_user_id_users; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT fk_sessions_user_id_users FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

--
-- Name: sessions fk_sessions_visitor_id_visitors; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT fk_sessions_visitor_id_visitors FOREIGN KEY (visitor_id) REFERENCES public.visitors(id) ON DELETE CASCADE;

--
-- Name: stores fk_stores_owner_user_id_users; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stores
    ADD CONSTRAINT fk_stores_owner_user_id_users FOREIGN KEY (owner_user_id) REFERENCES public.users(id) ON DELETE SET NULL;

--
-- Name: visitors fk_visitors_merged_into_visitors; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.visitors
    ADD CONSTRAINT fk_visitors_merged_into_visitors FOREIGN KEY (merged_into) REFERENCES public.visitors(id) ON DELETE SET NULL;

--
-- Name: visitors fk_visitors_user_id_users; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.visitors
    ADD CONSTRAINT fk_visitors_user_id_users FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

--
-- PostgreSQL database dump complete
--
