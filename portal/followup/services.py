"""Placements: started with a hired introduction, followed at weeks 1, 4, 12 and 26, ended by the officer.

Nothing here reaches the company: a concern sets a silent hold on its owner group, and no page or mail of it changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select

from portal.accounts.models import Account
from portal.candidates import services as candidates
from portal.companies import services as companies
from portal.core import audit, clock, states, vault
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.followup import rules
from portal.followup.models import CHECK_IN_NEXT, NEXT, CheckIn, CheckInOutcome, Placement, PlacementStatus
from portal.incidents import services as incidents
from portal.introductions import services as introductions
from portal.introductions.models import Introduction, IntroductionStatus

PLACED, ACTIVE = candidates.CandidateStatus.PLACED, candidates.CandidateStatus.ACTIVE


@dataclass(frozen=True)
class Start:
    """Hours a week; pay in cents per `pay_unit` (hour or month)."""

    kind: str
    starts_on: date
    hours: int
    pay_cents: int
    pay_unit: str
    contact: str


def words_of(placement_id: UUID) -> str:
    """The vault's purpose for the free words of a placement's check-ins."""
    return f"checkin:{placement_id.hex}"


def contact_at(placement_id: UUID) -> str:
    """The vault's purpose for the contact at the workplace: free words too."""
    return f"contact:{placement_id.hex}"


# --- finding ----------------------------------------------------------------------


def get(placement_id: UUID, viewer: Viewer, *, lock: bool = False) -> Placement:
    """A placement of a candidate on the viewer's own list. Raises `NotFound`."""
    query = select(Placement).where(Placement.id == placement_id)
    row = db.session.scalar(query.with_for_update() if lock else query)
    if row is None or not candidates.is_kept_by(row.candidate_id, viewer):
        raise NotFound
    return row


def get_check_in(check_in_id: UUID, viewer: Viewer, *, lock: bool = False) -> tuple[CheckIn, Placement]:
    query = select(CheckIn).where(CheckIn.id == check_in_id)
    row = db.session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row, get(row.placement_id, viewer)


def check_ins_of(placement_ids: Iterable[UUID]) -> list[CheckIn]:
    query = select(CheckIn).where(CheckIn.placement_id.in_(list(placement_ids)))
    return list(db.session.scalars(query.order_by(CheckIn.due_on, CheckIn.week, CheckIn.id)))


def of_candidate(candidate_id: UUID) -> list[Placement]:
    query = select(Placement).where(Placement.candidate_id == candidate_id)
    return list(db.session.scalars(query.order_by(Placement.starts_on, Placement.id)))


# --- placement ---------------------------------------------------------------------


def check_may_start(introduction: Introduction) -> None:
    if introduction.status not in (IntroductionStatus.RELEASED, IntroductionStatus.MET):
        raise RuleBroken(N_("A placement starts from an introduction where they met. Open the introduction again."))


def start_placement(introduction: Introduction, start: Start, by: Account) -> Placement:
    """Hired: the introduction, the candidate's state, the other introductions and the check-ins, all at once."""
    check_may_start(introduction)
    rules.check_start(start.kind, start.starts_on, start.hours, start.pay_cents, clock.today())
    if introduction.status == IntroductionStatus.RELEASED:
        introductions.record_met(introduction, by)
    introductions.record_hired(introduction, by)
    placement = Placement(
        introduction_id=introduction.id, candidate_id=introduction.candidate_id, company_id=introduction.company_id,
        kind=start.kind, starts_on=start.starts_on, hours=start.hours, pay_cents=start.pay_cents,
        pay_unit=start.pay_unit,
    )  # fmt: skip
    db.session.add(placement)
    db.session.flush()  # the check-ins name it
    if start.contact:
        vault.seal(placement.candidate_id, contact_at(placement.id), {"contact": start.contact})
    db.session.add_all(
        CheckIn(placement_id=placement.id, candidate_id=placement.candidate_id, week=week, due_on=due_on)
        for week, due_on in rules.due_dates(start.starts_on)
    )
    if candidates.profile(placement.candidate_id).status == ACTIVE:
        candidates.move_to(placement.candidate_id, PLACED, by)
    facts = {"introduction": introduction.id, "kind": start.kind}
    audit.record("placement.started", "placement", placement.id, candidate_ids=[placement.candidate_id], facts=facts)
    return placement


def end_placement(placement: Placement, ends_on: date, by: Account) -> None:
    """Check-ins that were still to come go; the candidate looks for work again."""
    rules.check_end(placement.starts_on, ends_on, clock.today())
    states.move(placement, PlacementStatus.ENDED, NEXT, candidate_ids=[placement.candidate_id])
    placement.ends_on = ends_on
    placement.version += 1
    waiting = delete(CheckIn).where(CheckIn.placement_id == placement.id, CheckIn.status == CheckInOutcome.DUE)
    db.session.execute(waiting)
    others = [each for each in of_candidate(placement.candidate_id) if each.status == PlacementStatus.STARTED]
    if not others and candidates.profile(placement.candidate_id).status == PLACED:
        candidates.move_to(placement.candidate_id, ACTIVE, by)


# --- check-ins -----------------------------------------------------------------------


def record_check_in(check_in: CheckIn, placement: Placement, outcome: CheckInOutcome, words: str, by: Account) -> None:
    """Fine, a concern, or not reached. The words are sealed for the candidate, and only its officer opens them."""
    rules.check_week_has_come(check_in.due_on, clock.today())
    if outcome == CheckInOutcome.CONCERN and not words:
        raise RuleBroken(N_("Write what worries you. Only you and your deputy read it."), field="words")
    states.move(check_in, outcome, CHECK_IN_NEXT, candidate_ids=[check_in.candidate_id])
    check_in.done_at, check_in.done_by_id = clock.now(), by.id
    if words:
        said = {**read_words(placement), check_in.id: words}
        vault.seal(placement.candidate_id, words_of(placement.id), {str(each): text for each, text in said.items()})
    if outcome == CheckInOutcome.NOT_REACHED and placement.status == PlacementStatus.STARTED:
        again = CheckIn(
            placement_id=placement.id, candidate_id=check_in.candidate_id, week=check_in.week,
            due_on=clock.today() + rules.AGAIN,
        )  # fmt: skip
        db.session.add(again)
    if outcome == CheckInOutcome.CONCERN:
        group_id = companies.by_id(placement.company_id).owner_group_id
        incidents.open_incident(group_id, placement.id, by, candidate_id=placement.candidate_id)


def read_words(placement: Placement) -> dict[UUID, str]:
    """What was said, by check-in, for the officer who keeps the candidate."""
    return {UUID(each): text for each, text in vault.open(placement.candidate_id, words_of(placement.id)).items()}


def read_contact(placement: Placement) -> str:
    """Whom the officer may call at the workplace."""
    return str(vault.open(placement.candidate_id, contact_at(placement.id)).get("contact", ""))


# --- for the registry -------------------------------------------------------------------


def erasure_refusals(candidate_id: UUID) -> Iterable[str]:
    if any(each.status == PlacementStatus.STARTED for each in of_candidate(candidate_id)):
        yield N_("A placement is still followed. End it first.")


def erase(candidate_id: UUID) -> None:
    """The sealed words die with the candidate's key."""
    db.session.execute(delete(CheckIn).where(CheckIn.candidate_id == candidate_id))
    db.session.execute(delete(Placement).where(Placement.candidate_id == candidate_id))
