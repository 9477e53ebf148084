"""Where reports are written: checked before the work begins, and never half a report afterwards."""

import os
from pathlib import Path

from recs.errors import ConfigurationError


def check_target(path: Path) -> None:
    """Refuse a place for a report before anything is computed.

    Parameters
    ----------
    path : Path

    Raises
    ------
    ConfigurationError
        A folder, in no folder, or not to be written to.
    """
    folder = path.absolute().parent
    if not folder.is_dir():
        raise ConfigurationError(f"--json: there is no folder {folder}")
    if path.is_dir():
        raise ConfigurationError(f"--json: {path} is a folder")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise ConfigurationError(f"--json: {path} may not be written")


def write_report(path: Path, text: str) -> None:
    """Write a report, all or nothing.

    Parameters
    ----------
    path : Path
    text : str

    Raises
    ------
    OSError
        What was there before is there still.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():  # a pipe or a device takes what it is given
        target.write_text(text, encoding="utf-8")
        return
    building = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        building.write_text(text, encoding="utf-8")
        building.replace(target)
    finally:
        building.unlink(missing_ok=True)
