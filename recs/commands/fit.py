"""`python -m recs fit`: a file of interactions in, a snapshot directory out.

Rows may come in any order and repeat; each counts by its event (view and click 1, favorite 3, cart_add 4,
purchase 6) unless there is a weight, and half as much after every half-life. With --items only those items
are recommended, others still serve as evidence. Rows after --as-of are left out and counted. Prints one JSON
line.

    python -m recs fit log.csv.gz --items items.csv --as-of 2026-05-01T00:00:00Z --threads 2 --out model
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from recs.candidates.item_knn import ItemKnn
from recs.columns import DAY_S
from recs.errors import SnapshotExistsError
from recs.evaluation.reading import read_table
from recs.recommender import HybridConfig, HybridRecommender


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="CSV or CSV.gz: user_id,item_id,timestamp[,event][,weight]"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="snapshot directory; must not exist"
    )
    parser.add_argument(
        "--items", type=Path, metavar="FILE", help="CSV: item_id[,category][,brand][,listed_at]"
    )
    parser.add_argument(
        "--as-of", metavar="TIME", help="unix seconds or RFC 3339; default: the latest timestamp"
    )
    parser.add_argument(
        "--neighbours", type=int, default=64, metavar="K", help="neighbours per item (default 64)"
    )
    parser.add_argument(
        "--half-life-days",
        type=float,
        default=30.0,
        metavar="D",
        help="until an interaction counts half (default 30)",
    )
    parser.add_argument(
        "--threads", type=int, default=1, metavar="N", help="threads of the sparse product (default 1)"
    )


def run(arguments: argparse.Namespace, *, progress: bool) -> str:
    """Fit and save.

    Returns
    -------
    str
        One JSON line: counts and seconds.

    Raises
    ------
    RecsError
    """
    if arguments.out.exists():
        raise SnapshotExistsError(arguments.out)
    knn = ItemKnn(
        neighbours=arguments.neighbours,
        half_life_s=arguments.half_life_days * DAY_S,
        threads=arguments.threads,
        progress=progress,
    )
    interactions = read_table(arguments.file)
    items = None if arguments.items is None else read_table(arguments.items)
    started = perf_counter()
    recommender = HybridRecommender(HybridConfig(generators=(knn,)))
    snapshot = recommender.fit(interactions, items, as_of=_instant(arguments.as_of))
    fitted = perf_counter()
    snapshot.save(arguments.out)
    saved = perf_counter()
    return json.dumps(
        {
            **snapshot.counts,
            "asOf": datetime.fromtimestamp(snapshot.as_of, UTC).isoformat(),
            "fitSeconds": round(fitted - started, 3),
            "saveSeconds": round(saved - fitted, 3),
        }
    )


def _instant(text: str | None) -> float | datetime | None:
    if text is None:
        return None
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"--as-of must be unix seconds or RFC 3339, not {text!r}") from None
