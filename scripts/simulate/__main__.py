"""Entry point; see ``--help``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import uvloop

from scripts.http_client import NoAnswer
from scripts.simulate.console import print_table
from scripts.simulate.options import Options, read_options
from scripts.simulate.own_shop import ShopFailed, own_shop
from scripts.simulate.report import write_json, write_report
from scripts.simulate.run import BROKEN, INTERRUPTED, NotAShop, simulate
from scripts.simulate.shopfront import SurveyError
from scripts.simulate.story import Story

STATUS_FAILED, STATUS_INTERRUPTED = 1, 130
STATUS = {BROKEN: STATUS_FAILED, INTERRUPTED: STATUS_INTERRUPTED}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    options = read_options(sys.argv[1:] if arguments is None else arguments)
    try:
        story = _run(options)
    except (NotAShop, NoAnswer, SurveyError, ShopFailed) as error:
        print(error, file=sys.stderr)
        return STATUS_FAILED
    except KeyboardInterrupt:
        print("Stopped before anybody went shopping.", file=sys.stderr)
        return STATUS_INTERRUPTED
    return _tell(story, options)


def _run(options: Options) -> Story:
    if options.url is not None:
        return uvloop.run(simulate(options, options.url.url))
    print("Starting a shop of its own.", file=sys.stderr)
    with own_shop() as url:
        return uvloop.run(simulate(options, url))


def _tell(story: Story, options: Options) -> int:
    print_table(story)
    try:
        write_report(story, options.report)
        print(f"Report: {options.report}")
        if options.json is not None:
            write_json(story, options.json)
            print(f"Figures: {options.json}")
    except OSError as error:
        print(f"Cannot write {error.filename}: {error.strerror}.", file=sys.stderr)
        return STATUS_FAILED
    if story.ended:
        print(story.ended, file=sys.stderr)
    return STATUS.get(story.ended, 0)


if __name__ == "__main__":
    sys.exit(main())
