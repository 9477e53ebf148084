"""Ids that must not be confused, and ids that cannot be stored."""

import numpy as np
import pytest

from recs import Vocabulary
from recs.errors import InvalidIdsError
from recs.vocabulary import encode_ids


def test_a_longer_id_is_not_its_beginning() -> None:
    vocabulary = Vocabulary.of(["ab", "cd"])
    assert vocabulary.positions(["abc", "ab", "a", "cdé"]).tolist() == [-1, 0, -1, -1]


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
