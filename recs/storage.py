"""Saving snapshots so that a reader sees all of one or none of it, and notices every changed bit."""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np

from recs.arrays import AnyArray, read_only
from recs.attributes import ItemAttributes
from recs.candidates.base import CandidateScorer
from recs.candidates.neighbours import NeighbourTable
from recs.candidates.ranked_list import RankedList
from recs.errors import (
    CorruptSnapshotError,
    SnapshotExistsError,
    SnapshotNotFoundError,
    SnapshotVersionError,
)
from recs.history import RecencyConfig
from recs.parts import FittedGenerator, ServingConfig, SnapshotParts
from recs.ranking.diversity import DiversityConfig
from recs.vocabulary import Vocabulary

SCHEMA_VERSION: Final = 1
MANIFEST: Final = "manifest.json"

SCORER_KINDS: Final[dict[str, type[CandidateScorer]]] = {NeighbourTable.kind: NeighbourTable}
"""Every class that a saved generator may be rebuilt as."""

_LISTS: Final = ("popular", "trending", "newest")
_ARRAY_NAME: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)?\Z")


@dataclass(frozen=True, slots=True)
class SnapshotFacts:
    """Where a snapshot comes from; saved in its manifest.

    Attributes
    ----------
    as_of : float
        Unix seconds.
    counts : mapping of str to int
    config : mapping
        Parameters of the recommender, as JSON values.
    libraries : mapping of str to str
        Versions that fitted it.
    """

    as_of: float
    counts: Mapping[str, int]
    config: Mapping[str, Any]
    libraries: Mapping[str, str]


def save_parts(parts: SnapshotParts, facts: SnapshotFacts, path: Path) -> None:
    """Write parts and facts to a new directory.

    Parameters
    ----------
    parts : SnapshotParts
    facts : SnapshotFacts
    path : Path

    Raises
    ------
    SnapshotExistsError
        The path is taken.
    OSError
        Nothing is left at the path.

    Notes
    -----
    Written to a hidden sibling, every file and directory synced, then renamed: on one file system a crash
    leaves the whole snapshot or none.
    """
    if path.exists() or path.is_symlink():
        raise SnapshotExistsError(path)
    building = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        files = {name: _write_array(building, name, array) for name, array in _flattened(parts).items()}
        content = {
            "schemaVersion": SCHEMA_VERSION,
            "asOf": facts.as_of,
            "counts": dict(facts.counts),
            "config": dict(facts.config),
            "libraries": dict(facts.libraries),
            "serving": asdict(parts.serving),
            "vocabulary": {"kind": parts.vocabulary.kind, "fingerprint": parts.vocabulary.fingerprint()},
            "generators": [
                {"name": fitted.name, "kind": fitted.scorer.kind, "weight": fitted.weight}
                for fitted in parts.generators
            ],
            "files": files,
        }
        _write_synced(building / MANIFEST, _sealed(content))
        building.chmod(0o755)
        _sync_directory(building)
        try:
            building.rename(path)
        except OSError as error:
            raise (SnapshotExistsError(path) if path.exists() else error) from error
        _sync_directory(path.parent)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def load_parts(path: Path, *, verify: bool) -> tuple[SnapshotParts, SnapshotFacts]:
    """Open what `save_parts` wrote.

    Parameters
    ----------
    path : Path
    verify : bool
        Also compare the checksum of every array file and the fingerprint of the vocabulary.

    Returns
    -------
    parts : SnapshotParts
        Arrays are memory maps.
    facts : SnapshotFacts

    Raises
    ------
    SnapshotNotFoundError, SnapshotVersionError, CorruptSnapshotError
    """
    content = _read_manifest(path)
    try:
        files = content["files"]
        arrays = {name: _open_array(path, name, entry, verify=verify) for name, entry in files.items()}
        parts = _assembled(arrays, content)
        facts = SnapshotFacts(content["asOf"], content["counts"], content["config"], content["libraries"])
        fingerprint = content["vocabulary"]["fingerprint"]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise CorruptSnapshotError(path, MANIFEST, f"incomplete or inconsistent ({error})") from error
    if verify and parts.vocabulary.fingerprint() != fingerprint:
        raise CorruptSnapshotError(
            path, _file_of("item_ids"), "vocabulary fingerprint differs from the manifest"
        )
    return parts, facts


def _flattened(parts: SnapshotParts) -> dict[str, AnyArray]:
    arrays: dict[str, AnyArray] = {"item_ids": parts.vocabulary.ids, "repeat_rates": parts.repeat_rates}
    groups: dict[str, Mapping[str, AnyArray]] = {"attributes": parts.attributes.arrays()}
    groups |= {name: getattr(parts, name).arrays() for name in _LISTS}
    groups |= {fitted.name: fitted.scorer.arrays() for fitted in parts.generators}
    for group, members in groups.items():
        arrays |= {f"{group}.{name}": array for name, array in members.items()}
    return arrays


def _assembled(arrays: Mapping[str, AnyArray], content: Mapping[str, Any]) -> SnapshotParts:
    def group(name: str) -> dict[str, AnyArray]:
        prefix = f"{name}."
        return {key.removeprefix(prefix): array for key, array in arrays.items() if key.startswith(prefix)}

    serving = dict(content["serving"])
    serving["recency"] = RecencyConfig(**serving["recency"])
    serving["diversity"] = DiversityConfig(**serving["diversity"])
    generators = tuple(
        FittedGenerator(
            entry["name"],
            float(entry["weight"]),
            SCORER_KINDS[entry["kind"]].from_arrays(group(entry["name"])),
        )
        for entry in content["generators"]
    )
    return SnapshotParts(
        vocabulary=Vocabulary(read_only(arrays["item_ids"])),
        attributes=ItemAttributes.from_arrays(group("attributes")),
        generators=generators,
        popular=RankedList.from_arrays(group("popular")),
        trending=RankedList.from_arrays(group("trending")),
        newest=RankedList.from_arrays(group("newest")),
        repeat_rates=read_only(arrays["repeat_rates"]),
        serving=ServingConfig(**serving),
    )


def _file_of(name: str) -> str:
    return f"{name}.npy"


def _write_array(directory: Path, name: str, array: AnyArray) -> dict[str, Any]:
    file = directory / _file_of(name)
    with file.open("xb") as stream:
        np.lib.format.write_array(stream, np.ascontiguousarray(array), allow_pickle=False)
        stream.flush()
        os.fsync(stream.fileno())
    return {
        "sha256": _checksum(file),
        "bytes": file.stat().st_size,
        "dtype": array.dtype.str,
        "shape": list(array.shape),
    }


def _open_array(path: Path, name: str, entry: Mapping[str, Any], *, verify: bool) -> AnyArray:
    file = path / _file_of(name)
    if not _ARRAY_NAME.match(name):
        raise CorruptSnapshotError(path, MANIFEST, f"impossible array name {name!r}")
    try:
        size = file.stat().st_size
        if size != entry["bytes"]:
            raise CorruptSnapshotError(path, file.name, f"{size} bytes instead of {entry['bytes']}")
        if verify and _checksum(file) != entry["sha256"]:
            raise CorruptSnapshotError(path, file.name, "checksum differs from the manifest")
        # An array without elements cannot be mapped.
        mapped: Literal["r"] | None = "r" if 0 not in entry["shape"] else None
        array: AnyArray = np.load(file, mmap_mode=mapped, allow_pickle=False)
    except (OSError, ValueError, EOFError, SyntaxError) as error:
        raise CorruptSnapshotError(path, file.name, f"cannot be read ({error})") from error
    if array.dtype.str != entry["dtype"] or list(array.shape) != entry["shape"]:
        raise CorruptSnapshotError(
            path, file.name, f"holds {array.dtype.str} {array.shape}, not as the manifest says"
        )
    return array


def _checksum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, indent=1, ensure_ascii=True, allow_nan=False).encode()


def _sealed(content: Mapping[str, Any]) -> bytes:
    return _canonical({"manifest": content, "sha256": hashlib.sha256(_canonical(content)).hexdigest()})


def _read_manifest(path: Path) -> dict[str, Any]:
    file = path / MANIFEST
    if not path.exists():
        raise SnapshotNotFoundError(path)
    try:
        raw = file.read_bytes()
        content = json.loads(raw)["manifest"]
        version = content["schemaVersion"]
        intact = _sealed(content) == raw
    except FileNotFoundError:
        raise CorruptSnapshotError(path, MANIFEST, "missing") from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CorruptSnapshotError(path, MANIFEST, f"cannot be read ({error})") from error
    if not intact:
        raise CorruptSnapshotError(path, MANIFEST, "checksum differs")
    if version != SCHEMA_VERSION:
        raise SnapshotVersionError(path, version, SCHEMA_VERSION)
    found: dict[str, Any] = content
    return found


def _write_synced(file: Path, content: bytes) -> None:
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
