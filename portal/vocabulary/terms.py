"""Terms as plain values, held once a process. Reference data: nothing here is about a person.

The rows are read again when the mark of the last loading differs; that is asked once a minute, so most pages cost no
statement. Nothing in this memory is truth: another process that loads a new vocabulary is seen within a minute.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from portal.core.db import db, sort_key
from portal.core.languages import LANGUAGES
from portal.vocabulary import names
from portal.vocabulary.models import (
    Industry,
    Municipality,
    Occupation,
    OccupationSkill,
    Region,
    Skill,
    SkillGroup,
    VocabularyMark,
)
from search.documents import Vocabulary
from search.lookup import Entry, LookUp, fold

ASK_AGAIN_SECONDS = 60
KINDS: Mapping[str, Any] = {
    "group": SkillGroup,
    "skill": Skill,
    "occupation": Occupation,
    "region": Region,
    "municipality": Municipality,
    "industry": Industry,
}
EXTRAS: Mapping[str, tuple[str, ...]] = {
    "skill": ("group", "broader", "kind", "esco_uri", "rarity"),
    "occupation": ("isco", "esco_uri", "sector"),
    "municipality": ("region",),
    "industry": ("parent", "level", "scrutiny"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the vocabulary. `more` holds what its kind has besides: a skill's rarity, an occupation's ISCO."""

    code: str
    labels: Mapping[str, str]
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    retired: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)

    def label(self, language: str) -> str:
        return self.labels.get(language) or self.labels["en"]


class Shelf:
    """The terms of one kind: by code, and by whatever a person may write for them."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = {term.code: term for term in terms}
        self._find: LookUp | None = None
        self._options: dict[str, tuple[tuple[str, str], ...]] = {}
        self._exact: tuple[dict[str, set[str]], dict[str, set[str]]] | None = None

    @property
    def look_up(self) -> LookUp:
        """Made when first asked; retired terms are not found, only kept where they were used."""
        if self._find is None:
            current = [term for term in self.terms.values() if not term.retired]
            self._find = LookUp(Entry(term.code, term.labels, term.alternatives) for term in current)
        return self._find

    def options(self, language: str) -> tuple[tuple[str, str], ...]:
        """(code, label) of what may be chosen, in the language's order; sorted when first asked."""
        if language not in self._options:
            current = [(term.code, term.label(language)) for term in self.terms.values() if not term.retired]
            self._options[language] = tuple(sorted(current, key=lambda pair: sort_key(pair[1])))
        return self._options[language]

    def called(self, text: str) -> set[str]:
        """The codes whose label, else whose alternative, is this text in any language (case and marks aside)."""
        if self._exact is None:
            labels: dict[str, set[str]] = {}
            others: dict[str, set[str]] = {}
            for term in self.terms.values():
                for label in () if term.retired else term.labels.values():
                    labels.setdefault(fold(label), set()).add(term.code)
                for words in () if term.retired else term.alternatives.values():
                    for word in words:
                        others.setdefault(fold(word), set()).add(term.code)
            self._exact = labels, others
        labels, others = self._exact
        key = fold(text)
        return labels.get(key) or others.get(key) or set()


@dataclass(frozen=True)
class Terms:
    """The whole vocabulary as it stood at `mark`."""

    mark: UUID | None
    shelves: Mapping[str, Shelf]
    usual: Mapping[str, tuple[tuple[str, str], ...]]
    for_search: Vocabulary


@dataclass
class _Held:
    """What one application knows, and when it last asked."""

    terms: Terms | None = None
    asked_at: float = 0.0


_last: list[Terms] = []
"""The terms read last in this process; applications on copies of one database share them."""


def current() -> Terms:
    held: _Held = current_app.extensions.setdefault("vocabulary", _Held())
    if held.terms is None or time.monotonic() - held.asked_at > ASK_AGAIN_SECONDS:
        mark = db.session.scalar(select(VocabularyMark.id))
        if held.terms is None or held.terms.mark != mark or mark is None:
            held.terms = _kept(mark) or _read(mark)
            _last[:] = [held.terms]
        held.asked_at = time.monotonic() if mark else 0.0  # an empty vocabulary is asked for again at once
    return held.terms


def forget() -> None:
    """Ask again when next needed; the loader calls it."""
    current_app.extensions["vocabulary"] = _Held()


def _kept(mark: UUID | None) -> Terms | None:
    return next((terms for terms in _last if mark is not None and terms.mark == mark), None)


def _read(mark: UUID | None) -> Terms:
    shelves = {kind: Shelf(_rows(kind, model)) for kind, model in KINDS.items()}
    shelves["language"] = Shelf(Term(code, labels, others) for code, labels, others in names.languages())
    usual: dict[str, list[tuple[str, str]]] = {}
    links = select(OccupationSkill.occupation, OccupationSkill.skill, OccupationSkill.weight)
    for occupation, skill, weight in db.session.execute(links.order_by(OccupationSkill.place, OccupationSkill.skill)):
        usual.setdefault(occupation, []).append((skill, weight))
    skills = shelves["skill"].terms.values()
    return Terms(
        mark,
        shelves,
        {occupation: tuple(pairs) for occupation, pairs in usual.items()},
        Vocabulary(
            rarity={term.code: term.more["rarity"] for term in skills},
            broader={term.code: term.more["broader"] for term in skills if term.more["broader"]},
        ),
    )


def _rows(kind: str, model: Any) -> Iterable[Term]:
    extras = EXTRAS.get(kind, ())
    labels = [getattr(model, f"label_{language}") for language in LANGUAGES]
    others = [getattr(model, f"alt_{language}") for language in LANGUAGES]
    more = [getattr(model, name) for name in extras]
    for code, retired, *values in db.session.execute(select(model.code, model.retired, *labels, *others, *more)):
        yield Term(
            code,
            dict(zip(LANGUAGES, values[:3], strict=True)),
            {lang: tuple(text.split("|")) for lang, text in zip(LANGUAGES, values[3:6], strict=True) if text},
            retired,
            dict(zip(extras, values[6:], strict=True)),
        )
