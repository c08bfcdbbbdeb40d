"""The state machine: every pair of states, and the gates of each verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from portal.accounts.models import Account, AccountStatus
from portal.companies.models import Company, CompanyStatus
from portal.core import clock
from portal.core.db import db
from portal.core.errors import RuleBroken
from portal.vacancies import services as vacancies
from portal.vacancies import upkeep
from portal.vacancies.models import NEXT, Vacancy, VacancyStatus
from tests.factories import vacancies as factories
from tests.vacancies.conftest import House, Within

V = VacancyStatus
LEGAL = {
    ("draft", "submitted"),
    ("submitted", "published"),
    ("submitted", "returned"),
    ("returned", "submitted"),
    ("published", "paused"),
    ("paused", "published"),
    ("published", "filled"),
    ("published", "withdrawn"),
    ("published", "expired"),
    ("paused", "filled"),
    ("paused", "withdrawn"),
    ("paused", "expired"),
}
VERBS: dict[str, Callable[[Vacancy, Account, Account], None]] = {
    "submitted": lambda row, owner, _: vacancies.submit(row, by=owner),
    "returned": lambda row, _, liaison: vacancies.return_(row, "The pay is missing.", by=liaison),
    "paused": lambda row, owner, _: vacancies.pause(row, by=owner),
    "filled": lambda row, owner, _: vacancies.fill(row, by=owner),
    "withdrawn": lambda row, owner, _: vacancies.withdraw(row, by=owner),
    "expired": lambda row, _owner, _: vacancies.expire(row),
}


def test_the_table_is_the_one_of_the_design():
    assert {(str(a), str(b)) for a, after in NEXT.items() for b in after} == LEGAL


@pytest.mark.parametrize(("before", "after"), list(product(map(str, V), [str(v) for v in V if v != "draft"])))
def test_every_pair_of_states_moves_or_is_refused(within: Within, house: House, vacancy: Any, before: str, after: str):
    made = vacancy(before)

    def move() -> str:
        row = db.session.get_one(Vacancy, made.id)
        owner, liaison = db.session.get_one(Account, house.owner), db.session.get_one(Account, house.liaison)
        factories.accept_all(row, liaison)
        if after == "published":
            (vacancies.publish if before == "submitted" else vacancies.resume)(row, by=liaison)
        else:
            VERBS[after](row, owner, liaison)
        return str(row.status)

    if (before, after) in LEGAL:
        assert within(move) == after
    else:
        with pytest.raises(RuleBroken):
            within(move)
        assert within(lambda: str(db.session.get_one(Vacancy, made.id).status)) == before


def publishing(within: Within, house: House, made: Vacancy, prepare: Callable[[Vacancy], None] = lambda row: None):
    def inside() -> None:
        row, liaison = db.session.get_one(Vacancy, made.id), db.session.get_one(Account, house.liaison)
        factories.accept_all(row, liaison)
        prepare(row)
        db.session.flush()
        vacancies.publish(row, by=liaison)

    within(inside)


def suspend(row: Vacancy) -> None:
    db.session.get_one(Company, row.company_id).status = CompanyStatus.SUSPENDED


def test_publishing_checks_standing_again(within: Within, house: House, vacancy: Any):
    with pytest.raises(RuleBroken, match="responsible employer"):
        publishing(within, house, vacancy(V.SUBMITTED), suspend)


def test_publishing_needs_a_recipient_a_liaison_confirmed(within: Within, house: House, vacancy: Any):
    with pytest.raises(RuleBroken, match="confirm"):
        publishing(within, house, vacancy(V.SUBMITTED, confirmed=False))


def test_a_confirmed_recipient_who_left_the_company_no_longer_counts(within: Within, house: House, vacancy: Any):
    def leave(row: Vacancy) -> None:
        db.session.get_one(Account, house.owner).company_id = None

    with pytest.raises(RuleBroken):
        publishing(within, house, vacancy(V.SUBMITTED), leave)


def test_a_value_that_changed_after_its_flag_was_accepted_is_undecided(within: Within, house: House, vacancy: Any):
    def cheaper(row: Vacancy) -> None:
        row.pay_from_cents = 900

    with pytest.raises(RuleBroken, match="point"):
        publishing(within, house, vacancy(V.SUBMITTED), cheaper)


def test_publishing_after_the_last_day_is_refused(within: Within, house: House, vacancy: Any):
    def late(row: Vacancy) -> None:
        row.last_day = clock.today() - timedelta(days=1)

    with pytest.raises(RuleBroken, match="last day"):
        publishing(within, house, vacancy(V.SUBMITTED), late)


def test_a_vacancy_that_lacks_something_cannot_be_sent(within: Within, house: House, vacancy: Any):
    made = vacancy(V.DRAFT, essential_skills=[])
    with pytest.raises(RuleBroken, match="essential skill"):
        within(
            lambda: vacancies.submit(db.session.get_one(Vacancy, made.id), by=db.session.get_one(Account, house.owner))
        )


def test_it_closes_by_itself_the_day_after_its_last_day(app: Any, within: Within, vacancy: Any, fresh: Any):
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)
    open_today, past, paused = (
        vacancy(last_day=today),
        vacancy(last_day=yesterday),
        vacancy(V.PAUSED, last_day=yesterday),
    )
    with app.app_context():
        upkeep.close_past()
        upkeep.close_past()
    assert [fresh(row).status for row in (open_today, past, paused)] == [V.PUBLISHED, V.EXPIRED, V.EXPIRED]


def test_it_pauses_when_standing_lapses_and_opens_when_it_is_held_again(
    app: Any, within: Within, house: House, vacancy: Any, fresh: Any
):
    made, by_company = vacancy(), vacancy(V.PAUSED)
    company = lambda: db.session.get_one(Company, house.company)  # noqa: E731
    within(lambda: setattr(company(), "status", CompanyStatus.SUSPENDED))
    with app.app_context():
        upkeep.follow_standing()
    assert (fresh(made).status, fresh(made).paused_by_standing) == (V.PAUSED, True)
    within(lambda: setattr(company(), "status", CompanyStatus.APPROVED))
    with app.app_context():
        upkeep.follow_standing()
    assert (fresh(made).status, fresh(made).paused_by_standing) == (V.PUBLISHED, False)
    assert fresh(by_company).status == V.PAUSED  # the company paused it, so it stays


def test_what_a_liaison_paused_only_a_liaison_opens(within: Within, house: House, vacancy: Any, fresh: Any):
    made = vacancy()

    def act(verb: Callable[..., None], who: Any, **more: Any) -> None:
        within(lambda: verb(db.session.get_one(Vacancy, made.id), by=db.session.get_one(Account, who), **more))

    act(vacancies.pause, house.liaison, reason="The site is closed.")
    with pytest.raises(RuleBroken, match="liaison"):
        act(vacancies.resume, house.owner)
    act(vacancies.resume, house.liaison)
    assert fresh(made).status == V.PUBLISHED


def test_recipients_are_only_the_active_members_of_today(within: Within, house: House, vacancy: Any):
    made = vacancy()
    names = lambda **kwargs: within(lambda: [one.id for one in vacancies.recipients(made.id, **kwargs)])  # noqa: E731
    assert names(confirmed_only=True) == [house.owner]
    within(lambda: setattr(db.session.get_one(Account, house.owner), "status", AccountStatus.DEACTIVATED))
    assert names() == []
