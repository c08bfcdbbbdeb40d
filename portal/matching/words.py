"""A score in words: each term with its points, what is met, what partly and why, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from portal.core.errors import N_
from portal.vocabulary import services as vocabulary
from search.scorer import Detail, Reason, Score, Term, TermKind

TERM_LABELS: Mapping[TermKind, str] = {
    TermKind.ESSENTIAL: N_("Essential skills"),
    TermKind.OPTIONAL: N_("Good to have"),
    TermKind.OCCUPATION: N_("Wished occupation"),
    TermKind.LANGUAGES: N_("Wished languages"),
    TermKind.NEARNESS: N_("Nearness"),
}
NEARNESS: Mapping[Reason, str] = {
    Reason.SAME_MUNICIPALITY: N_("In the candidate's own municipality."),
    Reason.SAME_REGION: N_("In the candidate's own region."),
    Reason.NAMED_BY_CANDIDATE: N_("In a municipality that the candidate named."),
    Reason.FURTHER_AWAY: N_("Further away, but within reach."),
}


@dataclass(frozen=True)
class TermWords:
    """As `score_terms` shows it: `points` of `of`, and `why` in words."""

    label: str
    points: int
    of: int
    why: str


def terms(score: Score) -> list[TermWords]:
    """Whole points that add up to the shown total: largest remainders first."""
    whole = sum(term.weight for term in score.terms)
    shares = [100 * term.weight / whole for term in score.terms]
    most = apportion(shares, 100)
    points = apportion([term.points for term in score.terms], shown(score))
    return [
        TermWords(gettext(TERM_LABELS[term.kind]), min(got, of), of, why(term))
        for term, got, of in zip(score.terms, points, most, strict=True)
    ]


def shown(score: Score) -> int:
    return round(score.total)


def apportion(parts: list[float], total: int) -> list[int]:
    """Whole numbers near `parts` that sum to `total`."""
    floors = [int(part) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda at: floors[at] - parts[at])
    for at in by_remainder[: max(0, total - sum(floors))]:
        floors[at] += 1
    return floors


def why(term: Term) -> str:
    if term.kind in (TermKind.ESSENTIAL, TermKind.OPTIONAL):
        return skills(term.details)
    if term.kind is TermKind.LANGUAGES:
        return " ".join(language(detail) for detail in term.details)
    detail = term.details[0]
    if term.kind is TermKind.NEARNESS:
        return gettext(NEARNESS[detail.reason])
    return occupation(detail)


def skills(details: tuple[Detail, ...]) -> str:
    met = [vocabulary.label("skill", d.code) for d in details if d.reason is Reason.MET]
    missing = [vocabulary.label("skill", d.code) for d in details if d.reason is Reason.MISSING]
    sentences = []
    if met:
        sentences.append(gettext("Met: %(skills)s.", skills=", ".join(met)))
    sentences += [partly(d) for d in details if d.reason not in (Reason.MET, Reason.MISSING)]
    if missing:
        sentences.append(gettext("Missing: %(skills)s.", skills=", ".join(missing)))
    return " ".join(sentences)


def partly(detail: Detail) -> str:
    name = vocabulary.label("skill", detail.code)
    if detail.reason is Reason.PARTLY_LEVEL:
        return gettext(
            "Partly: %(skill)s, %(held)s, asked: %(asked)s.",
            skill=name,
            held=gettext(vocabulary.LEVELS[detail.held or 1]),
            asked=gettext(vocabulary.LEVELS[detail.asked or 1]),
        )
    near = vocabulary.label("skill", detail.via or "")
    if detail.reason is Reason.PARTLY_BROADER:
        return gettext("Partly: %(skill)s, knows the broader %(near)s.", skill=name, near=near)
    return gettext("Partly: %(skill)s, knows the narrower %(near)s.", skill=name, near=near)


def language(detail: Detail) -> str:
    name, asked = vocabulary.label("language", detail.code), vocabulary.CEFR[detail.asked or 1]
    if not detail.held:
        return gettext("%(language)s: missing, asked %(asked)s.", language=name, asked=asked)
    return gettext(
        "%(language)s %(held)s, asked %(asked)s.", language=name, held=vocabulary.CEFR[detail.held], asked=asked
    )


def occupation(detail: Detail) -> str:
    if detail.reason is Reason.MET:
        return gettext("The candidate wishes for this occupation.")
    if detail.reason is Reason.SAME_MINOR_GROUP:
        return gettext("The candidate wishes for an occupation close to this one.")
    if detail.reason is Reason.SAME_SUB_MAJOR_GROUP:
        return gettext("The candidate wishes for an occupation of the same field.")
    return gettext("The candidate wishes for other occupations.")


def headline(score: Score) -> str:
    """One line: how many of the essential skills are met."""
    essential = next((term for term in score.terms if term.kind is TermKind.ESSENTIAL), None)
    if essential is None:
        return gettext("The vacancy asks for no essential skill.")
    met = sum(detail.reason is Reason.MET for detail in essential.details)
    partly_met = sum(detail.credit > 0 and detail.reason is not Reason.MET for detail in essential.details)
    asked = len(essential.details)
    if partly_met:
        return gettext(
            "%(met)d of %(asked)d essential skills met, %(partly)d partly.", met=met, asked=asked, partly=partly_met
        )
    return gettext("%(met)d of %(asked)d essential skills met.", met=met, asked=asked)
