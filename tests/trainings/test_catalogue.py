"""The public catalogue: what is taught, its versions, what it counts for, and the other ways to complete it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.trainings.models import Training, TrainingVersion
from tests.factories import accounts, companies, courses, events, trainings


@pytest.fixture
def world(app):
    with app.app_context(), transaction():
        training = trainings.training(code="fair", title_fi="Reilu", title_en="Fair", audience_fi="Rekrytoijille")
        training.duration_minutes, training.languages = 90, "fi sv"
        gone = trainings.training(title_en="Gone", retired=True, required=False)
        events.event(training_id=training.id)
        liaison = accounts.account(Role.LIAISON)
        return {"fair": training.id, "gone": gone.id, "liaison": liaison.id}


def test_anyone_reads_what_is_taught_and_when(client, world):
    page = client.get("/en/trainings/catalogue")
    assert "Gone" not in page.text
    for words in ("Fair", "1 h 30 min", "Finnish, Swedish", "2 years", "Needed by a responsible employer"):
        assert words in page.text
    assert '<span lang="fi">Rekrytoijille</span>' in page.html and "(in Finnish)" in page.text
    page = client.get(page.links["Fair"])
    assert page.h1 == "Fair" and "Palkka" in page.text and "in Finnish" in page.text
    assert "Fair recruitment in practice" in page.links, "its next day"
    assert "A responsible employer needs it: Fair" in " ".join(page.text.split())
    page = client.get(f"/en/trainings/catalogue/{world['gone']}")
    assert "This training is no longer offered" in page.text and "No day is set yet" not in page.text
    assert client.get("/en/trainings/catalogue/6b1f0000-0000-4000-8000-000000000000").status == 404


def test_versions_are_kept_with_what_changed_and_edits_put_the_current_one_right(app, browser, client, world):
    liaison, fair = browser(world["liaison"]), world["fair"]
    liaison.submit(f"/en/trainings/{fair}/renew", teaches_fi="Palkka\nAsuminen", note_fi="Asuminen", note_en="Housing")
    liaison.submit(f"/en/trainings/{fair}/edit", teaches_fi="Palkka\nAsunto", duration_minutes="60", languages=["en"])
    page = client.get(f"/en/trainings/catalogue/{fair}")
    assert "Asunto" in page.text and "Asuminen" not in page.text
    assert "Housing" in page.text and "One hour" in page.text and "Finnish" not in page.text.split("Languages")[1][:20]
    kept = liaison.get(f"/en/trainings/{fair}")
    assert "Version 1," in kept.text and "Version 2," in kept.text
    with app.app_context():
        versions = db.session.scalars(db.select(TrainingVersion).order_by(TrainingVersion.number)).all()
        told = [(each.number, each.teaches_fi) for each in versions if each.training_id == fair]
    assert told == [(1, "Palkka"), (2, "Palkka\nAsunto")]
    page = liaison.submit(f"/en/trainings/{fair}/edit", languages=[], duration_minutes="1", teaches_fi="")
    assert len(page.errors) == 3


def test_the_course_shows_itself_to_visitors_members_and_staff_each_with_their_way(app, client, browser, world):
    path, title = f"/en/trainings/catalogue/{world['fair']}", "A course at your own pace"
    assert title not in client.get(path).text, "there is none yet"
    with app.app_context(), transaction():
        fair, gone = (db.session.get_one(Training, world[name]) for name in ("fair", "gone"))
        made = courses.course(fair, sections=1, questions=1)
        courses.course(gone, sections=1, questions=1)
        course = f"/en/courses/{made.id}"
        member_id = accounts.account(Role.RECRUITER, company_id=companies.company().id).id
    page = client.get(path)
    assert title in page.text and "Members of companies can take it at their own pace" in page.text
    assert page.links["Register your company"] == "/en/register"
    assert page.links["Sign in and take the course"] == course and client.get(course).h1 == "Sign in"
    assert title not in client.get(f"/en/trainings/catalogue/{world['gone']}").text
    member = browser(member_id)
    page = member.get(path)
    assert "Members of companies" not in page.text
    assert member.get(page.links["Take the course at your own pace"]).h1 == "Fair"
    page = browser(world["liaison"]).get(path)
    assert page.links["See the course and its versions"] == f"/en/trainings/{world['fair']}/courses"


def test_the_list_asks_little_however_long_it_is(app, client, world):
    from tests.support.statements import counted

    with app.app_context(), transaction():
        for _ in range(30):
            trainings.completion(trainings.training(), valid_until=clock.today() + timedelta(days=9))
    with counted(app) as statements:
        client.get("/en/trainings/catalogue")
    assert len(statements) <= 4, statements
