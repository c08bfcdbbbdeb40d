"""The lists of an event that leave as files. What a person needs to take part (diet, access) is in none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from portal.core import clock, exports, languages
from portal.core.db import db, transaction
from portal.core.errors import N_
from portal.core.exports import FileForm, Row, StoredExport, Table
from portal.core.jobs import Job
from portal.events import certificates, feedback, rules, words
from portal.events.feedback_models import FeedbackAnswer
from portal.events.models import Event, SignUp, SignUpStatus

JOB = "events.export"
KINDS = {
    "sign_ups": N_("Sign-ups"),
    "attendance": N_("Attendance"),
    "completions": N_("Completions"),
    "feedback": N_("Feedback"),
}
TELLS = {
    "sign_ups": N_("Everyone who signed up, with address, organisation, role and state."),
    "attendance": N_("Everyone with a confirmed seat: whether they were there, since when, for how many minutes."),
    "completions": N_("Who completed the training, until when it is valid, and the certificate’s code."),
    "feedback": N_("Each answer by itself, in no order. Only when there are at least five."),
}


def count(event: Event, kind: str) -> int:
    """How many rows the list has."""
    if kind == "completions":
        return len(certificates.provided().completed(event.id))
    if kind == "feedback":
        return sum(part.count for part in shown_feedback(event))
    query = select(func.count()).where(SignUp.event_id == event.id, SignUp.name != "")
    if kind == "attendance":
        query = query.where(SignUp.status == SignUpStatus.CONFIRMED)
    return db.session.scalar(query) or 0


def table(event: Event, kind: str) -> Table:
    """In the reader's language."""
    columns, rows = WRITERS[kind]
    name = f"{_(KINDS[kind])} {clock.local_date(event.starts_at).isoformat()}"
    return Table(name, [_(column) for column in columns], rows(event))


def file_name(event: Event, kind: str) -> str:
    return f"{_(KINDS[kind])} {words.plain_title(event)[:60]} {clock.local_date(event.starts_at).isoformat()}"


# --- rows ---------------------------------------------------------------------


def people(event: Event, *where: object) -> Iterator[SignUp]:
    """A thousand at a time, by name."""
    last: tuple[str, UUID] | None = None
    while True:
        query = select(SignUp).where(SignUp.event_id == event.id, SignUp.name != "", *where)  # type: ignore[arg-type]
        if last is not None:
            after = (SignUp.sort_key > last[0]) | ((SignUp.sort_key == last[0]) & (SignUp.id > last[1]))
            query = query.where(after)
        found = db.session.scalars(query.order_by(SignUp.sort_key, SignUp.id).limit(exports.BATCH)).all()
        yield from found
        if len(found) < exports.BATCH:
            return
        last = (found[-1].sort_key, found[-1].id)


def sign_up_rows(event: Event) -> Iterator[Row]:
    now = clock.now()
    for each in people(event):
        role = _(rules.ATTENDEE_ROLES[each.attendee_role]) if each.attendee_role in rules.ATTENDEE_ROLES else ""
        state = _(words.SIGN_UP[each.state_at(now)][0])
        yield (
            each.name, each.email, each.organisation, each.business_id, role, each.language, state,
            clock.local_date(each.asked_at),
        )  # fmt: skip


def attendance_rows(event: Event) -> Iterator[Row]:
    for each in people(event, SignUp.status == SignUpStatus.CONFIRMED):
        attended = "" if each.attended is None else yes_or_no(each.attended)
        yield each.name, each.email, each.organisation, attended, each.checked_in_at, each.minutes, yes_or_no(each.late)


def yes_or_no(truth: bool) -> str:
    return _("Yes") if truth else _("No")


def completion_rows(event: Event) -> Iterator[Row]:
    for each in certificates.provided().completed(event.id):
        revoked = yes_or_no(each.is_revoked)
        yield (
            each.name, each.email, each.training, each.training_version, each.completed_on, each.valid_until, each.code,
            revoked,
        )  # fmt: skip


def shown_feedback(event: Event) -> list[feedback.Summary]:
    return [part for part in feedback.summary(event) if part.texts or part.shares is not None]


def feedback_rows(event: Event) -> Iterator[Row]:
    """By question; the answers stand by their random ids, and only when the summary shows them too."""
    for part in shown_feedback(event):
        labels = dict(part.question.choices)
        query = select(FeedbackAnswer.value).where(
            FeedbackAnswer.event_id == event.id, FeedbackAnswer.question == part.question.code
        )
        for value in db.session.scalars(query.order_by(FeedbackAnswer.id)):
            is_scale = part.question.kind == feedback.QuestionKind.SCALE
            shown = int(value) if is_scale else _(labels[value]) if value in labels else value
            yield _(part.question.text), shown


Writer = tuple[tuple[str, ...], Callable[[Event], Iterator[Row]]]
WRITERS: dict[str, Writer] = {
    "sign_ups": (
        (
            N_("Name"), N_("E-mail"), N_("Organisation"), N_("Business ID"), N_("Role"), N_("Language"), N_("State"),
            N_("Signed up on"),
        ),
        sign_up_rows,
    ),
    "attendance": (
        (
            N_("Name"), N_("E-mail"), N_("Organisation"), N_("Attended"), N_("Checked in at"), N_("Minutes"),
            N_("Added late"),
        ),
        attendance_rows,
    ),
    "completions": (
        (
            N_("Name"), N_("E-mail"), N_("Training"), N_("Version"), N_("Completed on"), N_("Valid until"), N_("Code"),
            N_("Revoked"),
        ),
        completion_rows,
    ),
    "feedback": ((N_("Question"), N_("Answer")), feedback_rows),
}  # fmt: skip


# --- long ones ------------------------------------------------------------------


def write(job: Job, report: Callable[[int], None]) -> None:
    """The job's handler: the rows are read in short transactions; a second run writes the same file again."""
    export_id = UUID(job.args["export"])
    with transaction():
        export = db.session.get(StoredExport, export_id)
        event = db.session.get(Event, export.subject_id) if export else None
        if export is None or event is None:
            return
        db.session.expunge_all()
    with languages.speaking(export.language):
        whole, most = table(event, export.kind), export.rows
        rows = list(exports.told(whole.rows, most, report))
        content = exports.content_of(Table(whole.name, whole.columns, rows), FileForm(export.form))
    with transaction():
        exports.keep(db.session.get_one(StoredExport, export_id), content, len(rows))
        exports.witness(export.kind, "event", event.id, len(rows), FileForm(export.form))
