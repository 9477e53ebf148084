"""Entry point: ``python -m scripts.import_catalog PATH --format csv|icecat|amazon2023``."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

import asyncpg
import uvloop

from scripts.import_catalog.command import run_import
from scripts.import_catalog.options import complaint, parser
from scripts.import_catalog.records import ImportStopped
from scripts.import_catalog.report import Part, rejection_lines, write_json
from scripts.import_catalog.run import StrictFailure

DONE, STOPPED, USAGE, INTERRUPTED = 0, 1, 2, 130
# A batch is many small objects without cycles: by default the collector walks them again and again.
COLLECTIONS = (100_000, 50, 100)
# One thread reads while the other writes batches of a second: taking turns every few milliseconds only costs.
TURN_S = 0.05


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    options = parser().parse_args(arguments)
    wrong = complaint(options)
    if wrong is not None:
        print(wrong, file=sys.stderr)
        return USAGE
    options.store = options.store or options.format
    parts: list[Part] = []
    status, stopped = DONE, None
    try:
        uvloop.run(run_import(options, parts))
    except StrictFailure as error:
        status, stopped, parts = STOPPED, str(error), []
    except ImportStopped as error:
        status, stopped = STOPPED, str(error)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        status, stopped = STOPPED, f"The database refused: {str(error) or type(error).__name__}"
    except KeyboardInterrupt:
        status, stopped = INTERRUPTED, "Interrupted; the same command with --resume goes on."
    return _conclude(status, stopped, parts, options.store, options.json)


def _conclude(status: int, stopped: str | None, parts: list[Part], store: str, json_path: object) -> int:
    for part in parts:
        for line in rejection_lines(part):
            print(line, file=sys.stderr)
    for part in parts:
        print("\n".join(part.lines()))
    products = next((part for part in parts if part.name == "products"), None)
    if status == DONE and products is not None and products.tally.rejected == products.tally.read:
        status, stopped = (
            STOPPED,
            "No row could be imported." if products.tally.read else "The file has no rows.",
        )
    if stopped is not None:
        print(stopped, file=sys.stderr)
    if json_path is not None:
        try:
            write_json(json_path, store, parts, stopped)  # type: ignore[arg-type]  # argparse gives a Path
        except OSError as error:
            print(f"The report could not be written: {error}", file=sys.stderr)
            return status or STOPPED
    return status


if __name__ == "__main__":
    gc.set_threshold(*COLLECTIONS)
    sys.setswitchinterval(TURN_S)
    sys.exit(main())
