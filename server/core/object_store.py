"""Named immutable folders in an object store, and the local copies that are memory-mapped.

The store is anything that fsspec opens: `file:` on this machine or a share, `s3:`, `gs:`, `abfs:` with their
packages. Even for `file:` readers map a copy of their own: who cuts a mapped file short kills its readers.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}")
# The last file to be written: a folder without it was never finished.
_SEAL = "manifest.json"
_CHUNK_BYTES = 1 << 20
_ABANDONED_AFTER_S = 3_600.0


class StoreAway(OSError):
    """The store cannot be reached or refuses; the same may work later."""


class NotStored(LookupError):
    """There is no such folder, or it was never finished."""


class ObjectStore:
    """Folders under one address, copied to ``cache`` before they are opened. Calls block: use a thread."""

    def __init__(self, url: str, cache: Path) -> None:
        self.url = url
        self.cache = cache
        self._files, self._root = url_to_fs(url)

    def add(self, name: str, write: Callable[[Path], None]) -> None:
        """Let ``write`` fill a new folder, copy it to the store and read it back.

        Raises
        ------
        StoreAway
            The store did not take it, or gives back something else; it holds no such folder.
        """
        place = self._cached(name)
        self.drop_cached(name)
        write(place)
        try:
            with _away(self.url):
                self._upload(name, place)
                self._compare(name, place)
        except BaseException:
            with suppress(StoreAway):
                self.delete(name)
            raise

    def fetch(self, name: str) -> Path:
        """Return the local copy of a folder, made now if there is none; the reader checks what is in it.

        Raises
        ------
        NotStored, StoreAway
        """
        place = self._cached(name)
        with self._lock():
            if not place.is_dir():
                fresh = self._download(name)
                fresh.rename(place)
        return place

    @contextmanager
    def fresh(self, name: str) -> Iterator[Path]:
        """Lend what the store holds now, whatever the cache says.

        Raises
        ------
        NotStored, StoreAway
        """
        self.cache.mkdir(parents=True, exist_ok=True)
        place = self._download(name)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def names(self) -> list[str]:
        """Return the names of all folders, also of those that were never finished.

        Raises
        ------
        StoreAway
        """
        with _away(self.url):
            self._files.invalidate_cache()
            if not self._files.isdir(self._root):
                return []
            found = [Path(entry["name"]).name for entry in self._files.ls(self._root, detail=True)]
        return sorted(name for name in found if _NAME.fullmatch(name))

    def delete(self, name: str) -> None:
        """Remove a folder from store and cache; memory maps of its files stay good until they are closed.

        Raises
        ------
        StoreAway
        """
        self.drop_cached(name)
        address = self._address(name)
        with _away(self.url), suppress(FileNotFoundError):
            # Without its seal it is unfinished for everybody, however far the rest gets.
            with suppress(FileNotFoundError):
                self._files.rm_file(f"{address}/{_SEAL}")
            self._files.invalidate_cache()
            self._files.rm(address, recursive=True)

    def drop_cached(self, name: str) -> None:
        """Forget the local copy."""
        place = self._cached(name)
        doomed = Path(tempfile.mkdtemp(prefix=".deleted-", dir=self.cache))
        with suppress(FileNotFoundError):
            place.rename(doomed / name)
        shutil.rmtree(doomed, ignore_errors=True)

    def keep_cached(self, names: Collection[str], pattern: re.Pattern[str]) -> None:
        """Drop the local copies whose names match but are not among these, and what killed processes left."""
        if not self.cache.is_dir():
            return
        abandoned_before = time.time() - _ABANDONED_AFTER_S
        with self._lock():
            for place in self.cache.iterdir():
                if pattern.fullmatch(place.name) and place.name not in names:
                    self.drop_cached(place.name)
                elif place.name.startswith(".") and place.is_dir() and _changed_at(place) < abandoned_before:
                    shutil.rmtree(place, ignore_errors=True)

    def _cached(self, name: str) -> Path:
        """Return where a local copy is or will be; its parent exists.

        Raises
        ------
        ValueError
            The name could leave the folder.
        """
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a name of the store: {name!r}")
        self.cache.mkdir(parents=True, exist_ok=True)
        return self.cache / name

    def _address(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    def _upload(self, name: str, place: Path) -> None:
        address = self._address(name)
        self._files.makedirs(address, exist_ok=True)
        files = sorted(file.name for file in place.iterdir())
        for file in sorted(files, key=_SEAL.__eq__):
            self._files.put_file(str(place / file), f"{address}/{file}")
        self._files.invalidate_cache()

    def _compare(self, name: str, place: Path) -> None:
        for file in place.iterdir():
            with (
                self._files.open(f"{self._address(name)}/{file.name}", "rb") as stored,
                file.open("rb") as own,
            ):
                if _digest(stored) != _digest(own):
                    raise OSError(f"{file.name} comes back different from what was written")

    def _download(self, name: str) -> Path:
        """Copy a folder aside and return where; removed again when that fails."""
        self._cached(name)
        address = self._address(name)
        place = Path(tempfile.mkdtemp(prefix=".fetched-", dir=self.cache))
        try:
            with _away(self.url):
                self._files.invalidate_cache()
                if not self._files.exists(f"{address}/{_SEAL}"):
                    raise NotStored(f"{name} is not in {self.url}")
                for entry in self._files.ls(address, detail=True):
                    file = Path(entry["name"]).name
                    if entry["type"] == "file" and _FILE.fullmatch(file):
                        self._files.get_file(entry["name"], str(place / file))
            place.chmod(0o755)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        return place

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Let one process at a time fill the cache: all workers want a new model at the same moment."""
        self.cache.mkdir(parents=True, exist_ok=True)
        with (self.cache / ".lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _changed_at(place: Path) -> float:
    try:
        return place.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _digest(stream: Any) -> bytes:
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK_BYTES):
        digest.update(chunk)
    return digest.digest()


@contextmanager
def _away(url: str) -> Iterator[None]:
    """Turn what the many kinds of stores raise into one error."""
    try:
        yield
    except (NotStored, StoreAway):
        raise
    except Exception as error:
        raise StoreAway(f"{url}: {type(error).__name__}: {error}") from error
