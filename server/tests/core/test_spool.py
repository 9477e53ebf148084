"""The spool loses nothing that was appended and repeats nothing that was let go."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from server.core.spool import (
    QUARANTINE,
    Batch,
    Spool,
    SpoolFull,
    SpoolLocked,
    adopt_abandoned,
    claim,
    encode_record,
)

MAX_BYTES = 100_000


def record(payload: bytes, kind: bytes = b"i") -> bytes:
    return encode_record(kind, payload)


def payloads(spool: Spool) -> list[bytes]:
    """Read and let go of everything."""
    found = []
    while (batch := spool.read()) is not None:
        found += [payload for _kind, payload in batch.records]
        spool.advance(batch)
    return found


@pytest.fixture(name="spool")
def _spool(tmp_path: Path) -> Iterator[Spool]:
    spool = Spool(tmp_path / "0", max_bytes=MAX_BYTES)
    yield spool
    spool.close()


def test_records_come_back_in_order_with_their_kinds(spool: Spool) -> None:
    spool.append(record(b"one") + record(b"two", b"s"), 2)
    batch = spool.read()
    assert batch is not None
    assert batch.records == ((b"i", b"one"), (b"s", b"two"))


def test_a_batch_that_was_not_let_go_is_read_again_by_the_next_process(tmp_path: Path) -> None:
    first = Spool(tmp_path / "0", max_bytes=MAX_BYTES)
    first.append(record(b"one"), 1)
    assert first.read() is not None
    first.close()
    second = Spool(tmp_path / "0", max_bytes=MAX_BYTES)
    assert second.pending_bytes == len(record(b"one"))
    assert payloads(second) == [b"one"]
    assert second.pending_bytes == 0
    second.close()


def test_a_persisted_batch_is_not_read_again_even_when_its_process_died_before_releasing_it(
    tmp_path: Path,
) -> None:
    first = Spool(tmp_path / "0", max_bytes=MAX_BYTES)
    first.append(record(b"one"), 1)
    batch = first.read()
    assert batch is not None
    first.persist(batch)
    first.close()
    second = Spool(tmp_path / "0", max_bytes=MAX_BYTES)
    assert payloads(second) == []
    second.close()


def test_a_torn_last_record_is_cut(tmp_path: Path) -> None:
    first = Spool(tmp_path / "0", max_bytes=MAX_BYTES)
    first.append(record(b"whole"), 1)
    first.append(record(b"torn"), 1)
    first.close()
    segment = next((tmp_path / "0").glob("*.segment"))
    segment.write_bytes(segment.read_bytes()[:-3])
    second = Spool(tmp_path / "0", max_bytes=MAX_BYTES)
    second.append(record(b"next"), 1)
    assert segment.read_bytes() == record(b"whole")
    assert payloads(second) == [b"whole", b"next"]
    assert not (tmp_path / QUARANTINE).exists()
    second.close()


def test_a_broken_record_goes_to_quarantine_and_the_rest_flows(spool: Spool, tmp_path: Path) -> None:
    spool.append(record(b"before"), 1)
    broken = bytearray(record(b"flipped"))
    broken[-3] ^= 1
    spool.append(bytes(broken) + b"no record at all\n" + record(b"after"), 3)
    assert payloads(spool) == [b"before", b"after"]
    kept = (tmp_path / QUARANTINE / "0.lines").read_bytes()
    assert kept == bytes(broken) + b"no record at all\n"


def test_the_cap_refuses_and_stores_nothing(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "0", max_bytes=100)
    spool.append(record(b"x" * 60), 1)
    with pytest.raises(SpoolFull) as refusal:
        spool.append(record(b"y" * 60), 1)
    assert refusal.value.status == 503
    assert refusal.value.retry_after_s
    assert payloads(spool) == [b"x" * 60]
    spool.append(record(b"y" * 60), 1)
    spool.close()


def test_a_reserve_is_left_to_more_important_records(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "0", max_bytes=200)
    spool.append(record(b"x" * 60, b"s"), 1, reserve=0.5)
    with pytest.raises(SpoolFull):
        spool.append(record(b"y" * 60, b"s"), 1, reserve=0.5)
    spool.append(record(b"z" * 60), 1)
    spool.close()


def test_a_full_disk_refuses_and_leaves_no_half_record(spool: Spool) -> None:
    spool.append(record(b"before"), 1)
    real_write = os.write

    def half_written(fd: int, content: bytes) -> int:
        return real_write(fd, content[: len(content) // 2])

    with patch("server.core.spool.os.write", half_written), pytest.raises(SpoolFull):
        spool.append(record(b"cut in two"), 1)
    full = OSError(errno.ENOSPC, "no space")
    with patch("server.core.spool.os.write", side_effect=full), pytest.raises(SpoolFull):
        spool.append(record(b"refused"), 1)
    spool.append(record(b"after"), 1)
    assert payloads(spool) == [b"before", b"after"]


def test_finished_segments_are_deleted(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "0", max_bytes=MAX_BYTES, segment_bytes=50)
    for number in range(10):
        spool.append(record(b"%d" % number * 30), 1)
    assert len(list((tmp_path / "0").glob("*.segment"))) == 5
    assert len(payloads(spool)) == 10
    assert len(list((tmp_path / "0").glob("*.segment"))) == 1
    spool.close()


@pytest.mark.parametrize("content", [b"", b"garbage", b"00000000 1 10", b"\xff\xfe"])
def test_without_a_valid_position_reading_starts_over(tmp_path: Path, content: bytes) -> None:
    first = Spool(tmp_path / "0", max_bytes=MAX_BYTES)
    first.append(record(b"one"), 1)
    payloads(first)
    first.close()
    (tmp_path / "0" / "position").write_bytes(content)
    second = Spool(tmp_path / "0", max_bytes=MAX_BYTES)
    assert payloads(second) == [b"one"]
    second.close()


def test_a_folder_has_one_owner_and_the_next_claim_takes_another_name(tmp_path: Path) -> None:
    first = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    with pytest.raises(SpoolLocked):
        Spool(tmp_path / "0", max_bytes=MAX_BYTES)
    second = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    assert second.folder.name == "0-2"
    assert list(adopt_abandoned(tmp_path, max_bytes=MAX_BYTES)) == []
    first.close()
    second.close()


def test_the_folder_of_a_dead_worker_is_adopted_drained_and_removed(tmp_path: Path) -> None:
    dead = claim(tmp_path, "7", max_bytes=MAX_BYTES)
    dead.append(record(b"left behind"), 1)
    dead.close()
    (adopted,) = adopt_abandoned(tmp_path, max_bytes=MAX_BYTES)
    assert payloads(adopted) == [b"left behind"]
    adopted.remove()
    assert not (tmp_path / "7").exists()


class SpoolModel(RuleBasedStateMachine):
    """Appends, reads, crashes at every point, torn tails: compared with a plain list."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = _fresh_folder()
        self._spool = self._open()
        self._appended: list[bytes] = []
        self._stored: set[bytes] = set()
        self._read: Batch | None = None

    def _open(self) -> Spool:
        return Spool(self._folder, max_bytes=10**9, segment_bytes=200)

    @rule(sizes=st.lists(st.integers(0, 90), min_size=1, max_size=4))
    def append(self, sizes: list[int]) -> None:
        fresh = [b"%d:" % (len(self._appended) + i) + b"x" * size for i, size in enumerate(sizes)]
        self._spool.append(b"".join(map(record, fresh)), len(fresh))
        self._appended += fresh

    @rule()
    def read(self) -> None:
        self._read = self._spool.read()

    @precondition(lambda self: self._read is not None)
    @rule()
    def commit(self) -> None:
        """The database takes the batch; nothing in the spool has moved yet."""
        assert self._read is not None
        self._stored.update(payload for _kind, payload in self._read.records)

    @precondition(lambda self: self._read is not None)
    @rule()
    def commit_and_persist(self) -> None:
        self.commit()
        assert self._read is not None
        self._spool.persist(self._read)

    @precondition(lambda self: self._read is not None)
    @rule()
    def commit_and_advance(self) -> None:
        self.commit()
        assert self._read is not None
        self._spool.advance(self._read)
        self._read = None

    @rule(torn=st.binary(max_size=30))
    def crash(self, torn: bytes) -> None:
        """Die, leaving half of a record that was never acknowledged."""
        self._spool.close()
        segments = sorted(self._folder.glob("*.segment"))
        if segments:
            with segments[-1].open("ab") as file:
                file.write(torn.replace(b"\n", b""))
        self._read = None
        self._spool = self._open()

    @invariant()
    def pending_bytes_are_what_lies_behind_the_position(self) -> None:
        unread = self._spool.read()
        assert (unread is None) == (self._spool.pending_bytes == 0)

    def teardown(self) -> None:
        remaining = payloads(self._spool)
        assert self._stored | set(remaining) >= set(self._appended)
        assert self._spool.pending_bytes == 0
        # In order and without gaps: what is left is the tail of what was appended.
        assert remaining == self._appended[len(self._appended) - len(remaining) :]
        self._spool.close()


def _fresh_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="jackdaw-spool-")) / "0"


SpoolModel.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestSpoolModel = SpoolModel.TestCase
