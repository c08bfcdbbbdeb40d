"""Who is who in the demonstration, what each may reach, and what is somebody else's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from portal.accounts import services as accounts
from portal.accounts.models import Account
from portal.candidates.models import Candidate, Consent
from portal.companies.models import CommitmentVersion, Company, Hearing
from portal.core.db import db
from portal.core.exports import StoredExport
from portal.events.import_models import AttendanceImport
from portal.events.models import Event, Material, SignUp
from portal.events.sign_up_models import Question as SignUpQuestion
from portal.followup.models import CheckIn, Placement
from portal.introductions.models import Introduction
from portal.programmes.models import Programme
from portal.trainings.courses.models import Attempt, Course, CourseStatus, Progress, Question, Section
from portal.trainings.courses.queries import is_open_to
from portal.trainings.models import Completion, Training, TrainingRequirement
from portal.trainings.requests.models import Invitation, TrainingRequest
from portal.vacancies.models import Vacancy, VacancyStatus
from portal.vocabulary import services as vocabulary
from seeds.demo import cast
from tests.support.browser import Browser

PERSONAS = {
    "visitor": None,
    "company A": cast.AINO,
    "company B": cast.HELMI,
    "liaison": cast.MARJA,
    "officer": cast.ELINA,
    "other officer": cast.KATRI,
    "partner": "sointu@kumppani.example",
    "project manager": "reijo@reilu.example",
    "administrator": cast.ADMINISTRATOR,
}
MEMBERS = ("company A", "company B")


@dataclass
class World:
    app: Flask
    ids: dict[str, UUID | None] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.app.app_context():
            self.ids = {
                name: account.id if email and (account := accounts.find_by_email(email)) else None
                for name, email in PERSONAS.items()
            }
            vocabulary.vocabulary()  # read once for the process, before statements are counted
            db.session.remove()

    def browser(self, persona: str) -> Browser:
        """One open browser for each persona."""
        if persona not in self.browsers:
            browser = Browser(self.app)
            if self.ids[persona] is not None:
                browser.sign_in(self.ids[persona])
            self.browsers[persona] = browser
        return self.browsers[persona]

    def reachable(self, persona: str, argument: str) -> list[Any]:
        """A few ids of this kind that the persona may see, if there are any."""
        with self.app.app_context():
            found = list(db.session.scalars(reach(argument, persona, self.ids[persona]).limit(30)))
            db.session.remove()
        return found

    def foreign(self, persona: str, argument: str) -> UUID | None:
        """The id of one that exists and is not this persona's to see; None where all of a kind are everybody's."""
        with self.app.app_context():
            query = foreign(argument, persona, self.ids[persona])
            found = db.session.scalar(query.limit(1)) if query is not None else None
            db.session.remove()
        return found


def company_of(account_id: UUID | None) -> Any:
    return select(Account.company_id).where(Account.id == account_id).scalar_subquery()


def requests_of(company_id: Any) -> Any:
    """The latest first: a training that has its day, then one that was held."""
    query = select(TrainingRequest.id).where(TrainingRequest.company_id == company_id)
    return query.order_by(TrainingRequest.place.desc())


def invitations_of(company_id: Any) -> Any:
    """The latest first: those of a training whose list can still be changed."""
    query = select(Invitation.id).where(Invitation.request_id.in_(requests_of(company_id)))
    return query.order_by(Invitation.invited_at.desc())


def own_candidates(account_id: UUID | None) -> Any:
    return select(Candidate.id).where(Candidate.officer_id == account_id)


def courses_draft_first(column: Any) -> Any:
    """For staff: a draft can be written, the other versions only read."""
    of = column.class_
    query = select(column).join(Course, Course.id == of.course_id) if of is not Course else select(column)
    return query.order_by(Course.status != CourseStatus.DRAFT, column)


def open_courses(account_id: UUID | None) -> Any:
    return select(Course.id).join(Training, Training.id == Course.training_id).where(is_open_to(account_id))


def sections(account_id: UUID | None) -> Any:
    query = select(Section.id).join(Course, Course.id == Section.course_id)
    return query.join(Training, Training.id == Course.training_id).where(is_open_to(account_id))


def own_attempts(account_id: UUID | None) -> Any:
    mine = select(Attempt.id).join(Progress, Progress.id == Attempt.progress_id)
    return mine.where(Progress.account_id == account_id).order_by(Attempt.submitted_at.is_(None), Attempt.number)


def reach(argument: str, persona: str, account_id: UUID | None) -> Any:
    member, mine, own = persona in MEMBERS, company_of(account_id), own_candidates(account_id)
    offered = select(Introduction.id).where(Introduction.offered_at.is_not(None))
    sent = select(Vacancy.id).where(Vacancy.status != VacancyStatus.DRAFT)
    queries: dict[str, Any] = {
        "company_id": select(Company.id).order_by(Company.applied_at),
        "vacancy_id": select(Vacancy.id).where(Vacancy.company_id == mine) if member else sent,
        "candidate_id": own,
        "introduction_id": offered.where(Introduction.company_id == mine) if member else select(Introduction.id),
        "event_id": select(Event.id),
        "material_id": select(Material.id),
        "asked_id": select(SignUpQuestion.id),
        "sign_up_id": select(SignUp.id),
        "import_id": select(AttendanceImport.id),
        "export_id": select(StoredExport.id).where(StoredExport.asked_by_id == account_id),
        "training_id": select(Training.id),
        "completion_id": select(Completion.id),
        "course_id": open_courses(account_id) if member else courses_draft_first(Course.id),
        "section_id": sections(account_id) if member else courses_draft_first(Section.id),
        "question_id": courses_draft_first(Question.id),
        "attempt_id": own_attempts(account_id),
        "requirement_id": select(TrainingRequirement.id),
        "hearing_id": select(Hearing.id),
        "request_id": requests_of(mine) if member else select(TrainingRequest.id).order_by(TrainingRequest.place),
        "invitation_id": invitations_of(mine),
        "placement_id": select(Placement.id).where(Placement.candidate_id.in_(own)),
        "check_in_id": select(CheckIn.id).where(CheckIn.candidate_id.in_(own)),
        "consent_id": select(Consent.id).where(Consent.candidate_id.in_(own)),
        "account_id": select(Account.id).where(Account.company_id == mine) if member else select(Account.id),
        "programme_id": select(Programme.id),
        "version_id": select(CommitmentVersion.id),
    }
    return queries.get(argument, select(Account.id).where(Account.id == uuid4()))


def foreign(argument: str, persona: str, account_id: UUID | None) -> Any:
    mine, own = company_of(account_id), own_candidates(account_id)
    if persona in MEMBERS:
        offered = select(Introduction.id).where(Introduction.offered_at.is_not(None))
        return {
            "vacancy_id": select(Vacancy.id).where(Vacancy.company_id != mine),
            "introduction_id": offered.where(Introduction.company_id != mine),
            "account_id": select(Account.id).where(Account.company_id != mine),
            "hearing_id": select(Hearing.id).where(Hearing.company_id != mine),
            "course_id": select(Course.id).where(Course.status == CourseStatus.DRAFT),
            "attempt_id": select(Attempt.id)
            .join(Progress, Progress.id == Attempt.progress_id)
            .where(Progress.account_id != account_id),
            "request_id": select(TrainingRequest.id).where(TrainingRequest.company_id != mine),
            "invitation_id": select(Invitation.id).where(Invitation.request_id.not_in(requests_of(mine))),
        }.get(argument)
    others = {
        "candidate_id": select(Candidate.id).where(Candidate.officer_id != account_id),
        "vacancy_id": select(Vacancy.id).where(Vacancy.status == VacancyStatus.DRAFT),
        "placement_id": select(Placement.id).where(Placement.candidate_id.not_in(own)),
        "check_in_id": select(CheckIn.id).where(CheckIn.candidate_id.not_in(own)),
        "consent_id": select(Consent.id).where(Consent.candidate_id.not_in(own)),
    }
    if persona == "other officer":
        others["introduction_id"] = select(Introduction.id).where(Introduction.status == "asked")
    return others.get(argument)
