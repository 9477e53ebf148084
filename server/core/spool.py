"""Accepted events on disk until the database has them: segment files, one folder per worker, one reader.

A record is one line: eight hexadecimal digits of CRC-32, one letter that names its kind, the payload. A
killed process loses nothing that was appended (the page cache outlives it); a torn last line is cut at the
next start. Nothing here knows what a payload means, and nothing here waits.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from server.core.problems import Unavailable

SEGMENT_BYTES = 16 * 1024**2
READ_BYTES = 256 * 1024
LOCK = "lock"
QUARANTINE = "quarantine"
MAX_QUARANTINE_BYTES = 64 * 1024**2
_CRC_CHARACTERS = 8
_SUFFIX = ".segment"
logger = logging.getLogger(__name__)


class SpoolFull(Unavailable):
    """The spool has reached its cap, or the disk is full: nothing more is accepted for now."""

    code = "spool.full"


class SpoolLocked(Exception):
    """Another living process owns the folder."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two records: number of a segment and bytes from its beginning."""

    segment: int
    offset: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Records that were read but not yet let go; ``end`` is where the next read begins."""

    records: tuple[tuple[bytes, bytes], ...]
    broken: tuple[bytes, ...]
    end: Position


def encode_record(kind: bytes, payload: bytes) -> bytes:
    """Frame one payload, which must not hold a line feed."""
    body = kind + payload
    return b"%08x%b\n" % (zlib.crc32(body), body)


class Spool:
    """The folder of one worker, open for appending and reading by the process that holds its lock."""

    def __init__(self, folder: Path, *, max_bytes: int, segment_bytes: int = SEGMENT_BYTES) -> None:
        """Take the folder.

        Raises
        ------
        SpoolLocked
            Another process holds it.
        """
        self.folder = folder
        self._max_bytes = max_bytes
        self._segment_bytes = segment_bytes
        folder.mkdir(parents=True, exist_ok=True)
        self._lock_fd = _lock(folder)
        self._sizes = {int(path.stem): path.stat().st_size for path in folder.glob(f"*{_SUFFIX}")}
        self._cut_torn_tail()
        self._position = self._load_position()
        self._segment = max([self._position.segment, *self._sizes])
        self._fd: int | None = None
        self.pending_bytes = self._count_pending()
        self.pending_records = 0

    def append(self, records: bytes, n_records: int, *, reserve: float = 0.0) -> None:
        """Write framed records before the caller answers; no fsync.

        ``reserve`` is the share of the cap that this caller leaves to others.

        Raises
        ------
        SpoolFull
            The cap is reached or the disk is full; nothing was written.
        """
        if self.pending_bytes + len(records) > self._max_bytes * (1.0 - reserve):
            raise SpoolFull("The shop cannot take more events just now.", retry_after_s=5)
        fd = self._writable_segment()
        try:
            written = os.write(fd, records)
        except OSError as error:
            raise SpoolFull("The shop cannot store events just now.", retry_after_s=5) from error
        if written != len(records):
            os.ftruncate(fd, self._sizes[self._segment])
            raise SpoolFull("The shop cannot store events just now.", retry_after_s=5)
        self._sizes[self._segment] += written
        self.pending_bytes += written
        self.pending_records += n_records

    @property
    def position(self) -> Position:
        """Up to here, records are let go."""
        return self._position

    @property
    def end(self) -> Position:
        """Behind the last record."""
        return Position(self._segment, self._sizes.get(self._segment, 0))

    def read(self) -> Batch | None:
        """Return the next records without letting go of them, or ``None`` when there are none."""
        position = self._position
        while position.offset >= self._sizes.get(position.segment, 0):
            later = [segment for segment in self._sizes if segment > position.segment]
            if not later:
                return None
            position = Position(min(later), 0)
        size = min(READ_BYTES, self._sizes[position.segment] - position.offset)
        chunk = _read_at(self._path(position.segment), position.offset, size)
        whole = chunk[: chunk.rfind(b"\n") + 1] or chunk
        records, broken = _decode(whole)
        return Batch(tuple(records), tuple(broken), Position(position.segment, position.offset + len(whole)))

    def persist(self, batch: Batch) -> None:
        """Store durably that the batch is in the database; blocks for an fsync, so call it in a thread."""
        path, end = self.folder / "position", batch.end
        body = b"%d %d" % (end.segment, end.offset)
        temporary = path.with_suffix(".new")
        with temporary.open("wb") as file:
            file.write(b"%08x %b" % (zlib.crc32(body), body))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)

    def release(self, batch: Batch, rejected: Iterable[bytes] = ()) -> None:
        """Go on behind the batch; keep what could not be stored aside and delete finished segments."""
        self._quarantine([*batch.broken, *rejected])
        self._position = batch.end
        for segment in [segment for segment in self._sizes if segment < batch.end.segment]:
            self._path(segment).unlink(missing_ok=True)
            del self._sizes[segment]
        self.pending_bytes = self._count_pending()
        self.pending_records = max(0, self.pending_records - len(batch.records)) if self.pending_bytes else 0

    def advance(self, batch: Batch, rejected: Iterable[bytes] = ()) -> None:
        """Persist and release in one step."""
        self.persist(batch)
        self.release(batch, rejected)

    def close(self) -> None:
        """Give the folder up; what is pending waits for the next process that takes it."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
        os.close(self._lock_fd)

    def remove(self) -> None:
        """Delete the folder of a dead worker once it is drained, then give the lock up."""
        for path in self.folder.iterdir():
            if path.name != LOCK:
                path.unlink()
        (self.folder / LOCK).unlink()
        # A process that starts this very moment may have made a lock of its own here: the folder is then its.
        with contextlib.suppress(OSError):
            self.folder.rmdir()
        self.close()

    def _writable_segment(self) -> int:
        """Open a fresh segment at the first append and whenever the current one has grown enough."""
        if self._fd is not None and self._sizes[self._segment] < self._segment_bytes:
            return self._fd
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
        path = self._path(self._segment + 1)
        try:
            self._fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise SpoolFull("The shop cannot store events just now.", retry_after_s=5) from error
        self._segment += 1
        self._sizes[self._segment] = 0
        return self._fd

    def _path(self, segment: int) -> Path:
        return self.folder / f"{segment:010d}{_SUFFIX}"

    def _cut_torn_tail(self) -> None:
        """Drop the piece of a line that a killed or stopped machine left at the very end."""
        for segment, size in self._sizes.items():
            path = self._path(segment)
            with path.open("rb+") as file:
                end = _end_of_last_line(file.fileno(), size)
                if end != size:
                    logger.warning("spool %s: cut %d bytes of a torn record", path, size - end)
                    file.truncate(end)
                    self._sizes[segment] = end

    def _load_position(self) -> Position:
        """Read the stored position; without a valid one start over, as the database ignores duplicates."""
        first = Position(min(self._sizes, default=0), 0)
        try:
            crc, _, body = (self.folder / "position").read_bytes().partition(b" ")
            if zlib.crc32(body) != int(crc, 16):
                raise ValueError(body)
            segment, offset = (int(part) for part in body.split())
        except (FileNotFoundError, ValueError):
            return first
        if segment not in self._sizes:
            return max(first, Position(segment, 0))
        return Position(segment, min(offset, self._sizes[segment]))

    def _count_pending(self) -> int:
        ahead = sum(size for segment, size in self._sizes.items() if segment >= self._position.segment)
        return ahead - (self._position.offset if self._position.segment in self._sizes else 0)

    def _quarantine(self, lines: list[bytes]) -> None:
        if not lines:
            return
        path = self.folder.parent / QUARANTINE / f"{self.folder.name}.lines"
        logger.error("spool %s: %d unreadable records set aside in %s", self.folder, len(lines), path)
        try:
            path.parent.mkdir(exist_ok=True)
            with path.open("ab") as file:
                if file.tell() < MAX_QUARANTINE_BYTES:
                    file.write(b"".join(line + b"\n" for line in lines))
        except OSError:
            logger.exception("the quarantine of %s cannot be written", self.folder)


def claim(root: Path, name: str, *, max_bytes: int) -> Spool:
    """Take the folder ``name`` under ``root``, or the next free ``name-2``, ``name-3`` ..."""
    number = 1
    while True:
        try:
            return Spool(root / (name if number == 1 else f"{name}-{number}"), max_bytes=max_bytes)
        except SpoolLocked:
            number += 1


def adopt_abandoned(root: Path, *, max_bytes: int) -> Iterator[Spool]:
    """Take every folder whose worker is dead: those whose lock is free."""
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        if not folder.is_dir() or folder.name == QUARANTINE:
            continue
        try:
            yield Spool(folder, max_bytes=max_bytes)
        except (SpoolLocked, FileNotFoundError):
            continue


def _lock(folder: Path) -> int:
    try:
        fd = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise SpoolLocked(folder) from error
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # An adopter may have removed the folder between our open and our lock: then this lock guards nothing.
        if os.fstat(fd).st_nlink == 0:
            raise SpoolLocked(folder)
    except OSError as error:
        os.close(fd)
        raise SpoolLocked(folder) from error
    except SpoolLocked:
        os.close(fd)
        raise
    return fd


def _read_at(path: Path, offset: int, size: int) -> bytes:
    fd = os.open(path, os.O_RDONLY)
    try:
        return os.pread(fd, size, offset)
    finally:
        os.close(fd)


def _end_of_last_line(fd: int, size: int) -> int:
    end = size
    while end > 0:
        start = max(0, end - READ_BYTES)
        found = os.pread(fd, end - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _decode(chunk: bytes) -> tuple[list[tuple[bytes, bytes]], list[bytes]]:
    records: list[tuple[bytes, bytes]] = []
    broken: list[bytes] = []
    crc32 = zlib.crc32
    for line in chunk.removesuffix(b"\n").split(b"\n"):
        body = line[_CRC_CHARACTERS:]
        try:
            is_whole = int(line[:_CRC_CHARACTERS], 16) == crc32(body) and body != b""
        except ValueError:
            is_whole = False
        if is_whole:
            records.append((body[:1], body[1:]))
        else:
            broken.append(line)
    return records, broken
