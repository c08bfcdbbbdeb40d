"""Logs are JSON lines of events: route templates, ids, counts and durations; never people, addresses or free text."""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import Any

from flask import Flask, Response, g, request

from portal.core import clock

PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
log = logging.getLogger("portal.request")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        entry |= {name: value for name, value in record.__dict__.items() if name not in PLAIN}
        if record.exc_info and record.exc_info[1] is not None:
            entry["exception"] = type(record.exc_info[1]).__name__
            entry["where"] = frames(record.exc_info[1])
        return json.dumps(entry, default=str, ensure_ascii=False)


def frames(error: BaseException) -> list[str]:
    """File and line of each frame, without the values, which may be a person's."""
    places, trace = [], error.__traceback__
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-8:]


def start_watch() -> None:
    g.started = time.perf_counter()


def write_line(response: Response) -> Response:
    if request.endpoint != "static":
        log.info(
            "request",
            extra={
                "event": "request",
                "request_id": g.get("request_id"),
                "method": request.method,
                "route": request.url_rule.rule if request.url_rule else None,
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
            },
        )
    return response


def say_nothing(exc_info: Any) -> None:
    """In place of Flask's own line about a crash, which names the path and so may hold a link's token."""


def init(app: Flask) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger("portal")
    if not root.handlers:
        root.addHandler(handler)
        root.setLevel(root.level or logging.INFO)  # whoever asked for less before gets less
        root.propagate = False
    app.logger.handlers = root.handlers
    app.logger.propagate = False
    app.log_exception = say_nothing  # type: ignore[method-assign]  # Flask's writes the path; the crash page logs
    app.before_request(start_watch)
    app.after_request(write_line)
