"""`make run`: what it starts serves a prepared database, and nothing is left when it stops."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.support.server import HOST, OURS, ROOT, free_port

Run = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def run(tmp_path: Path, port: int) -> Iterator[Run]:
    started: list[subprocess.Popen[str]] = []

    def start(**settings: str) -> subprocess.Popen[str]:
        own = {"PORT": str(port), "REILU_DEMO": "0", "REILU_INSTANCE": str(tmp_path / "instance")} | settings
        environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)} | own
        command = [sys.executable, "-P", "portal/run.py"]
        output = subprocess.PIPE
        started.append(subprocess.Popen(command, env=environment, cwd=ROOT, stdout=output, stderr=output, text=True))
        return started[-1]

    yield start
    for each in started:
        if each.poll() is None:
            each.terminate()
        each.communicate()


def is_ready(port: int) -> bool:
    try:
        with urlopen(f"http://{HOST}:{port}/readyz", timeout=2) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


def soon(what: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def test_it_serves_what_it_prepared_and_stops_at_a_signal(run: Run, port: int) -> None:
    running = run()
    assert soon(lambda: is_ready(port)), running.poll()
    running.send_signal(signal.SIGINT)
    said, _errors = running.communicate(timeout=30)
    assert running.returncode == 0 and f"http://{HOST}:{port}" in said
    assert soon(lambda: is_free(port))


def test_a_database_that_cannot_be_prepared_is_said_and_nothing_is_left_running(run: Run, port: int) -> None:
    nowhere = free_port()
    running = run(DATABASE_URL=f"postgresql://nobody@{HOST}:{nowhere}/nothing")
    said, _errors = running.communicate(timeout=60)
    assert running.returncode == 1 and "The database was not prepared" in said
    assert soon(lambda: is_free(port))
