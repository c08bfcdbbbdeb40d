"""The card leaves for the company, and the company answers."""

from __future__ import annotations

import secrets

from sqlalchemy import select

from portal.accounts.models import Account
from portal.companies import services as companies
from portal.core import audit, clock, states
from portal.core.db import db
from portal.core.errors import N_, RuleBroken
from portal.introductions import card as cards
from portal.introductions import company_side, company_view, drafting, mails, pool, queries, rules
from portal.introductions.company_view import Seen
from portal.introductions.models import NEXT, Introduction, IntroductionStatus
from portal.standing import services as standing
from portal.vacancies.models import VacancyStatus

S = IntroductionStatus


def check_may_offer(introduction: Introduction) -> None:
    """Everything is asked again on the day the card leaves."""
    if introduction.status != S.ASKED:
        raise RuleBroken(N_("This card cannot be offered now. Open the page again."))
    vacancy = drafting.vacancy_of(introduction)
    rules.check_published(vacancy.status == VacancyStatus.PUBLISHED)
    drafting.check_pair(introduction.candidate_id, vacancy)
    drafting.check_company(introduction)
    heard, card = company_side.reader_ids(introduction.id), drafting.frozen_card(introduction)
    rules.check_recipients(heard, drafting.confirmed_ids(introduction.vacancy_id))
    consent = rules.check_card_consent(drafting.consent_to(introduction, drafting.CARD), card.digest, heard)
    rules.check_names_heard(consent, company_side.reader_names(introduction.id))
    today = cards.coarser(pool.exact_card(introduction.candidate_id, vacancy), card.coarseness)
    rules.check_still_true(card, today)
    rules.check_open_cards(company_side.open_cards(introduction.vacancy_id))


def offer(introduction: Introduction, by: Account) -> None:
    drafting.lock_vacancy(introduction.vacancy_id)
    check_may_offer(introduction)
    now = clock.now()
    introduction.card_code = free_code()
    introduction.offered_at, introduction.answer_by = now, rules.answer_by(now)
    drafting.take_part(introduction, by)
    introduction.version += 1
    states.move(introduction, S.OFFERED, NEXT, candidate_ids=[introduction.candidate_id])
    mails.offered(introduction, company_side.reader_accounts(introduction.id))


def free_code() -> str:
    """Random for each offer, such as 7TR-K2M: two companies, or two offers, share nothing."""
    while True:
        letters = "".join(secrets.choice(rules.CODE_ALPHABET) for _ in range(6))
        code = f"{letters[:3]}-{letters[3:]}"
        if db.session.scalar(select(Introduction.id).where(Introduction.card_code == code)) is None:
            return code


# --- the company's answer ---------------------------------------------------------------


def accept(introduction: Introduction, times: str, by: Account) -> None:
    """Recorded as an instant whatever became of the introduction meanwhile, with the same answer (design: P5)."""
    check_open(introduction)
    if not standing.is_responsible(companies.by_id(introduction.company_id)):
        raise RuleBroken(N_("Your standing is not complete today. See on the company's page what is missing."))
    if not times:
        raise RuleBroken(N_("Write when you could meet, after the answer date"), field="times")
    now = clock.now()
    introduction.company_times, introduction.answer_date = times, rules.answer_date(now)
    answer(introduction, company_view.ACCEPTED, S.ACCEPTED, by)
    mails.accepted(introduction, company_side.reader_accounts(introduction.id))


def decline(introduction: Introduction, reason: str, by: Account) -> None:
    """The reason is for staff."""
    check_open(introduction)
    if reason not in rules.DECLINE_REASONS:
        raise RuleBroken(N_("Choose why the card does not suit you"), field="reason")
    introduction.decline_reason = reason
    answer(introduction, company_view.DECLINED, S.DECLINED, by)


def check_open(introduction: Introduction) -> None:
    if queries.view_of(introduction).seen != Seen.OPEN:
        raise RuleBroken(N_("This card is no longer open for an answer. Go back to the list of cards."))


def answer(introduction: Introduction, word: str, to: IntroductionStatus, by: Account) -> None:
    introduction.answer, introduction.answered_at, introduction.answered_by_id = word, clock.now(), by.id
    introduction.version += 1
    audit.record(
        "introduction.answered", "introduction", introduction.id, candidate_ids=[introduction.candidate_id],
        facts={"answer": word},
    )  # fmt: skip
    if introduction.status == S.OFFERED:
        if to == S.DECLINED:
            introduction.ended_at = introduction.answered_at
        states.move(introduction, to, NEXT, candidate_ids=[introduction.candidate_id])
    mails.tell_officers(introduction, "answered")  # of one that is over too: the company must not see it by the clock
