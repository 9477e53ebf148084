"""`python -m server`: the command that runs the shop."""

from __future__ import annotations

import argparse
import logging
import os
import sys

from server.settings import InvalidSettings, Settings, unknown_settings
from server.supervision.doctor import diagnose
from server.supervision.errors import StartFailure
from server.supervision.instance import stop_instances
from server.supervision.supervisor import Supervisor

DESCRIPTION = """\
Run the shop: PostgreSQL, migrations, first data and the workers, until SIGTERM or Ctrl-C.
Every setting is an environment variable that starts with JACKDAW_; .env.example lists them.
`python -m server tokens --help` tells how other shops' programs get their tokens.
"""
# Read by the Makefile and the tests only, so no setting knows them.
NOT_OURS = frozenset(
    {"JACKDAW_CLIENT_PORT", "JACKDAW_PYTHON", "JACKDAW_REQUIRE_BROWSER", "JACKDAW_TEST_FULL"}
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0 after an orderly stop, 1 when the shop cannot start."""
    parser = argparse.ArgumentParser(
        prog="python -m server", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "action",
        nargs="?",
        choices=("run", "stop", "doctor"),
        default="run",
        help="run (default), stop a running one, or doctor: say what is wrong on this machine",
    )
    parser.add_argument(
        "--reload", action="store_true", help="replace the workers when a source file changes"
    )
    given = sys.argv[1:] if arguments is None else arguments
    # The tokens have options of their own.
    is_about_tokens = given[:1] == ["tokens"]
    asked = parser.parse_args([] if is_about_tokens else given)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if asked.action == "doctor":
        return diagnose(os.environ, _say)
    try:
        settings = Settings.from_env(os.environ)
        if is_about_tokens:
            return _manage_tokens(given[1:], settings)
        return _stop(settings) if asked.action == "stop" else _run(settings, reload=asked.reload)
    except (InvalidSettings, StartFailure) as problem:
        verb = "stop" if asked.action == "stop" else "start"
        begin = "" if is_about_tokens else f"Jackdaw cannot {verb}: "
        sys.stderr.write(f"{begin}{problem}\n")
        return 1


def _run(settings: Settings, *, reload: bool) -> int:
    for name in unknown_settings(os.environ):
        if name not in NOT_OURS:
            sys.stderr.write(f"{name} is not a setting and has no effect.\n")
    Supervisor(settings, os.environ, _say, reload=reload).run()
    return 0


def _stop(settings: Settings) -> int:
    stopped = stop_instances(settings.data_dir)
    for pid in stopped:
        _say(f"Stopped Jackdaw (process {pid}).")
    if not stopped:
        _say(f"No Jackdaw runs on {settings.data_dir}.")
    return 0


def _manage_tokens(arguments: list[str], settings: Settings) -> int:
    # Here and not above: it brings the web framework along, which a supervisor has no use for.
    from server.supervision.tokens_command import main as manage  # noqa: PLC0415

    return manage(arguments, settings, _say)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
