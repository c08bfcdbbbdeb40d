"""Profiles as columns: one row a profile, filtered and scored as whole numpy arrays.

Whatever a profile has several of (skills, languages, reach, blocks) is an inverted list: the rows that carry a tag,
with a level where there is one. Only a vacancy's own tags are touched, so the time grows with what it asks and not
with what the profiles hold. Each step repeats the scorer's arithmetic in the scorer's order: same bits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search import ranking
from search.documents import SKILL_LEVELS, AskedSkill, ProfileDocument, VacancyDocument, Vocabulary
from search.encoding import decode
from search.packing import KINDS, bits_of
from search.scorer import (
    FAR_VALUE,
    MINOR_GROUP_VALUE,
    NEAR_VALUE,
    NEIGHBOUR_CREDIT,
    SUB_MAJOR_GROUP_VALUE,
    WEIGHTS,
    TermKind,
    language_credit,
    level_credit,
    wished_languages,
)

_DECODED = 2000  # documents kept ready, for the pages that ask about the same people


Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tagged:
    """The rows that carry one tag, ascending, and the level of each (0 where the tag has none)."""

    rows: NDArray[np.int32]
    levels: NDArray[np.int8]


_NOBODY = Tagged(np.zeros(0, np.int32), np.zeros(0, np.int8))


class Columns:
    """Read-only once made, so that threads may share it."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        """From what `pack` wrote; raises KeyError or ValueError when a part is missing or cut."""
        self._column: dict[str, NDArray[Any]] = {name: np.frombuffer(parts[name], kind) for name, kind in KINDS.items()}
        self._documents = parts["documents"]
        self._place = {tag: place for place, tag in enumerate(json.loads(parts["tags"]))}
        codes = parts["codes"].decode("ascii").split()
        self._row = {code: row for row, code in enumerate(codes)}
        if len(codes) != len(self._column["document_ends"]):
            raise ValueError("The columns do not have one row for each code.")
        self.document = lru_cache(maxsize=_DECODED)(self._decoded)

    def __len__(self) -> int:
        return len(self._row)

    def _decoded(self, row: int) -> ProfileDocument:
        ends = self._column["document_ends"]
        start = int(ends[row - 1]) if row else 0
        return decode(json.loads(self._documents[start : int(ends[row])]))

    def best(
        self,
        vacancy: VacancyDocument,
        vocabulary: Vocabulary,
        today: date,
        limit: int,
        *,
        among: Iterable[str] | None = None,
        without: Iterable[str] = (),
    ) -> list[ProfileDocument]:
        """The best `limit` under every constraint, in no order; `without` hides rows that changed since."""
        mask = self._passing(vacancy, today)
        if among is not None:
            mask &= self._mask_of(among)
        mask &= ~self._mask_of(without)
        rows = np.flatnonzero(mask)
        if len(rows) > limit:
            rows = self._first(rows, self.totals(vacancy, vocabulary)[rows], vacancy, limit)
        return [self.document(int(row)) for row in rows]

    def totals(self, vacancy: VacancyDocument, vocabulary: Vocabulary) -> Values:
        """The scorer's total of every row, whether it passes or not."""
        reached, whole = np.zeros(len(self)), np.zeros(len(self))
        parts = (
            (TermKind.ESSENTIAL, self._skills(vacancy.essential, vocabulary)),
            (TermKind.OPTIONAL, self._skills(vacancy.optional, vocabulary)),
            (TermKind.OCCUPATION, self._occupation(vacancy)),
            (TermKind.LANGUAGES, self._languages(vacancy)),
            (TermKind.NEARNESS, self._nearness(vacancy)),
        )
        for kind, values in parts:
            if values is not None:
                reached += WEIGHTS[kind] * values
                whole += WEIGHTS[kind] * (self._column["wishes"] if kind is TermKind.OCCUPATION else 1)
        totals: Values = 100 * reached / whole
        return totals

    def _tagged(self, tag: str) -> Tagged:
        place = self._place.get(tag)
        if place is None:
            return _NOBODY
        ends = self._column["tag_ends"]
        part = slice(int(ends[place - 1]) if place else 0, int(ends[place]))
        return Tagged(self._column["tag_rows"][part], self._column["tag_levels"][part])

    def _mask_of(self, codes: Iterable[str]) -> Mask:
        mask = np.zeros(len(self), np.bool_)
        mask[[row for row in map(self._row.get, codes) if row is not None]] = True
        return mask

    def _passing(self, vacancy: VacancyDocument, today: date) -> Mask:
        column = self._column
        mask: Mask = (column["bands"] & bits_of(vacancy.bands)) != 0
        mask &= (column["hours_min"] <= vacancy.hours_max) & (column["hours_max"] >= vacancy.hours_min)
        mask &= column["eligible"] >= max(vacancy.starts_on, today).toordinal()
        mask &= self._in_reach(vacancy)
        for tag in _refusals(vacancy):
            mask[self._tagged(tag).rows] = False
        for asked in vacancy.languages:
            if asked.must:
                speakers = self._tagged(f"language:{asked.code}")
                able = np.zeros(len(self), np.bool_)
                able[speakers.rows[speakers.levels >= asked.level]] = True
                mask &= able
        return mask

    def _in_reach(self, vacancy: VacancyDocument) -> Mask:
        mask = np.zeros(len(self), np.bool_)
        lives = f"lives:{vacancy.municipality}"
        for tag in (lives, f"reach:{vacancy.municipality}", f"reach_region:{vacancy.region}"):
            mask[self._tagged(tag).rows] = True
        return mask

    def _skills(self, asked: tuple[AskedSkill, ...], vocabulary: Vocabulary) -> Values | None:
        if not asked:
            return None
        reached, whole = np.zeros(len(self)), 0.0
        for skill in asked:
            weight = vocabulary.weight(skill.code)
            reached += weight * self._skill(skill, vocabulary)
            whole += weight
        return reached / whole

    def _skill(self, asked: AskedSkill, vocabulary: Vocabulary) -> Values:
        credit = np.zeros(len(self))
        exact = self._tagged(f"skill:{asked.code}")
        if asked.licence:
            credit[exact.rows] = 1.0
            return credit
        broader = vocabulary.broader.get(asked.code)
        for neighbour in ((broader,) if broader else ()) + vocabulary.narrower(asked.code):
            credit[self._tagged(f"skill:{neighbour}").rows] = NEIGHBOUR_CREDIT
        by_level = np.array([0.0] + [level_credit(level, asked.level) for level in range(1, SKILL_LEVELS + 1)])
        credit[exact.rows] = np.maximum(credit[exact.rows], by_level[exact.levels])
        return credit

    def _occupation(self, vacancy: VacancyDocument) -> Values:
        values = np.zeros(len(self))
        values[self._tagged(f"isco2:{vacancy.isco[:2]}").rows] = SUB_MAJOR_GROUP_VALUE
        values[self._tagged(f"isco3:{vacancy.isco[:3]}").rows] = MINOR_GROUP_VALUE
        values[self._tagged(f"occupation:{vacancy.occupation}").rows] = 1.0
        return values

    def _languages(self, vacancy: VacancyDocument) -> Values | None:
        wished = wished_languages(vacancy)
        if not wished:
            return None
        reached = np.zeros(len(self))
        for code, asked in wished:
            speakers = self._tagged(f"language:{code}")
            by_level = np.array([language_credit(level, asked) for level in range(7)])
            reached[speakers.rows] += by_level[speakers.levels]
        return reached / float(len(wished))

    def _nearness(self, vacancy: VacancyDocument) -> Values:
        values = np.full(len(self), FAR_VALUE)
        for tag in (f"in_region:{vacancy.region}", f"reach:{vacancy.municipality}", f"reach_region:{vacancy.region}"):
            values[self._tagged(tag).rows] = NEAR_VALUE
        values[self._tagged(f"lives:{vacancy.municipality}").rows] = 1.0
        return values

    def _first(self, rows: Rows, totals: Values, vacancy: VacancyDocument, limit: int) -> Rows:
        """The rows that come first in the order of `ranking`, found with a cut before the full sort."""
        steps = (totals * ranking.STEPS_PER_POINT + 0.5).astype(np.int64)
        cut = np.partition(steps, len(steps) - limit)[len(steps) - limit]
        rows, steps = rows[steps >= cut], steps[steps >= cut]
        places = _mix(self._column["fold"][rows] ^ np.uint64(ranking.seed(vacancy.code)))
        order = np.lexsort((places, self._column["waiting"][rows], -steps))
        return rows[order[:limit]]


def _refusals(vacancy: VacancyDocument) -> list[str]:
    return [
        *(f"not_company:{company}" for company in vacancy.companies),
        *(f"not_group:{group}" for group in vacancy.groups),
        *(f"not_sector:{sector}" for sector in vacancy.sectors),
    ]


def _mix(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """`ranking.mix` on a column; unsigned arrays wrap around as its mask does."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
