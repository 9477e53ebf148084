"""`python -m recs bench`: figures of the library on this machine, on long-tailed synthetic input.

Three parts, each in processes of its own: fitting (item-kNN on one and two threads, beside `implicit` where
that is installed, all counting models with their memory, adding events to counts), a larger fit, and serving
(opening a snapshot, a slate for 50 history items): what was fitted, and for several catalogue sizes what the
default recipe serves and what all counting models serve. A figure with "at most" has a gate; wall times
depend on who else uses the machine, processor times and ratios hardly do.
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from tqdm import tqdm

from recs.bench.figures import Figure, alone
from recs.bench.fitting import (
    COUNTING,
    measure_beside_implicit,
    measure_counting,
    measure_incremental,
    measure_knn,
)
from recs.bench.serving import measure_serving, write_large
from recs.bench.synthetic import write_input
from recs.candidates.base import CandidateGenerator
from recs.commands.reports import check_target, write_report
from recs.errors import ConfigurationError
from recs.recommender import HybridConfig

_STANDARD: Final = (5_000_000, 100_000, 50_000)
_LARGE: Final = (20_000_000, 500_000, 100_000)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--json", type=Path, required=True, metavar="OUT", help="where the figures are written"
    )
    for name, default in zip(("interactions", "users", "items"), _STANDARD, strict=True):
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"default {default:,}")
    parser.add_argument(
        "--large",
        default=",".join(map(str, _LARGE)),
        metavar="N,U,I",
        help="interactions, users and items of the larger fit (20 M, 500 k, 100 k); 0 skips",
    )
    parser.add_argument(
        "--serving-items",
        default="20000,200000,1000000",
        metavar="N,…",
        help="catalogue sizes to serve from (default 20,000, 200,000 and 1,000,000); 0 skips",
    )
    parser.add_argument(
        "--requests", type=int, default=2_000, metavar="N", help="requests per figure (default 2,000)"
    )


def run(arguments: argparse.Namespace, *, progress: bool) -> str:
    """Measure, write the report.

    Returns
    -------
    str
        A table of the figures.

    Raises
    ------
    ConfigurationError
        A list of sizes that is none, or nowhere to write to.
    """
    check_target(arguments.json)
    standard = (arguments.interactions, arguments.users, arguments.items)
    if min(*standard, arguments.requests) < 1:
        raise ConfigurationError("--interactions, --users, --items and --requests must be at least 1")
    large, served = _sizes(arguments.large), _sizes(arguments.serving_items)
    if large and len(large) != len(_LARGE):
        raise ConfigurationError(f"--large takes three sizes or 0, not {arguments.large!r}")
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="recs-bench-") as directory:
        stages = _stages(Path(directory), standard, large, served, arguments.requests)
        with tqdm(stages, desc="bench", unit="stage", disable=not progress) as bar:
            for stage in bar:
                figures += stage()
    write_report(arguments.json, json.dumps([figure.row() for figure in figures], indent=2) + "\n")
    return "\n".join(
        f"{figure.name:<68} {figure.value:>12,.3f} {figure.unit:<4}"
        + (f" (at most {figure.gate:g})" if figure.gate is not None else "")
        for figure in figures
    )


def _stages(
    directory: Path, standard: tuple[int, int, int], large: list[int], served: list[int], requests: int
) -> list[Callable[[], list[Figure]]]:
    path, larger, fitted = directory / "standard", directory / "large", directory / "fitted"
    default = HybridConfig().generators
    # Gates belong to the standard sizes: a smaller run says nothing about them.
    gated = standard == _STANDARD

    def knn() -> list[Figure]:
        alone(write_input, *standard, path)
        return alone(measure_knn, path, 5.0 if gated else None)

    def much() -> list[Figure]:
        alone(write_input, *large, larger)
        return alone(measure_knn, larger, 20.0 if tuple(large) == _LARGE else None)

    def serve(n_items: int, recipe: tuple[CandidateGenerator, ...]) -> list[Figure]:
        place = directory / f"serving-{n_items}-{len(recipe)}"
        alone(write_large, n_items, [generator.name for generator in recipe], place)
        figures = alone(measure_serving, place, requests)
        shutil.rmtree(place)  # a million items take half a gigabyte
        return figures

    return [
        knn,
        lambda: alone(measure_beside_implicit, path),
        lambda: alone(measure_counting, path, fitted, (15.0, 600.0) if gated else None),
        lambda: alone(measure_serving, fitted, requests),
        lambda: alone(measure_incremental, path),
        *([much] if large else []),
        *(partial(serve, n_items, recipe) for recipe in (default, COUNTING) for n_items in served),
    ]


def _sizes(text: str) -> list[int]:
    try:
        sizes = [int(token) for token in text.split(",")]
    except ValueError:
        raise ConfigurationError(f"sizes must be integers joined by commas, not {text!r}") from None
    if min(sizes) < 0:
        raise ConfigurationError(f"sizes must be at least 0, not {text!r}")
    return [size for size in sizes if size]
