"""Command line of the recommender library: `python -m recs --help`."""

import argparse
import sys
from collections.abc import Sequence
from typing import Final

from recs.commands import bench, evaluate, fit, recommend
from recs.errors import RecsError

_COMMANDS = {
    "fit": (fit, "learn from a file of interactions and write a snapshot"),
    "recommend": (recommend, "ask a snapshot for a slate"),
    "evaluate": (evaluate, "compare models on held-out interactions"),
    "bench": (bench, "measure fitting, opening and serving on this machine"),
}


_WALK: Final = """\
a first walk:
  python -m recs evaluate events LOG.csv --json report.json     which model suits this log, and how sure is it
  python -m recs fit LOG.csv --items ITEMS.csv --out model      learn from all of it
  python -m recs fit LOG.csv --models auto --out chosen         the same, letting the log choose the models
  python -m recs recommend --snapshot model --history 12,7      what to show, and why
  python -m recs bench --json bench.json                        how fast and how large on this machine

LOG.csv has a header and the columns user_id, item_id, timestamp (unix seconds, or ISO 8601 dates) and
optionally event (view, click, favorite, cart_add, purchase, rating, dismiss, impression) and weight.
ITEMS.csv has item_id and optionally category, brand, listed_at. Ids are integers, each written in one way, or
text, never both: with --text-ids 007 and 7 are two. Both may end in .gz. Each command has its own --help.
"""


def parser() -> argparse.ArgumentParser:
    """Build the parser of the whole command line."""
    root = argparse.ArgumentParser(
        prog="python -m recs",
        description="Fit, ask, judge and measure recommenders.",
        epilog=_WALK,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, summary) in _COMMANDS.items():
        command = commands.add_parser(
            name,
            help=summary,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        Default: the arguments of the process.

    Returns
    -------
    int
        0 done, 2 refused with one line on standard error.
    """
    arguments = parser().parse_args(argv)
    progress = sys.stderr.isatty()
    try:
        if arguments.command == "recommend":
            print(recommend.run(arguments))
        else:
            module = {"fit": fit, "evaluate": evaluate, "bench": bench}[arguments.command]
            print(module.run(arguments, progress=progress))
    except (RecsError, OSError) as error:
        print(f"recs {arguments.command}: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
