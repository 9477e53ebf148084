"""Command line of the measurements; see ``--help``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scripts.bench.curves import SIZES, measure_curves
from scripts.bench.load import LoadError
from scripts.bench.measures.interactions import measure_interactions
from scripts.bench.measures.listing import measure_listing
from scripts.bench.measures.personal import measure_personal
from scripts.bench.measures.recommendations import measure_home
from scripts.bench.measures.refit import measure_large_refit, measure_refit
from scripts.bench.measures.search import measure_search
from scripts.bench.measures.start import measure_memory, measure_start
from scripts.bench.report import Report
from scripts.bench.stage import await_index, await_model, seeded_database, shop

PARTS = ("start", "listing", "search", "home", "personal", "interactions", "refit", "memory")
# Ten minutes on a shop of its own: only when it is asked for.
LARGE_REFIT = "refit-5m"


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description=__doc__)
    parser.add_argument("--products", type=int, default=50_000, help="listings in the measured shop")
    parser.add_argument("--interactions", type=int, default=500_000, help="history the model is fitted on")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of one load, three per figure")
    parser.add_argument(
        "--only", default=",".join(PARTS), help="comma separated parts: " + ", ".join((*PARTS, LARGE_REFIT))
    )
    parser.add_argument(
        "--curves",
        type=_sizes,
        nargs="?",
        const=SIZES,
        metavar="SIZES",
        help="instead: list, search, home and memory at several sizes ("
        + ",".join(map(str, SIZES))
        + "), also drawn",
    )
    parser.add_argument("--json", type=Path, default=Path("reports/bench.json"), help="where the table goes")
    return parser.parse_args()


def _sizes(text: str) -> tuple[int, ...]:
    sizes = tuple(sorted(int(size) for size in text.split(",")))
    if min(sizes) < 1:
        raise argparse.ArgumentTypeError("A shop has at least one listing.")
    return sizes


def main() -> int:
    """Run the chosen parts; a missed gate is reported, never an error code."""
    arguments = parse_arguments()
    parts = set(arguments.only.split(","))
    known = (*PARTS, LARGE_REFIT)
    unknown = parts - set(known)
    if unknown:
        print(f"Unknown parts: {', '.join(sorted(unknown))}. Known: {', '.join(known)}.", file=sys.stderr)
        return 2
    report = Report()
    try:
        if arguments.curves:
            page = arguments.json.with_name("curves.html")
            measure_curves(report, arguments.curves, arguments.seconds, page)
            return 0
        if "start" in parts:
            measure_start(report)
        if parts - {"start", LARGE_REFIT}:
            measure_shop(report, parts, arguments)
        if LARGE_REFIT in parts:
            measure_large_refit(report, arguments.products)
    except (LoadError, TimeoutError) as error:
        print(f"The measurement stopped: {error}", file=sys.stderr)
        return 1
    finally:
        report.write(arguments.json)
    return 0


def measure_shop(report: Report, parts: set[str], arguments: argparse.Namespace) -> None:
    """Seed one shop and take every other part on it."""
    with seeded_database(arguments.products, arguments.interactions) as url, shop(url) as server:
        await_model(server)
        await_index(url)
        if "listing" in parts:
            measure_listing(report, server, url, arguments.seconds)
        if "search" in parts:
            measure_search(report, server, url, arguments.seconds)
        if "home" in parts:
            measure_home(report, server, url, arguments.seconds)
        if "personal" in parts:
            measure_personal(report, server, url, arguments.seconds)
        if "interactions" in parts:
            measure_interactions(report, server, url, arguments.seconds)
        if "refit" in parts:
            measure_refit(report, server)
        if "memory" in parts:
            measure_memory(report, server)


if __name__ == "__main__":
    sys.exit(main())
