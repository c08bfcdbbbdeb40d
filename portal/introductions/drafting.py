"""From a match to an answer in the room: draft, choose the card, ask, write down what the candidate said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Account
from portal.candidates import services as candidates
from portal.core import audit, clock, settings, states
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.incidents import services as incidents
from portal.introductions import card as cards
from portal.introductions import company_side, pool, queries, rules
from portal.introductions.card import FEW, Card, Coarseness
from portal.introductions.models import NEXT, CardReader, Introduction, IntroductionStatus
from portal.introductions.rules import ConsentFacts
from portal.matching import behind
from portal.matching import services as matching
from portal.matching.rules import NOT_OPEN
from portal.standing import services as standing
from portal.vacancies import services as vacancies
from portal.vacancies.models import Vacancy, VacancyStatus

S = IntroductionStatus
CARD_DAYS = settings.declare("introductions.card_consent_days", 60, N_("A consent to a card holds for, days"), 14, 365)
GIVEN, REFUSED = "given", "refused"
CARD, RELEASE = "card", "release"  # kinds of consent


@dataclass(frozen=True)
class Answer:
    """What the candidate said, and how: `how` is spoken or paper; `until` is inclusive."""

    answer: str
    how: str
    language: str
    interpreter: bool
    until: date


# --- what is asked again at each step (P4) ------------------------------------------


def check_pair(candidate_id: UUID, vacancy: Vacancy) -> None:
    rules.check_may_match(matching.may_match(candidate_id, vacancy))


def check_accepted_pair(introduction: Introduction) -> None:
    """As `check_pair`, for a card that the company has accepted: its vacancy need not be open to new ones."""
    vacancy = vacancy_of(introduction)
    rules.check_goes_on(vacancy.status)
    found = matching.may_match(introduction.candidate_id, vacancy)
    rules.check_may_match([each for each in found if each != NOT_OPEN])


def check_company(introduction: Introduction) -> None:
    """The employer's standing and holds, and the holds of the clients that the work is done for."""
    employer, *clients = behind.of(vacancy_of(introduction)).companies
    held = any(incidents.has_silent_hold(client.owner_group_id) for client in clients)
    rules.check_may_receive(standing.may_receive(employer) and not held)


def vacancy_of(introduction: Introduction) -> Vacancy:
    return vacancies.by_id(introduction.vacancy_id)


def confirmed_ids(vacancy_id: UUID) -> set[UUID]:
    return {each.id for each in vacancies.recipients(vacancy_id, confirmed_only=True)}


def consent_to(introduction: Introduction, kind: str) -> ConsentFacts | None:
    """The latest answer about this introduction, as the rules see it."""
    latest = candidates.latest_consent(introduction.candidate_id, kind, introduction.id)
    if latest is None:
        return None
    return ConsentFacts(latest.covers(clock.today()), dict(latest.facts), latest.recorded_by_id)


# --- draft ---------------------------------------------------------------------------


def check_may_draft(candidate_id: UUID, vacancy: Vacancy, by: Account) -> None:
    """Raises `NotFound` for somebody else's candidate, else says what stands in the way."""
    if not candidates.is_kept_by(candidate_id, by):
        raise NotFound
    rules.check_published(vacancy.status == VacancyStatus.PUBLISHED)
    check_pair(candidate_id, vacancy)
    if (known := queries.live_between(candidate_id, vacancy.id)) is not None:
        raise RuleBroken(N_("Introduction %(number)s is already under way between the two."), number=known.number)
    rules.check_open_cards(company_side.open_cards(vacancy.id))


def draft(candidate_id: UUID, vacancy: Vacancy, by: Account, coarseness: Coarseness | None = None) -> Introduction:
    """With the card that was chosen; where none was, with the one that says least."""
    check_may_draft(candidate_id, vacancy, by)
    suggested_by_id = matching.handle_suggestion(candidate_id, vacancy.id)
    card, k = chosen(pool.choices(candidate_id, vacancy).options, coarseness)
    row = Introduction(
        number="",
        vacancy_id=vacancy.id,
        company_id=vacancy.company_id,
        candidate_id=candidate_id,
        drafted_by_id=by.id,
        drafted_at=clock.now(),
        suggested_by_id=suggested_by_id,
        essential_languages=sorted(pool.justified_languages(vacancy)),
        card=card.as_json(),
        k=k,
    )
    add_numbered(row)
    said = {"vacancy": vacancy.id, "suggested": suggested_by_id is not None}
    audit.record("introduction.drafted", "introduction", row.id, candidate_ids=[candidate_id], facts=said)
    return row


def chosen(options: Sequence[tuple[Card, int]], coarseness: Coarseness | None) -> tuple[Card, int]:
    """Nothing falls back to a card that says more: the last of the options says least (design: P3)."""
    if coarseness is None:
        return options[-1]
    known = {card.coarseness: (card, k) for card, k in options}
    if coarseness not in known:
        raise RuleBroken(N_("Choose one of the cards."), field="card")
    return known[coarseness]


def add_numbered(row: Introduction) -> None:
    """The next number of the year; of two at once the later takes the one after."""
    for _ in range(20):
        row.number = queries.next_number(clock.today().year)
        try:
            with db.session.begin_nested():
                db.session.add(row)
                db.session.flush()
        except IntegrityError:
            continue
        return
    raise RuleBroken(N_("Others are drafting just now. Try again in a moment."))


# --- ask -----------------------------------------------------------------------------


def frozen_card(introduction: Introduction) -> Card:
    return cards.from_json(introduction.card)


def ask(introduction: Introduction, coarseness: Coarseness, by: Account) -> None:
    """Freeze the card, k and the people who will read it. A card chosen anew is asked anew, until it is offered."""
    if introduction.status not in (S.DRAFTED, S.ASKED):
        raise RuleBroken(N_("This card has gone to the company. It cannot be changed any more."))
    vacancy = vacancy_of(introduction)
    rules.check_published(vacancy.status == VacancyStatus.PUBLISHED)
    check_pair(introduction.candidate_id, vacancy)
    check_company(introduction)
    card, k = chosen(pool.choices(introduction.candidate_id, vacancy).options, coarseness)
    introduction.card, introduction.k = card.as_json(), k
    introduction.asked_at, introduction.card_agreed_at = clock.now(), None
    take_part(introduction, by)
    introduction.version += 1
    name_readers(introduction)
    if introduction.status == S.DRAFTED:
        states.move(introduction, S.ASKED, NEXT, candidate_ids=[introduction.candidate_id])
    said = {"card": card.digest, "coarseness": str(coarseness), "k": k}
    audit.record(
        "introduction.asked", "introduction", introduction.id, candidate_ids=[introduction.candidate_id], facts=said
    )


def name_readers(introduction: Introduction) -> None:
    """The recipients a liaison has confirmed are the ones the candidate hears."""
    confirmed = confirmed_ids(introduction.vacancy_id)
    rules.check_recipients(confirmed, confirmed)
    known = company_side.rows_of(introduction.id)
    for reader in known:
        if reader.account_id not in confirmed:
            db.session.delete(reader)
    named = {reader.account_id for reader in known}
    db.session.add_all(CardReader(introduction_id=introduction.id, account_id=each) for each in confirmed - named)
    db.session.flush()


def record_card_answer(introduction: Introduction, said: Answer, *, aloud: bool, by: Account) -> None:
    """Card consent or refusal. A refusal changes no service and is always taken down."""
    if introduction.status != S.ASKED:
        raise RuleBroken(N_("Nobody is asked about this card now. Open the page again."))
    card, heard = frozen_card(introduction), company_side.reader_ids(introduction.id)
    if said.answer == GIVEN:
        check_pair(introduction.candidate_id, vacancy_of(introduction))
        check_company(introduction)
        rules.check_recipients(heard, confirmed_ids(introduction.vacancy_id))
        rules.check_said_aloud(introduction.k or 0, FEW, aloud)
    keep_answer(introduction, CARD, said, card_facts(introduction, card), by)
    if said.answer == GIVEN:
        introduction.card_agreed_at = clock.now()
    else:
        introduction.ended_at = clock.now()
        states.move(introduction, S.REFUSED, NEXT, candidate_ids=[introduction.candidate_id])


def card_facts(introduction: Introduction, card: Card) -> dict[str, object]:
    return {
        "card": card.digest,
        **people_facts(company_side.reader_names(introduction.id)),
        "vacancy": str(introduction.vacancy_id),
        "company": str(introduction.company_id),
        "k": introduction.k,
    }


def people_facts(names: Mapping[UUID, str]) -> dict[str, object]:
    """Who would read it, as ids, and the names the candidate heard them by."""
    return {
        "recipients": sorted(str(each) for each in names),
        "names": rules.names_digest(names),
        "heard": rules.heard_one_by_one(names),
    }


def keep_answer(introduction: Introduction, kind: str, said: Answer, facts: dict[str, object], by: Account) -> None:
    candidates.record_consent(
        introduction.candidate_id,
        kind,
        said.answer,
        by=by,
        how=said.how,
        language=said.language,
        until=said.until,
        interpreter=said.interpreter,
        subject_id=introduction.id,
        facts=facts,
    )
    take_part(introduction, by)
    introduction.version += 1


def take_part(introduction: Introduction, by: Account) -> None:
    """Remembered beside whoever drafted it: a second person is somebody else (design: P5)."""
    introduction.took_part_ids = sorted({*introduction.took_part_ids, str(by.id)})


def lock_vacancy(vacancy_id: UUID) -> None:
    """Two officers may offer at once: the open cards are counted one after the other."""
    db.session.execute(select(Vacancy.id).where(Vacancy.id == vacancy_id).with_for_update())
