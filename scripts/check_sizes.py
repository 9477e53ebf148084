"""Refuses source files that have grown past the limits of the house: look for the seam before that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path, PurePosixPath

REPOSITORY_ROOT = Path(__file__).resolve().parent.parent
SUFFIXES = frozenset({".py", ".ts", ".tsx", ".css", ".sh"})
MAX_LINES = 400
MAX_COMPONENT_LINES = 250
MAX_TEST_LINES = 500


def main() -> int:
    """Print every file that is too long and return 1 if there is one."""
    n_too_long = 0
    for path in _tracked():
        limit = limit_of(path)
        if limit is None:
            continue
        n_lines = len((REPOSITORY_ROOT / path).read_text().splitlines())
        if n_lines > limit:
            n_too_long += 1
            sys.stderr.write(f"{path}: {n_lines} lines, at most {limit}\n")
    return 1 if n_too_long else 0


def limit_of(path: PurePosixPath) -> int | None:
    """How many lines this file may have; nothing for what is generated or not source.

    >>> limit_of(PurePosixPath("server/app.py")), limit_of(PurePosixPath("client/src/ui/button.tsx"))
    (400, 250)
    >>> limit_of(PurePosixPath("recs/tests/test_ranking.py")), limit_of(PurePosixPath("README.md"))
    (500, None)
    """
    is_generated = any(part.startswith("generated") for part in path.parts)
    if path.suffix not in SUFFIXES or is_generated or "versions" in path.parts:
        return None
    if "tests" in path.parts or "e2e" in path.parts or ".test." in path.name:
        return MAX_TEST_LINES
    return MAX_COMPONENT_LINES if path.suffix == ".tsx" else MAX_LINES


def _tracked() -> list[PurePosixPath]:
    """What git knows or would add; without git every file outside of ignored folders."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git is on PATH
        cwd=REPOSITORY_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = listing.stdout.split("\0") if listing.returncode == 0 else _walked()
    return sorted(PurePosixPath(name) for name in names if (REPOSITORY_ROOT / name).is_file())


def _walked() -> list[str]:
    skipped = {".git", ".venv", ".jackdaw", "node_modules", "dist"}
    files = (path.relative_to(REPOSITORY_ROOT) for path in REPOSITORY_ROOT.rglob("*"))
    return [path.as_posix() for path in files if not skipped.intersection(path.parts)]


if __name__ == "__main__":
    sys.exit(main())
