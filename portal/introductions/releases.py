"""The last gate before a name leaves the house: release consent, and the second person who releases (design: P5)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import current_app

from portal.accounts import services as accounts
from portal.accounts.models import Account
from portal.candidates import services as candidates
from portal.candidates.values import ConsentRecord, Identity
from portal.core import clock, settings, states
from portal.core.errors import N_, RuleBroken
from portal.introductions import company_side, drafting, mails, queries, rules
from portal.introductions.drafting import GIVEN, Answer
from portal.introductions.models import NEXT, Introduction, IntroductionStatus

S = IntroductionStatus
LONGEST = settings.declare("introductions.release_days", 60, N_("Released details are shown at most, days"), 7, 365)
ROUTES = {
    "phone": N_("Their telephone number"),
    "email": N_("Their e-mail address"),
    "officer": N_("Through you, the case officer"),
}
THROUGH_OFFICER = "contact:officer"
READ_REASON = N_("Release of agreed details")
SHOWN_REASON = N_("Released details shown to a named recipient")


@dataclass(frozen=True)
class Fields:
    """What the candidate lets out: `name` is chosen or legal, `route` one of `ROUTES`."""

    recipients: frozenset[UUID]
    name: str
    route: str
    may_work: bool

    @property
    def codes(self) -> list[str]:
        return [f"name:{self.name}", f"contact:{self.route}", *(["may_work"] if self.may_work else [])]


# --- the consent, by the officer with the candidate -------------------------------------


def check_may_ask(introduction: Introduction) -> None:
    """Until the release it may be asked again: a recipient may have left, an order may have come."""
    if introduction.status not in (S.ACCEPTED, S.CONSENTED):
        raise RuleBroken(N_("The company has not accepted this card, or it is over. Open the page again."))
    rules.check_before(clock.now(), introduction.answer_date)


def record_release_answer(introduction: Introduction, said: Answer, fields: Fields, by: Account) -> None:
    check_may_ask(introduction)
    facts: dict[str, object] = {"vacancy": str(introduction.vacancy_id), "company": str(introduction.company_id)}
    if said.answer != GIVEN:
        drafting.keep_answer(introduction, drafting.RELEASE, said, facts, by)
        candidates.forget_release(introduction.candidate_id, introduction.id)
        introduction.ended_at = clock.now()
        to = S.REFUSED if introduction.status == S.ACCEPTED else S.REVOKED
        states.move(introduction, to, NEXT, candidate_ids=[introduction.candidate_id])
        return
    check_fields(introduction, said, fields)
    heard = {
        each: name for each, name in company_side.reader_names(introduction.id).items() if each in fields.recipients
    }
    facts |= {
        **drafting.people_facts(heard),
        "fields": fields.codes,
        "until": said.until.isoformat(),
    }
    drafting.keep_answer(introduction, drafting.RELEASE, said, facts, by)
    seal(introduction, fields, by)
    for reader in company_side.rows_of(introduction.id):
        reader.released = reader.account_id in fields.recipients
    introduction.release_until = said.until
    if introduction.status == S.ACCEPTED:
        states.move(introduction, S.CONSENTED, NEXT, candidate_ids=[introduction.candidate_id])
    mails.tell_liaisons(introduction, "to-release")


def check_fields(introduction: Introduction, said: Answer, fields: Fields) -> None:
    drafting.check_accepted_pair(introduction)
    drafting.check_company(introduction)
    today = clock.today()
    rules.check_until(said.until, today, today + timedelta(days=settings.number(LONGEST)))
    if not fields.recipients or not fields.recipients <= company_side.reader_ids(introduction.id):
        raise RuleBroken(N_("Choose who may read the details, among the people who read the card"), field="recipients")
    check_members(introduction, fields.recipients)
    if fields.name not in rules.NAMES:
        raise RuleBroken(N_("Choose which name the company hears"), field="name")
    if fields.route not in ROUTES:
        raise RuleBroken(N_("Choose how the company reaches them"), field="route")
    rules.check_route(candidates.non_disclosure(introduction.candidate_id), fields.route)
    if fields.may_work and not candidates.profile(introduction.candidate_id).may_work_on(today):
        raise RuleBroken(N_("The profile does not say that they may work. Leave this out."), field="may_work")


def check_members(introduction: Introduction, recipients: Collection[UUID]) -> None:
    """Still at the company, and still among those a liaison confirmed for this vacancy."""
    members = {member.id for member in accounts.members_of(introduction.company_id)}
    rules.check_members(recipients, members & drafting.confirmed_ids(introduction.vacancy_id))


def seal(introduction: Introduction, fields: Fields, by: Account) -> None:
    """The values leave the identity once, here, with the candidate beside; whoever releases them never sees them."""
    identity = candidates.read_identity(introduction.candidate_id, by, READ_REASON)
    values = {"name": name_of(identity, fields.name), "contact": contact_of(identity, fields.route, by)}
    if fields.may_work:
        values["may_work"] = "yes"
    candidates.seal_release(introduction.candidate_id, introduction.id, values)


def name_of(identity: Identity, which: str) -> str:
    name = identity.legal_name if which == "legal" else identity.name
    if not name:
        raise RuleBroken(N_("This name is not in the file. Choose the other one."), field="name")
    return name


def contact_of(identity: Identity, route: str, officer: Account) -> str:
    if route == "officer":
        return through(officer)
    value = identity.phone if route == "phone" else identity.email
    if not value:
        raise RuleBroken(N_("This is not in the file. Choose another way."), field="route")
    return value


def through(officer: Account) -> str:
    """The route that leads to the candidate through the case officer."""
    return f"{officer.display_name}, {current_app.extensions['config'].phone}, {officer.email}"


# --- the release, by a second person ---------------------------------------------------------


def check_may_release(introduction: Introduction, by: Account) -> None:
    if introduction.status != S.CONSENTED:
        raise RuleBroken(N_("This release is no longer waiting. Open the list again."))
    check_person_and_time(introduction, by)
    drafting.check_company(introduction)
    drafting.check_accepted_pair(introduction)
    card, heard = drafting.frozen_card(introduction), company_side.reader_ids(introduction.id)
    rules.check_card_consent(drafting.consent_to(introduction, drafting.CARD), card.digest, heard)
    consent = drafting.consent_to(introduction, drafting.RELEASE)
    recipients = company_side.reader_ids(introduction.id, released=True)
    names = company_side.reader_names(introduction.id, released=True)
    rules.check_release_consent(consent, names, introduction.release_until)
    check_members(introduction, recipients)
    check_still_through_officer(introduction, consent.facts.get("fields", []) if consent else [])


def check_person_and_time(introduction: Introduction, by: Account) -> None:
    """Whoever put it to the candidate or wrote down any answer to it is no second person."""
    took_part = {UUID(each) for each in introduction.took_part_ids}
    took_part |= {each.recorded_by_id for each in consents_to(introduction)}
    rules.check_second_person(by.id, introduction.drafted_by_id, took_part)
    rules.check_before(clock.now(), introduction.answer_date)


def consents_to(introduction: Introduction) -> list[ConsentRecord]:
    """Every answer to this introduction, newest first."""
    consents = candidates.consents_of(introduction.candidate_id)
    return [each for each in consents if each.subject_id == introduction.id]


def leads_through_officer(introduction: Introduction) -> bool:
    """Whether the candidate agreed to no other way than through the officer."""
    consent = drafting.consent_to(introduction, drafting.RELEASE)
    return consent is not None and THROUGH_OFFICER in consent.facts.get("fields", [])


def check_still_through_officer(introduction: Introduction, fields: list[str]) -> None:
    """A non-disclosure order may have come after the consent."""
    if THROUGH_OFFICER not in fields and candidates.non_disclosure(introduction.candidate_id):
        raise RuleBroken(N_("The way to reach them must be agreed again. Tell the case officer."))


def release(introduction: Introduction, by: Account) -> None:
    check_may_release(introduction, by)
    introduction.released_at, introduction.released_by_id = clock.now(), by.id
    introduction.version += 1
    states.move(introduction, S.RELEASED, NEXT, candidate_ids=[introduction.candidate_id])
    mails.released(introduction, company_side.reader_accounts(introduction.id, released=True))
    mails.tell_officers(introduction, "released")


# --- what the named recipients read ------------------------------------------------------------


def recipients_today(introduction: Introduction) -> list[Account]:
    """Whom a liaison confirms today, by the names the candidate heard: behind another name somebody else may sit, and
    after a release nobody can ask the candidate again (design: P5).
    """
    consent = drafting.consent_to(introduction, drafting.RELEASE)
    if consent is None:
        return []
    confirmed = company_side.recipients_today(introduction)
    return [each for each in confirmed if rules.is_as_heard(consent, each.id, each.display_name)]


def read_fields(introduction: Introduction, viewer: Account, named: Collection[Account]) -> dict[str, str]:
    """The released fields, or nothing. `named` are the `recipients_today`. Every reading is an audit entry under the
    reader's name (design: P6).

    Under a non-disclosure order the route is the officer, also when the order came after the release (design: P5).
    """
    if not queries.view_of(introduction).has_fields or viewer.id not in {each.id for each in named}:
        return {}
    fields = candidates.open_release(introduction.candidate_id, introduction.id, SHOWN_REASON)
    if fields and candidates.non_disclosure(introduction.candidate_id) and not leads_through_officer(introduction):
        fields |= {"contact": through(accounts.get(candidates.officer_of(introduction.candidate_id)))}
    return fields
