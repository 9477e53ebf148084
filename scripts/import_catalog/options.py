"""The command line of the import."""

from __future__ import annotations

import argparse
import codecs
import re
from pathlib import Path

from scripts.import_catalog.formats.csv_files import DEFAULT_STOCK, FIELDS, known_currency

FORMATS = ("csv", "icecat", "amazon2023")
STORE_NAMES = {"csv": "Imported catalogue", "icecat": "Icecat", "amazon2023": "Amazon Reviews 2023"}
EPILOG = f"""
formats:
  csv         a CSV with a header, plain or gzip; columns are found by usual names, or by --map
  icecat      the folder with products.csv.gz and attributes.jsonl.gz
  amazon2023  meta_*.jsonl(.gz) of Amazon Reviews 2023; --reviews adds its ratings as interactions

fields of --map: {" ".join(FIELDS)}

examples:
  python -m scripts.import_catalog data/icecat_electronics --format icecat
  python -m scripts.import_catalog electronics.csv.gz --format csv --map asin=id --map name=title \\
      --map price_inr=price --currency INR --store amazon-in
  python -m scripts.import_catalog meta_Books.jsonl.gz --format amazon2023 --reviews Books.jsonl.gz

exit status:
  0    imported; rows that were refused are listed
  1    stopped: --strict met a bad row, the file cannot be read to its end, or no row was usable
  2    the command line is wrong
  130  interrupted; --resume goes on after the last committed batch
"""


def parser() -> argparse.ArgumentParser:
    """Describe the options."""
    made = argparse.ArgumentParser(
        prog="python -m scripts.import_catalog",
        description="Import a catalogue into a store: new products are added, changed ones updated.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("path", type=Path, metavar="PATH", help="the file, or the folder of icecat")
    made.add_argument("--format", required=True, choices=FORMATS)
    made.add_argument(
        "--reviews", type=Path, metavar="FILE", help="amazon2023: the reviews of these products"
    )
    made.add_argument(
        "--store", type=_slug, metavar="SLUG", help="default: the format's name; made when missing"
    )
    made.add_argument("--map", action="append", default=[], type=_mapping, metavar="COLUMN=FIELD")
    made.add_argument(
        "--currency", type=_currency, metavar="CODE", help="of prices without one (csv EUR, amazon2023 USD)"
    )
    made.add_argument(
        "--delimiter", type=_delimiter, metavar="CHARACTER", help="default: the likeliest of , ; tab |"
    )
    made.add_argument("--encoding", type=_encoding, default="utf-8", metavar="NAME", help="default: utf-8")
    made.add_argument(
        "--default-stock",
        type=_count,
        default=DEFAULT_STOCK,
        metavar="N",
        help="of new products whose stock is not given",
    )
    made.add_argument(
        "--keep-images",
        action="store_true",
        help="keep the addresses of pictures; the shop shows only its own",
    )
    made.add_argument("--strict", action="store_true", help="change nothing when any row is bad")
    made.add_argument(
        "--resume", action="store_true", help="go on with an interrupted import of the same file"
    )
    made.add_argument(
        "--batch", type=_count, default=4_000, metavar="ROWS", help="rows per transaction (default 4000)"
    )
    made.add_argument("--json", type=Path, metavar="OUT", help="write the report as JSON too")
    made.add_argument(
        "--database-url", metavar="URL", help="default: JACKDAW_DATABASE_URL, else the running shop's own"
    )
    return made


def complaint(options: argparse.Namespace) -> str | None:
    """Return what is wrong with options that each are right."""
    if options.reviews is not None and options.format != "amazon2023":
        return "--reviews belongs to --format amazon2023."
    if options.map and options.format != "csv":
        return "--map belongs to --format csv."
    if options.strict and options.resume:
        return "--strict writes all or nothing, so there is nothing to --resume."
    if options.batch < 1:
        return "--batch starts at 1."
    columns = [column for column, _ in options.map]
    fields = [field for _, field in options.map]
    if len(set(columns)) < len(columns) or len(set(fields)) < len(fields):
        return "--map names a column or a field twice."
    return None


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > 80:
        raise argparse.ArgumentTypeError(f"{text!r} is not a slug like amazon-in")
    return text


def _mapping(text: str) -> tuple[str, str]:
    column, _, field = text.rpartition("=")
    if not column or field not in FIELDS:
        raise argparse.ArgumentTypeError(f"{text!r} is not COLUMN=FIELD; fields are {', '.join(FIELDS)}")
    return column, field


def _currency(text: str) -> str:
    if not known_currency(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a currency code of three letters")
    return text.upper()


def _delimiter(text: str) -> str:
    found = {"tab": "\t", "\\t": "\t"}.get(text, text)
    if len(found) != 1:
        raise argparse.ArgumentTypeError("one character, or tab")
    return found


def _encoding(text: str) -> str:
    try:
        return codecs.lookup(text).name
    except LookupError:
        raise argparse.ArgumentTypeError(f"there is no encoding {text!r}") from None


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)
