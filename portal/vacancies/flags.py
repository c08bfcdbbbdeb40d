"""Fairness flags: raised on the values of today, answered by the company, decided by a liaison with a reason."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import N_, RuleBroken
from portal.vacancies.models import FairnessFlag, FlagDecision, Vacancy, VacancyStatus
from portal.vacancies.readings import Point, points_of

ANSWERED_IN = frozenset({VacancyStatus.DRAFT, VacancyStatus.SUBMITTED, VacancyStatus.RETURNED})


def raise_flags(vacancy: Vacancy) -> list[Point]:
    """Every point of today has a row from here on; what was said on the same values is kept."""
    return [Point(point.flag, point.row or _row(vacancy, point)) for point in points_of(vacancy)]


def answer(vacancy: Vacancy, rule: str, fingerprint: str, text: str, by: Account) -> None:
    """The company's word on a point, for the liaison to weigh."""
    if vacancy.status not in ANSWERED_IN:
        raise RuleBroken(N_("The points are decided already. Open the page again."))
    row = _find(vacancy, rule, fingerprint)
    if row.answer == text:
        return
    row.answer, row.answered_at = text, clock.now()
    audit.record("vacancy.flag_answered", "vacancy", vacancy.id, facts={"rule": rule}, by=by.id)


def decide(vacancy: Vacancy, rule: str, fingerprint: str, *, decision: FlagDecision, reason: str, by: Account) -> None:
    """Accepted or must change, always with a reason; only while the vacancy waits for a decision."""
    if vacancy.status != VacancyStatus.SUBMITTED:
        raise RuleBroken(N_("This vacancy does not wait for a decision. Open the page again."))
    if not reason.strip():
        raise RuleBroken(N_("Write the reason for the decision."))
    row = _find(vacancy, rule, fingerprint)
    if (row.decision, row.reason) == (decision, reason):
        return
    row.decision, row.reason = decision, reason
    row.decided_by_id, row.decided_at = by.id, clock.now()
    vacancy.version += 1
    facts = {"rule": rule, "decision": str(decision)}
    audit.record("vacancy.flag_decided", "vacancy", vacancy.id, facts=facts, by=by.id)


def _find(vacancy: Vacancy, rule: str, fingerprint: str) -> FairnessFlag:
    """The row of a point that stands today; a point whose values changed meanwhile is somebody's old page."""
    for point in points_of(vacancy):
        if (point.flag.rule.code, point.flag.fingerprint) == (rule, fingerprint):
            return point.row or _row(vacancy, point)
    raise RuleBroken(N_("The vacancy changed while you were writing. Open the page again."))


def _row(vacancy: Vacancy, point: Point) -> FairnessFlag:
    row = FairnessFlag(
        vacancy_id=vacancy.id,
        rule=point.flag.rule.code,
        fingerprint=point.flag.fingerprint,
        raised_at=clock.now(),
        answer="",
        decision=FlagDecision.OPEN,
        reason="",
    )
    db.session.add(row)
    db.session.flush()
    return row
