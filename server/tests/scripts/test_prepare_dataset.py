"""Data sets laid out for evaluation: what is kept, what is left out, and that nothing is left behind."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pandas as pd
import pytest

from recs.evaluation.baskets import BasketsProtocol
from recs.evaluation.events import EventsProtocol
from recs.evaluation.sequences import SequencesProtocol
from recs.evaluation.sessions import SessionsProtocol
from scripts.prepare_dataset import DATASETS, PreparationError, main, prepare


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.write(text)


@pytest.fixture(name="datasets")
def _datasets(tmp_path: Path) -> Path:
    clicks = "SessionId\tItemId\tTime\n9\t1\t10\n9\t2\t11\n3\t2\t20\n3\t1\t21\n"
    rsc15 = tmp_path / "rsc15_100k"
    write(rsc15 / "train_full.tsv.gz", clicks)
    write(rsc15 / "test.tsv.gz", clicks)
    write(rsc15 / "published_recommendations_ar.csv.gz", "SessionId;Position;Recommendations\n3;0;1,2\n")
    lastfm = tmp_path / "lastfm_artists"
    write(lastfm / "sequences.txt.gz", "u 1 2 3\n")
    write(lastfm / "items.csv.gz", "item,attribute_ids\n1,5|6\n2,5\n")
    write(lastfm / "negatives_99.txt.gz", "u 1 2\n")
    pairs = [f"{user} {user * 7 + step}" for user in (1, 2) for step in range(200)] + ["3 9"]
    write(tmp_path / "amazon_video_games_sasrec" / "interactions.txt.gz", "\n".join(pairs) + "\n")
    write(tmp_path / "tafeng_baskets" / "baskets.jsonl.gz", '{"user": 1, "baskets": [[1], [2], [3]]}\n')
    sales = [
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
        "1,10000A,LAMP,2,2011-01-01 10:00,1.5,7,UK",
        "1,10000a,LAMP,1,2011-01-01 10:00,1.5,7,UK",
        "1,POST,POSTAGE,1,2011-01-01 10:00,9,7,UK",
        "2,10001,CUP,3,2011-01-02 10:00,2,7,UK",
        "C3,10001,CUP,-3,2011-01-03 10:00,2,7,UK",
        "4,10002,BOWL,1,2011-01-04 10:00,0,7,UK",
        "5,10002,BOWL,1,2011-01-05 10:00,3,7,UK",
        "6,10002,BOWL,1,2011-01-06 10:00,3,,UK",
        "7,10001,CUP,1,2011-01-07 10:00,2,8,UK",
    ]
    write(tmp_path / "online_retail" / "online_retail.csv.gz", "\n".join(sales) + "\n")
    return tmp_path


def test_sessions_are_numbered_by_line_in_date_order(datasets: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = prepare("rsc15", datasets, out)
    assert (out / "train_sessions.txt").read_text() == "1 2\n2 1\n"
    lists = pd.read_csv(out / "published_recommendations_ar.csv", sep=";")
    assert lists["SessionId"].tolist() == [2]
    assert f"evaluate sessions {out}/train_sessions.txt" in command
    protocol = SessionsProtocol(
        out / "train_sessions.txt", out / "test_sessions.txt", out / "published_recommendations_ar.csv"
    )
    assert len(protocol.test().questions.histories) == 1


def test_sequences_and_baskets_can_be_read(datasets: Path, tmp_path: Path) -> None:
    prepare("lastfm", datasets, tmp_path / "l")
    names = ("sequences.txt.gz", "items.csv.gz", "negatives_99.txt.gz")
    assert SequencesProtocol(*(tmp_path / "l" / name for name in names)).dataset()["users"] == 1
    prepare("tafeng", datasets, tmp_path / "t")
    assert BasketsProtocol(tmp_path / "t" / "baskets.jsonl.gz").dataset()["interactions"] == 3


def test_pairs_become_a_line_per_user_beside_items_that_they_never_met(
    datasets: Path, tmp_path: Path
) -> None:
    for out in (tmp_path / "one", tmp_path / "two"):
        prepare("video_games", datasets, out)
    protocol = SequencesProtocol(
        tmp_path / "one" / "sequences.txt.gz", None, tmp_path / "one" / "negatives_100.txt.gz"
    )
    assert protocol.dataset() == {"users": 3, "items": 207, "interactions": 401}
    files = [tmp_path / each / "negatives_100.txt.gz" for each in ("one", "two")]
    with gzip.open(files[0], "rt") as first, gzip.open(files[1], "rt") as second:
        lines = [line.split() for line in first]
        assert lines == [line.split() for line in second]
    known = {str(1 * 7 + step) for step in range(200)}
    user, *drawn = lines[0]
    assert (user, set(drawn) & known, len(drawn), len(set(drawn))) == ("1", set(), 7, 7)
    assert [len(line) - 1 for line in lines] == [7, 7, 100]


def test_only_goods_that_known_customers_kept_are_purchases(datasets: Path, tmp_path: Path) -> None:
    out = tmp_path / "r"
    prepare("online_retail", datasets, out)
    events = pd.read_csv(out / "events.csv.gz")
    assert events["item_id"].tolist() == ["10000A", "10001", "10002", "10001"]
    assert events["timestamp"].tolist()[0] == pd.Timestamp("2011-01-01 10:00", tz="UTC").timestamp()
    assert set(events["event"]) == {"purchase"}
    with gzip.open(out / "baskets.jsonl.gz", "rt") as lines:
        assert [json.loads(line) for line in lines] == [
            {"user": 7, "baskets": [["10000A"], ["10001"], ["10002"]]}
        ]
    assert EventsProtocol(out / "events.csv.gz", out / "items.csv.gz", folds=2).dataset()["items"] == 3


def test_a_refusal_leaves_nothing_behind(
    datasets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    write(datasets / "tafeng_baskets" / "baskets.jsonl.gz", '{"customer": 1}\n')
    with pytest.raises(PreparationError, match="line 1"):
        prepare("tafeng", datasets, out)
    assert not out.exists()
    assert not list(tmp_path.glob(".*unfinished"))
    monkeypatch.delenv("JACKDAW_DATASETS", raising=False)
    assert main(["rsc15", "--out", str(out)]) == 2
    monkeypatch.setenv("JACKDAW_DATASETS", str(tmp_path / "nowhere"))
    assert main(["rsc15", "--out", str(out)]) == 2
    assert "no such folder" in capsys.readouterr().err
    monkeypatch.setenv("JACKDAW_DATASETS", str(datasets))
    assert main(["rsc15", "--out", str(out)]) == 0
    before = sorted(path.name for path in out.iterdir())
    assert main(["rsc15", "--out", str(out)]) == 2
    assert sorted(path.name for path in out.iterdir()) == before


@pytest.mark.skipif(not os.environ.get("JACKDAW_DATASETS"), reason="JACKDAW_DATASETS names no data sets")
@pytest.mark.parametrize("name", sorted(DATASETS))
def test_the_real_data_sets_are_laid_out(name: str, tmp_path: Path) -> None:
    assert "python -m recs evaluate" in prepare(name, Path(os.environ["JACKDAW_DATASETS"]), tmp_path / name)
