"""Command line of the recommender library: `python -m recs --help`."""

import argparse
import sys
from collections.abc import Sequence

from recs.commands import bench, evaluate, fit, recommend
from recs.errors import RecsError

_COMMANDS = {
    "fit": (fit, "learn from a file of interactions and write a snapshot"),
    "recommend": (recommend, "ask a snapshot for a slate"),
    "evaluate": (evaluate, "compare models on held-out interactions"),
    "bench": (bench, "measure fitting, opening and serving on this machine"),
}


def parser() -> argparse.ArgumentParser:
    """Build the parser of the whole command line."""
    root = argparse.ArgumentParser(
        prog="python -m recs", description="Fit, ask, judge and measure recommenders."
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
    except (RecsError, OSError, argparse.ArgumentTypeError) as error:
        print(f"recs {arguments.command}: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
