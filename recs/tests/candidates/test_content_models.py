"""What describes items: tokens, groups of categories, and models that rest on nothing else."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from recs.arrays import Codes, Positions
from recs.candidates.category_popularity import CategoryPopularity, category_groups
from recs.candidates.content import ContentSimilarity
from recs.candidates.sequence_model import SequenceTraining
from recs.errors import DuplicateItemsError, MissingColumnsError
from recs.item_features import ItemFeatures, described_by, item_features
from recs.sequences import Sequences
from recs.vocabulary import Vocabulary

TITLES = ["red running shoe", "runningshoes blue", "garden chair", "chairs of wood", "garden table"]
CATEGORIES = ["sports shoes", "sports shoes", "garden", "garden", "garden"]


def features(numbers: Positions | None = None, **columns: Any) -> ItemFeatures:
    numbers = np.arange(5) if numbers is None else numbers
    table = pd.DataFrame({"item_id": numbers, "title": TITLES, "category": CATEGORIES}).assign(**columns)
    return item_features(table, Vocabulary.of(np.sort(numbers)), "items")


def test_texts_have_words_pairs_of_words_and_character_grams() -> None:
    found = item_features(
        pd.DataFrame(
            {"item": [0, 1, 2], "title": ["Red Shoe", "red shoe", "a shoehorn"], "asin": list("XYZ")}
        ),
        Vocabulary.of(np.arange(3)),
        "items",
    )
    # "red", "red shoe" and "shoe" are shared by two; the codes of one item each are neither tokens nor texts.
    assert found.words.toarray().tolist() == [[1, 1, 1], [1, 1, 1], [0, 0, 0]]
    assert found.characters is not None
    shared = found.characters.toarray()
    assert (shared[0] == shared[1]).all()
    assert (np.minimum(shared[0], shared[2]) > 0).sum() == len({"sho", "hoe", "shoe", " sh", " sho", " shoe"})
    assert found.categories is None
    assert found.columns == ()


def test_numbers_and_missing_values_are_no_texts() -> None:
    table = pd.DataFrame({"item_id": [0, 1, 2], "price": [9.5, 9.5, None], "listed_at": [1.0, 1.0, 1.0]})
    found = item_features(table, Vocabulary.of(np.arange(3)), "items")
    assert found.characters is None
    assert found.words.toarray().tolist() == [[1], [1], [0]]
    assert [codes.tolist() for codes in found.columns] == [[0, 0, -1]]
    assert described_by(table)
    assert not described_by(table[["item_id", "listed_at"]])
    with pytest.raises(MissingColumnsError, match="things"):
        item_features(table.rename(columns={"item_id": "thing"}), Vocabulary.of(np.arange(3)), "things")
    with pytest.raises(DuplicateItemsError, match=r"things\.csv: item 1 has 2 rows"):
        item_features(table.assign(item_id=[0, 1, 1]), Vocabulary.of(np.arange(3)), "things.csv")
    strangers = item_features(table.assign(item_id=[0, 7, 7]), Vocabulary.of(np.arange(3)), "things.csv")
    assert strangers.words.shape[0] == 3


def test_character_grams_find_what_words_do_not() -> None:
    training = SequenceTraining(Sequences.of([[0, 2]], 5), features(category=list("abcde")))
    words = ContentSimilarity().item_matrix(training).toarray()
    grams = ContentSimilarity(characters=1.0).item_matrix(training).toarray()
    assert words[0, 1] == 0
    assert grams[0, 1] > grams[0, 2:].max()  # "running" is part of "runningshoes"
    assert grams[2, 3] > grams[2, 0]


@pytest.mark.parametrize("groups", [0, 2, 3, 99])
def test_items_of_one_category_are_in_one_group(groups: int) -> None:
    codes = category_groups(features(), groups)
    assert len({*codes[:2].tolist()}) == len({*codes[2:].tolist()}) == 1
    assert codes[0] != codes[2]


def grouped(codes: Codes) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(codes == code).tolist()) for code in np.unique(codes[codes >= 0])}


def test_similar_names_are_grouped_whatever_the_numbers_of_items() -> None:
    names = ["men shoes", "women shoes", "garden chairs", "garden tables", "men shirts", "women shirts"]
    rng = np.random.default_rng(2)
    given = rng.integers(0, 6, 60)
    expected = None
    for seed in range(4):
        order = np.random.default_rng(seed).permutation(60)
        table = pd.DataFrame({"item_id": order, "category": [names[code] for code in given]})
        found = category_groups(item_features(table, Vocabulary.of(np.arange(60)), "items"), 3)
        assert len(np.unique(found)) == 3
        groups = grouped(found[order])
        assert expected in (None, groups)
        expected = groups


def test_an_item_without_a_category_is_in_no_group() -> None:
    described = features(category=["a", "a", None, "b", "b"])
    assert category_groups(described, 0).tolist() == [0, 0, -1, 1, 1]
    training = SequenceTraining(Sequences.of([[0, 1, 1, 3]], 5), described)
    scores = CategoryPopularity(half_life=np.inf).fit(training).scores(Sequences.of([[2], [1]], 5)).toarray()
    assert scores[0].sum() == 0
    assert scores[1] == pytest.approx([1 / 3, 2 / 3, 0, 0, 0])


def test_popularity_fades_within_categories() -> None:
    training = SequenceTraining(Sequences.of([[0, 1, 2, 3]], 5, np.array([1.0, 0.5, 0.5, 0.0])), features())
    asked = Sequences.of([[2], [0, 2]], 5)
    scores = CategoryPopularity(half_life=0.5, recency=0.25).fit(training).scores(asked).toarray()
    assert scores[0] == pytest.approx([0, 0, 1 / 3, 2 / 3, 0])
    assert scores[1] == pytest.approx([0.25 / 3, 0.5 / 3, 1 / 3, 2 / 3, 0])
    flat = CategoryPopularity(popularity_power=0.0).fit(training).scores(asked).toarray()
    assert flat[0] == pytest.approx([0, 0, 0.5, 0.5, 0])  # what nobody met is popular nowhere
