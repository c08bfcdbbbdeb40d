"""A Meilisearch server, spoken to so that nothing fails quietly: every write is awaited, every error has a code.

The key needs: documents.*, indexes.*, settings.update, tasks.get. Server 1.2 or newer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, cast

import meilisearch
import requests
from meilisearch.errors import MeilisearchApiError, MeilisearchCommunicationError, MeilisearchTimeoutError
from meilisearch.models.task import TaskInfo

from search.engine import Condition, EngineDown

Row = dict[str, Any]
KEY = "code"
_BY_CODE = {
    "index_not_found": Condition.MISSING,
    "invalid_document_filter": Condition.BROKEN,  # the settings are not (yet) ours
    "no_space_left_on_device": Condition.FULL,
    "database_size_limit_reached": Condition.FULL,
}
_BY_STATUS = {
    401: Condition.KEY_REFUSED,
    403: Condition.KEY_REFUSED,
    404: Condition.OUTDATED,  # no index or document was meant: the route is unknown to this server
    405: Condition.OUTDATED,
    507: Condition.FULL,
}
_ABANDONED_AFTER = timedelta(hours=6)


class Server:
    def __init__(self, url: str, key: str | None, timeout_s: int = 5, task_timeout_s: float = 120) -> None:
        self._url = url.rstrip("/")
        self._key = key
        self._timeout_s = timeout_s
        self._task_timeout_s = task_timeout_s

    def get(self, index: str, code: str) -> Row | None:
        try:
            with _translated():
                return dict(self._client().index(index).get_document(code))
        except EngineDown as down:
            if down.detail == "document_not_found":
                return None
            raise

    def fetch(self, index: str, where: str, offset: int, limit: int) -> tuple[list[Row], int]:
        """One page of the documents that pass, and how many pass in all."""
        with _translated():
            asked = {"filter": where, "offset": offset, "limit": limit}
            page = self._client().index(index).get_documents(asked)
            return [dict(document) for document in page.results], int(page.total)

    def create(self, index: str) -> None:
        self._do(lambda client: client.create_index(index, {"primaryKey": KEY}))

    def create_if_missing(self, index: str) -> None:
        try:
            with _translated():
                self._client().get_raw_index(index)
        except EngineDown as down:
            if down.code is not Condition.MISSING:
                raise
            self.create(index)

    def set_up(self, index: str, settings: Row) -> None:
        self._do(lambda client: client.index(index).update_settings(settings))

    def add(self, index: str, rows: Sequence[Row]) -> None:
        """Replaces whole documents; the server applies one call at once or not at all."""
        self._do(lambda client: client.index(index).add_documents(list(rows), KEY))

    def remove(self, index: str, where: str) -> None:
        self._do(lambda client: client.index(index).delete_documents(filter=where))

    def swap(self, one: str, other: str) -> None:
        self._do(lambda client: client.swap_indexes([{"indexes": [one, other]}]))

    def drop(self, index: str) -> None:
        self._do(lambda client: client.delete_index(index))

    def abandoned(self, prefix: str, newest: str) -> list[str]:
        """Indexes under the prefix that are hours older than `newest`, by the server's own clock."""
        with _translated():
            listed = cast(Row, self._client().get_raw_indexes({"limit": 1000}))  # annotated as a list; it is an object
            born = {row["uid"]: datetime.fromisoformat(row["createdAt"]) for row in listed["results"]}
            old = [uid for uid, at in born.items() if born[newest] - at > _ABANDONED_AFTER]
        return [uid for uid in old if uid.startswith(prefix) and uid != newest]

    def _client(self) -> meilisearch.Client:
        """A new one each time: the client keeps the headers of the running request, so threads must not share it."""
        return meilisearch.Client(self._url, self._key, timeout=self._timeout_s)

    def _do(self, order: Callable[[meilisearch.Client], TaskInfo]) -> None:
        with _translated():
            client = self._client()
            ordered = order(client)
            task = client.wait_for_task(ordered.task_uid, timeout_in_ms=int(self._task_timeout_s * 1000))
            if task.status != "succeeded":
                code = (task.error or {}).get("code")
                condition = _BY_CODE.get(code or "", Condition.TASK_FAILED)
                raise EngineDown(condition, f"task {task.type} {task.status}: {code}")


@contextmanager
def _translated() -> Iterator[None]:
    """The client's errors as EngineDown. The detail holds codes of the server, never its message or a document."""
    try:
        yield
    except MeilisearchTimeoutError as failure:
        raise EngineDown(Condition.SLOW) from failure
    except MeilisearchCommunicationError as failure:
        raise EngineDown(Condition.UNREACHABLE) from failure
    except MeilisearchApiError as failure:
        condition = _BY_CODE.get(failure.code or "") or _BY_STATUS.get(failure.status_code, Condition.UNCLEAR)
        raise EngineDown(condition, str(failure.code or failure.status_code)) from failure
    except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError) as failure:
        raise EngineDown(Condition.UNCLEAR, type(failure).__name__) from failure
