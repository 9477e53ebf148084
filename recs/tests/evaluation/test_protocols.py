"""What each protocol learns from and asks about, on inputs of a few lines."""

import gzip
import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

from recs.candidates.sequence_model import SequenceTraining
from recs.errors import EmptyInputError, InvalidIdsError, MissingColumnsError, UnreadableFileError
from recs.evaluation.baskets import BasketsProtocol
from recs.evaluation.comparison import compare
from recs.evaluation.lists import list_metrics
from recs.evaluation.metrics import bootstrap_interval
from recs.evaluation.sequences import SequencesProtocol
from recs.evaluation.sessions import SessionsProtocol
from recs.evaluation.tasks import Questions, Task
from recs.item_features import ItemFeatures
from recs.sequences import Sequences


def asked(questions: Questions) -> list[tuple[list[int], list[int]]]:
    histories = questions.histories
    rows = np.split(histories.items, histories.starts[1:-1])
    return [
        (row.tolist(), questions.targets[questions.owners == index].tolist())
        for index, row in enumerate(rows)
    ]


@pytest.fixture(name="sessions")
def _sessions(tmp_path: Path) -> Path:
    (tmp_path / "train.txt").write_text("0 1 2\n1 2\n2 0 1\n" * 10)
    (tmp_path / "test.txt").write_text("0 1 9 2\n\n2 2\n7\n")
    return tmp_path


def test_every_prefix_of_every_test_session_predicts_its_next_item(sessions: Path) -> None:
    protocol = SessionsProtocol(sessions / "train.txt", sessions / "test.txt")
    assert protocol.dataset() == {"users": 33, "items": 3, "interactions": 87}
    test = protocol.test()
    # 9 and 7 were never learned: they are missed as answers and left out of histories.
    assert asked(test.questions) == [([0], [1]), ([0, 1], [-1]), ([0, 1], [2]), ([2], [2])]
    assert test.questions.clusters.tolist() == [0, 0, 0, 1]
    assert not test.questions.masked
    assert len(test.training.sequences) == 30
    assert test.training.sequences.ages[[0, -1]].tolist() == [1.0, 0.0]


def test_choices_are_made_on_the_latest_training_sessions(sessions: Path) -> None:
    (validation,) = SessionsProtocol(sessions / "train.txt", sessions / "test.txt").validation()
    assert len(validation.training.sequences) == 27
    assert asked(validation.questions) == [([0], [1]), ([0, 1], [2]), ([1], [2]), ([2], [0]), ([2, 0], [1])]


def test_only_the_clicks_of_published_lists_are_asked_about(sessions: Path) -> None:
    lists = sessions / "lists.csv"
    lists.write_text("SessionId;Position;Recommendations;Scores\n1;2;5,6;1.0,0.5\n3;0;5;1.0\n")
    protocol = SessionsProtocol(sessions / "train.txt", sessions / "test.txt", lists)
    assert asked(protocol.test().questions) == [([0, 1], [2]), ([2], [2])]
    lists.write_text("SessionId;Position\n17;0\n")
    with pytest.raises(InvalidIdsError, match="session 17"):
        SessionsProtocol(sessions / "train.txt", sessions / "test.txt", lists)


def test_tables_of_clicks_are_put_in_date_order(sessions: Path) -> None:
    clicks = sessions / "test.tsv.gz"
    with gzip.open(clicks, "wt") as lines:
        lines.write("SessionId\tItemId\tTime\n5\t1\t30\n5\t0\t20\n8\t2\t3\n8\t1\t4\n")
    protocol = SessionsProtocol(sessions / "train.txt", clicks)
    assert asked(protocol.test().questions) == [([2], [1]), ([0], [1])]


def test_bad_session_files_are_named(sessions: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"nowhere\.txt"):
        SessionsProtocol(sessions / "nowhere.txt", sessions / "test.txt")
    (sessions / "one.txt").write_text("1\n2\n")
    with pytest.raises(EmptyInputError, match=r"one\.txt"):
        SessionsProtocol(sessions / "train.txt", sessions / "one.txt")
    (sessions / "bare.tsv").write_text("SessionId\tItemId\n1\t2\n")
    with pytest.raises(MissingColumnsError, match="Time"):
        SessionsProtocol(sessions / "train.txt", sessions / "bare.tsv")


@pytest.fixture(name="baskets")
def _baskets(tmp_path: Path) -> Path:
    path = tmp_path / "baskets.jsonl"
    rows = [[[0, 1], [2], [0, 0, 1]], [[1], [2], [1], [3, 0]], [[0], [1]]]
    path.write_text("".join(json.dumps({"user": u, "baskets": b}) + "\n" for u, b in enumerate(rows)))
    return path


def test_the_last_basket_is_asked_about_after_all_before_it(baskets: Path) -> None:
    protocol = BasketsProtocol(baskets)
    assert protocol.dataset() == {"users": 2, "items": 4, "interactions": 11}
    test = protocol.test()
    assert asked(test.questions) == [([0, 1, 2], [0, 1]), ([1, 2, 1], [0, 3])]
    assert test.training.sequences.items.tolist() == [0, 1, 2, 1, 2, 1]
    assert test.training.sequences.baskets_back.tolist() == [1, 1, 0, 2, 1, 0]
    (validation,) = protocol.validation()
    assert asked(validation.questions) == [([0, 1], [2]), ([1, 2], [1])]


def test_bad_baskets_are_named(baskets: Path) -> None:
    baskets.write_text('{"user": 1, "baskets": [[1], [2], [3]]}\n{"user": 2}\n')
    with pytest.raises(UnreadableFileError, match=r"line 2 is not .*baskets.*KeyError"):
        BasketsProtocol(baskets)
    baskets.write_text('{"user": 1, "baskets": [[1], [2]]}\n')
    with pytest.raises(EmptyInputError, match="no customer with 3 baskets"):
        BasketsProtocol(baskets)


@pytest.mark.parametrize("other", ['"2"', "2.5", "true", "null"])
def test_baskets_of_mixed_items_are_refused(baskets: Path, other: str) -> None:
    baskets.write_text(f'{{"user": 1, "baskets": [[1], [2], [3]]}}\n{{"user": 2, "baskets": [[{other}]]}}\n')
    with pytest.raises(InvalidIdsError, match="all integers or all text; with line 2 there are "):
        BasketsProtocol(baskets)


@pytest.fixture(name="sequences")
def _sequences(tmp_path: Path) -> Path:
    (tmp_path / "sequences.txt").write_text("u 1 2 3 4\nv 3 1 2\nshort 4 1\n")
    (tmp_path / "items.csv").write_text("item,asin,attribute_ids\n1,A,7|8\n2,B,7|8\n3,C,9\n4,D,\n")
    (tmp_path / "negatives.txt").write_text("u 1 2\nv 4 1\n")
    return tmp_path


def test_sequences_hold_out_two_items_and_describe_the_rest(sequences: Path) -> None:
    protocol = SequencesProtocol(sequences / "sequences.txt", sequences / "items.csv")
    test, (validation,) = protocol.test(), protocol.validation()
    assert test.training is validation.training
    assert test.training.sequences.items.tolist() == [0, 1, 2, 3, 0]
    assert asked(test.questions) == [([0, 1, 2], [3]), ([2, 0], [1])]
    assert asked(validation.questions) == [([0, 1], [2]), ([2], [0])]
    again = protocol.refitted()
    assert again is not None
    assert again.training.sequences.items.tolist() == [0, 1, 2, 2, 0, 3, 0]
    assert asked(again.questions) == asked(test.questions)
    features = test.training.features
    assert features is not None
    # Tokens of one item say nothing.
    assert features.words.toarray().tolist() == [[1, 1], [1, 1], [0, 0], [0, 0]]
    assert [codes.tolist() for codes in features.columns] == [[0, 0, 1, -1]]


def test_negatives_are_those_of_the_file_and_drawn_ones_are_strangers(sequences: Path) -> None:
    protocol = SequencesProtocol(sequences / "sequences.txt", negatives=sequences / "negatives.txt")
    fixed, drawn = protocol.test().questions.negatives, protocol.validation()[0].questions.negatives
    assert fixed is not None
    assert drawn is not None
    assert fixed.tolist() == [[0, 1], [3, 0]]
    assert drawn[1].tolist() == [3, 3]  # all that v never met


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("u 1 2\n", "no negatives for user 'v'"),
        ("u 1\nv 4 4\n", "2 negatives where others have 1 in line 2"),
        ("u 1 2\nv 4 4\n", "an item twice in line 2"),
        ("u 1 2\nv 4 77\n", "unknown item '77' in line 2"),
        ("v 4 77\nu 1 2\n", "unknown item '77' in line 1"),
    ],
)
def test_bad_negatives_are_named(sequences: Path, text: str, message: str) -> None:
    (sequences / "negatives.txt").write_text(text)
    with pytest.raises(UnreadableFileError, match=message):
        SequencesProtocol(sequences / "sequences.txt", negatives=sequences / "negatives.txt")


def test_a_blend_of_searched_models_is_a_row_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "ring.txt"
    path.write_text("\n".join(" ".join(str((u + step) % 9) for step in range(4)) for u in range(800)))
    report = compare(partial(SessionsProtocol, path, path), "auto", [3], progress=False)
    names = [row["name"] for row in report["models"]]
    assert names == [
        "popularity", "item_knn", "transitions", "session_knn", "own_items", "past_future", "rank_fusion",
        "blend",
    ]  # fmt: skip
    assert report["selected"] in names
    blend = report["models"][-1]
    assert blend["metrics"]["recall@3"] > 0.9
    assert blend["parameters"]["ranker"] in ("rank_fusion", "linear", "boosted")
    assert set(blend["parameters"]["ingredients"]) >= set(names[:-2])
    fusion = report["models"][-2]
    assert fusion["parameters"]["ranker"] == "rank_fusion"
    assert fusion["parameters"]["ingredients"] == blend["parameters"]["ingredients"]
    assert set(report["gate"]["verdicts"]) == {"rank_fusion", "blend"}
    assert json.loads(json.dumps(report, allow_nan=False)) == report


def test_questions_of_one_session_are_resampled_together() -> None:
    values = np.repeat([0.0, 1.0], 50)
    low, high = bootstrap_interval(values, seed=1, clusters=np.repeat([0, 1], 50))
    assert (low, high) == (0.0, 1.0)
    alone = bootstrap_interval(values, seed=1)
    assert 0.3 < alone[0] < alone[1] < 0.7


def test_lists_are_described_by_hand() -> None:
    training = SequenceTraining(Sequences.of([[0, 1], [0, 1], [0]] + [[2]] * 5, 4))
    own = np.arange(2)
    questions = Questions(
        Sequences.of([[1, 1, 1], [2]], 4), own, np.array([0, 3]), masked=False, clusters=own
    )
    scores = csr_array(np.array([[3, 1, 0, 0], [2, 0, 0, 1]], dtype=np.float32))
    found = list_metrics(scores, Task(training, questions), 1)
    assert "diversity@1" not in found
    assert found["coverage@1"] == 0.25
    assert found["gini@1"] == 0.75
    assert found["novelty@1"] == pytest.approx(-np.log2(4 / 9))
    assert found["recall@1.coldItems"] == 0.5
    assert found["recall@1.coldUsers"] == 0.0


def test_lists_of_described_items_say_how_varied_they_are() -> None:
    columns = (np.array([0, 0, 1, -1], dtype=np.int32), np.array([0, 1, 1, 1], dtype=np.int32))
    words = csr_array(np.ones((4, 1), dtype=np.float32))
    training = SequenceTraining(Sequences.of([[0, 1]], 4), ItemFeatures(words, columns=columns))
    own = np.arange(2)
    questions = Questions(Sequences.of([[], []], 4), own, own, masked=True, clusters=own)
    scores = csr_array(np.array([[2, 1, 0, 0], [0, 2, 1, 0]], dtype=np.float32))
    # 0 and 1 differ in the second column only, 1 and 2 in the first only.
    assert list_metrics(scores, Task(training, questions), 2)["diversity@2"] == 0.5
    shown = Questions(
        Sequences.of([[], []], 4), own, own, masked=True, clusters=own, eligible=np.arange(4) > 0
    )
    assert list_metrics(scores, Task(training, shown), 2)["coverage@2"] == pytest.approx(2 / 3)
