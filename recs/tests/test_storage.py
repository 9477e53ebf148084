"""Snapshots on disk: all or nothing, and no changed bit goes unnoticed."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from recs import HybridRecommender, RecommenderSnapshot
from recs.array_directory import MANIFEST, canonical, read_manifest, sealed
from recs.errors import (
    CorruptSnapshotError,
    SnapshotExistsError,
    SnapshotNotFoundError,
    SnapshotVersionError,
)
from recs.storage import SCHEMA_VERSION
from recs.tests.toy import AS_OF, CONFIGS, interactions


@pytest.fixture(name="saved")
def _saved(plain: RecommenderSnapshot, tmp_path: Path) -> Path:
    path = tmp_path / "snapshot"
    plain.save(path)
    return path


def contents(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.iterdir()}


def flips(original: bytes) -> Iterator[bytes]:
    """Yield copies with one bit flipped, in places spread over the whole file."""
    step = max(1, len(original) // 15)
    for place, offset in enumerate([*range(0, len(original), step), len(original) - 1]):
        changed = bytearray(original)
        changed[offset] ^= 1 << (place % 8)
        yield bytes(changed)


def test_every_flipped_bit_is_refused_and_named(saved: Path) -> None:
    for file, original in contents(saved).items():
        for changed in flips(original):
            (saved / file).write_bytes(changed)
            with pytest.raises(CorruptSnapshotError, match=r"snapshot: \S+: ") as refusal:
                RecommenderSnapshot.load(saved)
            assert refusal.value.file in {file, MANIFEST}
        (saved / file).write_bytes(original)
    RecommenderSnapshot.load(saved)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_byte_and_every_length_is_guarded(saved: Path) -> None:
    for file, original in contents(saved).items():
        for offset in range(len(original)):
            changed = bytearray(original)
            changed[offset] ^= 1 << (offset % 8)
            for damaged in (bytes(changed), original[:offset]):
                (saved / file).write_bytes(damaged)
                with pytest.raises(CorruptSnapshotError):
                    RecommenderSnapshot.load(saved)
        (saved / file).write_bytes(original)
    RecommenderSnapshot.load(saved)


def test_every_truncated_or_longer_file_is_refused_even_unverified(saved: Path) -> None:
    for file, original in contents(saved).items():
        for changed in (b"", original[: len(original) // 2], original[:-1], original + b"\0"):
            (saved / file).write_bytes(changed)
            for verify in (True, False):
                with pytest.raises(CorruptSnapshotError):
                    RecommenderSnapshot.load(saved, verify=verify)
        (saved / file).write_bytes(original)


def test_every_missing_file_is_refused(saved: Path) -> None:
    for file, original in contents(saved).items():
        (saved / file).unlink()
        with pytest.raises(CorruptSnapshotError, match=file):
            RecommenderSnapshot.load(saved, verify=False)
        (saved / file).write_bytes(original)


def test_manifest_flips_are_refused_even_unverified(saved: Path) -> None:
    for changed in flips((saved / MANIFEST).read_bytes()):
        (saved / MANIFEST).write_bytes(changed)
        with pytest.raises(CorruptSnapshotError):
            RecommenderSnapshot.load(saved, verify=False)


def test_a_sealed_but_foreign_manifest_is_refused(saved: Path) -> None:
    content = read_manifest(saved, SCHEMA_VERSION)
    (saved / MANIFEST).write_bytes(sealed({**content, "schemaVersion": 99}))
    with pytest.raises(SnapshotVersionError, match="99"):
        RecommenderSnapshot.load(saved)
    (saved / MANIFEST).write_bytes(sealed({**content, "files": {"../other": content["files"]["item_ids"]}}))
    with pytest.raises(CorruptSnapshotError, match="impossible array name"):
        RecommenderSnapshot.load(saved)
    (saved / MANIFEST).write_bytes(sealed({**content, "vocabulary": {"kind": "int64", "fingerprint": "0"}}))
    with pytest.raises(CorruptSnapshotError, match="fingerprint"):
        RecommenderSnapshot.load(saved)
    (saved / MANIFEST).write_bytes(canonical([1, 2]))
    with pytest.raises(CorruptSnapshotError, match=MANIFEST):
        RecommenderSnapshot.load(saved)


def test_a_snapshot_from_before_tables_and_sums_were_saved_answers_the_same(tmp_path: Path) -> None:
    close = interactions(timestamp=AS_OF - 60.0 * np.arange(11.0)[::-1])
    close["item_id"] //= 10  # ids that lie close get a table
    snapshot = HybridRecommender(CONFIGS["two"]).fit(close, as_of=AS_OF)
    snapshot.save(tmp_path / "now")
    now = RecommenderSnapshot.load(tmp_path / "now")
    assert now.parts.vocabulary.places is not None
    assert now.parts.blended is not None
    shutil.copytree(tmp_path / "now", tmp_path / "before")
    _age(tmp_path / "before")
    before = RecommenderSnapshot.load(tmp_path / "before")
    assert (before.parts.vocabulary.places, before.parts.blended) == (None, None)
    for history in ([1], [2, 4, 99], [-(2**62), 5]):
        new, old = (each.recommend(history, 5) for each in (now, before))
        assert new.item_ids.tolist() == old.item_ids.tolist()
        assert new.scores == pytest.approx(old.scores, abs=1e-6)
        for reason, earlier in zip(new.reasons, old.reasons, strict=True):
            assert reason._replace(contribution=0.0) == earlier._replace(contribution=0.0)
            assert reason.contribution == pytest.approx(earlier.contribution, abs=1e-6)
        assert new.unknown_ids == old.unknown_ids


def _age(path: Path) -> None:
    """Take away what older versions did not save."""
    content = read_manifest(path, SCHEMA_VERSION)
    del content["blended"], content["serving"]["max_contributions"]
    for name in [name for name in content["files"] if name.startswith(("item_places", "blended."))]:
        del content["files"][name]
        (path / f"{name}.npy").unlink()
    (path / MANIFEST).write_bytes(sealed(content))


def test_nothing_at_the_path(tmp_path: Path) -> None:
    with pytest.raises(SnapshotNotFoundError, match="nowhere"):
        RecommenderSnapshot.load(tmp_path / "nowhere")


def test_a_taken_path_is_refused_and_left_alone(plain: RecommenderSnapshot, saved: Path) -> None:
    before = contents(saved)
    with pytest.raises(SnapshotExistsError, match="never overwritten"):
        plain.save(saved)
    assert contents(saved) == before
    assert [file.name for file in saved.parent.iterdir()] == [saved.name]


@pytest.mark.parametrize("calls", [0, 1, 5, 20])
def test_a_failing_disk_leaves_nothing(
    plain: RecommenderSnapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    left = [calls]

    def full(_: int) -> None:
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        left[0] -= 1

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        plain.save(tmp_path / "snapshot")
    assert list(tmp_path.iterdir()) == []


def test_loaded_arrays_are_maps_that_refuse_writes(saved: Path) -> None:
    snapshot = RecommenderSnapshot.load(saved)
    with pytest.raises(ValueError, match="read-only"):
        snapshot.item_ids[0] = 1
    assert snapshot.counts["items"] == 7
    assert snapshot.facts.libraries.keys() >= {"python", "numpy", "scipy", "pandas"}
