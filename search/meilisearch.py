"""The engine on a Meilisearch server: it filters, we score, and read on until the top is certain.

The index carries a marker that says up to which change it is whole. Whatever changed later is taken from the source
instead, so an answer is as fresh as the database however long the server's queue is. An answer that cannot be
certain is none: EngineDown.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from datetime import date
from itertools import islice
from uuid import uuid4

from search import meilisearch_rows as rows
from search.documents import ProfileDocument, VacancyDocument, Vocabulary
from search.encoding import decode
from search.engine import Condition, EngineDown, EngineState, Matches, Progress, Source, condition_of
from search.meilisearch_rows import Marker
from search.meilisearch_server import Server
from search.ranking import LIMIT, Match, candidates_among, steps
from search.scorer import ceiling_without_skills

NAME = "meilisearch"
INDEX = "reilu_profiles"
PAGE = 1000
_ATTEMPTS = 3
_LARGEST_CATCH_UP = 5000  # beyond it a rebuild is the smaller request
_LONGEST_LIST = 500  # codes named in a filter; a longer list is applied here


class MeilisearchEngine:
    def __init__(
        self, server: Server, source: Source, vocabulary: Callable[[], Vocabulary], index: str = INDEX
    ) -> None:
        self._server = server
        self._source = source
        self._vocabulary = vocabulary
        self._index = index

    def candidates_for(
        self, vacancy: VacancyDocument, today: date, limit: int = LIMIT, among: frozenset[str] | None = None
    ) -> Matches:
        for _ in range(_ATTEMPTS):
            marker = self._marker()
            head, changes = self._source.changes_since(marker.number)
            if head < marker.number:
                raise EngineDown(Condition.FOREIGN)
            changed = [profile for profile in changes.values() if profile is not None]
            indexed = self._best_indexed(vacancy, today, limit, among, changes)
            if self._marker() == marker:
                fresh = (profile for profile in (*indexed, *changed) if among is None or profile.code in among)
                matches = candidates_among(fresh, vacancy, self._vocabulary(), today, limit)
                return Matches(matches, _state(marker, head))
        raise EngineDown(Condition.BUSY)

    def rebuild(self, progress: Progress | None = None) -> EngineState:
        """Builds beside the index in use and swaps at the end; a rebuild that fails leaves the old one in use."""
        number = self._source.head()  # before reading: a change in between is then told again, never missed
        generation = uuid4().hex[:12]
        building = f"{self._index}_{generation}"
        self._server.create(building)
        self._server.set_up(building, rows.SETTINGS)
        self._fill(building, progress)
        self._server.add(building, [Marker(number, generation, uuid4().hex).row()])
        self._server.create_if_missing(self._index)
        self._server.swap(self._index, building)
        for left in (*self._server.abandoned(f"{self._index}_", building), building):
            self._server.drop(left)
        return self.state()

    def catch_up(self) -> EngineState:
        try:
            marker = self._marker()
        except EngineDown as down:
            if down.code not in {Condition.MISSING, Condition.OUTDATED, Condition.BROKEN}:
                raise
            return self.rebuild()
        head, changes = self._source.changes_since(marker.number)
        if head < marker.number or len(changes) > _LARGEST_CATCH_UP:
            return self.rebuild()
        if head > marker.number:
            moved = Marker(head, marker.generation, uuid4().hex)
            written = [rows.live_row(now) if now else rows.gone_row(code) for code, now in changes.items()]
            self._server.add(self._index, [*written, moved.row()])
            self._server.remove(self._index, rows.GONE)
            marker = moved
        return _state(marker, head)

    def state(self) -> EngineState:
        try:
            marker = self._marker()
        except EngineDown as down:
            return EngineState(NAME, False, "", 0, down.code)
        head = self._source.head()
        if head < marker.number:
            return EngineState(NAME, False, marker.generation, 0, Condition.FOREIGN)
        return _state(marker, head)

    def _marker(self) -> Marker:
        row = self._server.get(self._index, rows.MARKER)
        if row is None:
            raise EngineDown(Condition.MISSING, "no marker")
        try:
            marker = rows.marker_of(row)
        except (KeyError, TypeError, ValueError) as failure:
            raise EngineDown(Condition.BROKEN, "marker") from failure
        if marker is None:
            raise EngineDown(Condition.OUTDATED, "format")
        return marker

    def _fill(self, index: str, progress: Progress | None) -> None:
        count = 0
        profiles = iter(self._source.everything())
        while batch := [rows.live_row(profile) for profile in islice(profiles, PAGE)]:
            self._server.add(index, batch)
            count += len(batch)
            if progress is not None:
                progress(count)
        _, held = self._server.fetch(index, rows.LIVE, 0, 1)
        if held != count:
            raise EngineDown(Condition.BROKEN, f"{held} of {count} profiles indexed")

    def _best_indexed(
        self,
        vacancy: VacancyDocument,
        today: date,
        limit: int,
        among: frozenset[str] | None,
        changed: Container[str],
    ) -> list[ProfileDocument]:
        """Unchanged profiles that include the best `limit`; who holds no counting skill is read only if one of them
        could still come in."""
        where = rows.constraints_filter(vacancy, today)
        if among is not None and len(among) <= _LONGEST_LIST:
            where = f"{where} AND {rows.codes_filter(among)}"
        vocabulary = self._vocabulary()
        found: list[ProfileDocument] = []
        for tier in rows.skill_tiers(vacancy, vocabulary) or (None,):
            if found and self._is_certain(candidates_among(found, vacancy, vocabulary, today, limit), vacancy, limit):
                break
            for profile in self._all(f"{where} AND {tier}" if tier else where):
                if profile.code not in changed and (among is None or profile.code in among):
                    found.append(profile)
        return found

    def _is_certain(self, best: tuple[Match, ...], vacancy: VacancyDocument, limit: int) -> bool:
        return len(best) >= limit and steps(best[-1].score.total) > steps(ceiling_without_skills(vacancy))

    def _all(self, where: str) -> Iterator[ProfileDocument]:
        offset, total = 0, 1
        while offset < total:
            page, total = self._server.fetch(self._index, where, offset, PAGE)
            if not page and offset < total:
                raise EngineDown(Condition.UNCLEAR, "a page was missing")
            offset += len(page)
            for row in page:
                try:
                    yield decode(row["document"])
                except (KeyError, TypeError, ValueError) as failure:
                    raise EngineDown(Condition.BROKEN, "document") from failure


def _state(marker: Marker, head: int) -> EngineState:
    behind = head - marker.number
    return EngineState(NAME, True, marker.generation, behind, condition_of(behind))
