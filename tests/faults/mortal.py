"""A life: a process of the portal that is killed (SIGKILL) just before its n-th act.

An act is what anybody outside the process could notice: a statement or a commit on either database, a step of the
talk with the mail server, a line in the anchor file, the answer to a browser. Dying between two acts is the same as
dying just before the second, so the lives 0, 1, 2 … of one piece of work are all its deaths. Nothing in the portal
knows of this: the acts are counted where the libraries do them.
"""

from __future__ import annotations

import json
import os
import signal
import smtplib
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from portal.core import vault
from portal.core.anchors import AnchorFile
from portal.core.db import db
from portal.worker import Worker

LONGEST_SECONDS = 60
COMMANDS = ("ehlo", "helo", "mail", "rcpt", "data", "rset", "quit", "starttls", "auth")


@dataclass(frozen=True)
class Act:
    """`piece` is the worker's piece of work that did it; `kind` says what it was."""

    piece: str
    kind: str
    number: int


@dataclass
class Life:
    """How a process ended: the acts it did, and the one it died before, if any."""

    acts: list[Act]
    died_before: Act | None


def live(
    app: Flask, work: Callable[[], None], die_at: int | None = None, meanwhile: Callable[[], None] = lambda: None
) -> Life:
    """Do the work in a process of its own; it dies before act number `die_at`. Meanwhile we do `meanwhile`."""
    let_go(app)
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.close(reading)
        begin(work, writing, die_at)
    os.close(writing)
    meanwhile()
    with os.fdopen(reading) as told:
        acts = [Act(*json.loads(line)) for line in told]
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, f"died of signal {os.WTERMSIG(status)} after {acts[-3:]}"
        return Life(acts[:-1], acts[-1])
    assert os.WEXITSTATUS(status) == 0, f"ended with {os.WEXITSTATUS(status)} after {acts[-3:]}"
    return Life(acts, None)


def let_go(app: Flask) -> None:
    """No connection may be open on both sides of a fork."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
        vault.store().engine.dispose()


def begin(work: Callable[[], None], writing: int, die_at: int | None) -> None:
    """The child's whole life; it never returns."""
    code = 1
    try:
        signal.alarm(LONGEST_SECONDS)
        fate.begin(writing, die_at)
        watch_databases()
        watch_mail()
        watch_anchors()
        work()
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


class Fate:
    """Counts the acts of this process, tells each to whoever waits for its end, and kills it before the last."""

    def __init__(self) -> None:
        self.writing, self.die_at, self.count, self.piece = -1, None, 0, ""

    def begin(self, writing: int, die_at: int | None) -> None:
        self.writing, self.die_at, self.count = writing, die_at, 0

    def act(self, kind: str) -> None:
        if self.writing < 0:
            return
        os.write(self.writing, (json.dumps([self.piece, kind, self.count]) + "\n").encode())
        if self.count == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1


fate = Fate()


def watch_databases() -> None:
    def statement(_connection: Any, _cursor: Any, text: str, *_rest: Any) -> None:
        if not text.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            fate.act(f"sql {text.split(None, 1)[0].lower()}")

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", lambda _connection: fate.act("commit"))


def watch_mail() -> None:
    connect, send = smtplib.SMTP.connect, smtplib.SMTP.send

    def connects(self: smtplib.SMTP, *args: Any, **kwargs: Any) -> Any:
        fate.act("smtp connect")
        return connect(self, *args, **kwargs)

    def sends(self: smtplib.SMTP, data: Any) -> None:
        word = (data.split(None, 1) or [""])[0] if isinstance(data, str) else ""
        fate.act(f"smtp {word.lower()}" if word.lower() in COMMANDS else "smtp content")
        send(self, data)

    smtplib.SMTP.connect, smtplib.SMTP.send = connects, sends  # type: ignore[method-assign]


def watch_anchors() -> None:
    append = AnchorFile.append

    def appends(self: AnchorFile, *args: Any) -> Any:
        fate.act("anchor")
        return append(self, *args)

    AnchorFile.append = appends  # type: ignore[method-assign]


class MortalWorker(Worker):
    """The worker, saying which piece of work its acts belong to. It does only pieces whose names begin like these."""

    def __init__(self, only: tuple[str, ...]) -> None:
        super().__init__()
        self.only = only

    def guarded(self, name: str, work: Callable[[], int | None]) -> int:
        fate.piece = name
        return super().guarded(name, work) if name.startswith(self.only) else 0


def rounds(app: Flask, only: tuple[str, ...]) -> None:
    """A worker's life until there is nothing more to do just now."""
    with app.app_context():
        worker = MortalWorker(only)
        worker.run_once()
        while worker.run_once():
            pass


def serve_one(app: Flask, listening: socket.socket) -> None:
    """A web process that answers one request; its last act is the first byte of the answer."""
    from werkzeug.serving import make_server

    def answering(environ: Any, start_response: Any) -> Any:
        answer = app.wsgi_app(environ, start_response)
        fate.act("answer")
        return answer

    host, port = listening.getsockname()
    make_server(host, port, answering, fd=listening.fileno()).handle_request()
