"""What one event asks besides the usual: written by its keepers, answered at the sign-up, read, and gone in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.core import clock
from portal.core.access import Role
from portal.core.audit import AuditEntry
from portal.core.db import db, transaction
from portal.core.errors import RuleBroken
from portal.events import answers, question_rules, questions
from portal.events.models import Event
from portal.events.sign_up_models import Answer, Question
from tests.events.test_sign_up_pages import FILLED, link_in
from tests.factories import accounts, events

TEXT = {"text_fi": "Mitä haluat kysyä?", "text_en": "What would you ask?", "kind": "text", "kept_days": "30"}
CHOICE = {
    "text_fi": "Mihin ryhmään tulet?", "text_sv": "Till vilken grupp kommer du?", "kind": "choice", "kept_days": "5",
    "options_fi": "Aamuryhmä\nIltaryhmä", "options_sv": "Morgongruppen\nKvällsgruppen", "required": "y",
}  # fmt: skip
CHOICES = {"text_fi": "Mikä kiinnostaa?", "kind": "choices", "kept_days": "0", "options_fi": "Palkka\nKieli\nLupa"}


@pytest.fixture
def event_id(app):
    with app.app_context(), transaction():
        return events.event(capacity=9).id


@pytest.fixture
def keeper(app, browser):
    with app.app_context(), transaction():
        account_id = accounts.account(Role.LIAISON).id
    return browser(account_id)


@pytest.fixture
def asking(keeper, event_id):
    for wording in (TEXT, CHOICE, CHOICES):
        page = keeper.submit(f"/en/events/{event_id}/questions/new", **wording)
        assert "asked from now on" in page.text
    return page


def rows(app) -> dict[str, Question]:
    with app.app_context():
        found = {row.text_fi: row for row in db.session.scalars(select(Question).order_by(Question.position))}
        db.session.expunge_all()
        return found


def fields_of(app) -> list[str]:
    return [f"question_{row.id.hex}" for row in rows(app).values()]


def test_questions_are_asked_answered_and_read_by_keeper_and_person(app, client, keeper, event_id, asking, mailbox):
    text, choice, choices = fields_of(app)
    page = client.get(f"/sv/events/{event_id}")
    assert "Till vilken grupp kommer du?" in page.text and "Morgongruppen" in page.text
    assert '<span lang="fi">Mikä kiinnostaa?</span> <span class="soft small">(på finska)</span>' in page.html
    assert "Raderas 30 dagar efter evenemanget" in page.text
    refused = client.submit(f"/en/events/{event_id}", **FILLED, **{text: "Entä koeaika? 🦆"})
    assert any("Choose an answer" in error for error in refused.errors)
    assert refused.fields(refused.form(button="Sign up"))[text] == "Entä koeaika? 🦆"
    client.submit(refused, **{choice: "o2", choices: ["o1", "o3"]})
    mails = mailbox.to("pirjo.kallas@example.fi")
    assert "koeaika" not in mails[0].text + mails[0].html + mails[0].subject
    with app.app_context():
        assert all(b"koeaika" not in row.sealed for row in db.session.scalars(select(Answer)))
    own = client.get(link_in(mails[0]))
    assert "Iltaryhmä" in own.text and "Palkka, Lupa" in own.text and "Entä koeaika? 🦆" in own.text
    people = keeper.get(f"/en/events/{event_id}/sign-ups")
    assert "Iltaryhmä" in people.text and "Palkka, Lupa" in people.text and "What would you ask?" in people.text
    with app.app_context():
        assert "event.sign_ups_read" in db.session.scalars(select(AuditEntry.verb)).all()


def test_a_question_that_was_answered_is_retired_and_its_answers_stay_readable(app, client, keeper, event_id, asking):
    choice = fields_of(app)[1]
    client.submit(f"/en/events/{event_id}", **FILLED, **{choice: "o1"})
    number = rows(app)["Mihin ryhmään tulet?"].id
    refused = keeper.submit(f"/en/events/questions/{number}", kind="text")
    assert any("the kind stays as it is" in error for error in refused.errors)
    keeper.submit(f"/en/events/questions/{number}", options_fi="Iltaryhmä\nYöryhmä", options_sv="")
    assert [(option["code"], option["retired"]) for option in rows(app)["Mihin ryhmään tulet?"].options] == [
        ("o2", False), ("o3", False), ("o1", True),
    ]  # fmt: skip
    assert "Aamuryhmä" in keeper.get(f"/en/events/{event_id}/sign-ups").text
    assert "Aamuryhmä" not in client.get(f"/en/events/{event_id}").text
    for name in ("Mihin ryhmään tulet?", "Mikä kiinnostaa?"):
        press(keeper, event_id, f"remove:{rows(app)[name].id}")
    left = rows(app)
    assert "Mikä kiinnostaa?" not in left, "nobody had answered it"
    assert left["Mihin ryhmään tulet?"].retired_at is not None
    assert choice not in client.get(f"/en/events/{event_id}").html
    people = keeper.get(f"/en/events/{event_id}/sign-ups")
    assert "No longer asked" in people.text and "Aamuryhmä" in people.text
    press(keeper, event_id, f"restore:{number}")
    assert rows(app)["Mihin ryhmään tulet?"].retired_at is None


def press(keeper, event_id, do):
    page = keeper.get(f"/en/events/{event_id}/questions")
    return keeper.post(page.url, {**page.fields(page.form()), "do": do})


def test_questions_are_put_in_order_by_buttons_and_foreign_ones_are_refused(app, keeper, event_id, asking):
    first, second, third = [str(row.id) for row in rows(app).values()]
    for do in (f"up:{third}", f"down:{first}", f"up:{third}", f"up:{third}"):
        press(keeper, event_id, do)
    assert [str(row.id) for row in rows(app).values()] == [third, first, second]
    with app.app_context(), transaction():
        other = questions.add(events.event().id, wording())
        number = other.id
    for wrong in (f"remove:{number}", "up:nonsense", f"publish:{first}", ""):
        assert press(keeper, event_id, wrong).status == 422
    assert len(rows(app)) == 4


def wording(**changes):
    values = {"kind": "text", "text_fi": "Miksi?", "text_sv": "", "text_en": "", "options": [], "required": False}
    return questions.Wording(**(values | {"kept_days": 3} | changes))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text_fi": ""}, "Write the question in Finnish"),
        ({"text_fi": "x" * 100_000}, "Shorten it"),
        ({"kind": "choice"}, "Write from 2 to 20 choices"),
        ({"kind": "choice", "options_fi": "A\na"}, "stands here twice"),
        ({"kind": "choices", "options_fi": "A\nB", "options_en": "A"}, "Lines here: 1, in Finnish: 2"),
        ({"kind": "choice", "options_fi": "A\n" + "x" * 200}, "at most 150 characters"),
        ({"kept_days": "900"}, "Write a number from 0 to 365"),
        ({"kept_days": ""}, "Write the number of days"),
        ({"kind": "king"}, "Choose one of the list"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(app, keeper, event_id, changes, sentence):
    page = keeper.submit(f"/en/events/{event_id}/questions/new", **{**TEXT, "text_sv": "Vad vill du fråga?", **changes})
    assert page.status == 422
    assert any(sentence in error for error in page.errors), page.errors
    assert page.fields(page.form(button="Save the question"))["text_sv"] == "Vad vill du fråga?"
    assert not rows(app)


def test_two_keepers_at_once_see_both_versions_of_a_question(app, keeper, browser, asking):
    number = next(iter(rows(app).values())).id
    with app.app_context(), transaction():
        other = accounts.account(Role.LIAISON).id
    mine = keeper.get(f"/en/events/questions/{number}")
    browser(other).submit(f"/en/events/questions/{number}", text_en="What else?")
    page = keeper.submit(mine, text_en="What now?")
    assert page.status == 422
    assert "What else?" in page.text and "What now?" in page.html


def test_each_answer_goes_as_many_days_after_the_event_as_its_question_says(app, event_id):
    with app.app_context(), transaction():
        asked = {days: questions.add(event_id, wording(kept_days=days)).id for days in (0, 5, 30)}
        told = {number: f"{days} days" for days, number in asked.items()}
        row = events.sign_up(db.session.get_one(Event, event_id), answers=told).id
        ends_at = db.session.get_one(Event, event_id).ends_at
    for days, left in ((-1, {0, 5, 30}), (1, {5, 30}), (6, {30}), (31, set())):
        with clock.travel(ends_at + timedelta(days=days)), app.app_context(), transaction():
            answers.forget_old()
            assert {asked[each] for each in left} == set(answers.of(row))


def test_what_was_answered_is_forgotten_when_the_sign_up_ends(app, event_id):
    from portal.events import sign_ups

    with app.app_context(), transaction():
        number = questions.add(event_id, wording()).id
        row = events.sign_up(db.session.get_one(Event, event_id), answers={number: "Siksi"})
        assert answers.of(row.id) == {number: "Siksi"}
        sign_ups.cancel(row)
        assert answers.of(row.id) == {}


def test_a_copied_event_asks_the_same(app, keeper, event_id, asking):
    day = (clock.today() + timedelta(days=100)).isoformat()
    today = clock.today().isoformat()
    keeper.submit(
        f"/en/events/{event_id}/copy", starts_on=day, starts="09:00", ends="10:30", opens_on=today, closes_on=day
    )
    with app.app_context():
        copy = db.session.scalars(select(Event).where(Event.id != event_id)).one()
        assert [row.text_fi for row in questions.asked(copy.id)] == [
            wording["text_fi"] for wording in (TEXT, CHOICE, CHOICES)
        ]


def test_a_past_event_is_asked_nothing_new(app, keeper, event_id):
    with app.app_context():
        later = db.session.get_one(Event, event_id).ends_at + timedelta(minutes=1)
    with clock.travel(later), app.app_context(), transaction(), pytest.raises(RuleBroken, match="over or cancelled"):
        questions.add(event_id, wording())


LINES = st.lists(st.sampled_from("ABCDEF"), min_size=2, unique=True)


@given(st.lists(LINES, min_size=1, max_size=6))
def test_an_option_keeps_its_code_and_none_is_ever_lost(versions):
    options: list = []
    for lines in versions:
        before = {option["code"]: option["fi"] for option in options}
        options = question_rules.merge_options(options, [{"fi": line, "sv": "", "en": ""} for line in lines])
        after = {option["code"]: option["fi"] for option in options}
        assert before.items() <= after.items()
        assert [option["fi"] for option in options if not option["retired"]] == lines
        assert len(after) == len(options)


def test_an_event_asks_at_most_fifteen(app, event_id):
    with app.app_context(), transaction():
        for _ in range(question_rules.MOST_QUESTIONS):
            questions.add(event_id, wording())
        with pytest.raises(RuleBroken, match="at most 15 questions"):
            questions.add(event_id, wording())
