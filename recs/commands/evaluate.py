"""`python -m recs evaluate`: compare models on a file, publish figures with intervals.

Choose the protocol that fits the file; each has its own --help with the layout and an example:

    sequences   the order is known, times are not        ann 12 7 30 4
    sessions    what is clicked next, minutes apart      12 7 30 7
    baskets     what is bought next, and again           {"user": "ann", "baskets": [[12, 7], [12]]}
    events      a log with times, as a shop has it       ann,p12,1767225600,view

Every model ranks all items, ties share their mean rank. The table shows recall, nDCG and MRR at the middle
cutoff; the JSON has all cutoffs with 95 % intervals by user, coverage, Gini, novelty, diversity, and recall
for cold items and cold users. "selected" is the row that the validation chose, "gate" says why.
"""

import argparse
import json
from functools import partial
from pathlib import Path

from recs.columns import DAY_S
from recs.commands import lessons
from recs.commands.reports import check_target, write_report
from recs.errors import ConfigurationError
from recs.evaluation.baskets import BasketsProtocol
from recs.evaluation.comparison import compare
from recs.evaluation.events import EventsProtocol
from recs.evaluation.models import NAMES, checked_names
from recs.evaluation.sequences import SequencesProtocol
from recs.evaluation.sessions import SessionsProtocol
from recs.evaluation.trials import OpenProtocol


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the protocols and their arguments."""
    protocols = parser.add_subparsers(dest="protocol", required=True, metavar="PROTOCOL")
    sequences = protocols.add_parser(
        "sequences",
        help="leave-one-out over 'user item item …' lines",
        description=lessons.SEQUENCES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sequences.add_argument("file", type=Path, metavar="FILE", help="text or .gz, 'user item item …' per line")
    sequences.add_argument(
        "--attributes", type=Path, metavar="ITEMS", help="CSV: item, then any columns; ids joined by |"
    )
    sequences.add_argument(
        "--candidates",
        type=Path,
        metavar="FILE",
        help="'user item …': rank among these instead of all items; models that score all items join in",
    )
    _common(sequences, "5,10,20")
    sessions = protocols.add_parser(
        "sessions",
        help="next click after every prefix of every test session",
        description=lessons.SESSIONS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sessions.add_argument("train", type=Path, metavar="TRAIN", help="one session per line, in date order")
    sessions.add_argument("test", type=Path, metavar="TEST", help="the same layout")
    sessions.add_argument(
        "--only-lists", type=Path, metavar="FILE", help="ask only after the clicks of SessionId;Position;…"
    )
    _common(sessions, "20")
    baskets = protocols.add_parser(
        "baskets",
        help="next basket of customers who buy again",
        description=lessons.BASKETS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    baskets.add_argument("file", type=Path, metavar="FILE", help='lines of {"user": …, "baskets": [[…], …]}')
    _common(baskets, "5,10,20")
    events = protocols.add_parser(
        "events",
        help="rolling origins over events with times",
        description=lessons.EVENTS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    events.add_argument(
        "file", type=Path, metavar="FILE", help="CSV or CSV.gz: user_id,item_id,timestamp[,event][,weight]"
    )
    _common(events, "5,10,20")
    events.add_argument(
        "--items", type=Path, metavar="FILE", help="CSV: item_id[,category][,brand][,listed_at]"
    )
    events.add_argument(
        "--folds", type=int, default=3, metavar="N", help="windows; the last is the test (default 3)"
    )
    events.add_argument(
        "--window-days", type=float, metavar="D", help="length of a window (default: a tenth, at most 7)"
    )
    events.add_argument(
        "--text-ids",
        action="store_true",
        help="read user and item ids as text: 007 is not 7; without it integers are written in one way only, "
        "and a mixture with text is refused",
    )


def _common(parser: argparse.ArgumentParser, cutoffs: str) -> None:
    parser.add_argument(
        "--models",
        default="auto",
        metavar="auto|all|NAME,…",
        help="auto (default): search parameters on validation data, then blend; all or names with commas: "
        f"default parameters; names: {', '.join(NAMES)}",
    )
    parser.add_argument(
        "--cutoffs", default=cutoffs, metavar="K,…", help=f"cutoffs of the metrics (default {cutoffs})"
    )
    parser.add_argument(
        "--search-minutes",
        type=float,
        default=8.0,
        metavar="M",
        help="auto: how long all searches together may take, by the clock on the wall; judging and blending "
        "come on top (default 8)",
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
    checked_names(arguments.models)
    cutoffs = _cutoffs(arguments.cutoffs)
    if not arguments.search_minutes >= 0:
        raise ConfigurationError(f"--search-minutes must be at least 0, not {arguments.search_minutes}")
    check_target(arguments.json)
    search_s = arguments.search_minutes * 60.0
    report = compare(_opened(arguments), arguments.models, cutoffs, search_s=search_s, progress=progress)
    write_report(arguments.json, json.dumps(report, indent=2) + "\n")
    shown = cutoffs[len(cutoffs) // 2]
    names = (f"recall@{shown}", f"ndcg@{shown}", f"mrr@{shown}")
    heads = " ".join(f"{name:>10}" for name in names)
    lines = [f"{'model':<14} {heads} {'fit s':>8} {'us/user':>9} {'MB':>7}"]
    for row in report["models"]:
        metrics = row["metrics"]
        mark = "  selected" if row["name"] == report["selected"] else ""
        lines.append(
            f"{row['name']:<14} {' '.join(f'{metrics[name]:>10.4f}' for name in names)} "
            f"{row['fitSeconds']:>8.2f} {row['scoreMicrosPerUser']:>9.1f} {row['peakRssMb']:>7.0f}{mark}"
        )
    return "\n".join(lines)


def _opened(arguments: argparse.Namespace) -> OpenProtocol:
    if arguments.protocol == "sequences":
        return partial(SequencesProtocol, arguments.file, arguments.attributes, arguments.candidates)
    if arguments.protocol == "sessions":
        return partial(SessionsProtocol, arguments.train, arguments.test, arguments.only_lists)
    if arguments.protocol == "baskets":
        return partial(BasketsProtocol, arguments.file)
    window_s = None if arguments.window_days is None else arguments.window_days * DAY_S
    return partial(
        EventsProtocol,
        arguments.file,
        arguments.items,
        folds=arguments.folds,
        window_s=window_s,
        text_ids=arguments.text_ids,
    )


def _cutoffs(text: str) -> list[int]:
    try:
        cutoffs = [int(token) for token in text.split(",")]
    except ValueError:
        raise ConfigurationError(f"--cutoffs must be integers joined by commas, not {text!r}") from None
    if min(cutoffs) < 1:
        raise ConfigurationError(f"--cutoffs must be at least 1, not {text!r}")
    return sorted(set(cutoffs))
