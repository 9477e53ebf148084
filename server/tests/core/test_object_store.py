"""A name is whole or absent, what comes back is what was written, and a store that is away says so."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from server.core.object_store import NotStored, ObjectStore, StoreAway
from server.settings import REPOSITORY_ROOT, InvalidSettings, Settings

FILES = {"a.npy": b"x" * 3_000_000, "empty.npy": b"", "manifest.json": b"{}"}
KILLS = 6


def fill(place: Path) -> None:
    place.mkdir()
    for name, content in FILES.items():
        (place / name).write_bytes(content)


def content_of(place: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in place.iterdir()}


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    url = f"file://{tmp_path / 'store'}" if request.param == "file" else f"memory://{tmp_path.name}/store"
    return ObjectStore(url, tmp_path / "cache")


def elsewhere(store: ObjectStore, tmp_path: Path) -> ObjectStore:
    """The same store, seen from a machine that has nothing yet."""
    return ObjectStore(store.url, tmp_path / "other cache")


def test_another_machine_gets_what_was_written(store: ObjectStore, tmp_path: Path) -> None:
    assert store.names() == []
    store.add("model-1", fill)
    other = elsewhere(store, tmp_path)
    assert other.names() == ["model-1"]
    assert content_of(other.fetch("model-1")) == FILES
    other.delete("model-1")
    assert store.names() == []
    assert content_of(store.fetch("model-1")) == FILES
    with pytest.raises(NotStored):
        other.fetch("model-1")


def test_a_folder_without_its_seal_is_absent(store: ObjectStore, tmp_path: Path) -> None:
    store.add("model-1", fill)
    store._files.rm_file(f"{store._address('model-1')}/manifest.json")
    with pytest.raises(NotStored):
        elsewhere(store, tmp_path).fetch("model-1")
    assert not [path for path in (tmp_path / "other cache").iterdir() if path.is_dir()]


def test_a_store_that_gives_back_something_else_gets_nothing(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = type(store._files).put_file

    def damaging(files: Any, source: str, target: str, **options: Any) -> None:
        put(files, source, target, **options)
        if target.endswith("a.npy"):
            files.pipe_file(target, FILES["a.npy"][:-1] + b"y")

    monkeypatch.setattr(type(store._files), "put_file", damaging)
    with pytest.raises(StoreAway, match="different"):
        store.add("model-1", fill)
    assert store.names() == []


def test_a_store_that_is_away_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ObjectStore("memory://away", tmp_path / "cache")

    def refuse(*_arguments: Any, **_options: Any) -> Any:
        raise RuntimeError("no route to the store")

    for method in ("exists", "makedirs", "isdir", "rm", "rm_file"):
        monkeypatch.setattr(MemoryFileSystem, method, refuse)
    for ask in (
        lambda: store.add("model-1", fill),
        lambda: store.fetch("model-1"),
        store.names,
        lambda: store.delete("model-1"),
    ):
        with pytest.raises(StoreAway, match="no route"):
            ask()


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "/etc", "A", "x" * 101, "a\n"])
def test_names_cannot_leave_the_store(store: ObjectStore, name: str) -> None:
    for ask in (store.fetch, store.delete, store.drop_cached):
        with pytest.raises(ValueError, match="not a name"):
            ask(name)


def test_the_cache_keeps_what_is_wanted_and_forgets_what_was_abandoned(tmp_path: Path) -> None:
    store = ObjectStore(f"file://{tmp_path / 'store'}", tmp_path / "cache")
    for name in ("model-1", "model-2", "other-1"):
        store.add(name, fill)
    for name, age_s in ((".fetched-now", 0), (".fetched-old", 7_200)):
        (store.cache / name).mkdir()
        os.utime(store.cache / name, (time.time() - age_s,) * 2)
    store.keep_cached({"model-2"}, re.compile(r"model-\d+"))
    left = sorted(path.name for path in store.cache.iterdir() if path.is_dir())
    assert left == [".fetched-now", "model-2", "other-1"]
    assert store.names() == ["model-1", "model-2", "other-1"]


ADDING = """
import sys
from pathlib import Path
from server.core.object_store import ObjectStore
from server.tests.core.test_object_store import fill

store = ObjectStore(sys.argv[1], Path(sys.argv[2]))
print("ready", flush=True)
number = 0
while True:
    number += 1
    store.add(f"model-{number}", fill)
    store.drop_cached(f"model-{number}")
"""


async def test_kill_9_while_writing_leaves_whole_folders_or_none(tmp_path: Path) -> None:
    store = ObjectStore(f"file://{tmp_path / 'store'}", tmp_path / "cache")
    rng, whole = np.random.default_rng(11), 0
    for _ in range(KILLS):
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            ADDING,
            store.url,
            str(store.cache),
            cwd=REPOSITORY_ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        assert child.stdout is not None
        await child.stdout.readline()
        await asyncio.sleep(rng.uniform(0.01, 0.12))
        child.send_signal(signal.SIGKILL)
        await child.wait()
        other = elsewhere(store, tmp_path)
        for name in store.names():
            try:
                assert content_of(other.fetch(name)) == FILES
                whole += 1
            except NotStored:
                assert name == f"model-{max(int(n[6:]) for n in store.names())}"
            store.delete(name)
            other.drop_cached(name)
    assert whole > 0


@pytest.mark.parametrize("url", ["nowhere", "no-such-scheme://x", ":", "s4://bucket"])
def test_an_address_that_nothing_opens_stops_the_start(url: str) -> None:
    with pytest.raises(InvalidSettings, match="JACKDAW_SNAPSHOT_URL"):
        Settings.from_env({"JACKDAW_SNAPSHOT_URL": url})


def test_the_default_store_is_a_folder_beside_the_data(tmp_path: Path) -> None:
    settings = Settings.from_env({"JACKDAW_DATA_DIR": str(tmp_path)})
    assert settings.snapshot_store == f"file://{tmp_path}/snapshots"
    assert Settings(snapshot_url="memory://x").snapshot_store == "memory://x"
