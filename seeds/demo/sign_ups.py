"""Who comes to the theme seminar: what it asks, what people answered and need, whom a company signed up."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.events import colleagues, newsletter, questions, sign_ups
from portal.events.colleagues import Named
from portal.events.models import Event, EventKind
from portal.events.questions import Wording
from portal.events.sign_up_models import QuestionKind
from portal.events.sign_ups import Details
from seeds.demo import cast
from seeds.demo.story import moment, person, scene

GROUP = Wording(
    kind=QuestionKind.CHOICE,
    text_fi="Mihin työpajaan tulet?",
    text_sv="Vilken verkstad väljer du?",
    text_en="Which workshop will you join?",
    options=[
        {
            "fi": "Perehdytys selkeällä kielellä",
            "sv": "Introduktion på klart språk",
            "en": "Induction in plain language",
        },
        {"fi": "Palkka ja työaika", "sv": "Lön och arbetstid", "en": "Pay and hours"},
    ],
    required=True,
    kept_days=14,
)
TOPICS = Wording(
    kind=QuestionKind.CHOICES,
    text_fi="Mistä haluat puhua?",
    text_sv="",
    text_en="What would you like to talk about?",
    options=[
        {"fi": "Kielitaito", "sv": "", "en": "Languages"},
        {"fi": "Luvat", "sv": "", "en": "Permits"},
        {"fi": "Alihankinta", "sv": "", "en": "Subcontracting"},
    ],
    required=False,
    kept_days=60,
)
WISH = Wording(QuestionKind.TEXT, "Mitä haluat kysyä puhujilta?", "", "What would you ask the speakers?", [], False, 30)
BUS = Wording(QuestionKind.TEXT, "Tuletko junalla?", "Kommer du med tåg?", "Do you come by train?", [], False, 0)
PEOPLE: tuple[tuple[str, str, str, str, list[str], str, str, str], ...] = (
    (cast.HELMI, "Helmi Koskiaho", "Sinikello Catering Oy", "o1", ["o1", "o3"], "Miten sovitaan kokeilusta?", "", ""),
    (cast.TIMO, "Timo Tuohinen", "Tuohikoppa Leipomo Oy", "o2", ["o2"], "", "Induktiosilmukka.", "Gluteeniton"),
    ("saimi@posti.example", "Saimi Esimerkki", "", "o1", [], "", "", "Vegaaninen, ei pähkinää"),
)
COLLEAGUES = (
    ("Veikko Esimerkki", "veikko@kuuralinna.example", "fi"),
    ("Stina Exempel", "stina@kuuralinna.example", "sv"),
)


def load() -> None:
    with scene(14, cast.MARJA):
        to_come = select(Event).where(Event.kind == EventKind.THEME_SEMINAR, Event.ends_at > clock.now())
        seminar = db.session.scalars(to_come).one()
        asked = [questions.add(seminar.id, each) for each in (GROUP, TOPICS, WISH, BUS)]
        db.session.flush()
        event_id, ids = seminar.id, [each.id for each in asked]
    with moment(12):
        for email, name, organisation, group, topics, wish, needs, diet in PEOPLE:
            details = Details(
                name=name, email=email, organisation=organisation, language="fi", attendee_role="other", needs=needs,
                diet=diet, newsletter=True, answers=dict(zip(ids, (group, topics, wish, "Kyllä"), strict=True)),
            )  # fmt: skip
            come(event_id, details)
    with scene(11, cast.MARJA):
        questions.remove(questions.get(ids[-1]))
    with moment(0):
        named = [Named(*each) for each in COLLEAGUES]
        colleagues.sign_up(event_id, named, by=person(cast.JOONAS), network="demo")
        answer_and_confirm(event_id, named[0], ids[0])
        confirm_newsletter(cast.HELMI)


def come(event_id: UUID, details: Details) -> None:
    sign_ups.ask(event_id, details, network=f"demo {details.email}")
    confirm(event_id, details.email)


def confirm(event_id: UUID, email: str) -> None:
    if (found := sign_ups.find_live(event_id, email)) is not None:
        sign_ups.confirm(found)


def confirm_newsletter(email: str) -> None:
    if (found := newsletter.find_live(email)) is not None:
        newsletter.confirm(found)


def answer_and_confirm(event_id: UUID, named: Named, question_id: UUID) -> None:
    """A colleague answers what must be answered, and confirms."""
    found = sign_ups.find_live(event_id, named.email)
    if found is not None:
        answers = {question_id: "o2"}
        details = Details(named.name, named.email, named.language, attendee_role="supervisor", answers=answers)
        sign_ups.change(found, details, found.version)
        sign_ups.confirm(found)
