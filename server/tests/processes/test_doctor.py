"""The doctor names what is wrong and how to mend it, and changes nothing."""

from __future__ import annotations

import socket
from pathlib import Path

from server.supervision.doctor import diagnose, examine


def lines_of(environment: dict[str, str]) -> tuple[int, str]:
    said: list[str] = []
    return diagnose(environment, said.append), "\n".join(said)


def test_finds_nothing_in_the_way_of_a_sound_machine(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    status, said = lines_of({"JACKDAW_DATA_DIR": str(tmp_path / "data"), "JACKDAW_PORT": "0"})

    assert status == 0, said
    assert "Nothing keeps the shop from running." in said
    assert "PostgreSQL 18" in said


def test_names_every_broken_setting_and_looks_no_further() -> None:
    findings = list(examine({"JACKDAW_PORT": "many", "JACKDAW_WORKERS": "0"}))

    assert [finding.subject for finding in findings] == ["python", "settings"]
    assert findings[-1].is_blocking
    assert "JACKDAW_PORT" in findings[-1].detail
    assert "JACKDAW_WORKERS" in findings[-1].detail


def test_names_a_taken_port(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])

        status, said = lines_of({"JACKDAW_DATA_DIR": str(tmp_path), "JACKDAW_PORT": port})

    assert status == 1
    assert port in said


def test_names_a_database_that_does_not_answer(tmp_path: Path) -> None:
    environment = {
        "JACKDAW_DATA_DIR": str(tmp_path),
        "JACKDAW_PORT": "0",
        "JACKDAW_DATABASE_URL": f"postgresql://nobody@/none?host={tmp_path}",
    }

    status, said = lines_of(environment)

    assert status == 1
    assert "JACKDAW_DATABASE_URL" in said


def test_points_at_a_typing_slip_without_failing(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    environment = {"JACKDAW_DATA_DIR": str(tmp_path), "JACKDAW_PORT": "0", "JACKDAW_PROT": "8001"}

    status, said = lines_of(environment)

    assert status == 0, said
    assert "JACKDAW_PROT" in said
