"""`python -m recs fit`: a file of interactions in, a snapshot directory out.

Rows may come in any order and repeat; each counts by its event (view and click 1, favorite 3, cart_add 4,
purchase 6) unless there is a weight, and half as much after every half-life. With --items only those items
are recommended, others still serve as evidence. Rows after --as-of are left out and counted. Prints one JSON
line.

With --models auto the log chooses for itself: models and their parameters are searched on earlier windows of
the log, their weights through snapshots as they serve, and the winner replaces the default only if it is
better beyond chance on the last window, which the search never saw. Then it learns from the whole log. All
columns of --items describe items there. What was chosen, and why, is in the printed line and the manifest.

    python -m recs fit log.csv.gz --items items.csv --as-of 2026-05-01T00:00:00Z --threads 2 --out model
"""

import argparse
import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd

from recs.candidates.item_knn import ItemKnn
from recs.columns import DAY_S
from recs.errors import ConfigurationError, EmptyInputError, SnapshotExistsError
from recs.evaluation.events import EventsProtocol
from recs.evaluation.reading import read_table
from recs.evaluation.served_choice import chosen_config
from recs.interactions import Interactions
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
        "--models",
        choices=("hybrid", "auto"),
        default="hybrid",
        help="hybrid (default): item-kNN over faded popularity; auto: search, weigh, and pass the gate",
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
        "--text-ids",
        action="store_true",
        help="read user and item ids as text: 007 is not 7; without it integers are written in one way only, "
        "and a mixture with text is refused",
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
    if not arguments.out.absolute().parent.is_dir():
        raise ConfigurationError(f"--out: there is no folder {arguments.out.absolute().parent}")
    knn = ItemKnn(
        neighbours=arguments.neighbours,
        half_life_s=arguments.half_life_days * DAY_S,
        threads=arguments.threads,
        progress=progress,
    )
    read = partial(read_table, text_ids=arguments.text_ids, progress=progress)
    interactions = read(arguments.file)
    items = None if arguments.items is None else read(arguments.items)
    as_of = _instant(arguments.as_of)
    started = perf_counter()
    config = HybridConfig(generators=(knn,))
    chosen: dict[str, Any] = {}
    if arguments.models == "auto":
        config, chosen = _chosen(interactions, items, as_of, config, progress=progress)
    searched = perf_counter()
    snapshot = HybridRecommender(config).fit(interactions, items, as_of=as_of)
    fitted = perf_counter()
    snapshot.save(arguments.out)
    saved = perf_counter()
    return json.dumps(
        {
            **snapshot.counts,
            "asOf": datetime.fromtimestamp(snapshot.as_of, UTC).isoformat(),
            **chosen,
            "fitSeconds": round(fitted - searched, 3),
            "saveSeconds": round(saved - fitted, 3),
            **({"searchSeconds": round(searched - started, 3)} if chosen else {}),
        }
    )


def _chosen(
    interactions: pd.DataFrame,
    items: pd.DataFrame | None,
    as_of: float | datetime | None,
    champion: HybridConfig,
    *,
    progress: bool,
) -> tuple[HybridConfig, dict[str, Any]]:
    """Return what to serve and what to say of it; the champion where a log is too short to choose by."""
    if as_of is not None:
        end = as_of if isinstance(as_of, float) else as_of.timestamp()
        interactions = interactions[Interactions.of(interactions).timestamps <= end]
    try:
        choice = chosen_config(EventsProtocol(interactions, items), champion, progress=progress)
    except (EmptyInputError, ConfigurationError) as error:
        return champion, {"selected": "default", "gate": f"Too little to choose by: {error}"}
    return choice.config, {
        "selected": "searched" if choice.promoted else "default",
        "gate": choice.reason,
        "generators": dict(choice.config.parameters()["generators"]),
        "ndcg@10": {"default": choice.champion, "searched": choice.challenger},
    }


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
        raise ConfigurationError(f"--as-of must be unix seconds or RFC 3339, not {text!r}") from None
