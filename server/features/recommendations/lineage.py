"""What fitted a model: with its parent, its recipe and its watermark, enough to say why two models differ."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import recs

DIGITS = 16
# What reads the window and decides, beside the whole library.
_FITTING = tuple(
    f"server.features.recommendations.{part}" for part in ("training", "defence", "trial", "gate", "choice")
)


class Lineage(NamedTuple):
    """Where a model comes from."""

    parent_version: int | None
    """The champion that it was judged against."""
    code_version: str
    schema_version: int
    """Of the files of a snapshot."""


def lineage(parent_version: int | None) -> Lineage:
    """Return the lineage of a model that this process fits."""
    return Lineage(parent_version, code_version(), recs.SCHEMA_VERSION)


@cache
def code_version() -> str:
    """Return a digest of the code that fits: the same code anywhere has the same version."""
    files = [file for file in _sources("recs") if "tests" not in file.parts]
    for name in _FITTING:
        files += _sources(name)
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:DIGITS]


def _sources(name: str) -> list[Path]:
    place = Path(str(import_module(name).__file__))
    return sorted(place.parent.rglob("*.py")) if place.name == "__init__.py" else [place]
