"""Jobs: taken up once, taken up again after a crash, and their end is told (design: Files and jobs, P9)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import Context
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.core import clock, jobs
from portal.core.db import db, transaction
from portal.core.errors import NotFound, RuleBroken
from portal.core.jobs import Job, JobStatus

BY = uuid4()
Progress = Callable[[int], None]


def ask(kind: str = "export", **args: object) -> UUID:
    with transaction():
        return jobs.enqueue(kind, args, by=BY).id


def row(job_id: UUID) -> Job:
    db.session.rollback()
    return jobs.get(job_id, by=BY)


def test_a_job_runs_once_and_tells_its_progress(app: Flask) -> None:
    company, seen = uuid4(), []
    job_id = ask(company=company, year=2026)

    def work(job: Job, progress: Progress) -> None:
        progress(40)
        kept = row(job.id)
        seen.append((job.args, kept.status, kept.progress))

    assert jobs.run_due({"export": work}) == 1
    assert jobs.run_due({"export": work}) == 0
    assert seen == [({"company": str(company), "year": 2026}, JobStatus.RUNNING, 40)]
    done = row(job_id)
    assert (done.status, done.progress, done.message, done.leased_until) == (JobStatus.DONE, 100, "", None)
    assert done.started_at and done.finished_at and done.created_at <= done.started_at <= done.finished_at


def test_a_job_is_for_the_one_who_asked(app: Flask) -> None:
    job_id = ask()
    for stranger, wanted in ((uuid4(), job_id), (BY, uuid4())):
        with pytest.raises(NotFound):
            jobs.get(wanted, by=stranger)


def test_a_rolled_back_request_asks_for_nothing(app: Flask) -> None:
    with pytest.raises(RuntimeError), transaction():
        jobs.enqueue("export", {}, by=BY)
        raise RuntimeError
    assert jobs.run_due({"export": lambda job, progress: None}) == 0


def test_free_text_is_no_argument(app: Flask) -> None:
    with pytest.raises(ValueError, match="may name a person"):
        jobs.enqueue("export", {"name": "Aino Virtanen"}, by=BY)


def test_jobs_of_unknown_kinds_wait(app: Flask) -> None:
    job_id = ask("other")
    assert jobs.run_due({"export": lambda job, progress: None}) == 0
    assert row(job_id).status == JobStatus.WAITING


def test_a_refusal_is_told_in_its_own_words(app: Flask) -> None:
    def refuse(job: Job, progress: Progress) -> None:
        raise RuleBroken("There is nothing to export.")

    job_id = ask()
    jobs.run_due({"export": refuse})
    assert (row(job_id).status, row(job_id).message) == (JobStatus.FAILED, "There is nothing to export.")


def test_a_fault_is_told_without_its_words_and_undoes_what_it_left_open(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    who = " ".join(["Aino", "Virtanen"])

    def break_down(job: Job, progress: Progress) -> None:
        with transaction():
            jobs.enqueue("left", {}, by=BY)
            raise KeyError(who)

    job_id = ask()
    jobs.run_due({"export": break_down})
    failed = row(job_id)
    assert (failed.status, failed.message) == (JobStatus.FAILED, jobs.FAILED)
    assert who not in caplog.text
    assert "break_down" in caplog.text
    assert jobs.run_due({"left": lambda job, progress: None}) == 0


class Crash(BaseException):
    """The process dies here."""


def test_p9_a_job_of_a_crashed_worker_is_taken_up_when_its_lease_lapses(app: Flask) -> None:
    def crash(job: Job, progress: Progress) -> None:
        raise Crash

    job_id, done = ask(), []
    with pytest.raises(Crash):
        jobs.run_due({"export": crash})
    handlers: dict[str, jobs.Handler] = {"export": lambda job, progress: done.append(job.id)}
    assert jobs.run_due(handlers) == 0
    with clock.travel(clock.now() + jobs.LEASE + timedelta(seconds=1)):
        assert jobs.run_due(handlers) == 1
    assert done == [job_id]
    assert row(job_id).status == JobStatus.DONE


def test_p9_a_job_that_always_kills_its_worker_fails_at_last(app: Flask) -> None:
    def crash(job: Job, progress: Progress) -> None:
        raise Crash

    job_id = ask()
    for turn in range(jobs.ATTEMPTS):
        with clock.travel(clock.now() + turn * 2 * jobs.LEASE), pytest.raises(Crash):
            jobs.run_due({"export": crash})
    with clock.travel(clock.now() + 20 * jobs.LEASE):
        jobs.run_due({"export": crash})
    assert (row(job_id).status, row(job_id).message) == (JobStatus.FAILED, jobs.FAILED)


def test_a_worker_that_lost_its_lease_stops_and_changes_nothing(app: Flask) -> None:
    job_id, after = ask(), []

    def slow(job: Job, progress: Progress) -> None:
        with clock.travel(clock.now() + 2 * jobs.LEASE):
            assert Context().run(run_elsewhere) == 1
        progress(10)
        after.append("went on")

    def run_elsewhere() -> int:
        with app.app_context():
            return jobs.run_due({"export": lambda job, progress: None})

    jobs.run_due({"export": slow})
    assert after == []
    assert (row(job_id).status, row(job_id).progress, row(job_id).attempts) == (JobStatus.DONE, 100, 2)


def test_progress_inside_a_transaction_is_refused_rather_than_undoing_it(app: Flask) -> None:
    def wrong(job: Job, progress: Progress) -> None:
        with transaction():
            jobs.enqueue("left", {}, by=BY)
            progress(10)

    job_id = ask()
    jobs.run_due({"export": wrong})
    assert row(job_id).status == JobStatus.FAILED


def test_several_workers_run_each_job_once(app: Flask) -> None:
    expected = {ask(number=number) for number in range(12)}
    ran: list[UUID] = []
    troubles: list[BaseException] = []

    def work() -> None:
        try:
            with app.app_context():
                while jobs.run_due({"export": lambda job, progress: ran.append(job.id)}):
                    pass
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=Context().run, args=[work]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert troubles == []
    assert (len(ran), set(ran)) == (12, expected)


@pytest.mark.parametrize("old", JobStatus)
@pytest.mark.parametrize("new", JobStatus)
def test_a_job_goes_only_where_the_table_says(old: JobStatus, new: JobStatus) -> None:
    job = Job(kind="x", args={}, status=old, created_at=clock.now())
    if new in jobs.NEXT[old]:
        jobs._move_to(job, new)
        assert job.status == new
    else:
        with pytest.raises(ValueError, match="does not go"):
            jobs._move_to(job, new)
