"""The engine that needs nothing installed: snapshots on disk, what changed since on top, every profile scored.

Nothing here is truth. Each query asks the source what changed after its snapshot and lets that count instead, so an
answer is as fresh as the database even when no worker runs; without a usable snapshot the whole source is scored.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from search import snapshots
from search.documents import ProfileDocument, VacancyDocument, Vocabulary
from search.encoding import FORMAT
from search.engine import Condition, EngineDown, EngineState, Matches, Progress, Source, condition_of
from search.ranking import LIMIT, candidates_among

if TYPE_CHECKING:
    from search.columns import Columns  # numpy is loaded with the first snapshot, not at start-up

NAME = "embedded"


@dataclass(frozen=True, slots=True)
class _View:
    """A snapshot in memory; it holds every change up to and including `number`."""

    generation: str
    number: int
    columns: Columns


class EmbeddedEngine:
    def __init__(self, directory: Path, source: Source, vocabulary: Callable[[], Vocabulary]) -> None:
        self._directory = directory
        self._source = source
        self._vocabulary = vocabulary
        self._lock = Lock()
        self._seen: str | None = None
        self._view: _View | Condition = Condition.MISSING

    def candidates_for(
        self, vacancy: VacancyDocument, today: date, limit: int = LIMIT, among: frozenset[str] | None = None
    ) -> Matches:
        vocabulary = self._vocabulary()
        view = self._current()
        if isinstance(view, _View):
            head, changes = self._source.changes_since(view.number)
            if head >= view.number:
                changed = _only(among, (profile for profile in changes.values() if profile is not None))
                found = view.columns.best(vacancy, vocabulary, today, limit, among=among, without=changes)
                matches = candidates_among((*found, *changed), vacancy, vocabulary, today, limit)
                return Matches(matches, self._state_of(view, head))
            view = Condition.FOREIGN
        everybody = _only(among, self._source.everything())
        matches = candidates_among(everybody, vacancy, vocabulary, today, limit)
        return Matches(matches, EngineState(NAME, True, "", self._source.head(), view))

    def rebuild(self, progress: Progress | None = None) -> EngineState:
        from search.packing import pack

        number = self._source.head()  # before reading: a change in between is then told again, never missed
        parts = pack(_counted(self._source.everything(), progress))
        try:
            snapshots.publish(self._directory, {"format": FORMAT, "number": number}, parts)
        except OSError as failure:
            code = Condition.FULL if failure.errno in (errno.ENOSPC, errno.EDQUOT) else Condition.BROKEN
            raise EngineDown(code, f"snapshot not written: {failure.strerror}") from failure
        return self.state()

    def catch_up(self) -> EngineState:
        state = self.state()
        return self.rebuild() if state.behind or not state.generation else state

    def state(self) -> EngineState:
        view, head = self._current(), self._source.head()
        if isinstance(view, _View) and head >= view.number:
            return self._state_of(view, head)
        condition = Condition.FOREIGN if isinstance(view, _View) else view
        return EngineState(NAME, True, "", head, condition)

    def _state_of(self, view: _View, head: int) -> EngineState:
        behind = head - view.number
        return EngineState(NAME, True, view.generation, behind, condition_of(behind))

    def _current(self) -> _View | Condition:
        """The newest snapshot, read once for each generation; the directory is looked at each time."""
        newest = snapshots.newest_generation(self._directory)
        with self._lock:
            if newest is None:
                self._seen, self._view = None, Condition.MISSING
            elif newest != self._seen:
                self._seen, self._view = newest, self._load()
            return self._view

    def _load(self) -> _View | Condition:
        from search.columns import Columns

        try:
            snapshot = snapshots.read_newest(self._directory)
            if snapshot is None:
                return Condition.MISSING
            if snapshot.facts["format"] != FORMAT:
                return Condition.OUTDATED
            return _View(snapshot.generation, int(snapshot.facts["number"]), Columns(snapshot.parts))
        except (snapshots.SnapshotError, KeyError, ValueError, TypeError):
            return Condition.BROKEN


def _only(among: frozenset[str] | None, profiles: Iterable[ProfileDocument]) -> Iterator[ProfileDocument]:
    return (profile for profile in profiles if among is None or profile.code in among)


def _counted(profiles: Iterable[ProfileDocument], progress: Progress | None) -> Iterator[ProfileDocument]:
    for count, profile in enumerate(profiles, start=1):
        yield profile
        if progress is not None and count % 1000 == 0:
            progress(count)
