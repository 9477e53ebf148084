"""`python -m server`: it starts, repairs itself, refuses plainly and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from server.tests.processes.instance import (
    Instance,
    are_gone,
    run_server,
    running,
    starting,
    wait_until,
)
from server.tests.support.folders import open_folder


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """One data folder for this file: only the first test pays for making the cluster."""
    with open_folder() as folder:
        yield folder


@pytest.fixture
def empty_dir() -> Iterator[Path]:
    """A folder in which a refused start must leave nothing."""
    with open_folder() as folder:
        yield folder


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stops_in_order_and_leaves_no_process(data_dir: Path, number: signal.Signals) -> None:
    with running(data_dir, JACKDAW_WORKERS="2") as instance:
        assert instance.answers()
        family = instance.children()
        assert len(instance.workers()) == 2
        assert instance.stop(number) == 0
        assert are_gone(family)
        assert [line for line in instance.lines if "Traceback" in line] == []
    assert "database system is shut down" in (data_dir / "postgres.log").read_text().splitlines()[-1]


def test_outlives_the_terminal_only_when_told_to(data_dir: Path) -> None:
    for number, expected in ((signal.SIG_DFL, 0), (signal.SIG_IGN, None)):
        former = signal.signal(signal.SIGHUP, number)
        try:
            with running(data_dir) as instance:
                instance.process.send_signal(signal.SIGHUP)
                if expected is None:
                    assert instance.answers()
                    assert instance.stop() == 0
                else:
                    assert instance.process.wait(30) == expected
        finally:
            signal.signal(signal.SIGHUP, former)


def test_a_group_wide_ctrl_c_reaches_postgres_last(data_dir: Path) -> None:
    with running(data_dir) as instance:
        postgres = instance.postgres()
        group = os.getpgid(instance.process.pid)
        assert os.getpgid(postgres.pid) != group
        assert all(os.getpgid(worker.pid) != group for worker in instance.workers())
        os.killpg(group, signal.SIGINT)
        assert instance.process.wait(30) == 0
        assert not any("lost the database" in line for line in instance.lines)


def test_replaces_a_killed_worker(data_dir: Path) -> None:
    with running(data_dir) as instance:
        (former,) = instance.workers()
        former_environment = former.environ()
        former.kill()
        wait_until(lambda: [worker.pid for worker in instance.workers()] not in ([], [former.pid]))
        wait_until(instance.answers)
        (current,) = instance.workers()
        assert current.environ()["JACKDAW_WORKER_ID"] == former_environment["JACKDAW_WORKER_ID"]
        assert instance.stop() == 0


def test_brings_a_killed_postgres_back(data_dir: Path) -> None:
    with running(data_dir) as instance:
        former = instance.postgres()
        (worker,) = instance.workers()
        former.kill()
        wait_until(lambda: are_gone([former]))
        wait_until(instance.answers)
        assert instance.postgres().pid != former.pid
        assert [current.pid for current in instance.workers()] == [worker.pid], "the worker must survive it"
        assert instance.stop() == 0


def test_a_killed_supervisor_leaves_no_orphan(data_dir: Path) -> None:
    with running(data_dir, JACKDAW_WORKERS="2") as instance:
        family = instance.children()
        instance.process.kill()
        instance.process.wait()
        wait_until(lambda: are_gone(family))
    with running(data_dir) as instance:
        assert instance.answers()


def test_a_second_start_shares_the_cluster_and_inherits_it(data_dir: Path) -> None:
    with running(data_dir) as first, running(data_dir) as second:
        (of_first,), (of_second,) = first.workers(), second.workers()
        assert of_first.environ()["JACKDAW_WORKER_ID"] != of_second.environ()["JACKDAW_WORKER_ID"]
        assert first.stop() == 0
        wait_until(second.has_postgres)
        wait_until(second.answers)
        assert second.stop() == 0


def test_stop_ends_what_runs_on_the_folder(data_dir: Path) -> None:
    with running(data_dir) as instance:
        answer = run_server(data_dir, "stop")
        assert (answer.returncode, answer.stderr) == (0, "")
        assert answer.stdout == f"Stopped Jackdaw (process {instance.process.pid}).\n"
        assert instance.process.wait(5) == 0
    again = run_server(data_dir, "stop")
    assert (again.returncode, again.stdout) == (0, f"No Jackdaw runs on {data_dir}.\n")


def test_can_be_stopped_while_it_starts(empty_dir: Path) -> None:
    with starting(empty_dir) as instance:
        # Past its imports, in the middle of making the cluster or the schema.
        wait_until((empty_dir / "postgres.lock").exists)
        family = instance.children()
        assert instance.stop() == 0
        assert are_gone(family)
        assert [line for line in instance.lines if "Traceback" in line] == []


def open_slow_request(instance: Instance) -> socket.socket:
    """A request whose body is still missing, and which a worker has begun to handle."""
    address = urlsplit(instance.address)
    assert address.hostname is not None
    assert address.port is not None
    connection = socket.create_connection((address.hostname, address.port), timeout=20)
    connection.sendall(
        b"POST /api/v1/interactions HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n"
        b"Content-Length: 13\r\n\r\n"
    )
    time.sleep(0.2)
    return connection


def test_finishes_requests_before_it_ends(data_dir: Path) -> None:
    with running(data_dir) as instance, open_slow_request(instance) as connection:
        instance.process.send_signal(signal.SIGTERM)
        wait_until(lambda: not instance.answers("/livez"))
        connection.sendall(b'{"events":[]}')
        assert connection.recv(64).startswith(b"HTTP/1.1 ")
        assert instance.process.wait(20) == 0


def test_a_second_signal_ends_it_at_once(data_dir: Path) -> None:
    with running(data_dir) as instance, open_slow_request(instance):
        family = instance.children()
        instance.process.send_signal(signal.SIGTERM)
        time.sleep(0.7)
        assert instance.process.poll() is None, "the open request should hold the first stop"
        instance.process.send_signal(signal.SIGTERM)
        assert instance.process.wait(2) == 1
        wait_until(lambda: are_gone(family))


def refusal(data_dir: Path, **settings: str) -> str:
    """What a start that must fail says; one problem is one line, without a trace."""
    answer = run_server(data_dir, **settings)
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert "Traceback" not in answer.stderr
    return answer.stderr


def test_a_taken_port_is_one_line(empty_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refusal(empty_dir / "shop", JACKDAW_PORT=port)
    assert said.startswith(f"Jackdaw cannot start: Port {port} on 127.0.0.1 is taken")
    assert said.count("\n") == 1
    assert list(empty_dir.iterdir()) == []


def test_a_foreign_address_is_one_line(empty_dir: Path) -> None:
    said = refusal(empty_dir / "shop", JACKDAW_HOST="203.0.113.7")
    assert said == "Jackdaw cannot start: JACKDAW_HOST '203.0.113.7' is not an address of this machine.\n"
    assert list(empty_dir.iterdir()) == []


def test_broken_settings_are_named_together(empty_dir: Path) -> None:
    said = refusal(empty_dir / "shop", JACKDAW_PORT="many", JACKDAW_WORKERS="0", JACKDAW_SECRET="short")
    for name in ("JACKDAW_PORT", "JACKDAW_WORKERS", "JACKDAW_SECRET"):
        assert said.count(name) == 1
    assert list(empty_dir.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_one_line(empty_dir: Path) -> None:
    (empty_dir / "shop").write_text("not a folder")
    said = refusal(empty_dir / "shop")
    assert said.startswith(f"Jackdaw cannot start: Cannot write to {empty_dir / 'shop'}: ")
    assert said.count("\n") == 1
    assert (empty_dir / "shop").read_text() == "not a folder"


def test_a_stopped_database_is_one_line(empty_dir: Path) -> None:
    said = refusal(empty_dir / "shop", JACKDAW_DATABASE_URL="postgresql://shop:hidden@127.0.0.1:1/shop")
    assert said.startswith("Jackdaw cannot start: The database at JACKDAW_DATABASE_URL does not answer")
    assert said.count("\n") == 1
    assert "hidden" not in said


def test_a_slip_in_a_setting_is_mentioned(data_dir: Path) -> None:
    with running(data_dir, JACKDAW_PROT="8000") as instance:
        assert "JACKDAW_PROT is not a setting and has no effect.\n" in instance.lines
        assert instance.stop() == 0
