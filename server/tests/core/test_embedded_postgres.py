"""The embedded PostgreSQL: made once, shared, back after kill -9, and plain about what is wrong."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from server.core.embedded_postgres import (
    EmbeddedPostgres,
    EmbeddedPostgresError,
    binaries,
    home,
    temporary_cluster,
)
from server.core.embedded_postgres.postmaster_file import (
    FILE_NAME,
    SOCKET_NAME,
    answers,
    is_server_of,
    read_postmaster,
)

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
without_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
PATIENCE_S = 20.0


@pytest.fixture
def cluster(data_dir: Path) -> Iterator[EmbeddedPostgres]:
    """A running server in `data_dir`."""
    with_server = EmbeddedPostgres(data_dir, durable=False)
    with_server.start()
    yield with_server
    with_server.stop(immediate=True)


def ask(dsn: str, statement: str) -> object:
    """Run one statement on a connection of its own."""

    async def run() -> object:
        connection = await asyncpg.connect(dsn, timeout=5)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    with asyncio.Runner() as runner:
        return runner.run(run())


def wait_until(condition: Callable[[], bool]) -> None:
    """Poll a condition that must come true soon."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def socket_of(cluster: EmbeddedPostgres) -> Path:
    return Path(cluster.dsn.partition("?host=")[2])


def back(cluster: EmbeddedPostgres, former_pid: int) -> bool:
    cluster.keep_running()
    postmaster = read_postmaster(cluster.home.cluster)
    return postmaster is not None and postmaster.is_ready and postmaster.pid not in {former_pid, os.getpid()}


def test_brings_the_extensions_and_a_locale_of_its_own() -> None:
    with temporary_cluster() as cluster:
        for name in ("pg_trgm", "unaccent", "citext"):
            ask(cluster.dsn, f"CREATE EXTENSION {name}")
        assert ask(cluster.dsn, "SELECT lower('ÄÖÉ')") == "äöé"
        assert ask(cluster.dsn, "SELECT unaccent('Müller')") == "Muller"
        assert ask(cluster.dsn, "SELECT 'Jay'::citext = 'jAY'") is True
        assert ask(cluster.dsn, "SELECT datcollate FROM pg_database WHERE datname = 'jackdaw'") == "C.UTF-8"
        folder = cluster.home.root
        pid = cluster.pid
    assert not folder.exists()
    assert pid is not None
    assert not is_server_of(folder / "postgres", pid)


def test_survives_a_power_cut_unless_a_test_waives_that(data_dir: Path) -> None:
    with temporary_cluster() as cluster:
        assert ask(cluster.dsn, "SELECT current_setting('fsync')") == "off"
    durable = EmbeddedPostgres(data_dir)
    durable.start()
    try:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            assert ask(durable.dsn, f"SELECT current_setting('{name}')") == "on"
    finally:
        durable.stop()


def test_only_the_owner_of_the_socket_folder_can_connect(cluster: EmbeddedPostgres) -> None:
    folder = socket_of(cluster).stat()
    assert folder.st_mode & 0o777 == 0o700
    assert folder.st_uid == cluster.home.user.uid
    assert ask(cluster.dsn, "SELECT current_setting('listen_addresses')") == ""


@as_root
def test_root_does_not_run_the_server(cluster: EmbeddedPostgres) -> None:
    status = Path(f"/proc/{cluster.pid}/status").read_text()
    uids = next(line for line in status.splitlines() if line.startswith("Uid:"))
    groups = next(line for line in status.splitlines() if line.startswith("Groups:"))
    assert "0" not in uids.split()[1:]
    assert groups.split()[1:] in ([], [str(cluster.home.user.gid)])


def test_keeps_its_rows_between_orderly_starts(data_dir: Path) -> None:
    first = EmbeddedPostgres(data_dir)
    first.start()
    ask(first.dsn, "CREATE TABLE kept AS SELECT 7 AS n")
    first.stop()
    assert not answers(socket_of(first))
    second = EmbeddedPostgres(data_dir)
    second.start()
    try:
        assert ask(second.dsn, "SELECT n FROM kept") == 7
    finally:
        second.stop()


def test_comes_back_after_the_server_was_killed(cluster: EmbeddedPostgres) -> None:
    ask(cluster.dsn, "CREATE TABLE kept AS SELECT 7 AS n")
    dsn, pid = cluster.dsn, cluster.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: back(cluster, pid))
    assert cluster.dsn == dsn
    assert ask(dsn, "SELECT n FROM kept") == 7


def test_starts_although_a_foreign_process_has_the_pid_in_the_file(data_dir: Path) -> None:
    first = EmbeddedPostgres(data_dir)
    first.start()
    ask(first.dsn, "CREATE TABLE kept AS SELECT 7 AS n")
    lines = (first.home.cluster / FILE_NAME).read_text().splitlines()
    first.stop(immediate=True)
    # The user matters: PostgreSQL asks with kill(pid, 0), which only its own user's processes answer.
    user = first.home.user
    foreign = subprocess.Popen(["/bin/sleep", "60"], user=user.uid if user.is_dropped_to else None)
    try:
        (first.home.cluster / FILE_NAME).write_text("\n".join([str(foreign.pid), *lines[1:], ""]))
        second = EmbeddedPostgres(data_dir)
        second.start()
        try:
            assert ask(second.dsn, "SELECT n FROM kept") == 7
        finally:
            second.stop()
        assert foreign.poll() is None
    finally:
        foreign.kill()
        foreign.wait()


def test_a_second_process_attaches_and_inherits(cluster: EmbeddedPostgres, data_dir: Path) -> None:
    second = EmbeddedPostgres(data_dir, durable=False)
    second.start()
    assert not second.is_owner
    assert second.dsn == cluster.dsn
    second.stop()
    assert answers(socket_of(cluster)), "who only attached must not end the server"

    third = EmbeddedPostgres(data_dir, durable=False)
    third.start()
    former_pid = cluster.pid
    assert former_pid is not None
    cluster.stop()
    assert not answers(socket_of(third))
    try:
        wait_until(lambda: back(third, former_pid))
        assert third.is_owner
        assert ask(third.dsn, "SELECT 1") == 1
    finally:
        third.stop(immediate=True)


def test_ends_in_order_when_its_process_is_killed(data_dir: Path) -> None:
    program = (
        "import pathlib, sys, time\n"
        "from server.core.embedded_postgres import EmbeddedPostgres\n"
        "server = EmbeddedPostgres(pathlib.Path(sys.argv[1]))\n"
        "server.start()\n"
        "print(server.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program, str(data_dir)], stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    pid = int(owner.stdout.readline())
    owner.kill()
    owner.wait()
    owner.stdout.close()
    if sys.platform == "linux":
        wait_until(lambda: not is_server_of(data_dir / "postgres", pid))
        assert "database system is shut down" in (data_dir / "postgres.log").read_text()
    heir = EmbeddedPostgres(data_dir)
    heir.start()
    try:
        assert ask(heir.dsn, "SELECT 1") == 1
    finally:
        heir.stop()


def test_uses_a_short_folder_when_the_path_is_too_long_for_a_socket(data_dir: Path) -> None:
    long = data_dir / ("d" * 90)
    owner = EmbeddedPostgres(long, durable=False)
    owner.start()
    second = EmbeddedPostgres(long, durable=False)
    try:
        second.start()
        folder = socket_of(owner)
        assert len(os.fsencode(folder / SOCKET_NAME)) < 100
        assert folder.stat().st_mode & 0o777 == 0o700
        assert ask(second.dsn, "SELECT 1") == 1
    finally:
        owner.stop(immediate=True)
    assert not folder.exists()


@as_root
def test_moves_out_of_a_folder_that_the_server_user_cannot_reach(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "RELOCATED_ROOT", data_dir / "elsewhere")
    closed = data_dir / "closed"
    closed.mkdir(mode=0o700)
    wanted = closed / "shop"
    first = EmbeddedPostgres(wanted, durable=False)
    first.start()
    ask(first.dsn, "CREATE TABLE kept AS SELECT 7 AS n")
    first.stop()
    assert first.home.relocated_from == wanted
    assert first.home.root.parent == data_dir / "elsewhere"
    assert closed.stat().st_mode & 0o777 == 0o700, "the modes of other folders are not ours to widen"

    closed.chmod(0o755)
    second = EmbeddedPostgres(wanted, durable=False)
    second.start()
    try:
        assert ask(second.dsn, "SELECT n FROM kept") == 7, "an opened folder must not hide the cluster"
    finally:
        second.stop(immediate=True)


@as_root
def test_copies_binaries_that_the_server_user_cannot_execute(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = binaries._packaged_folder()
    assert packaged is not None
    closed = data_dir / "closed"
    site_packages = packaged.parent.parent.parent
    for name in (binaries.PACKAGE, binaries.LIBRARIES):
        shutil.copytree(site_packages / name, closed / name)
    closed.chmod(0o700)
    monkeypatch.setattr(binaries, "_packaged_folder", lambda: closed / binaries.PACKAGE / "pginstall" / "bin")
    cluster = EmbeddedPostgres(data_dir / "data", durable=False)
    cluster.start()
    try:
        assert Path(f"/proc/{cluster.pid}/exe").readlink().is_relative_to(data_dir / "data")
        assert ask(cluster.dsn, "SELECT 1") == 1
    finally:
        cluster.stop(immediate=True)


def refusal(data_dir: Path) -> str:
    """The one line that a start fails with."""
    with pytest.raises(EmbeddedPostgresError) as caught:
        EmbeddedPostgres(data_dir).start()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_names_a_file_that_is_in_the_way(data_dir: Path) -> None:
    (data_dir / "file").write_text("not a folder")
    assert f"Cannot write to {data_dir / 'file'}" in refusal(data_dir / "file" / "shop")
    assert [path.name for path in data_dir.iterdir()] == ["file"]


@without_root
def test_names_a_folder_that_may_not_be_written(data_dir: Path) -> None:
    data_dir.chmod(0o555)
    assert "Permission denied" in refusal(data_dir / "shop")
    assert list(data_dir.iterdir()) == []


def test_names_missing_binaries(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_packaged_folder", lambda: None)
    monkeypatch.setenv("PATH", str(data_dir))
    assert "binaries are missing" in refusal(data_dir / "shop")
    assert not (data_dir / "shop" / "postgres").exists()


def test_names_a_cluster_of_another_version(data_dir: Path) -> None:
    first = EmbeddedPostgres(data_dir)
    first.start()
    first.stop()
    (first.home.cluster / "PG_VERSION").write_text("17\n")
    before = sorted(path.name for path in first.home.cluster.iterdir())
    assert "was made by PostgreSQL 17" in refusal(data_dir)
    assert sorted(path.name for path in first.home.cluster.iterdir()) == before


def test_names_a_full_disk(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "MIN_FREE_BYTES", 2**62)
    assert "is full" in refusal(data_dir)
    assert not (data_dir / "postgres").exists()


def test_repeats_what_the_server_complains_about(data_dir: Path) -> None:
    first = EmbeddedPostgres(data_dir)
    first.start()
    first.stop()
    (first.home.cluster / "postgresql.auto.conf").write_text("no_such_setting = on\n")
    assert "configuration file" in refusal(data_dir)


def test_a_killed_first_start_leaves_nothing_half_made(data_dir: Path) -> None:
    (data_dir / "postgres.new").mkdir()
    (data_dir / "postgres.new" / "PG_VERSION").write_text("18\n")
    cluster = EmbeddedPostgres(data_dir, durable=False)
    cluster.start()
    try:
        assert ask(cluster.dsn, "SELECT 1") == 1
        assert not (data_dir / "postgres.new").exists()
    finally:
        cluster.stop(immediate=True)


def test_knows_a_server_by_its_program_and_its_cluster(cluster: EmbeddedPostgres, data_dir: Path) -> None:
    folder = cluster.home.cluster
    impostor = subprocess.Popen(["/bin/sh", "-c", f"sleep 60 # postgres -D {folder}"])
    try:
        assert cluster.pid is not None
        assert is_server_of(folder, cluster.pid)
        assert not is_server_of(data_dir / "another", cluster.pid)
        assert not is_server_of(folder, impostor.pid)
    finally:
        impostor.kill()
        impostor.wait()
    assert not is_server_of(folder, impostor.pid)
