"""The portal as its users run it: gunicorn and the worker on a scratch instance; an SMTP server keeps the mail.

Everything is a child process of the tests except the SMTP server, and `stop` ends each by its own id.
"""

from __future__ import annotations

import email
import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
HOST = "127.0.0.1"
OURS = ("REILU_", "SECRET_KEY", "VAULT_", "MEILI_", "CONTACT_", "BASE_URL", "MAIL_", "SMTP_", "DATABASE_URL", "PORT")
"""What the portal reads of its environment begins like this; nothing of that comes from the tests' own."""
PATIENCE = 90.0
MAIL_PATIENCE = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Post:
    """A real SMTP server; whoever waits for a mail gets it as soon as the worker has sent it."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.taken: set[int] = set()
        self.arrived = threading.Condition()
        self.controller = Controller(self, hostname=HOST, port=free_port(), ready_timeout=20)
        self.controller.start()

    @property
    def url(self) -> str:
        return f"smtp://{HOST}:{self.controller.port}"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        mail = email.message_from_bytes(envelope.content, policy=policy.default)
        with self.arrived:
            self.mails.append(mail)  # type: ignore[arg-type]  # the default policy makes EmailMessage
            self.arrived.notify_all()
        return "250 OK"

    def take(self, address: str, subject: str) -> EmailMessage:
        """The oldest mail to this address with these words in its subject that nobody has taken yet."""
        deadline = time.monotonic() + MAIL_PATIENCE
        with self.arrived:
            while True:
                for number, mail in enumerate(self.mails):
                    if number not in self.taken and mail["To"] == address and subject in mail["Subject"]:
                        self.taken.add(number)
                        return mail
                if (left := deadline - time.monotonic()) <= 0:
                    raise AssertionError(f"No mail “{subject}” to {address}. There are: {self.subjects()}")
                self.arrived.wait(left)

    def to(self, address: str) -> list[EmailMessage]:
        with self.arrived:
            return [mail for mail in self.mails if mail["To"] == address]

    def subjects(self) -> list[tuple[str, str]]:
        return [(str(mail["To"]), str(mail["Subject"])) for mail in self.mails]

    def stop(self) -> None:
        self.controller.stop()


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(mail: EmailMessage, base_url: str) -> str:
    """The first address of the portal in a mail's plain text."""
    found = re.search(re.escape(base_url) + r"[^\s)>\]]+", text_of(mail))
    assert found, text_of(mail)
    return found[0]


class Server:
    """One running portal. `demo` fills it with the demonstration; `database_url` puts it on PostgreSQL; `more` is
    added to its environment."""

    processes = 1

    def __init__(self, folder: Path, demo: bool = False, database_url: str | None = None, **more: str) -> None:
        self.folder, self.port = folder, free_port()
        self.base_url = f"http://{HOST}:{self.port}"
        self.children: list[subprocess.Popen[bytes]] = []
        self.post = Post()
        own = {
            "REILU_ENV": "development", "REILU_INSTANCE": str(folder), "BASE_URL": self.base_url,
            "SMTP_URL": self.post.url, "REILU_DEMO": "1" if demo else "0", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        if database_url:
            own["DATABASE_URL"] = database_url
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)} | own | more
        try:
            self.prepare(demo)
            self.start()
        except BaseException:
            self.stop()
            raise

    @property
    def log(self) -> Path:
        return self.folder / "portal.log"

    def link_for(self, address: str, subject: str = "") -> str:
        """Wait for a mail; where its first link leads."""
        return link_in(self.post.take(address, subject), self.base_url)

    def prepare(self, demo: bool) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.run(BIN / "flask", "--app", "portal", "prepare")
        self.run(sys.executable, "-m", "seeds", *(["--demo"] if demo else []))

    def run(self, *command: str | Path) -> str:
        """Run a command of the portal to its end; what it printed."""
        done = subprocess.run(
            command, check=False, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=180
        )
        assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr[-4000:]}"
        return done.stdout

    def start(self) -> None:
        gunicorn = (
            BIN / "gunicorn", "portal:serve()", "--bind", f"{HOST}:{self.port}", "--worker-class", "gthread",
            "--threads", "4", "--workers", str(self.processes), "--log-level", "warning", "--no-control-socket",
        )  # fmt: skip
        worker = (BIN / "flask", "--app", "portal", "worker")
        with self.log.open("ab") as log:
            for command in (gunicorn, worker):
                self.children.append(subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log))
        self.wait_until_up()

    def wait_until_up(self) -> None:
        """gunicorn takes a call before its first worker answers: that answer is waited for."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and all(child.poll() is None for child in self.children):
            connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
            try:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
            finally:
                connection.close()
        raise AssertionError(f"The portal did not start: {self.tail()}")

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def faults(self) -> list[str]:
        """Lines of the log that tell of a failure of ours: none may be there after a story."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if "Traceback" in line or '"level": "error"' in line or '"status": 5' in line]

    def stop(self) -> None:
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        for child in self.children:
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait(15)
        self.children.clear()
        self.post.stop()
