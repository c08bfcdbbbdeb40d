"""Attendance of a webinar from a file: read, looked at, and only then recorded. Each row of the file has a fate."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.core import audit, clock, settings, states, tables
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.events import arrivals, attendance, attendance_files, rules, seats
from portal.events.attendance_files import Person
from portal.events.import_models import IMPORT_NEXT, AttendanceImport, Fate, ImportedRow, ImportStatus
from portal.events.models import Event, EventStatus, SignUp
from portal.events.sign_ups import Details

SHARE = settings.declare(
    "events.attended_percent", 75, N_("Per cent of a webinar that count as having attended"), most=100
)
UNITS = {"percent": N_("per cent of the event"), "minutes": N_("minutes")}
MOST_PEOPLE = 3000
MOST_SKIPPED = 100


# --- readers -----------------------------------------------------------------


def get(import_id: UUID) -> tuple[AttendanceImport, Event]:
    """For those who keep events. Raises `NotFound`."""
    found = db.session.get(AttendanceImport, import_id)
    event = db.session.get(Event, found.event_id) if found else None
    if found is None or event is None:
        raise NotFound
    return found, event


def waiting(event_id: UUID) -> AttendanceImport | None:
    """A file that was read and neither recorded nor put away."""
    query = select(AttendanceImport).where(
        AttendanceImport.event_id == event_id, AttendanceImport.status == ImportStatus.READ
    )
    return db.session.scalar(query.order_by(AttendanceImport.read_at.desc()).limit(1))


@dataclass(frozen=True)
class Placed:
    """A sign-up and all its minutes, which may come from several rows of the file."""

    who: SignUp
    minutes: int
    lines: int


@dataclass(frozen=True)
class Preview:
    """What recording would do. `least` is the threshold in minutes; `missing` are confirmed but not in the file;
    `kept` were marked present by hand or at the door, and the file does not take that away."""

    least: int
    present: Sequence[Placed]
    short: Sequence[Placed]
    open: Sequence[ImportedRow]
    decided: Sequence[tuple[ImportedRow, SignUp | None]]
    missing: Sequence[SignUp]
    kept: Sequence[SignUp]


def preview(found: AttendanceImport, event: Event) -> Preview:
    rows = rows_of(found)
    people = {each.id: each for each in attendance.expected(event.id)}
    least, placed = least_of(found, event), placed_in(people, rows)
    there = {each.who.id for each in placed if each.minutes >= least}
    rest = [each for each in people.values() if each.id not in there]
    in_file = {each.who.id for each in placed}
    return Preview(
        least=least,
        present=[each for each in placed if each.minutes >= least],
        short=[each for each in placed if each.minutes < least and not attendance.is_seen(each.who)],
        open=[row for row in rows if row.fate == Fate.OPEN],
        decided=[(row, people.get(row.sign_up_id)) for row in rows if row.fate not in (Fate.OPEN, Fate.MATCHED)],  # type: ignore[arg-type]
        missing=[each for each in rest if each.id not in in_file and not attendance.is_seen(each)],
        kept=[each for each in rest if attendance.is_seen(each)],
    )


def placed_in(people: Mapping[UUID, SignUp], rows: Sequence[ImportedRow]) -> list[Placed]:
    """By name. A row whose sign-up was cancelled since then has none here, and stands among the decided ones."""
    mine: dict[UUID, list[ImportedRow]] = {}
    for row in rows:
        if row.sign_up_id is not None:
            mine.setdefault(row.sign_up_id, []).append(row)
    return [
        Placed(who, sum(row.minutes for row in mine[each]), sum(row.lines for row in mine[each]))
        for each, who in people.items()
        if each in mine
    ]


def least_of(found: AttendanceImport, event: Event) -> int:
    minutes = int((event.ends_at - event.starts_at).total_seconds() // 60)
    return attendance_files.least_minutes(found.threshold, found.unit, minutes)


def rows_of(found: AttendanceImport) -> list[ImportedRow]:
    query = select(ImportedRow).where(ImportedRow.import_id == found.id).order_by(ImportedRow.position)
    return list(db.session.scalars(query))


def alike(row: ImportedRow, people: Sequence[SignUp], most: int = 6) -> list[SignUp]:
    """Those of the sign-ups whose name or address is like the row's, the likeliest first."""
    name, address = arrivals.folded(row.name), row.email.partition("@")[0]

    def likeness(each: SignUp) -> float:
        by_name = fuzz.token_sort_ratio(name, arrivals.folded(each.name)) if name else 0
        return max(by_name, fuzz.ratio(address, each.email.partition("@")[0]) if address else 0)

    return sorted(people, key=lambda each: (-likeness(each), each.sort_key))[:most]


# --- verbs -------------------------------------------------------------------


def read(event: Event, upload: FileStorage, threshold: int, unit: str, by: Viewer) -> AttendanceImport:
    """Read the file and match its people by address; nothing is recorded yet. Raises `RuleBroken` at its field."""
    event = seats.lock(event.id)
    rules.check_markable(event.status == EventStatus.CANCELLED, event.starts_at, clock.now())
    check_threshold(threshold, unit)
    data = upload.stream.read(tables.LIMIT + 1)
    digest = hashlib.sha256(data).hexdigest()
    check_new(event, digest)
    try:
        table = attendance_files.read(data, upload.filename or "")
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field="file", **refusal.params) from None
    if len(table.people) > MOST_PEOPLE:
        raise RuleBroken(tables.LARGE, field="file", megabytes=tables.MEGABYTES, lines=MOST_PEOPLE)
    put_away_waiting(event)
    found = AttendanceImport(
        event_id=event.id, status=ImportStatus.READ, digest=digest, lines=table.lines, threshold=threshold, unit=unit,
        skipped=list(table.skipped[:MOST_SKIPPED]), read_at=clock.now(), read_by_id=by.id,
    )  # fmt: skip
    db.session.add(found)
    db.session.flush()
    match(found, event, table.people)
    audit.record("event.attendance_read", "event", event.id, facts={"count": len(table.people), "lines": table.lines})
    return found


def check_threshold(threshold: int, unit: str) -> None:
    most = 100 if unit == "percent" else attendance_files.MOST_MINUTES
    if not 1 <= threshold <= most:
        raise RuleBroken(N_("Write a number from %(least)s to %(most)s."), field="threshold", least=1, most=most)


def check_new(event: Event, digest: str) -> None:
    """The same file again would say the same again."""
    query = select(AttendanceImport.id).where(
        AttendanceImport.event_id == event.id, AttendanceImport.digest == digest,
        AttendanceImport.status == ImportStatus.RECORDED,
    )  # fmt: skip
    if db.session.scalar(query.limit(1)) is not None:
        raise RuleBroken(N_("This very file was recorded already. Choose another file."), field="file")


def put_away_waiting(event: Event) -> None:
    if (earlier := waiting(event.id)) is not None:
        discard(earlier)


def match(found: AttendanceImport, event: Event, people: Sequence[Person]) -> None:
    by_address = {each.email: each.id for each in attendance.expected(event.id)}
    for position, person in enumerate(people):
        sign_up_id = by_address.get(person.email) if person.email else None
        db.session.add(
            ImportedRow(
                import_id=found.id, position=position, name=person.name, email=person.email, minutes=person.minutes,
                lines=person.lines, fate=Fate.MATCHED if sign_up_id else Fate.OPEN, sign_up_id=sign_up_id, reason="",
            )
        )  # fmt: skip


@dataclass(frozen=True)
class Decision:
    """What a person decides about a row without a sign-up. `email` names another sign-up, or is whom to add."""

    fate: Fate
    sign_up_id: UUID | None = None
    email: str = ""
    name: str = ""
    reason: str = ""


def decide(found: AttendanceImport, event: Event, decisions: Mapping[UUID, Decision]) -> None:
    """Raises `RuleBroken`; its `field` is the id of the row."""
    event = seats.lock(event.id)
    check_open(found)
    rows = {row.id: row for row in rows_of(found)}
    for row_id, decision in decisions.items():
        if row_id not in rows:
            raise NotFound
        settle_row(rows[row_id], event, decision)


def settle_row(row: ImportedRow, event: Event, decision: Decision) -> None:
    if decision.fate == Fate.PICKED:
        row.sign_up_id = picked(row, event, decision)
    elif decision.fate == Fate.LATE:
        row.sign_up_id = added(row, event, decision)
    elif decision.fate == Fate.ASIDE:
        if not decision.reason:
            raise RuleBroken(N_("Write why this row is set aside."), field=str(row.id))
        row.sign_up_id, row.reason = None, decision.reason
    row.fate = decision.fate


def picked(row: ImportedRow, event: Event, decision: Decision) -> UUID:
    people = attendance.expected(event.id)
    for each in people:
        if each.id == decision.sign_up_id or (decision.email and each.email == decision.email):
            return each.id
    raise RuleBroken(N_("Nobody with a confirmed seat has this e-mail address."), field=str(row.id))


def added(row: ImportedRow, event: Event, decision: Decision) -> UUID:
    if not decision.email or not (decision.name or row.name):
        raise RuleBroken(N_("Write the name and the e-mail address of the person to add."), field=str(row.id))
    details = Details(
        name=decision.name or row.name, email=decision.email, language=event.event_language, attendee_role="other"
    )
    return arrivals.add_late(event.id, details, over=True).id


def set_threshold(found: AttendanceImport, threshold: int, unit: str) -> None:
    check_open(found)
    check_threshold(threshold, unit)
    found.threshold, found.unit = threshold, unit


def record(found: AttendanceImport, event: Event, by: Viewer) -> tuple[int, int]:
    """Mark the attendance as previewed. Returns how many were there and how many not. Raises `RuleBroken` while a row
    has no fate."""
    seats.lock(event.id)
    db.session.refresh(found)
    check_open(found)
    seen = preview(found, event)
    if seen.open:
        raise RuleBroken(
            N_("%(open)d rows of the file have no sign-up yet. Decide about each of them first."), open=len(seen.open)
        )
    for placed in [*seen.present, *placed_in({each.id: each for each in seen.kept}, rows_of(found)), *seen.short]:
        placed.who.minutes = placed.minutes
    there = {each.who.id for each in seen.present} | {each.id for each in seen.kept}
    states.move(found, ImportStatus.RECORDED, IMPORT_NEXT)
    found.recorded_at = clock.now()
    return attendance.mark_attendance(event, there, by)


def reopen(found: AttendanceImport, row_id: UUID) -> None:
    """Decide anew about a row. Somebody who was added stays added."""
    check_open(found)
    row = next((row for row in rows_of(found) if row.id == row_id), None)
    if row is None:
        raise NotFound
    if row.fate in (Fate.PICKED, Fate.ASIDE):
        row.fate, row.sign_up_id, row.reason = Fate.OPEN, None, ""


def discard(found: AttendanceImport) -> None:
    """Nothing of the file is recorded."""
    check_open(found)
    states.move(found, ImportStatus.DISCARDED, IMPORT_NEXT)


def check_open(found: AttendanceImport) -> None:
    if found.status != ImportStatus.READ:
        raise RuleBroken(N_("This file has been dealt with. Read it anew to change something."))
