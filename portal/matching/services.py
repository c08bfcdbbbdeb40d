"""Matching both ways. The engine orders; what it says is checked again against the database before anyone sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, literal, select, union_all

from portal.accounts.models import Account
from portal.candidates import services as candidates
from portal.candidates.values import Profile
from portal.companies.models import Company
from portal.core import audit, clock, vault
from portal.core.access import Role
from portal.core.db import db
from portal.core.errors import NotFound
from portal.matching import behind, documents, index, rules, under_way
from portal.matching.models import Dismissal, Suggestion
from portal.vacancies import services as vacancies
from portal.vacancies.models import Vacancy, VacancyStatus
from portal.vocabulary import services as vocabulary
from search.constraints import failures
from search.engine import Condition, EngineDown
from search.ranking import vacancies_for as ranked_vacancies
from search.scorer import Score
from search.scorer import score as score_documents

LIMIT = 50
note_change = index.note_change


@dataclass(frozen=True)
class Candidate:
    """One line of a vacancy's list. `label` is a case number for its officer, a code of this list for a liaison."""

    candidate_id: UUID
    label: str
    score: Score
    waiting_days: int
    dismissed: str  # the reason's code; "" while open
    suggested: bool
    under_way: str  # to be told by `under_way.provided()`, to the officer; "" where nothing is


@dataclass(frozen=True)
class CandidateList:
    """`condition` is how the index is; `down` when no order can be given at all."""

    open: list[Candidate]
    dismissed: list[Candidate]
    condition: Condition
    down: bool = False


@dataclass(frozen=True)
class Opening:
    """One line of a candidate's list of vacancies."""

    vacancy: Vacancy
    company: Company
    score: Score
    dismissed: str  # the reason's code; "" while open
    suggested: bool
    under_way: str  # as above


# --- the hard gate (design: P4) ---------------------------------------------------


def may_match(candidate_id: UUID, vacancy: Vacancy) -> tuple[str, ...]:
    """Everything that keeps the two apart, from the database as it is now; empty when they may meet."""
    those = behind.of(vacancy)
    found: list[str] = []
    if vacancy.status != VacancyStatus.PUBLISHED:
        found.append(rules.NOT_OPEN)
    if candidate_id not in candidates.matchable([candidate_id]):
        found.append(why_not_matchable(candidate_id))
    opened = candidates.safeties([candidate_id])
    if candidate_id not in opened or candidates.blocks(opened, {True: those})[candidate_id]:
        found.append(rules.BLOCKED)
    if candidate_id in opened:
        document = documents.of_profile(candidates.profile(candidate_id), opened[candidate_id])
        found += map(str, failures(document, documents.of_vacancy(vacancy, those), clock.today()))
    return tuple(dict.fromkeys(found))


def why_not_matchable(candidate_id: UUID) -> str:
    profile = candidates.profile(candidate_id)
    if profile.status != "active":
        return rules.NOT_ACTIVE
    return rules.NO_CONSENT if profile.may_work_on(clock.today()) else rules.MAY_NOT_WORK


def score_of(candidate_id: UUID, vacancy: Vacancy) -> Score:
    document = documents.of_profile(candidates.profile(candidate_id), candidates.safety(candidate_id))
    return score_documents(document, documents.of_vacancy(vacancy), vocabulary.vocabulary())


# --- candidates for a vacancy ----------------------------------------------------


def candidates_for(vacancy: Vacancy, viewer: Account) -> CandidateList:
    """An officer's own candidates, or a liaison's coded list, best first."""
    own = {profile.candidate_id: profile for profile in candidates.of_officer(viewer)} if is_officer(viewer) else None
    among = frozenset(candidate_id.hex for candidate_id in own) if own is not None else None
    those = behind.of(vacancy)
    try:
        found = index.engine().candidates_for(documents.of_vacancy(vacancy, those), clock.today(), LIMIT, among)
    except EngineDown as down:
        return CandidateList([], [], down.code, down=True)
    scores = {UUID(match.code): match.score for match in found.matches}
    matchable = candidates.matchable(scores)
    allowed = [each for each in scores if each in matchable]
    blocked = candidates.blocked_among(allowed, those)
    lines = lines_of([each for each in allowed if each not in blocked], vacancy, viewer, scores, matchable)
    return CandidateList(
        [line for line in lines if not line.dismissed],
        [line for line in lines if line.dismissed],
        found.state.message_code,
    )


def lines_of(
    ids: list[UUID], vacancy: Vacancy, viewer: Account, scores: Mapping[UUID, Score], profiles: Mapping[UUID, Profile]
) -> list[Candidate]:
    marks = marks_of_vacancy(vacancy.id)
    under_way = marks.under_way if is_officer(viewer) else {}
    return [
        Candidate(
            each,
            profiles[each].case_number if is_officer(viewer) else list_code(viewer, vacancy, each),
            scores[each],
            (clock.today() - profiles[each].waiting_since).days,
            marks.dismissed.get(each, ""),
            each in marks.suggested,
            under_way.get(each, ""),
        )
        for each in ids
    ]


def is_officer(viewer: Account) -> bool:
    return viewer.role == Role.OFFICER


ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def list_code(viewer: Account, vacancy: Vacancy, candidate_id: UUID, days_ago: int = 0) -> str:
    """A code that lives for this viewer's list of this day; two lists cannot be joined by it."""
    day = clock.today() - timedelta(days=days_ago)
    digest = vault.keyed_hash(f"{viewer.id} {vacancy.id} {candidate_id} {day}", "list-code")
    number = int(digest[:16], 16)
    letters = []
    for _ in range(6):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    return "".join(letters[:3]) + "-" + "".join(letters[3:])


def by_list_code(code: str, vacancy: Vacancy, viewer: Account) -> UUID:
    """Whom a code of today's or yesterday's list meant; `NotFound` when nobody."""
    for candidate_id in (profile.candidate_id for profile in candidates.active_profiles()):
        if code in (list_code(viewer, vacancy, candidate_id), list_code(viewer, vacancy, candidate_id, 1)):
            return candidate_id
    raise NotFound


# --- vacancies for a candidate ----------------------------------------------------


def vacancies_for(candidate_id: UUID) -> tuple[list[Opening], list[Opening]]:
    """Published vacancies that suit a candidate who may be matched, best first: open ones and dismissed ones."""
    matchable, opened = candidates.matchable([candidate_id]), candidates.safeties([candidate_id])
    if candidate_id not in matchable or candidate_id not in opened:
        return [], []
    document = documents.of_profile(matchable[candidate_id], opened[candidate_id])
    published = {each.id.hex: each for each in vacancies.published()}
    those = behind.of_each(list(published.values()))
    asked = [documents.of_vacancy(each, those[each.id]) for each in published.values()]
    found = ranked_vacancies(document, asked, vocabulary.vocabulary(), clock.today(), LIMIT)
    marks = marks_of_candidate(candidate_id)
    blocked = candidates.blocks(opened, those)[candidate_id]
    lines = [
        Opening(
            vacancy, those[vacancy.id].companies[0], match.score, marks.dismissed.get(vacancy.id, ""),
            vacancy.id in marks.suggested, marks.under_way.get(vacancy.id, ""),
        )
        for match in found
        if (vacancy := published[match.code]).id not in blocked
    ]  # fmt: skip
    return [line for line in lines if not line.dismissed], [line for line in lines if line.dismissed]


DISMISSED, SUGGESTED, UNDER_WAY = "dismissed", "suggested", "under_way"


@dataclass(frozen=True)
class Marks:
    """By the other one of the pair: the reason of its dismissal, that it was suggested, that it is under way."""

    dismissed: dict[UUID, str]
    suggested: set[UUID]
    under_way: dict[UUID, str]


def marks_of_vacancy(vacancy_id: UUID) -> Marks:
    """By candidate, in one statement."""
    return _marks("candidate_id", "vacancy_id", vacancy_id)


def marks_of_candidate(candidate_id: UUID) -> Marks:
    """By vacancy: the same."""
    return _marks("vacancy_id", "candidate_id", candidate_id)


def _marks(other: str, by: str, value: UUID) -> Marks:
    parts: list[tuple[str, Select[Any] | None]] = [
        (DISMISSED, select(getattr(Dismissal, other), Dismissal.reason).where(getattr(Dismissal, by) == value)),
        (SUGGESTED, select(getattr(Suggestion, other), literal("")).where(getattr(Suggestion, by) == value)),
        (UNDER_WAY, under_way.provided().among(other, by, value)),
    ]
    query = union_all(*(part.add_columns(literal(kind)) for kind, part in parts if part is not None))
    found: dict[str, dict[UUID, str]] = {kind: {} for kind, _part in parts}
    for other_id, text, kind in db.session.execute(query):
        found[kind][other_id] = text
    return Marks(found[DISMISSED], set(found[SUGGESTED]), found[UNDER_WAY])


def dismissal_of(candidate_id: UUID, vacancy_id: UUID) -> Dismissal | None:
    return db.session.scalar(
        select(Dismissal).where(Dismissal.vacancy_id == vacancy_id, Dismissal.candidate_id == candidate_id)
    )


# --- verbs -------------------------------------------------------------------------


def dismiss(candidate_id: UUID, vacancy: Vacancy, reason: str, by: Account) -> None:
    """An officer says no to a pair; it stays out of both lists until taken back."""
    rules.check_dismissal(reason)
    profile = candidates.get(candidate_id, by)
    if dismissal_of(candidate_id, vacancy.id) is not None:
        return
    row = Dismissal(
        vacancy_id=vacancy.id, candidate_id=candidate_id, reason=reason, dismissed_by_id=by.id,
        dismissed_at=clock.now(), seen={"profile": profile.version, "vacancy": vacancy.version},
    )  # fmt: skip
    db.session.add(row)
    handle_suggestion(candidate_id, vacancy.id)
    audit.record(
        "match.dismissed", "vacancy", vacancy.id, candidate_ids=[candidate_id], facts={"reason": reason}, by=by.id
    )


def restore(candidate_id: UUID, vacancy: Vacancy, by: Account) -> None:
    """Take a dismissal back."""
    candidates.get(candidate_id, by)
    if (row := dismissal_of(candidate_id, vacancy.id)) is not None:
        db.session.delete(row)
        audit.record("match.restored", "vacancy", vacancy.id, candidate_ids=[candidate_id], by=by.id)


def suggest(code: str, vacancy: Vacancy, by: Account) -> None:
    """A liaison's word for a match: a task for whoever keeps the file, without the liaison learning who."""
    candidate_id = by_list_code(code, vacancy, by)
    rules.check_may_meet(may_match(candidate_id, vacancy))
    pair = (Suggestion.vacancy_id == vacancy.id) & (Suggestion.candidate_id == candidate_id)
    if db.session.scalar(select(Suggestion.id).where(pair)):
        return
    db.session.add(
        Suggestion(vacancy_id=vacancy.id, candidate_id=candidate_id, suggested_by_id=by.id, suggested_at=clock.now())
    )
    audit.record("match.suggested", "vacancy", vacancy.id, candidate_ids=[candidate_id], by=by.id)


def handle_suggestion(candidate_id: UUID, vacancy_id: UUID) -> UUID | None:
    """The officer acted on the pair; returns the liaison who had suggested it, if one had."""
    row = db.session.scalar(
        select(Suggestion).where(Suggestion.vacancy_id == vacancy_id, Suggestion.candidate_id == candidate_id)
    )
    if row is None:
        return None
    row.handled_at = row.handled_at or clock.now()
    return row.suggested_by_id


def open_suggestions(viewer: Account) -> list[tuple[Suggestion, Profile, Vacancy]]:
    """Suggestions that wait for this officer: not those of a pair that is being introduced already."""
    own = {profile.candidate_id: profile for profile in candidates.of_officer(viewer)}
    query = (
        select(Suggestion, Vacancy)
        .join(Vacancy, Vacancy.id == Suggestion.vacancy_id)
        .where(Suggestion.handled_at.is_(None), Suggestion.candidate_id.in_(list(own)))
        .where(Vacancy.status == VacancyStatus.PUBLISHED)
        .where(~under_way.provided().is_under_way(Suggestion.candidate_id, Suggestion.vacancy_id))
        .order_by(Suggestion.suggested_at)
    )
    return [(row, own[row.candidate_id], vacancy) for row, vacancy in db.session.execute(query)] if own else []


# --- how the index is ------------------------------------------------------------------


def index_condition() -> Condition:
    return index.engine().state().message_code


def index_health() -> str:
    """For `/readyz`: "ok", or what is the matter."""
    condition = index_condition()
    return "ok" if condition is Condition.CURRENT else str(condition)
