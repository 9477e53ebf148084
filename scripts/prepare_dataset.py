"""Lays out a data set for `python -m recs evaluate`: `python -m scripts.prepare_dataset NAME --out DIR`."""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from tqdm import tqdm

_LEAST_BASKETS = 3
_NOT_GOODS = r"^\d{5}"
_NEGATIVES = 100
_SEED = 20_260_101


class PreparationError(Exception):
    """A data set that is missing or is not what its name promises."""


def prepare_rsc15(source: Path, out: Path) -> list[str]:
    """Write the sessions of training and test, and the published lists with line numbers for sessions."""
    train, test = (_clicks(source / f"{name}.tsv.gz") for name in ("train_full", "test"))
    _write_sessions(train, out / "train_sessions.txt")
    numbers = _write_sessions(test, out / "test_sessions.txt")
    lists = sorted(source.glob("published_recommendations_*.csv.gz"))
    if not lists:
        raise PreparationError(f"{source}: no published lists")
    for path in lists:
        table = _table(path, separator=";")
        table["SessionId"] = table["SessionId"].map(numbers)
        if table["SessionId"].isna().any():
            raise PreparationError(f"{path}: names a session that is not in the test")
        table.astype({"SessionId": int}).to_csv(out / path.name.removesuffix(".gz"), sep=";", index=False)
    one = lists[0].name.removesuffix(".gz")
    return ["sessions", "train_sessions.txt", "test_sessions.txt", "--only-lists", one]


def prepare_lastfm(source: Path, out: Path) -> list[str]:
    """Copy the sequences, what describes their items and the fixed negatives."""
    for name in ("sequences.txt.gz", "items.csv.gz", "negatives_99.txt.gz"):
        _copy(source / name, out / name)
    return [
        "sequences",
        "sequences.txt.gz",
        "--attributes",
        "items.csv.gz",
        "--candidates",
        "negatives_99.txt.gz",
        "--cutoffs",
        "1,5,10",
    ]


def prepare_video_games(source: Path, out: Path) -> list[str]:
    """Write one line per user, and 100 items to rank beside the last, drawn at random as its authors did."""
    rows: dict[str, list[str]] = {}
    with gzip.open(source / "interactions.txt.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            user, item = line.split()
            rows.setdefault(user, []).append(item)
    items, rng = sorted({item for row in rows.values() for item in row}), random.Random(_SEED)
    with (
        gzip.open(out / "sequences.txt.gz", "wt", encoding="utf-8") as sequences,
        gzip.open(out / "negatives_100.txt.gz", "wt", encoding="utf-8") as negatives,
    ):
        for user, row in rows.items():
            sequences.write(f"{user} {' '.join(row)}\n")
            known = set(row)
            unknown = rng.sample(items, min(len(items), _NEGATIVES + len(known)))
            drawn = [item for item in unknown if item not in known][:_NEGATIVES]
            negatives.write(f"{user} {' '.join(drawn)}\n")
    return ["sequences", "sequences.txt.gz", "--candidates", "negatives_100.txt.gz", "--cutoffs", "1,5,10"]


def prepare_tafeng(source: Path, out: Path) -> list[str]:
    """Copy the baskets, checked line by line."""
    path = source / "baskets.jsonl.gz"
    _copy(path, out / path.name)
    with gzip.open(out / path.name, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if json.loads(line).keys() != {"user", "baskets"}:
                raise PreparationError(f"{path}: line {number} is not a customer with baskets")
    return ["baskets", path.name]


def prepare_online_retail(source: Path, out: Path) -> list[str]:
    """Write purchases as events with times, as baskets per customer, and the goods as items."""
    sales = _table(source / "online_retail.csv.gz", dtype={"InvoiceNo": str, "StockCode": str})
    kept = (
        sales["CustomerID"].notna()
        & (sales["Quantity"] > 0)
        & (sales["UnitPrice"] > 0)
        & ~sales["InvoiceNo"].str.startswith("C")
        & sales["StockCode"].str.contains(_NOT_GOODS, regex=True)
    )
    sales = sales[kept].assign(
        user_id=lambda rows: rows["CustomerID"].astype(int),
        item_id=lambda rows: rows["StockCode"].str.upper(),
        timestamp=lambda rows: pd.to_datetime(rows["InvoiceDate"]).astype("datetime64[s]").astype("int64"),
        event="purchase",
    )
    sales = sales.drop_duplicates(["InvoiceNo", "user_id", "item_id"]).sort_values(
        ["timestamp", "InvoiceNo", "item_id"], kind="stable"
    )
    events = sales[["user_id", "item_id", "timestamp", "event"]]
    # In quotes, because some articles have letters behind their digits: all of them are text.
    events.to_csv(out / "events.csv.gz", index=False, quoting=csv.QUOTE_NONNUMERIC)
    names = sales.dropna(subset="Description").groupby("item_id")["Description"].agg(_most_frequent)
    names.rename("title").reset_index().to_csv(
        out / "items.csv.gz", index=False, quoting=csv.QUOTE_NONNUMERIC
    )
    with gzip.open(out / "baskets.jsonl.gz", "wt", encoding="utf-8") as lines:
        for user, rows in tqdm(sales.groupby("user_id"), desc="customers", disable=not sys.stderr.isatty()):
            baskets = [list(items) for _, items in rows.groupby("InvoiceNo", sort=False)["item_id"]]
            if len(baskets) >= _LEAST_BASKETS:
                lines.write(json.dumps({"user": user, "baskets": baskets}) + "\n")
    return ["events", "events.csv.gz", "--items", "items.csv.gz"]


DATASETS: dict[str, tuple[str, Callable[[Path, Path], list[str]]]] = {
    "rsc15": ("rsc15_100k", prepare_rsc15),
    "lastfm": ("lastfm_artists", prepare_lastfm),
    "video_games": ("amazon_video_games_sasrec", prepare_video_games),
    "tafeng": ("tafeng_baskets", prepare_tafeng),
    "online_retail": ("online_retail", prepare_online_retail),
}
"""The folder under JACKDAW_DATASETS, and what lays it out; it returns the arguments to evaluate with."""


def prepare(name: str, datasets: Path, out: Path) -> str:
    """Lay out one data set in a folder that does not exist yet, and return the command that judges it.

    Parameters
    ----------
    name : str
        Of `DATASETS`.
    datasets : Path
    out : Path

    Returns
    -------
    str

    Raises
    ------
    PreparationError
        Nothing is left behind.
    """
    folder, lay_out = DATASETS[name]
    source = datasets / folder
    if not source.is_dir():
        raise PreparationError(f"{source}: no such folder; does JACKDAW_DATASETS name the data sets?")
    if out.exists():
        raise PreparationError(f"{out} exists; a prepared data set is never overwritten")
    unfinished = out.with_name(f".{out.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        protocol, *arguments = lay_out(source, unfinished)
        unfinished.rename(out)
    except (OSError, ValueError, KeyError) as error:
        raise PreparationError(f"{source}: {type(error).__name__}: {error}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    placed = [str(out / each) if (out / each).exists() else each for each in arguments]
    return " ".join(["python -m recs evaluate", protocol, *placed, "--json", "report.json"])


def _table(path: Path, separator: str = ",", dtype: dict[str, type] | None = None) -> pd.DataFrame:
    if not path.is_file():
        raise PreparationError(f"{path}: no such file")
    return pd.read_csv(path, sep=separator, dtype=dtype)


def _clicks(path: Path) -> pd.DataFrame:
    return _table(path, separator="\t").sort_values(["SessionId", "Time"], kind="stable")


def _write_sessions(clicks: pd.DataFrame, path: Path) -> dict[int, int]:
    ended = clicks.groupby("SessionId")["Time"].max().sort_values(kind="stable")
    rows = clicks.groupby("SessionId")["ItemId"].agg(lambda items: " ".join(map(str, items)))
    path.write_text("".join(f"{rows[session]}\n" for session in ended.index), encoding="utf-8")
    return {int(session): number for number, session in enumerate(ended.index, start=1)}


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise PreparationError(f"{source}: no such file")
    shutil.copyfile(source, target)


def _most_frequent(titles: pd.Series[str]) -> str:
    return str(titles.str.strip().value_counts(sort=True).index[0])


def main(argv: list[str] | None = None) -> int:
    """Prepare one data set and print how to judge it."""
    parser = argparse.ArgumentParser(prog="python -m scripts.prepare_dataset", description=__doc__)
    parser.add_argument("name", choices=sorted(DATASETS), metavar="NAME", help=", ".join(sorted(DATASETS)))
    parser.add_argument("--out", type=Path, help="a new folder (default: prepared/NAME)")
    arguments = parser.parse_args(argv)
    datasets = os.environ.get("JACKDAW_DATASETS", "")
    if not datasets:
        sys.stderr.write("prepare_dataset: set JACKDAW_DATASETS to the folder of the data sets\n")
        return 2
    out = arguments.out or Path("prepared") / arguments.name
    try:
        print(prepare(arguments.name, Path(datasets), out))
    except PreparationError as error:
        sys.stderr.write(f"prepare_dataset: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
