"""A small HTTP server that speaks the part of Meilisearch we use, tasks and failures included.

Where it and a real server differ, this one is wrong. Faults are switched on by attributes of `Standin`.
"""

from __future__ import annotations

import json
import re
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

TOKEN = re.compile(r'\s*("[^"]*"|>=|<=|[=(),\[\]]|[\w]+)')
KEY = "stand-in-key"


class RefusedError(Exception):
    def __init__(self, status, code):
        super().__init__(code)
        self.status, self.code = status, code


class Standin:
    def __init__(self):
        self.indexes, self.tasks, self.lock = {}, [], threading.RLock()
        self.stuck = False  # tasks stay enqueued
        self.failing = {}  # task type -> error code
        self.delay_s = 0.0
        self.garbage = False  # answers that are no JSON
        self.outdated = False  # no documents/fetch
        self.before_fetch = None  # called before each page
        self.fetches = []
        handler = type("Handler", (_Handler,), {"standin": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def order(self, kind, index, work):
        """Enqueues; a task fails without an HTTP error, as on a real server."""
        with self.lock:
            at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
            task = {"uid": len(self.tasks), "indexUid": index, "type": kind, "status": "enqueued", "enqueuedAt": at}
            task["error"] = None
            self.tasks.append(task)
            if not self.stuck:
                self._run(task, work)
            return {"taskUid": task["uid"], **{name: task[name] for name in ("indexUid", "status", "type")}} | {
                "enqueuedAt": at,
                "status": "enqueued",
            }

    def _run(self, task, work):
        try:
            if task["type"] in self.failing:
                raise RefusedError(400, self.failing[task["type"]])
            work()
            task["status"] = "succeeded"
        except RefusedError as refusal:
            task.update(status="failed", error={"code": refusal.code, "message": "refused", "type": "", "link": ""})

    def index(self, uid):
        if uid not in self.indexes:
            raise RefusedError(404, "index_not_found")
        return self.indexes[uid]


class _Handler(BaseHTTPRequestHandler):
    standin: Standin
    protocol_version = "HTTP/1.0"

    def log_message(self, *args):
        pass

    def _answer(self):
        standin = self.standin
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length) or b"null") if length else None
        try:
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                raise RefusedError(403, "invalid_api_key")
            if standin.delay_s:
                threading.Event().wait(standin.delay_s)
            path = tuple(urlsplit(self.path).path.strip("/").split("/"))
            if path[-1] == "fetch" and standin.before_fetch is not None:
                standin.before_fetch()
            with standin.lock:
                status, answer = _route(standin, self.command, path, body)
        except RefusedError as refusal:
            status, answer = refusal.status, {"code": refusal.code, "message": "refused", "type": "", "link": ""}
        content = b"<html>" if standin.garbage else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


for _method in ("GET", "POST", "PATCH", "DELETE"):
    setattr(_Handler, f"do_{_method}", _Handler._answer)


def _route(standin, method, path, body):  # noqa: PLR0911 - one return for each route
    match (method, *path):
        case ("GET", "tasks", uid):
            return 200, standin.tasks[int(uid)]
        case ("GET", "indexes"):
            return 200, {"results": [_about(uid, index) for uid, index in standin.indexes.items()]}
        case ("POST", "indexes"):
            return 202, standin.order("indexCreation", body["uid"], lambda: _create(standin, body["uid"]))
        case ("GET", "indexes", uid):
            return 200, _about(uid, standin.index(uid))
        case ("DELETE", "indexes", uid):
            return 202, standin.order("indexDeletion", uid, lambda: _drop(standin, uid))
        case ("PATCH", "indexes", uid, "settings"):
            return 202, standin.order("settingsUpdate", uid, lambda: _ensure(standin, uid)["settings"].update(body))
        case ("POST", "indexes", uid, "documents"):
            return 202, standin.order("documentAdditionOrUpdate", uid, lambda: _add(standin, uid, body))
        case ("POST", "indexes", uid, "documents", "delete"):
            return 202, standin.order("documentDeletion", uid, lambda: _delete(standin.index(uid), body["filter"]))
        case ("POST", "indexes", uid, "documents", "fetch") if not standin.outdated:
            return 200, _fetch(standin, uid, body)
        case ("GET", "indexes", uid, "documents", code):
            if code not in standin.index(uid)["rows"]:
                raise RefusedError(404, "document_not_found")
            return 200, standin.index(uid)["rows"][code]
        case ("POST", "swap-indexes"):
            return 202, standin.order("indexSwap", None, lambda: _swap(standin, *body[0]["indexes"]))
    raise RefusedError(404, "not_found")


def _about(uid, index):
    return {"uid": uid, "primaryKey": "code", "createdAt": index["born"], "updatedAt": index["born"]}


def _ensure(standin, uid):
    born = datetime.now(UTC).isoformat()
    return standin.indexes.setdefault(uid, {"rows": {}, "settings": {"filterableAttributes": []}, "born": born})


def _create(standin, uid):
    if uid in standin.indexes:
        raise RefusedError(409, "index_already_exists")
    _ensure(standin, uid)


def _drop(standin, uid):
    standin.index(uid)
    del standin.indexes[uid]


def _add(standin, uid, rows):
    """Like the real one it makes an index that does not exist, with default settings."""
    held = _ensure(standin, uid)["rows"]
    for row in rows:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,511}", row.get("code", "")):
            raise RefusedError(400, "invalid_document_id")
    for row in rows:
        held.pop(row["code"], None)
        held[row["code"]] = row


def _delete(index, where):
    test = parse(where, index["settings"]["filterableAttributes"])
    for code in [code for code, row in index["rows"].items() if test(row)]:
        del index["rows"][code]


def _fetch(standin, uid, body):
    index = standin.index(uid)
    test = parse(body["filter"], index["settings"]["filterableAttributes"])
    standin.fetches.append(body["filter"])
    found = [row for row in index["rows"].values() if test(row)]
    page = found[body["offset"] : body["offset"] + body["limit"]]
    return {"results": page, "offset": body["offset"], "limit": body["limit"], "total": len(found)}


def _swap(standin, one, other):
    standin.index(one), standin.index(other)
    standin.indexes[one], standin.indexes[other] = standin.indexes[other], standin.indexes[one]


def parse(text, filterable):
    """The filter language, as far as AND, OR, brackets, =, >=, <=, IN and NOT IN. Unknown fields are refused."""
    tokens = TOKEN.findall(text)
    if "".join(tokens) != re.sub(r"\s", "", text):
        raise RefusedError(400, "invalid_document_filter")
    test, rest = _either(tokens, filterable)
    if rest:
        raise RefusedError(400, "invalid_document_filter")
    return test


def _either(tokens, filterable):
    tests = []
    while True:
        test, tokens = _both(tokens, filterable)
        tests.append(test)
        if tokens[:1] != ["OR"]:
            return lambda row: any(one(row) for one in tests), tokens
        tokens = tokens[1:]


def _both(tokens, filterable):
    tests = []
    while True:
        test, tokens = _one(tokens, filterable)
        tests.append(test)
        if tokens[:1] != ["AND"]:
            return lambda row: all(one(row) for one in tests), tokens
        tokens = tokens[1:]


def _one(tokens, filterable):
    if tokens[0] == "(":
        test, rest = _either(tokens[1:], filterable)
        return test, rest[1:]
    field, operator, *rest = tokens
    if field not in filterable:
        raise RefusedError(400, "invalid_document_filter")
    if operator in {"=", ">=", "<="}:
        value = rest[0].strip('"')
        compare = {"=": lambda held: str(held) == value, ">=": lambda held: held >= int(value)}
        compare["<="] = lambda held: held <= int(value)
        return lambda row: field in row and compare[operator](row[field]), rest[1:]
    negated = operator == "NOT"
    start = rest.index("[")
    end = rest.index("]")
    values = {token.strip('"') for token in rest[start + 1 : end] if token != ","}

    def within(row):
        held = row.get(field)
        return not values.isdisjoint(held if isinstance(held, list) else [held])

    return (lambda row: not within(row)) if negated else within, rest[end + 1 :]
