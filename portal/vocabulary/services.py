"""The vocabulary as other features use it: codes in, words out, and words in, codes out. No statement on most pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.core import languages as page
from portal.core.db import sort_key
from portal.core.errors import N_, NotFound
from portal.vocabulary import terms
from portal.vocabulary.terms import Term
from search.documents import Vocabulary

CEFR: Mapping[int, str] = {1: "A1", 2: "A2", 3: "B1", 4: "B2", 5: "C1", 6: "C2"}
LEVELS: Mapping[int, str] = {
    1: N_("knows"),
    2: N_("does with support"),
    3: N_("does alone"),
    4: N_("teaches others"),
}
BANDS: Mapping[str, str] = {
    "weekday_day": N_("Weekdays, daytime"),
    "weekday_evening": N_("Weekday evenings"),
    "night": N_("Nights"),
    "weekend": N_("Weekends"),
}
LICENCE = "licence"
SUGGESTIONS = 3
LOCAL_LANGUAGES = frozenset({"fi", "sv", "en"})
"""Asking for any other is looked at twice: it may stand in for an origin."""


@dataclass(frozen=True)
class Resolved:
    """What a text stands for: a code, or nothing and up to three labels it may have meant."""

    code: str | None
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """One line of a look-up: the label in the page's language, and what matched when that is another word."""

    code: str
    label: str
    matched: str


def find(kind: str, code: str) -> Term | None:
    return _terms(kind).get(code)


def skill(code: str) -> Term:
    """Raises `NotFound` for an unknown code; `more` holds group, broader, kind, rarity."""
    return _one("skill", code)


def skills(codes: Iterable[str]) -> list[Term]:
    """In the order given; unknown codes are left out."""
    known = _terms("skill")
    return [known[code] for code in codes if code in known]


def exists(kind: str, code: str) -> bool:
    """Known and not retired: may be chosen today."""
    term = find(kind, code)
    return term is not None and not term.retired


def retired(kind: str, code: str) -> bool:
    term = find(kind, code)
    return term is not None and term.retired


def label(kind: str, code: str) -> str:
    """In the page's language; a code that nobody knows shows as itself, so that a page never breaks on it."""
    term = find(kind, code)
    return term.label(page.current()) if term else code


def options(kind: str) -> list[tuple[str, str]]:
    """(code, label) of what may be chosen, sorted for the page's language."""
    return list(terms.current().shelves[kind].options(page.current()))


def languages() -> list[tuple[str, str]]:
    """Every language a person may speak, the three of this country first."""
    found = options("language")
    return [pair for pair in found if pair[0] in LOCAL_LANGUAGES] + [
        pair for pair in found if pair[0] not in LOCAL_LANGUAGES
    ]


def look_up(kind: str, text: str, limit: int = 10) -> list[Found]:
    """Best first, forgiving: prefixes, parts of words, slips of the finger, in any of the three languages."""
    hits = terms.current().shelves[kind].look_up.find(text, page.current(), limit)
    return [Found(hit.code, hit.label, "" if hit.term == hit.label else hit.term) for hit in hits]


def search_skills(text: str) -> list[tuple[str, str]]:
    return _pairs("skill", text)


def search_occupations(text: str) -> list[tuple[str, str]]:
    return _pairs("occupation", text)


def search_municipalities(text: str) -> list[tuple[str, str]]:
    return _pairs("municipality", text)


def resolve(kind: str, text: str) -> Resolved:
    """What a person wrote → its code: a label in any of the three languages, an alternative, or the code itself.

    A text that means several things, or nothing we know, gives suggestions in the page's language instead.
    """
    shelf = terms.current().shelves[kind]
    codes = shelf.called(text)
    if len(codes) == 1:
        return Resolved(next(iter(codes)))
    if text in shelf.terms and not shelf.terms[text].retired:
        return Resolved(text)
    if codes:
        meant = sorted((shelf.terms[code].label(page.current()) for code in codes), key=sort_key)
        return Resolved(None, tuple(meant[:SUGGESTIONS]))
    return Resolved(None, tuple(found.label for found in look_up(kind, text, SUGGESTIONS)))


def municipality_region(code: str) -> str:
    return str(_one("municipality", code).more["region"])


def isco(occupation: str) -> str:
    """The ISCO-08 unit group, four digits."""
    return str(_one("occupation", occupation).more["isco"])


def usual_skills(occupation: str) -> list[tuple[str, str]]:
    """(skill, "essential" or "optional") in the order to propose them; suggestions to edit."""
    return [(code, weight) for code, weight in terms.current().usual.get(occupation, ()) if exists("skill", code)]


def industry_codes(industry: str) -> frozenset[str]:
    """The TOL 2025 division, when known, and its section, so that excluding either is enough."""
    term = find("industry", industry)
    if term is None:
        return frozenset()
    return frozenset({industry, term.more["parent"] or industry})


def needs_scrutiny(industry: str) -> bool:
    """A second look, never a ban. A bare section counts when any of its divisions is looked at twice."""
    below = [term for term in _terms("industry").values() if industry in (term.code, term.more["parent"])]
    return any(term.more["scrutiny"] for term in below)


def is_licence(code: str) -> bool:
    """Held or not: a licence has no level."""
    term = find("skill", code)
    return term is not None and term.more["kind"] == LICENCE


def vocabulary() -> Vocabulary:
    """What the scorer must know of the skills."""
    return terms.current().for_search


def _terms(kind: str) -> Mapping[str, Term]:
    return terms.current().shelves[kind].terms


def _one(kind: str, code: str) -> Term:
    term = find(kind, code)
    if term is None:
        raise NotFound
    return term


def _pairs(kind: str, text: str) -> list[tuple[str, str]]:
    return [(found.code, found.label) for found in look_up(kind, text)]
