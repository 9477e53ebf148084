"""The short way through a pool finds what the long one does, whatever a visitor knows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from server.features.recommendations.domain import NEW, Choice, varied
from server.features.recommendations.pools import Pool

N, WITHIN = 4, 9
numbers = st.integers(0, 29)


def choices_of(traits: list[tuple[int, int]]) -> list[Choice]:
    return [
        Choice(number, 100 + number, b"", NEW, 1.0, maker, kind)
        for number, (maker, kind) in enumerate(traits)
    ]


@given(
    st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 2)), max_size=30),
    st.lists(st.tuples(st.sets(numbers, max_size=3), st.sets(numbers, max_size=3)), min_size=1, max_size=6),
)
@settings(max_examples=200, deadline=None)
def test_it_is_that_of_every_choice_looked_at(
    traits: list[tuple[int, int]], visitors: list[tuple[set[int], set[int]]]
) -> None:
    choices = choices_of(traits)
    pool = Pool(choices)
    for hidden, seen in visitors:
        expected_models = {100 + number for number in seen}
        models = set(expected_models)
        expected = varied(choices, N, hidden, expected_models)
        assert pool.varied(N, hidden, models) == expected
        assert models == expected_models
        models = {100 + number for number in seen}
        chosen, rest = pool.varied_with_rest(N, WITHIN, hidden, models)
        assert (chosen, models) == (expected, expected_models)
        left = [c for c in choices[:WITHIN] if c.model not in models and c.product_id not in hidden]
        assert rest == left


def test_who_knows_nothing_of_it_is_given_the_same_list() -> None:
    pool = Pool(choices_of([(number, number) for number in range(20)]))
    first, rest = pool.varied_with_rest(N, WITHIN, set(), set())
    again, rest_again = pool.varied_with_rest(N, WITHIN, {17}, {118})
    assert again is first
    assert rest_again is rest
    assert pool.varied(N, {0}, set()) is not first
