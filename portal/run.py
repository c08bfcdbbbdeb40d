"""`make run`: prepare the database, load demo data into an empty one, start web and worker, say where and who.

Everything is a child process; Ctrl-C stops both. Production runs gunicorn and the worker by its own supervisor.
The Makefile runs this file by its path: the package is large, and only the children need it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from flask import Flask

BIN = Path(sys.executable).parent
ADDRESS = "127.0.0.1"
PREPARED = "REILU_PREPARED"
"""The variable with the end of a pipe that closes when the database is ready."""


def main() -> int:
    port = os.environ.get("PORT", "8000")
    if not port_is_free(int(port)):
        print(f"Port {port} is in use. Choose another:  make run PORT=8001")
        return 1
    environment = {**os.environ, "REILU_DEMO": os.environ.get("REILU_DEMO", "1")}
    if environment.get("REILU_ENV") == "production":
        print("make run is for trying the portal out; see README, Deploy, for production.")
        return 1
    demo = environment["REILU_DEMO"] == "1"
    prepared, done = os.pipe()
    web = start_web(port, environment, prepared)
    filling = [sys.executable, "-m", "seeds", "--prepare", *(["--demo", "--if-empty"] if demo else [])]
    try:
        failed = subprocess.run(filling, env=environment, check=False).returncode
    except KeyboardInterrupt:
        failed = 1
    os.close(done)
    if failed:
        stop_all([web])
        print("The database was not prepared; what stands above says why.")
        return 1
    return watch([web], port, environment)


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex((ADDRESS, port)) != 0


def launch(environment: dict[str, str], *command: str | Path, keeps: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    log = Path(environment.get("REILU_INSTANCE", "instance")) / "portal.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as file:
        return subprocess.Popen(
            [BIN / command[0], *command[1:]], env=environment, stderr=file, start_new_session=True, pass_fds=keeps
        )


def start_web(port: str, environment: dict[str, str], prepared: int) -> subprocess.Popen[bytes]:
    return launch(
        {**environment, PREPARED: str(prepared)}, "gunicorn", "portal.run:serve_when_prepared()",
        "--bind", f"{ADDRESS}:{port}", "--worker-class", "gthread", "--threads", "4", "--timeout", "300",
        "--log-level", "warning", "--no-control-socket", keeps=(prepared,),
    )  # fmt: skip


def serve_when_prepared() -> Flask:
    """The code is read while the database is prepared; nothing is opened or served before."""
    from portal import serve
    from portal.features import all_features

    all_features()
    os.read(int(os.environ[PREPARED]), 1)  # returns when `main` closes its end
    return serve()


def watch(children: list[subprocess.Popen[bytes]], port: str, environment: dict[str, str]) -> int:
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    told = False
    while not stopping and all(child.poll() is None for child in children):
        if not told and is_up(port):
            told = True
            children.append(launch(environment, "flask", "--app", "portal", "worker"))
            tell(port, environment)
        time.sleep(0.2)
    stop_all(children)
    if not stopping:
        print("A part of the portal stopped by itself; instance/portal.log says why.")
    return 0 if stopping else 1


def stop_all(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()


def is_up(port: str) -> bool:
    try:
        with urlopen(f"http://{ADDRESS}:{port}/healthz", timeout=1):
            return True
    except (URLError, OSError):
        return False


def tell(port: str, environment: dict[str, str]) -> None:
    print(f"\nReilu is at http://{ADDRESS}:{port}   (Ctrl-C stops it; the log is instance/portal.log)", flush=True)
    if environment["REILU_DEMO"] == "1":
        subprocess.run([sys.executable, "-m", "seeds", "--accounts"], env=environment, check=False)


if __name__ == "__main__":
    sys.exit(main())
