"""A member takes a course: reads, tries, is told why, passes once; versions, and the years after."""

from __future__ import annotations

import io
import re
from datetime import timedelta

from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from portal.core import clock
from portal.core.access import Role
from portal.core.audit import AuditEntry
from portal.core.db import db, transaction
from portal.trainings.courses import queries, taking, writing
from portal.trainings.courses import services as course_services
from portal.trainings.courses.models import Attempt, Course, Question
from portal.trainings.models import Completion
from tests.accounts.test_at_once import all_at_once
from tests.factories import accounts, courses
from tests.support.browser import Page
from tests.support.databases import both_databases
from tests.support.html import words

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def asked(page: Page) -> list[str]:
    """The questions as they stand on the page, without their numbers."""
    legends = [words(each) for each in page.tree.iter("legend")]
    return [re.sub(r"^\d+\. ", "", each).split(" (in")[0] for each in legends]


def answers(app, course_id, wrong: int = 0) -> dict[str, list[str]]:
    """What to send: everything right but for so many."""
    with app.app_context():
        found = db.session.scalars(select(Question).where(Question.course_id == course_id).order_by(Question.position))
        sent = {f"q-{each.id}": sorted(each.right) for each in found}
        for number, name in enumerate(list(sent)[:wrong]):
            question = queries.questions_of(course_id)[number]
            sent[name] = [option["id"] for option in question.options if not option["right"]][:1]
        db.session.remove()
    return sent


def send(browser, page: Page, values: dict[str, list[str]]) -> Page:
    form = page.form()
    data = page.fields(form)
    for name, chosen in values.items():
        data.setlist(name, chosen)
    return browser.post(page.url, data=data)


def completions(app) -> list[Completion]:
    with app.app_context():
        found = list(db.session.scalars(select(Completion).order_by(Completion.recorded_at)))
        db.session.expunge_all()
        return found


def read_all(owner, world) -> Page:
    """From the overview by the buttons, to the page of the quiz."""
    overview = owner.get(f"/en/courses/{world.course_id}")
    page = owner.get(overview.links["Begin the course"])
    page = owner.submit(page, "I have read this, go on")
    assert page.h1 == "Part 2"
    assert "Section 2 of 2" in page.text
    return owner.submit(page, "I have read this, on to the quiz")


def test_from_what_is_missing_to_standing(browser, app, world, mailbox):
    owner = browser(world.owner_id)
    standing = owner.get("/en/standing")
    assert "One requirement is missing" in standing.text
    there = standing.links["Or take the course at your own pace: Training: Fair recruitment"]
    assert there == owner.get("/en/start").links["Or take the course at your own pace: Training: Fair recruitment"]
    assert there == owner.get("/en/trainings").links["Take the course at your own pace"]
    early = owner.get(f"{there}/quiz")
    assert "2 sections are still to be read" in early.text
    quiz = read_all(owner, world)
    assert quiz.h1 == "Quiz"
    assert "4 questions. You pass when 3 answers are right" in quiz.text
    page = owner.submit(quiz, "Begin the quiz")
    order = asked(page)
    assert sorted(order) == [f"Question {number}?" for number in range(1, 5)]
    assert asked(owner.get(page.url)) == order, "a reload is the same"
    assert owner.submit(f"{there}/quiz", "Go on with the quiz").url == page.url, "one try at a time"

    half = dict(list(answers(app, world.course_id).items())[:3])
    refused = send(owner, page, half)
    assert refused.status == 422
    assert len(refused.errors) == 1 and re.fullmatch(r"Question \d: choose an answer", refused.errors[0])
    assert sum(each.get("checked") is not None for each in refused.tree.iter("input")) >= 3, "what was chosen is kept"

    failed = send(owner, page, answers(app, world.course_id, wrong=2))
    assert failed.h1 == "Not passed yet"
    for said in ("2 of 4 answers are right; 3 are needed", "Because Question 1?", "What to read again", "Right is"):
        assert said in failed.text
    assert {"Part 1", "Part 2"} <= set(failed.links)
    assert completions(app) == []
    again = owner.submit(failed, "Try again")
    assert again.url != page.url

    passed = send(owner, again, answers(app, world.course_id, wrong=1))
    assert passed.h1 == "You passed"
    assert send(owner, again, answers(app, world.course_id)).url == passed.url, "the same form again"
    (made,) = completions(app)
    assert (made.account_id, made.training_id, made.sign_up_id) == (world.owner_id, world.training_id, None)
    assert [mail.subject for mail in mailbox.to(made.email)].count("Your certificate: Fair recruitment") == 1
    assert "You are a responsible employer" in owner.get("/en/standing").text
    overview = owner.get(there)
    assert "Passed" in overview.text and "Begin the course" not in overview.links
    assert "You have passed this course already" in owner.get(f"{there}/quiz").text
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "completion.recorded")).one()
        tried = db.session.scalars(select(Attempt).where(Attempt.passed)).one()
        assert entry.facts["evidence"] == "course" and entry.facts["reference"] == str(tried.id)


def test_two_windows_of_one_try_make_one_completion(browser, app, world):
    owner, other = browser(world.owner_id), browser(world.owner_id)
    page = owner.submit(read_all(owner, world), "Begin the quiz")
    second = other.get(page.url)
    right = answers(app, world.course_id)
    assert send(owner, page, right).h1 == "You passed"
    assert send(other, second, answers(app, world.course_id, wrong=4)).h1 == "You passed", "what was sent first stands"
    assert len(completions(app)) == 1


@both_databases
def test_sent_many_times_at_the_same_instant_it_is_one_completion(browser, app, world):
    owner = browser(world.owner_id)
    page = owner.submit(read_all(owner, world), "Begin the quiz")
    windows = [browser(world.owner_id) for _ in range(4)]
    pages = [each.get(page.url) for each in windows]
    right = answers(app, world.course_id)
    sends = [lambda who=who, at=at: send(who, at, right) for who, at in zip(windows, pages, strict=True)]
    assert {shown.h1 for shown in all_at_once(sends)} == {"You passed"}
    assert len(completions(app)) == 1


def test_a_try_is_its_members_and_a_draft_nobodys(browser, app, world):
    owner = browser(world.owner_id)
    page = owner.submit(read_all(owner, world), "Begin the quiz")
    with app.app_context(), transaction():
        colleague = accounts.account(Role.RECRUITER, company_id=world.company_id).id
        draft = course_services.renew(db.session.get_one(Course, world.course_id))
        draft_id, section_id = draft.id, queries.sections_of(draft.id)[0].id
    other = browser(colleague)
    for path in (
        page.url,
        f"{page.url}/result",
        f"/en/courses/{draft_id}",
        f"/en/courses/{draft_id}/quiz",
        f"/en/courses/sections/{section_id}",
    ):
        assert other.get(path).status == 404, path
    assert other.get(f"/en/courses/{world.course_id}/version").status == 403
    assert "Not begun" in other.get(f"/en/courses/{world.course_id}").text, "progress is each member's own"
    section = other.get(other.get(f"/en/courses/{world.course_id}").links["Begin the course"])
    forged = other.post(f"/en/courses/{world.course_id}/quiz", data=section.fields(section.form()))
    assert forged.status == 422
    assert any("Read every section first" in error for error in forged.errors)


def test_a_section_says_its_language_its_video_in_words_and_gives_its_file(browser, app, world):
    with app.app_context(), transaction():
        draft = course_services.renew(db.session.get_one(Course, world.course_id))
        part = courses.section(
            draft, "With video", title_en="", text_en="", text_fi="## Otsikko\n\n**Tärkeää.**",
            video_url="https://video.example/v", video_fi="Videossa sanotaan.", material_fi="Malli",
        )  # fmt: skip
        writing.keep_file(part, FileStorage(io.BytesIO(PDF), "malli.pdf", "file"))
        db.session.flush()
        course_services.publish(draft)
        section_id = part.id
    owner = browser(world.owner_id)
    page = owner.get(f"/en/courses/sections/{section_id}")
    assert "With video fi" in page.h1
    assert page.html.count('lang="fi"') >= 3 and "(in Finnish)" in page.text
    assert "<h2>Otsikko</h2>" in page.html
    assert page.links["Watch the video at video.example"] == "https://video.example/v"
    assert "Videossa sanotaan." in page.text
    file = owner.get(page.links["Malli"])
    assert file.headers["Content-Disposition"].startswith('attachment; filename="malli.pdf"')


def test_a_new_version_lets_one_finish_or_move(browser, app, world):
    owner = browser(world.owner_id)
    page = owner.get(f"/en/courses/{world.course_id}")
    owner.submit(owner.get(page.links["Begin the course"]), "I have read this, go on")
    with app.app_context(), transaction():
        colleague = accounts.account(Role.RECRUITER, company_id=world.company_id)
        courses.take(db.session.get_one(Course, world.course_id), colleague, wrong=4)
        draft = course_services.renew(db.session.get_one(Course, world.course_id))
        courses.section(draft, "Part 3")
        course_services.publish(draft)
        newest, colleague_id = draft.id, colleague.id
    finisher = browser(colleague_id)
    old = owner.get(f"/en/courses/{world.course_id}")
    assert "There is a newer version" in old.text
    page = owner.get(old.links["See what moving over means"])
    assert "You are in version 1; version 2 is the newest" in page.text
    page = owner.submit(page, "Move over to version 2")
    assert page.url == f"/en/courses/{newest}"
    assert "1 of 3 sections read" in page.text
    assert owner.get("/en/trainings").links["Fair recruitment"] in (page.url, "/en/events")
    assert "You moved over to a newer version" in owner.get(f"/en/courses/{world.course_id}").text
    assert finisher.get(f"/en/courses/{newest}/quiz").status == 200
    finish = finisher.submit(f"/en/courses/{world.course_id}/quiz", "Begin the quiz")
    assert send(finisher, finish, answers(app, world.course_id)).h1 == "You passed", "the old version counts the same"


def test_near_its_end_the_course_is_taken_again(browser, app, world):
    with app.app_context(), transaction():
        owner = accounts.accounts.get(world.owner_id)
        assert courses.take(db.session.get_one(Course, world.course_id), owner, wrong=0)
    path = f"/en/courses/{world.course_id}"
    member = browser(world.owner_id)
    assert all("Take the course again" not in words(form) for form in member.get(path).forms())
    with clock.travel(clock.now() + timedelta(days=690)):
        member = browser(world.owner_id)
        page = member.submit(path, "Take the course again")
        assert "Begin the course" not in page.links and "0 of 2 sections read" in page.text
        with app.app_context(), transaction():
            owner = accounts.accounts.get(world.owner_id)
            assert courses.take(db.session.get_one(Course, world.course_id), owner, wrong=0)
            assert db.session.scalar(select(func.count()).select_from(Completion)) == 2
            assert (taking.forget_answers(), taking.forget_answers()) == (1, 0), "the first try is of two years ago"
            first = db.session.scalars(select(Attempt).order_by(Attempt.begun_at)).first()
            assert (first.answers, len(first.right_ids)) == ({}, 4)
            old = first.id
        page = member.get(f"/en/courses/attempts/{old}/result")
        assert "4 of 4 answers are right" in page.text and "deleted a year after" in page.text
