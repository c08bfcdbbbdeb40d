"""The one interface to matching. The portal supplies a `Source`, asks an `Engine`, and translates the codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from search.documents import ProfileDocument, VacancyDocument
from search.ranking import LIMIT, Match

Progress = Callable[[int], None]  # how many profiles have been read so far
TOLERATED_CHANGES = 500  # changes not yet in the index before a page says so; the answers hold them either way


class Condition(StrEnum):
    """How the engine is. The portal has a sentence for each."""

    CURRENT = "index_current"
    BEHIND = "index_behind"
    MISSING = "index_missing"
    BROKEN = "index_broken"
    FOREIGN = "index_foreign"  # it knows changes that the database does not: a backup was restored
    BUSY = "index_busy"  # it was rewritten under every attempt to read it
    UNREACHABLE = "engine_unreachable"
    SLOW = "engine_slow"
    KEY_REFUSED = "engine_key_refused"
    FULL = "engine_full"
    TASK_FAILED = "engine_task_failed"
    OUTDATED = "engine_outdated"
    UNCLEAR = "engine_unclear"  # it answered with what this adapter does not know


class EngineDown(Exception):
    """No answer is better than a wrong one. `code` is for the page, `detail` for the log; neither holds a person."""

    def __init__(self, code: Condition, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class EngineState:
    """`generation` names the published index, "" when there is none; `behind` counts changes it does not hold yet."""

    name: str
    ready: bool
    generation: str
    behind: int
    message_code: Condition


@dataclass(frozen=True, slots=True)
class Matches:
    """Best first. They hold every committed change even when the index does not; `stale` says that it should."""

    matches: tuple[Match, ...]
    state: EngineState

    @property
    def stale(self) -> bool:
        return self.state.message_code is not Condition.CURRENT


class Source(Protocol):
    """The truth, as the portal tells it: active candidates whose consent to matching holds, and nobody else.

    Change numbers grow by commit: when a number can be seen, no lower one may still appear. All three read what is
    committed.
    """

    def head(self) -> int:
        """The number of the latest change; 0 when nothing has changed yet."""

    def everything(self) -> Iterable[ProfileDocument]:
        """Every profile that may be matched now."""

    def changes_since(self, number: int) -> tuple[int, Mapping[str, ProfileDocument | None]]:
        """The latest number, and each profile changed after `number` as it is now; None when it is gone."""


class Engine(Protocol):
    def candidates_for(
        self, vacancy: VacancyDocument, today: date, limit: int = LIMIT, among: frozenset[str] | None = None
    ) -> Matches:
        """The exact best `limit` under every constraint, only `among` these codes when given; raises EngineDown."""

    def rebuild(self, progress: Progress | None = None) -> EngineState:
        """A new index from the whole source, swapped in at once. Call it outside a transaction that writes."""

    def catch_up(self) -> EngineState:
        """Brings the published index up to the source; the worker's regular call. Cheap when nothing changed."""

    def state(self) -> EngineState:
        """Never raises for an engine that is down: it says so."""


def condition_of(behind: int) -> Condition:
    return Condition.BEHIND if behind > TOLERATED_CHANGES else Condition.CURRENT
