"""Directories of arrays under a sealed manifest: all of one or none of it, every changed bit noticed."""

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np

from recs.arrays import AnyArray
from recs.errors import (
    CorruptSnapshotError,
    SnapshotExistsError,
    SnapshotNotFoundError,
    SnapshotVersionError,
)

MANIFEST: Final = "manifest.json"

_ARRAY_NAME: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)?\Z")


def write_directory(path: Path, arrays: Mapping[str, AnyArray], content: Mapping[str, Any]) -> None:
    """Write arrays and a manifest to a new directory.

    Parameters
    ----------
    path : Path
        Must not exist; its parent must.
    arrays : mapping of str to ndarray
        Names like ``group.array``.
    content : mapping
        JSON values for the manifest; ``schemaVersion`` among them. Names, types, shapes, sizes and checksums
        of the arrays are added as ``files``.

    Raises
    ------
    SnapshotExistsError
        The path is taken.
    OSError
        Nothing is left at the path.

    Notes
    -----
    Written to a hidden sibling, every file and directory synced, then renamed: on one file system a crash
    leaves the whole directory or none.
    """
    if path.exists() or path.is_symlink():
        raise SnapshotExistsError(path)
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "There is no such folder to save into", str(path.parent))
    building = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        files = {name: _write_array(building, name, array) for name, array in arrays.items()}
        _write_synced(building / MANIFEST, sealed({**content, "files": files}))
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


def open_directory(
    path: Path, *, schema_version: int, verify: bool
) -> tuple[dict[str, AnyArray], dict[str, Any]]:
    """Open what `write_directory` wrote.

    Parameters
    ----------
    path : Path
    schema_version : int
        The only one that is read.
    verify : bool
        Also compare the checksum of every array file. The manifest's own checksum and each file's size, type
        and shape are always compared.

    Returns
    -------
    arrays : dict of str to ndarray
        Memory maps.
    content : dict
        The manifest.

    Raises
    ------
    SnapshotNotFoundError, SnapshotVersionError, CorruptSnapshotError
    """
    content = read_manifest(path, schema_version)
    try:
        files = content["files"].items()
        return {name: _open_array(path, name, entry, verify=verify) for name, entry in files}, content
    except (KeyError, TypeError, AttributeError) as error:
        raise CorruptSnapshotError(path, MANIFEST, f"incomplete or inconsistent ({error})") from error


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


def canonical(value: Any) -> bytes:
    """Return the one form in which a JSON value is written."""
    return json.dumps(value, sort_keys=True, indent=1, ensure_ascii=True, allow_nan=False).encode()


def sealed(content: Mapping[str, Any]) -> bytes:
    """Return a manifest with its own checksum, as bytes that have one form only."""
    return canonical({"manifest": content, "sha256": hashlib.sha256(canonical(content)).hexdigest()})


def read_manifest(path: Path, schema_version: int) -> dict[str, Any]:
    """Read and check a manifest.

    Parameters
    ----------
    path : Path
        The directory.
    schema_version : int

    Returns
    -------
    dict

    Raises
    ------
    SnapshotNotFoundError, SnapshotVersionError, CorruptSnapshotError
    """
    file = path / MANIFEST
    if not path.exists():
        raise SnapshotNotFoundError(path)
    try:
        raw = file.read_bytes()
        content = json.loads(raw)["manifest"]
        version = content["schemaVersion"]
        intact = sealed(content) == raw
    except FileNotFoundError:
        raise CorruptSnapshotError(path, MANIFEST, "missing") from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CorruptSnapshotError(path, MANIFEST, f"cannot be read ({error})") from error
    if not intact:
        raise CorruptSnapshotError(path, MANIFEST, "checksum differs")
    if version != schema_version or type(version) is not int:
        raise SnapshotVersionError(path, version, schema_version)
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
