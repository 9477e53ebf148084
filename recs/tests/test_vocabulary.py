"""Ids that must not be confused, and ids that cannot be stored."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recs import Vocabulary
from recs.errors import InvalidIdsError
from recs.vocabulary import encode_ids


def test_a_longer_id_is_not_its_beginning() -> None:
    vocabulary = Vocabulary.of(["ab", "cd"])
    assert vocabulary.positions(["abc", "ab", "a", "cdé"]).tolist() == [-1, 0, -1, -1]


_NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.integers(-40, 40)


@given(st.lists(_NUMBERS, max_size=30), st.integers(-(2**63), 2**63 - 60), st.lists(_NUMBERS, max_size=30))
def test_a_table_finds_what_a_search_finds(ids: list[int], first: int, others: list[int]) -> None:
    close = [first + step for step in (0, 1, 3, 8, 21)]
    for plain in (Vocabulary.of(ids), Vocabulary.of(close)):
        asked = np.array([*ids, *close, *others, -(2**63), 2**63 - 1], dtype=np.int64)
        assert plain.addressed().positions(asked).tolist() == plain.positions(asked).tolist()
        assert plain.addressed().positions(asked.tolist()).dtype == np.int64


@pytest.mark.parametrize(
    ("ids", "has_table"), [(range(5, 50), True), ([1, 10**9], False), (["a", "b"], False)]
)
def test_only_integers_that_lie_close_get_a_table(ids: list[int], has_table: bool) -> None:
    vocabulary = Vocabulary.of(ids).addressed()
    assert (vocabulary.places is not None) == has_table
    assert vocabulary == Vocabulary.of(ids)


@pytest.mark.parametrize("vocabulary", [Vocabulary.of([1, 2]), Vocabulary.of([1, 2]).addressed()])
def test_refuses_a_matrix_of_ids(vocabulary: Vocabulary) -> None:
    with pytest.raises(InvalidIdsError, match="one-dimensional"):
        vocabulary.positions(np.array([[1, 2]], dtype=np.int64))


def test_an_empty_vocabulary_knows_nothing() -> None:
    assert Vocabulary.of([]).positions([1, 2]).tolist() == [-1, -1]
    assert Vocabulary.of([1]).positions([]).tolist() == []


@pytest.mark.parametrize(
    "ids",
    [
        [1, "a"],
        [1, None],
        [1.5],
        [True],
        ["a\0"],
        [""],
        ["\ud800"],
        [2**63],
        [[1]],
        np.array([2**64 - 1], np.uint64),
    ],
    ids=repr,
)
def test_refuses_ids_that_cannot_be_stored(ids: list[object]) -> None:
    with pytest.raises(InvalidIdsError):
        encode_ids(ids)


def test_fingerprints_tell_vocabularies_apart() -> None:
    prints = {Vocabulary.of(ids).fingerprint() for ids in ([1, 2], [1, 3], ["1", "2"], [])}
    assert len(prints) == 4
    assert Vocabulary.of([2, 1]).fingerprint() in prints
    assert Vocabulary.of([2, 1]) == Vocabulary.of([1, 2]) != Vocabulary.of([1])
