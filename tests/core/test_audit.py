"""The audit trail (design: P6): who looked is known, and an edit, a deletion, a reorder or a cut shows."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from contextvars import Context
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, event, func, select, text, update

from portal.core import anchors, audit, clock, vault
from portal.core.audit import AuditCandidate, AuditEntry, AuditHead, Fault, TrailBroken
from portal.core.db import begin_to_read, begin_to_write, commit, db, transaction
from tests.core.conftest import House

CANDIDATE, OTHER, OFFICER = uuid4(), uuid4(), uuid4()


def write_entries(count: int) -> None:
    for number in range(count):
        with transaction():
            audit.record("note.written", "note", f"n{number}", candidate_ids=[CANDIDATE], facts={"number": number})


def faults() -> list[tuple[Fault, int | None]]:
    return [(problem.fault, problem.seq) for problem in audit.verify()]


def length() -> int:
    with transaction():
        return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


# --- what is witnessed


def test_an_entry_tells_who_what_whom_and_why(app: Flask) -> None:
    audit.actor.set(audit.Actor(OFFICER, "request-1"))
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    with clock.travel(at), transaction():
        audit.record(
            "consent.recorded", "candidate", CANDIDATE, candidate_ids=[OTHER, CANDIDATE, OTHER],
            reason="Asked in the room", facts={"fields": ["name", "route"], "until": at.date(), "company": OTHER},
        )  # fmt: skip
    entry = audit.recent()[0]
    assert (entry.seq, entry.account_id, entry.request_id) == (1, OFFICER, "request-1")
    assert (entry.verb, entry.subject, entry.subject_id) == ("consent.recorded", "candidate", str(CANDIDATE))
    assert (entry.reason, set(entry.candidate_ids)) == ("Asked in the room", {CANDIDATE, OTHER})
    assert entry.facts == {"fields": ["name", "route"], "until": "2026-03-02", "company": str(OTHER)}
    assert abs(entry.at - at) < timedelta(seconds=5)
    audit.actor.set(audit.Actor())


@pytest.mark.parametrize("fact", ["Aino Virtanen", "aino@example.org", "a\nb", 1.5, object()])
def test_p6_free_text_is_no_fact(app: Flask, fact: object) -> None:
    with pytest.raises(ValueError, match="may name a person"):
        audit.record("x", "y", None, facts={"deep": [{"er": fact}]})


def test_what_was_rolled_back_is_not_told(app: Flask) -> None:
    with pytest.raises(RuntimeError), transaction():
        audit.record("x", "y", None)
        raise RuntimeError
    assert not audit.collected()
    write_entries(1)
    assert [entry.verb for entry in audit.recent()] == ["note.written"]


def test_what_a_savepoint_undid_is_not_told_and_the_rest_is(app: Flask) -> None:
    with transaction():
        audit.record("before", "y", None)
        with pytest.raises(RuntimeError), db.session.begin_nested():
            audit.record("inside", "y", None)
            with db.session.begin_nested():
                audit.record("deeper", "y", None)
            raise RuntimeError
        with db.session.begin_nested():
            audit.record("kept", "y", None)
    assert [entry.verb for entry in audit.recent()] == ["kept", "before"]


def test_p6_an_identity_that_was_seen_is_witnessed_though_the_form_was_refused(app: Flask) -> None:
    begin_to_write()
    audit.identity_read([CANDIDATE], "own caseload")
    audit.record("profile.saved", "candidate", CANDIDATE)
    db.session.rollback()
    assert audit.collected()
    begin_to_write()
    commit()
    begin_to_read()
    assert [entry.verb for entry in audit.recent()] == ["identity.read"]


def test_entries_of_a_reading_request_are_carried_into_a_writing_one(app: Flask) -> None:
    begin_to_read()
    db.session.execute(select(AuditEntry)).all()
    assert not audit.collected()
    audit.identity_read([CANDIDATE, OTHER], "a list")
    assert audit.collected()
    carried = audit.take()
    begin_to_write()
    audit.put_back(carried)
    commit()
    begin_to_read()
    entry = audit.recent()[0]
    assert (entry.facts, set(entry.candidate_ids), entry.subject_id) == ({"count": 2}, {CANDIDATE, OTHER}, "")
    assert faults() == []


def test_a_commit_without_entries_does_not_touch_the_head(app: Flask) -> None:
    write_entries(1)
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    with transaction():
        db.session.execute(select(AuditEntry.id)).all()
    assert not [statement for statement in statements if "audit_head" in statement]


def test_who_has_seen_a_file_and_what_an_account_has_seen(app: Flask) -> None:
    start = clock.now()
    for account, candidates in ((OFFICER, [CANDIDATE]), (OFFICER, [CANDIDATE, OTHER]), (uuid4(), [OTHER])):
        with transaction():
            audit.actor.set(audit.Actor(account, ""))
            audit.identity_read(candidates, "own caseload")
    audit.actor.set(audit.Actor())
    assert [entry.seq for entry in audit.who_has_seen(CANDIDATE)] == [2, 1]
    assert audit.candidates_seen_by(OFFICER, since=start) == {CANDIDATE, OTHER}
    assert audit.candidates_seen_by(OFFICER, since=clock.now()) == set()


def test_the_trail_reads_by_page_and_narrowed(app: Flask) -> None:
    write_entries(5)
    assert [entry.seq for entry in audit.recent(limit=2)] == [5, 4]
    assert [entry.seq for entry in audit.recent(before_seq=4, limit=2)] == [3, 2]
    assert [entry.seq for entry in audit.recent(subject="note", subject_id="n1")] == [2]
    assert audit.recent(verb="other") == []


# --- what shows


def test_a_sound_trail_is_sound(app: Flask) -> None:
    assert faults() == []
    write_entries(3)
    assert faults() == []
    audit.anchor()
    write_entries(2)
    audit.anchor()
    audit.anchor()
    assert faults() == []
    assert len(app.extensions["config"].anchors.read_text().splitlines()) == 2


EDITS = {
    "verb": "note.read",
    "account_id": uuid4(),
    "reason": "another",
    "facts": {"number": 9},
    "subject_id": "n9",
    "at": datetime(2020, 1, 1, tzinfo=UTC),
    "request_id": "r",
    "hash": "f" * 64,
}


@pytest.mark.parametrize("column", EDITS)
def test_p6_an_edit_shows(app: Flask, column: str) -> None:
    write_entries(4)
    with transaction():
        db.session.execute(update(AuditEntry).where(AuditEntry.seq == 2).values({column: EDITS[column]}))
    assert faults() == [(Fault.EDITED, 2)]


@pytest.mark.parametrize("change", ["removed", "added", "exchanged"])
def test_p6_an_edit_of_the_candidates_shows(app: Flask, change: str) -> None:
    write_entries(3)
    with transaction():
        entry_id = db.session.scalars(select(AuditEntry.id).where(AuditEntry.seq == 2)).one()
        mine = AuditCandidate.entry_id == entry_id
        if change == "removed":
            db.session.execute(delete(AuditCandidate).where(mine))
        elif change == "added":
            db.session.add(AuditCandidate(entry_id=entry_id, candidate_id=OTHER))
        else:
            db.session.execute(update(AuditCandidate).where(mine).values(candidate_id=OTHER))
    assert faults() == [(Fault.EDITED, 2)]


def remove(seq: int) -> None:
    entry_id = db.session.scalars(select(AuditEntry.id).where(AuditEntry.seq == seq)).one()
    db.session.execute(delete(AuditCandidate).where(AuditCandidate.entry_id == entry_id))
    db.session.execute(delete(AuditEntry).where(AuditEntry.id == entry_id))


@pytest.mark.parametrize("seq", [1, 2])
def test_p6_a_deletion_shows(app: Flask, seq: int) -> None:
    write_entries(4)
    with transaction():
        remove(seq)
    assert faults() == [(Fault.DELETED, seq)]


def test_p6_a_deletion_with_new_numbers_shows(app: Flask) -> None:
    write_entries(4)
    with transaction():
        remove(2)
        for seq in (3, 4):
            db.session.execute(update(AuditEntry).where(AuditEntry.seq == seq).values(seq=seq - 1))
        db.session.execute(update(AuditHead).values(seq=3))
    assert faults() == [(Fault.MOVED, 2)]


def test_p6_a_reorder_shows(app: Flask) -> None:
    write_entries(4)
    with transaction():
        for old, new in ((2, 99), (3, 2), (99, 3)):
            db.session.execute(update(AuditEntry).where(AuditEntry.seq == old).values(seq=new))
    assert faults() == [(Fault.MOVED, 2)]


def test_p6_a_forged_entry_shows(app: Flask) -> None:
    write_entries(2)
    with transaction():
        last = db.session.scalars(select(AuditEntry).where(AuditEntry.seq == 2)).one()
        values = {column.name: getattr(last, column.name) for column in AuditEntry.__table__.columns}
        db.session.add(AuditEntry(**{**values, "id": uuid4(), "seq": 3, "previous": last.hash}))
    assert faults() == [(Fault.EDITED, 3)]


def cut_to(seq: int, with_head: bool = True) -> None:
    with transaction():
        for gone in range(length_in_session(), seq, -1):
            remove(gone)
        if with_head:
            last = db.session.scalar(select(AuditEntry.hash).where(AuditEntry.seq == seq))
            db.session.execute(update(AuditHead).values(seq=seq, hash=last, anchored_seq=min(seq, 2)))


def length_in_session() -> int:
    return db.session.scalar(select(func.max(AuditEntry.seq))) or 0


def test_p6_a_tail_cut_without_the_head_shows(app: Flask) -> None:
    write_entries(4)
    cut_to(2, with_head=False)
    assert faults() == [(Fault.CUT, 3)]


def test_p6_a_tail_cut_before_the_last_anchor_shows(app: Flask) -> None:
    write_entries(4)
    audit.anchor()
    cut_to(2)
    assert faults() == [(Fault.CUT, 3)]
    with pytest.raises(TrailBroken):
        audit.anchor()


def test_p6_a_cut_that_went_on_shows(app: Flask) -> None:
    write_entries(4)
    audit.anchor()
    cut_to(2)
    write_entries(5)
    assert faults() == [(Fault.REPLAYED, 4)]
    with pytest.raises(TrailBroken):
        audit.anchor()


def test_p6_an_old_copy_of_the_database_shows(app: Flask, kind: str, tmp_path: Path) -> None:
    if kind != "sqlite":
        pytest.skip("a copy of a file")
    write_entries(3)
    path = Path(str(db.engine.url.database))
    db.session.remove()
    db.engine.dispose()
    shutil.copy(path, tmp_path / "old.db")
    write_entries(2)
    audit.anchor()
    db.session.remove()
    db.engine.dispose()
    shutil.copy(tmp_path / "old.db", path)
    assert faults() == [(Fault.CUT, 4)]
    write_entries(4)
    assert faults() == [(Fault.REPLAYED, 5)]


def edit_line(lines: list[str]) -> list[str]:
    kind, seq, _, at, mac = lines[1].split(" ")
    return [lines[0], f"{kind} {seq} {'0' * 64} {at} {mac}", *lines[2:]]


ANCHOR_FAULTS: dict[str, Callable[[list[str]], list[str]]] = {
    "edited": edit_line,
    "first line gone": lambda lines: lines[1:],
    "middle gone": lambda lines: [lines[0], lines[2]],
    "last gone": lambda lines: lines[:-1],
    "moved": lambda lines: [lines[1], lines[0], lines[2]],
    "all gone": lambda lines: [],
    "nonsense": lambda lines: [*lines, "hello"],
}


@pytest.mark.parametrize("how", ANCHOR_FAULTS)
def test_p6_a_changed_anchor_file_shows(app: Flask, how: str) -> None:
    path: Path = app.extensions["config"].anchors
    for _ in range(3):
        write_entries(1)
        audit.anchor()
    path.write_text("".join(f"{line}\n" for line in ANCHOR_FAULTS[how](path.read_text().splitlines())))
    assert [fault for fault, _ in faults()] == [Fault.ANCHORS]
    if how not in ("first line gone", "edited"):  # the worker proves the end each minute; `verify` proves all
        write_entries(1)
        with pytest.raises(TrailBroken):
            audit.anchor()


def test_p6_a_mailed_anchor_shows_when_trail_and_anchor_file_were_put_back_together(app: Flask) -> None:
    path: Path = app.extensions["config"].anchors
    write_entries(2)
    audit.anchor()
    old = path.read_text()
    write_entries(2)
    audit.anchor()
    mailed = str(audit.last_anchor())
    path.write_text(old)
    cut_to(2)
    assert faults() == []  # nobody here can know
    runner = app.test_cli_runner()
    result = runner.invoke(args=["audit", "verify", "--mailed", mailed])
    assert result.exit_code == 1
    assert "cut, or an old copy was put back" in result.output


def test_an_anchor_torn_by_a_crash_is_written_again(app: Flask) -> None:
    path: Path = app.extensions["config"].anchors
    write_entries(1)
    audit.anchor()
    with path.open("a") as file:
        file.write("anchor 2 abc")
    assert faults() == []
    write_entries(1)
    audit.anchor()
    assert [anchor.split(" ")[1] for anchor in path.read_text().splitlines()] == ["1", "2"]
    assert faults() == []


def test_a_crash_between_the_anchor_and_its_record_heals(app: Flask) -> None:
    write_entries(1)
    audit.anchor()
    with transaction():
        db.session.execute(update(AuditHead).values(anchored_seq=0))
    assert faults() == []
    audit.anchor()
    assert db.session.scalar(select(AuditHead.anchored_seq)) == 1
    assert len(app.extensions["config"].anchors.read_text().splitlines()) == 1


def test_the_anchor_file_belongs_to_its_owner_alone(app: Flask) -> None:
    write_entries(1)
    audit.anchor()
    assert app.extensions["config"].anchors.stat().st_mode & 0o777 == 0o600


def test_many_anchors_stay_linked(app: Flask) -> None:
    for _ in range(12):  # more than the part of the file that is read to append
        write_entries(1)
        audit.anchor()
    with anchors.locked(app.extensions["config"].anchors, vault.secret("audit")) as file:
        assert [anchor.seq for anchor in file.all()] == list(range(1, 13))


def test_the_commands_say_sound_or_what_is_wrong(app: Flask) -> None:
    write_entries(2)
    runner = app.test_cli_runner()
    anchored = runner.invoke(args=["audit", "anchor"])
    assert (anchored.exit_code, "anchor 2 " in anchored.output) == (0, True)
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    with transaction():
        db.session.execute(text("UPDATE audit_entry SET verb = 'x' WHERE seq = 2"))
    wrong = runner.invoke(args=["audit", "verify"])
    assert wrong.exit_code == 1
    assert "Entry 2 was changed" in wrong.output
    assert str(CANDIDATE) not in wrong.output


# --- at the same time


def test_entries_of_many_at_once_make_one_chain(house: House, app: Flask) -> None:
    start, troubles = threading.Barrier(6), []

    def write(worker: int) -> None:
        try:
            with app.app_context():
                start.wait(20)
                for number in range(8):
                    with transaction():
                        audit.record("a", "thread", f"{worker}.{number}", candidate_ids=[CANDIDATE])
                        audit.record("b", "thread", f"{worker}.{number}")
        except Exception as trouble:
            troubles.append(trouble)

    def anchor_meanwhile() -> None:
        try:
            with app.app_context():
                start.wait(20)
                for _ in range(6):
                    audit.anchor()
                    assert audit.verify() == []
        except Exception as trouble:
            troubles.append(trouble)

    work = [lambda number=number: write(number) for number in range(5)] + [anchor_meanwhile]
    threads = [threading.Thread(target=Context().run, args=[each]) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(100)
    assert troubles == []
    assert faults() == []
    assert length() == 5 * 8 * 2


def test_p6_an_entry_exists_exactly_when_its_effect_does(app: Flask) -> None:
    """The trail and what it tells of are one transaction: a failing commit leaves neither."""
    write_entries(1)
    with pytest.raises(Exception), transaction():  # noqa: B017 - whichever the database raises
        audit.record("x", "y", None, candidate_ids=[UUID(int=5)])
        db.session.execute(text("INSERT INTO audit_head (id) VALUES (NULL)"))
    assert length() == 1
    assert faults() == []
