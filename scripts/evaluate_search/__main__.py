"""Command line: ``python -m scripts.evaluate_search PRODUCTS JUDGMENTS --json OUT``."""

from __future__ import annotations

import argparse
import asyncio
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import orjson

from scripts.evaluate_search.files import read_judgments
from scripts.evaluate_search.judging import judge
from scripts.evaluate_search.measures import summary
from scripts.import_catalog.records import ImportStopped

EPILOG = """
PRODUCTS is a product file in the layout of icecat (id, title, name, brand, short_description, price_cents);
attributes.jsonl.gz beside it is read when it is there. JUDGMENTS has the columns query, docid, rating.
The products go into a temporary database of their own, through the shop's import, index and search.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement; 2 when a file cannot be used."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.evaluate_search",
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("products", type=Path, metavar="PRODUCTS")
    parser.add_argument("judgments", type=Path, metavar="JUDGMENTS")
    parser.add_argument("--json", type=Path, required=True, metavar="OUT")
    parser.add_argument("--queries", action="store_true", help="also print every query, the worst first")
    options = parser.parse_args(arguments)
    try:
        judgments = read_judgments(options.judgments)
        if not judgments:
            raise ValueError(f"{options.judgments.name} has no query with a positive rating.")
        measured = asyncio.run(judge(options.products, judgments))
    except (OSError, EOFError, ValueError, csv.Error, ImportStopped) as error:
        print(f"Nothing was measured: {error}", file=sys.stderr)
        return 2
    figures = summary(list(measured.values()))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_bytes(orjson.dumps(figures, option=orjson.OPT_INDENT_2) + b"\n")
    if options.queries:
        for query, found in sorted(measured.items(), key=lambda entry: entry[1].ndcg):
            print(f"{query:<32} {found.ndcg:.3f}  condensed {found.ndcg_condensed:.3f}")
    print(", ".join(f"{name} {value}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
