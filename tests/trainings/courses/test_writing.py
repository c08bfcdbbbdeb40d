"""Staff write a course: its parts, their order, its versions; the preview keeps nothing; numbers tell of nobody."""

from __future__ import annotations

import io

from sqlalchemy import func, select

from portal.core.access import Role
from portal.core.db import db, transaction
from portal.trainings.courses import queries
from portal.trainings.courses import services as course_services
from portal.trainings.courses.models import Attempt, Course, Question, Section
from tests.factories import accounts, courses, trainings
from tests.support.html import words
from tests.trainings.courses.test_taking import PDF, answers, send

SECTION = {"title_fi": "Osa", "text_fi": "Teksti **tärkeä**."}
QUESTION = {
    "text_fi": "Kysymys?", "why_fi": "Siksi.", "kind": "single", "options-0-fi": "Kyllä", "options-1-fi": "Ei",
}  # fmt: skip


def titles(page) -> list[str]:
    return [words(each) for each in page.tree.iter("h3")]


def figures(page) -> dict[str, str]:
    pairs = next(each for each in page.tree.iter("dl") if each.get("class") == "figures")
    return {words(one.find("dt")): words(one.find("dd")) for one in pairs.iter("div")}


def test_a_course_from_nothing_to_its_next_version(browser, app, world):
    liaison = browser(world.liaison_id)
    with app.app_context(), transaction():
        training_id = trainings.training(code="chain", title_en="Chain").id
    page = liaison.get(f"/en/trainings/{training_id}")
    page = liaison.get(page.links["See the course and its versions"])
    page = liaison.submit(page.links["Write the course"], intro_fi="Johdanto.", minutes="abc")
    assert page.errors == ["Write a whole number, for example 3."]
    page = liaison.submit(page, minutes="25")
    assert "Write at least one section." in page.text
    shown = page.url
    assert "Intro" in liaison.submit(page.links["Edit this"], intro_en="Intro").text

    new = page.links["Add a section"]
    page = liaison.submit(new, **SECTION, video_url="https://video.example/v", material_url="https://m.example/a",
                          files={"file": (io.BytesIO(PDF), "malli.pdf")})  # fmt: skip
    assert len(page.errors) == 3, page.errors
    assert "Teksti **tärkeä**." in page.html, "what was typed is kept"
    bad = liaison.submit(new, **SECTION, material_fi="Malli", files={"file": (io.BytesIO(b"MZ\x00"), "malli.exe")})
    assert bad.status == 422 and len(bad.errors) == 1
    page = liaison.submit(new, **SECTION, material_fi="Malli", files={"file": (io.BytesIO(PDF), "malli.pdf")})
    assert "Osa" in page.text and "Material" in page.text
    liaison.submit(new, **SECTION | {"title_fi": "Toinen"})

    new = page.links["Add a question"]
    sent = {key.replace("-", "__"): value for key, value in QUESTION.items()}
    page = liaison.submit(new, **sent)
    assert page.errors == ["Tick at least one answer that is right."]
    page = liaison.submit(page, options__0__right="y", options__1__right="y")
    assert page.errors[0].startswith("Only one answer may be right here")
    page = liaison.submit(page, options__1__right=None)
    assert "Kysymys?" in page.text
    with app.app_context():
        kept = db.session.scalars(select(Question).join(Course).where(Course.training_id == training_id)).one()
        assert [option["fi"] for option in kept.options] == ["Kyllä", "Ei"], "an empty row is left out"
        edit, ids = f"/en/courses/questions/{kept.id}/edit", [option["id"] for option in kept.options]
    liaison.submit(edit, text_sv="Fråga?")
    with app.app_context():
        kept = db.session.scalars(select(Question).join(Course).where(Course.training_id == training_id)).one()
        assert [option["id"] for option in kept.options] == ids and kept.text_sv == "Fråga?"

    page = liaison.get(shown)
    assert titles(page)[:2] == ["Osa (in Finnish)", "Toinen (in Finnish)"]
    page = liaison.submit(page, "Up: Toinen")
    assert titles(page)[:2] == ["Toinen (in Finnish)", "Osa (in Finnish)"]
    page = liaison.submit(page, "Take out: Toinen")
    assert "Taken out" in page.text and titles(page)[0] == "Osa (in Finnish)"
    page = liaison.get(page.links["Publish the version"])
    assert "4 texts have no English" in page.text
    page = liaison.submit(page, "Publish version 1")
    assert "Version 1 is published" in page.text
    refused = liaison.submit(page, "Take out: Osa")
    assert refused.status == 409 and "This is the last one" in refused.text
    assert "A published version does not change" in liaison.get(edit).text
    page = liaison.submit(page.links["Begin a new version"], "Make the draft")
    assert "Version 2 is a draft now" in page.text and "Toinen" not in page.text
    second = liaison.submit(f"{shown.replace('/version', '')}/renew", "Make the draft")
    assert any("already" in error for error in second.errors), "one draft at a time"


def test_a_draft_is_seen_as_members_see_it_and_nothing_is_kept(browser, app, world):
    with app.app_context(), transaction():
        draft_id = course_services.renew(db.session.get_one(Course, world.course_id)).id
    liaison = browser(world.liaison_id)
    page = liaison.get(f"/en/courses/{draft_id}/preview")
    page = liaison.get(page.links["Begin the course"])
    assert "Preview" in page.text and page.h1 == "Part 1"
    page = liaison.get(liaison.get(page.links["Go on"]).links["Go on"])
    assert liaison.submit(page).status == 422
    shown = send(liaison, page, answers(app, draft_id, wrong=1))
    assert shown.status == 200 and "3 of 4 answers are right; 3 are needed" in shown.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_numbers_by_question_need_five_people(browser, app, world):
    liaison, path = browser(world.liaison_id), f"/en/courses/{world.course_id}/numbers"
    with app.app_context(), transaction():
        course = db.session.get_one(Course, world.course_id)
        for wrong in (0, 1, 4, 1):
            courses.take(course, accounts.account(Role.RECRUITER, company_id=world.company_id), wrong)
    page = liaison.get(path)
    assert figures(page) == {"Began": "4", "Passed": "3", "Tries": "4"}
    assert "Too few to show" in page.text and "Question 1?" not in page.text
    with app.app_context(), transaction():
        fifth = accounts.account(Role.RECRUITER, company_id=world.company_id)
        course = db.session.get_one(Course, world.course_id)
        courses.take(course, fifth, wrong=2)
        courses.take(course, fifth, wrong=0)
    page = liaison.get(path)
    rows = [words(row) for row in page.tree.iter("tr")][1:]
    assert rows[0] == "Question 1? (in Finnish) 1 of 5 20 %", "the first try counts"
    assert rows[-1] == "Question 4? (in Finnish) 4 of 5 80 %"
    assert figures(page) == {"Began": "5", "Passed": "4", "Tries": "6"}


def test_what_is_wrong_leaves_a_published_quiz_at_once_and_a_retired_course_is_not_begun(browser, app, world):
    liaison, owner = browser(world.liaison_id), browser(world.owner_id)
    with app.app_context(), transaction():
        colleague = accounts.account(Role.RECRUITER, company_id=world.company_id)
        courses.take(db.session.get_one(Course, world.course_id), colleague, wrong=4)
        colleague_id = colleague.id
    shown = f"/en/courses/{world.course_id}/version"
    page = liaison.submit(shown, "Take out: Question 1?")
    assert "Put back: Question 1?" in page.text
    under_way = browser(colleague_id)
    quiz = under_way.submit(f"/en/courses/{world.course_id}/quiz", "Begin the quiz")
    assert "Question 1?" not in quiz.text
    page = liaison.submit(page.links["Stop offering this course"], "Stop offering this course")
    assert "no longer offered" in page.text and "Write a new course" in page.links
    assert owner.get(f"/en/courses/{world.course_id}").status == 404
    assert "Or take the course" not in owner.get("/en/standing").text
    sent = send(under_way, quiz, {k: v for k, v in answers(app, world.course_id).items() if k in quiz.html})
    assert sent.h1 == "You passed", "who has begun may finish"
    with app.app_context():
        assert len(queries.sections_of(world.course_id)) == db.session.scalar(select(func.count(Section.id)))
