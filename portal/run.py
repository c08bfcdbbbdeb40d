"""`make run`: prepare the database, load demo data into an empty one, start web and worker, say where and who.

Everything is a child process; Ctrl-C stops both. Production runs gunicorn and the worker by its own supervisor.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

BIN = Path(sys.executable).parent
ADDRESS = "127.0.0.1"


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
    filling = [sys.executable, "-m", "seeds", "--prepare", *(["--demo", "--if-empty"] if demo else [])]
    subprocess.run(filling, env=environment, check=True)
    children = [start_web(port, environment)]
    return watch(children, port, environment)


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex((ADDRESS, port)) != 0


def launch(environment: dict[str, str], *command: str | Path) -> subprocess.Popen[bytes]:
    log = Path(environment.get("REILU_INSTANCE", "instance")) / "portal.log"
    with log.open("ab") as file:
        return subprocess.Popen([BIN / command[0], *command[1:]], env=environment, stderr=file, start_new_session=True)


def start_web(port: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return launch(
        environment, "gunicorn", "portal:serve()", "--bind", f"{ADDRESS}:{port}", "--worker-class", "gthread",
        "--threads", "4", "--log-level", "warning", "--no-control-socket",
    )  # fmt: skip


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
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
    if not stopping:
        print("A part of the portal stopped by itself; instance/portal.log says why.")
    return 0 if stopping else 1


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
