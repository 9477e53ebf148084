"""The short way through a pool finds what the long one does, whatever a visitor knows."""

from __future__ import annotations

from hypothesis import example, given, settings
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


# What stands behind the first nine is known, and one of those comes in its place.
@example([(0, -1)] * WITHIN + [(1, -1)] * 2, [({WITHIN}, set())])
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


class Turned:
    """What a visitor turned down, which can only be looked into."""

    def __init__(self, *product_ids: int) -> None:
        self._product_ids = product_ids

    def __contains__(self, product_id: object) -> bool:
        return product_id in self._product_ids


def test_what_can_only_be_looked_into_hides_as_a_set_does() -> None:
    pool = Pool(choices_of([(number, number) for number in range(20)]))
    pool.varied_with_rest(N, WITHIN, set(), set())
    for hidden in ({0, N}, {N}):
        expected = pool.varied_with_rest(N, WITHIN, hidden, set())
        assert pool.varied_with_rest(N, WITHIN, Turned(*hidden), set()) == expected
