"""Reads files of any size line by line: gzip or plain, any encoding, with a bound on the length of a line."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from scripts.import_catalog.records import ImportStopped, Refused

MAX_LINE_BYTES = 1 << 20
_CHUNK_BYTES = 1 << 18
_GZIP_MAGIC = b"\x1f\x8b"
_BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
BROKEN_GZIP = "The file ends too early: a truncated or damaged gzip, readable up to line {line}."


class _Unpacked(io.RawIOBase):
    """A gzip in pieces as they come: a damaged end does not take along what was read before."""

    def __init__(self, file: IO[bytes]) -> None:
        self._gzip = gzip.GzipFile(fileobj=file)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub wants the private name
        piece = self._gzip.read1(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


class _Recoded(io.RawIOBase):
    """Another encoding as UTF-8; what cannot be decoded stays as bytes that are no UTF-8 either."""

    def __init__(self, raw: _Unpacked | io.BufferedReader, encoding: str) -> None:
        self._raw = raw
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="surrogateescape")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub wants the private name
        while not self._ready:
            chunk = self._raw.read(_CHUNK_BYTES) or b""
            text = self._decoder.decode(chunk, final=not chunk)
            self._ready = text.encode("utf-8", "surrogateescape")
            if not chunk:
                break
        taken = self._ready[: len(buffer)]
        buffer[: len(taken)] = taken
        self._ready = self._ready[len(taken) :]
        return len(taken)


class Lines:
    """The lines of a file as text.

    A line that cannot be used raises `Refused`; the next call goes on after it.

    Being an iterator that survives its own exceptions is what lets ``csv.reader`` skip a bad line.
    """

    def __init__(self, path: Path, encoding: str = "utf-8") -> None:
        if path.is_dir():
            raise ImportStopped(f"{path} is a folder; this format reads one file.")
        try:
            self._file = path.open("rb")
            self.size_bytes = path.stat().st_size
        except OSError as error:
            raise ImportStopped(f"{path}: {error.strerror or error}.") from error
        self.number = 0
        self._encoding = encoding
        try:
            self._lines = self._open(path, encoding)
        except BaseException:
            self._file.close()
            raise

    def _open(self, path: Path, encoding: str) -> io.BufferedReader:
        head = self._file.read(4)
        self._file.seek(0)
        if not head:
            raise ImportStopped(f"{path} is empty.")
        is_gzip = head.startswith(_GZIP_MAGIC)
        if not is_gzip and (mark := _BYTE_ORDER_MARKS.get(head[:2])) and encoding == "utf-8":
            raise ImportStopped(f"{path} is {mark.upper()}, not UTF-8: add --encoding {mark}.")
        raw = _Unpacked(self._file) if is_gzip else self._file
        if codecs.lookup(encoding).name in {"utf-8", "ascii"}:
            return io.BufferedReader(raw, _CHUNK_BYTES)
        return io.BufferedReader(_Recoded(raw, encoding), _CHUNK_BYTES)

    def position_bytes(self) -> int:
        """How far the file on disk has been read."""
        return self._file.tell() if not self._file.closed else self.size_bytes

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.next_bytes()
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            shown = f"byte 0x{line[error.start]:02x} at {error.start + 1}"
            raise Refused("encoding", f"not {self._encoding.upper()}; try --encoding", shown) from None
        return text.removeprefix("\ufeff") if self.number == 1 else text

    def next_bytes(self) -> bytes:
        """Return the next line as it is, in UTF-8.

        Raises
        ------
        Refused
            The line is longer than `MAX_LINE_BYTES`; it was skipped without being held.
        ImportStopped
            The gzip is damaged from here on.
        """
        line = self._read(MAX_LINE_BYTES + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) <= MAX_LINE_BYTES:
            return line
        length = len(line)
        while not line.endswith(b"\n"):
            line = self._read(MAX_LINE_BYTES)
            if not line:
                break
            length += len(line)
        raise Refused("row", f"longer than {MAX_LINE_BYTES >> 20} MiB", f"{length:,} bytes")

    def _read(self, limit: int) -> bytes:
        try:
            return self._lines.readline(limit)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ImportStopped(BROKEN_GZIP.format(line=self.number)) from error
        except UnicodeError as error:
            raise ImportStopped(f"After line {self.number}: {error}; is --encoding right?") from error
        except OSError as error:
            raise ImportStopped(f"Reading stopped after line {self.number}: {error}.") from error

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
