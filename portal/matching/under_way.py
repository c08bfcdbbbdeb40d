"""What introductions add to a match. They lie above matching, so they provide themselves here when they are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false


@dataclass(frozen=True)
class UnderWay:
    """The introduction of a pair that is under way, in words; `kind` is how its tag looks."""

    title: str
    state: str
    kind: str
    href: str


class Introductions(Protocol):
    def among(self, other: str, by: str, value: UUID) -> Select[Any] | None:
        """Those under way where `by` (candidate_id or vacancy_id) is `value`: the other one's id, and all of it as a
        text for `told`, so that matching reads them in a statement of its own."""

    def told(self, text: str) -> UnderWay: ...

    def is_under_way(self, candidate_id: Any, vacancy_id: Any) -> ColumnElement[bool]:
        """As a part of another query, over its columns."""


class NoIntroductions:
    """Matching alone: nobody is introduced."""

    def among(self, other: str, by: str, value: UUID) -> Select[Any] | None:
        return None

    def told(self, text: str) -> UnderWay:
        return UnderWay("", "", "", "")

    def is_under_way(self, candidate_id: Any, vacancy_id: Any) -> ColumnElement[bool]:
        return false()


_provided: list[Introductions] = [NoIntroductions()]


def provide(introductions: Introductions) -> None:
    _provided[0] = introductions


def provided() -> Introductions:
    return _provided[0]
