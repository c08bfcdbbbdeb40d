"""Look-up of skills, occupations and places by what people type: parts of words, slips of the finger, A for Ä.

Everything stays in memory: a few thousand labels in three languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST_QUERY = 100
_EXACT, _FOLDED, _PREFIX, _WORDS, _PART, _FUZZY = 100.0, 98.0, 86.0, 74.0, 62.0, 50.0
_PREFERRED_BONUS, _LANGUAGE_BONUS, _LONGEST_PENALTY = 2.0, 3.0, 5.0
_SLIPS_PER_LETTER = 0.35
_SHORTEST_PART, _SHORTEST_FUZZY = 3, 4
_SPECIAL = str.maketrans({"ø": "o", "æ": "a", "ß": "ss", "ð": "d", "đ": "d", "ł": "l"})
_GAPS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the vocabulary; both mappings are by language (fi, sv, en)."""

    code: str
    labels: Mapping[str, str]
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """`label` is the preferred term in the language asked, `term` what matched; `score` 0–100 orders, no more."""

    code: str
    label: str
    term: str
    score: float


@dataclass(frozen=True, slots=True)
class _Term:
    entry: Entry
    language: str
    text: str
    plain: str
    folded: str
    words: tuple[str, ...]
    preferred: bool


class LookUp:
    """Read-only once made, so that threads may share it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._terms = [term for entry in entries for term in _terms(entry)]
        self._by_word: dict[str, list[int]] = {}
        for place, term in enumerate(self._terms):
            for word in set(term.words):
                self._by_word.setdefault(word, []).append(place)
        self._words_of: dict[int, list[str]] = {}
        for word in self._by_word:
            self._words_of.setdefault(len(word), []).append(word)
        self._folded = [term.folded for term in self._terms]

    def find(self, text: str, language: str, limit: int = 10) -> tuple[Hit, ...]:
        """Best first, each entry once; empty when nothing was typed that could be looked up."""
        plain = _tidy(text[:LONGEST_QUERY])
        folded = fold(plain)
        if not folded:
            return ()
        scores = self._literal(plain, folded)
        if len({self._terms[place].entry.code for place in scores}) < limit:
            scores = {**self._fuzzy(folded), **scores}
        return self._hits(scores, language, limit)

    def _literal(self, plain: str, folded: str) -> dict[int, float]:
        tokens = folded.split()
        first = tokens[0]
        near = [place for place, text in enumerate(self._folded) if first in text]
        tiers = {place: _tier(self._terms[place], plain, folded, tokens) for place in near}
        return {place: tier for place, tier in tiers.items() if tier}

    def _fuzzy(self, folded: str) -> dict[int, float]:
        """Terms in which every long enough word typed resembles a word, by its mean likeness."""
        tokens = [token for token in folded.split() if len(token) >= _SHORTEST_FUZZY]
        likeness = [self._likeness(token) for token in tokens]
        if not likeness:
            return {}
        common = set.intersection(*(set(found) for found in likeness))
        return {place: _FUZZY * sum(found[place] for found in likeness) / len(likeness) for place in common}

    def _likeness(self, token: str) -> dict[int, float]:
        slips = max(1, int(len(token) * _SLIPS_PER_LETTER))
        places: dict[int, float] = {}
        for length in range(len(token) - slips, len(token) + slips + 1):
            words = self._words_of.get(length, [])
            for word, distance, _ in process.extract_iter(token, words, scorer=OSA.distance, score_cutoff=slips):
                likeness = 1 - distance / max(length, len(token))
                for place in self._by_word[word]:
                    places[place] = max(places.get(place, 0.0), likeness)
        return places

    def _hits(self, scores: Mapping[int, float], language: str, limit: int) -> tuple[Hit, ...]:
        best: dict[str, Hit] = {}
        for place, tier in scores.items():
            term = self._terms[place]
            hit = Hit(term.entry.code, _label(term.entry, language), term.text, _adjusted(tier, term, language))
            if term.entry.code not in best or _order(hit) < _order(best[term.entry.code]):
                best[term.entry.code] = hit
        return tuple(sorted(best.values(), key=_order)[:limit])


def fold(text: str) -> str:
    """Lower case, no marks (å, ä → a; ö → o), and one space between words."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return _GAPS.sub(" ", bare.translate(_SPECIAL)).strip()


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _terms(entry: Entry) -> Iterable[_Term]:
    for language, label in entry.labels.items():
        yield _term(entry, language, label, preferred=True)
    for language, alternatives in entry.alternatives.items():
        for alternative in alternatives:
            yield _term(entry, language, alternative, preferred=False)


def _term(entry: Entry, language: str, text: str, *, preferred: bool) -> _Term:
    folded = fold(text)
    return _Term(entry, language, text, _tidy(text), folded, tuple(folded.split()), preferred)


def _tier(term: _Term, plain: str, folded: str, tokens: list[str]) -> float:
    if folded not in term.folded:
        return _WORDS if len(tokens) > 1 and _begin_words(tokens, term.words) else 0.0
    if term.plain == plain:
        return _EXACT
    if term.folded == folded:
        return _FOLDED
    if term.folded.startswith(folded):
        return _PREFIX
    if f" {folded}" in term.folded:
        return _WORDS
    return _PART if len(folded) >= _SHORTEST_PART else 0.0


def _begin_words(tokens: list[str], words: tuple[str, ...]) -> bool:
    return all(any(word.startswith(token) for word in words) for token in tokens)


def _adjusted(tier: float, term: _Term, language: str) -> float:
    """Within a tier the asked language, the preferred term and the shorter term come first; no tier is left."""
    if tier >= _FOLDED:
        return tier - (0.0 if term.language == language else 1.0) - (0.0 if term.preferred else 0.5)
    bonus = (_PREFERRED_BONUS if term.preferred else 0.0) + (_LANGUAGE_BONUS if term.language == language else 0.0)
    return tier + bonus - min(_LONGEST_PENALTY, len(term.folded) / 10)


def _label(entry: Entry, language: str) -> str:
    return entry.labels.get(language) or next(iter(entry.labels.values()), entry.code)


def _order(hit: Hit) -> tuple[float, int, str, str]:
    return -hit.score, len(hit.label), hit.label, hit.code
