"""The statement that finds and scores: its text depends only on how many alternatives each word has.

A product's score is the sum over the words of idf times the best ``ts_rank`` of their alternatives, tempered
by its length, plus a bonus when it *is* what the query names, plus far more for the share of the query that
it covers, so that all words come before some.
"""

from __future__ import annotations

from functools import lru_cache

# D attributes, C description, B brand and model, A title.
FIELD_WEIGHTS = "{0.1,0.4,0.8,1}"
LENGTH_PIVOT = 0.1
HEAD_BONUS = 3.0
COVER_BONUS = 40.0
ALTERNATIVE_COVER = 0.9
MAX_SCORED = 2_000

Shape = tuple[int, ...]

_BY_QUERY = "WHERE search_vector @@ $1::tsquery LIMIT {limit}"
_BY_IDS = "WHERE product_id = ANY ($1::bigint[]) LIMIT {limit}"


@lru_cache(maxsize=512)
def scoring_statement(shape: Shape, *, by_ids: bool) -> str:
    """Write the statement for words with so many alternatives, the head last.

    Parameters: $1 text query or ids, $2 head query, $3 weights of all alternatives, $4 idf and $5 share of
    idf per word, $6 average length, then one text query per alternative. One row comes back: ids and scores
    as big-endian arrays, because a row per product would cost more than its score.
    """
    number = 6
    ranks, covers = [], []
    for unit, size in enumerate(shape):
        names = [f"${number + place + 1}::tsquery" for place in range(size)]
        weighted = [
            f"($3::float4[])[{number - 6 + place + 1}] * ts_rank('{FIELD_WEIGHTS}', v, {name})"
            for place, name in enumerate(names)
        ]
        number += size
        best = weighted[0] if size == 1 else f"greatest({', '.join(weighted)})"
        ranks.append(f"($4::float4[])[{unit + 1}] * {best}")
        covers.append(f"($5::float4[])[{unit + 1}] * {_cover(names, is_head=unit == len(shape) - 1)}")
    found = (_BY_IDS if by_ids else _BY_QUERY).format(limit=MAX_SCORED)
    return f"""
        WITH c AS MATERIALIZED (
            SELECT product_id AS id, search_vector AS v, text_length, search_vector @@ $2::tsquery AS h
            FROM product_search {found}
        ), r AS (
            SELECT id, (({" + ".join(ranks)})
                / ({1 - LENGTH_PIVOT} + {LENGTH_PIVOT} * text_length / $6::float4)
                + CASE WHEN h THEN {HEAD_BONUS} ELSE 0 END
                + {COVER_BONUS} * ({" + ".join(covers)}))::float4 AS score
            FROM c
        )
        SELECT string_agg(int8send(id), ''::bytea), string_agg(float4send(score), ''::bytea) FROM r
    """  # noqa: S608 - numbers and placeholders only


def _cover(names: list[str], *, is_head: bool) -> str:
    """Write how far a product covers one word: as typed, by an alternative, or by being such a thing."""
    cases = [f"WHEN v @@ {names[0]} THEN 1"]
    if len(names) > 1:
        others = " OR ".join(f"v @@ {name}" for name in names[1:])
        value = f"CASE WHEN h THEN 1 ELSE {ALTERNATIVE_COVER} END" if is_head else str(ALTERNATIVE_COVER)
        cases.append(f"WHEN {others} THEN {value}")
    if is_head:
        cases.append(f"WHEN h THEN {ALTERNATIVE_COVER}")
    return f"CASE {' '.join(cases)} ELSE 0 END"
