"""`python -m recs evaluate`: compare models on a file, publish figures with intervals."""

import argparse
import json
from functools import partial
from pathlib import Path

from recs.columns import DAY_S
from recs.errors import ConfigurationError
from recs.evaluation.comparison import OpenProtocol, compare
from recs.evaluation.events import EventsProtocol
from recs.evaluation.models import MODELS, chosen_models
from recs.evaluation.sequences import SequencesProtocol


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the protocols and their arguments."""
    protocols = parser.add_subparsers(dest="protocol", required=True, metavar="PROTOCOL")
    sequences = protocols.add_parser(
        "sequences",
        help="leave-one-out over 'user item item …' lines",
        description=SequencesProtocol.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _common(sequences, "text or .gz, one 'user item item …' per line in time order")
    events = protocols.add_parser(
        "events",
        help="rolling origins over events with times",
        description=EventsProtocol.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _common(events, "CSV or CSV.gz: user_id,item_id,timestamp[,event][,weight]")
    events.add_argument(
        "--items", type=Path, metavar="FILE", help="CSV: item_id[,category][,brand][,listed_at]"
    )
    events.add_argument(
        "--folds", type=int, default=3, metavar="N", help="windows; the last is the test (default 3)"
    )
    events.add_argument(
        "--window-days", type=float, metavar="D", help="length of a window (default: a tenth, at most 7)"
    )


def _common(parser: argparse.ArgumentParser, file_help: str) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=file_help)
    parser.add_argument(
        "--models",
        default="auto",
        metavar="auto|all|NAME,…",
        help=f"which models to compare: {', '.join(MODELS)}",
    )
    parser.add_argument(
        "--cutoffs", default="5,10,20", metavar="K,…", help="cutoffs of the metrics (default 5,10,20)"
    )
    parser.add_argument("--json", type=Path, required=True, metavar="OUT", help="where the report is written")


def run(arguments: argparse.Namespace, *, progress: bool) -> str:
    """Compare and write the report.

    Returns
    -------
    str
        A table of the models.

    Raises
    ------
    RecsError
    """
    wanted = chosen_models(arguments.models)
    cutoffs = _cutoffs(arguments.cutoffs)
    report = compare(_opened(arguments), wanted, cutoffs, progress=progress)
    arguments.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    shown = cutoffs[len(cutoffs) // 2]
    names = (f"recall@{shown}", f"ndcg@{shown}")
    lines = [f"{'model':<24} {names[0]:>12} {names[1]:>12} {'fit s':>8} {'us/user':>9} {'MB':>7}"]
    for row in report["models"]:
        metrics = row["metrics"]
        mark = "  selected" if row["name"] == report["selected"] else ""
        lines.append(
            f"{row['name']:<24} {metrics[f'recall@{shown}']:>12.4f} {metrics[f'ndcg@{shown}']:>12.4f} "
            f"{row['fitSeconds']:>8.2f} {row['scoreMicrosPerUser']:>9.1f} {row['peakRssMb']:>7.0f}{mark}"
        )
    return "\n".join(lines)


def _opened(arguments: argparse.Namespace) -> OpenProtocol:
    if arguments.protocol == "sequences":
        return partial(SequencesProtocol, arguments.file)
    window_s = None if arguments.window_days is None else arguments.window_days * DAY_S
    return partial(EventsProtocol, arguments.file, arguments.items, folds=arguments.folds, window_s=window_s)


def _cutoffs(text: str) -> list[int]:
    try:
        cutoffs = [int(token) for token in text.split(",")]
    except ValueError:
        raise ConfigurationError(f"--cutoffs must be integers joined by commas, not {text!r}") from None
    if min(cutoffs) < 1:
        raise ConfigurationError(f"--cutoffs must be at least 1, not {text!r}")
    return sorted(set(cutoffs))
