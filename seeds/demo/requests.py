"""Trainings that companies asked for, one in each state: waiting, agreed, with a day, held, declined."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from portal.core import clock
from portal.core.db import db
from portal.events import attendance
from portal.events import services as events
from portal.events.models import EventKind
from portal.events.sign_ups import Details
from portal.trainings import services as trainings
from portal.trainings.requests import deliveries, invitations, letters, services, talk
from portal.trainings.requests.invitations import Person
from portal.trainings.requests.models import HeldAs, Invitation, Topic, TrainingRequest
from portal.trainings.requests.services import Agreement, Wish
from seeds.demo import cast
from seeds.demo.companies import by_owner
from seeds.demo.events import plan
from seeds.demo.story import TODAY, ago, ahead, moment, person, scene

CONTENT = (
    "Kuka vastaa mistäkin, kun työ teetetään alihankkijalla.\nTilaajavastuun selvitykset ja liian halpa tarjous.\n"
    "Harjoitus omista sopimuksistanne."
)
ADVERT = "Ilmoitus, jonka jokainen ymmärtää: työ, palkka, työaika ja kielitaito.\nKäymme läpi omat ilmoituksenne."
CHAIN = {
    "title_fi": "Alihankinta Kuuralinnassa",
    "title_sv": "Underentreprenad på Kuuralinna",
    "title_en": "Subcontracting at Kuuralinna",
    "summary_fi": CONTENT,
    "programme_fi": "9.00 Ketjun vastuut\n10.00 Tarjous, joka on liian halpa\n11.00 Omat sopimukset",
    "programme_en": "9.00 Duties along the chain\n10.00 A tender that is too cheap\n11.00 Your own contracts",
}
SIGNS = {
    "title_fi": "Työperäisen hyväksikäytön tunnistaminen",
    "title_sv": "Att känna igen utnyttjande av arbetskraft",
    "title_en": "Recognising labour exploitation",
    "summary_fi": "Merkit työmaalla, ja mitä esihenkilö tekee, kun jokin ei ole kunnossa.",
    "summary_sv": "Tecken på arbetsplatsen, och vad en chef gör när något inte stämmer.",
    "summary_en": "Signs at a work site, and what a supervisor does when something is not right.",
}
ADVERTS = {
    "title_fi": "Reilu haastattelu",
    "title_sv": "En rättvis intervju",
    "title_en": "A fair interview",
    "summary_fi": ADVERT,
}
HANDS = (
    ("Maija Malli", "maija@kuuralinna.example"),
    ("Pekka Pohja", "pekka@kuuralinna.example"),
    ("Sanna Salo", "sanna@kuuralinna.example"),
)


def load() -> None:
    hold()
    leave_to_be_marked()
    set_a_day()
    agree_only()
    decline()
    wait()


def ask(owner: str, days_ago: int, topic: Topic, goals: str, **values: object) -> UUID:
    with scene(days_ago, owner) as who:
        first, second = (clock.local_date(ahead(days - days_ago)) for days in (40, 47))
        wish: dict[str, object] = {
            "topic": topic, "topic_words": "", "wished_days": [first, second], "wished_from": None,
            "wished_until": None, "training_language": "fi", "headcount": 12, "held_as": HeldAs.SITE,
            "site": "Kokeilukatu 1, Vantaa (keksitty)", "goals": goals, "words_language": who.language,
            "contact_id": who.id,
        }  # fmt: skip
        return services.ask(by_owner(owner), Wish(**{**wish, **values}), who.id).id  # type: ignore[arg-type]


def say(request_id: UUID, days_ago: int, by: str, text: str) -> None:
    with scene(days_ago, by) as who:
        request = services.get(request_id)
        if who.company_id is not None:
            talk.ask_programme(request, text, who.id)
        else:
            talk.ask_company(request, text, who.id, wants_answer=True)


def agree(request_id: UUID, days_ago: int, days_ahead: int, certified: bool, content: str = CONTENT) -> None:
    with scene(days_ago, cast.MARJA) as marja:
        request = services.get(request_id)
        starts_at = ahead(days_ahead) if days_ahead > 0 else ago(-days_ahead, 9)
        agreement = Agreement(
            training_id=trainings.required_trainings()[0].id if certified else None,
            content=content,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            training_language=request.training_language,
            headcount=request.headcount,
            held_as=request.held_as,
            site=request.site,
        )
        services.agree(request, agreement, marja.id)


def make_event(request_id: UUID, days_ago: int, words: dict[str, str]) -> None:
    with scene(days_ago, cast.MARJA):
        request = services.get(request_id)
        starts_at, ends_at = request.starts_at, request.ends_at
        if starts_at is None or ends_at is None:
            raise LookupError("nothing is agreed yet")
        services.schedule(
            request,
            plan(words, EventKind.TAILORED_TRAINING, starts_at, request.headcount, place=request.site, join_link="",
                 ends_at=ends_at, sign_up_closes_at=starts_at),
        )  # fmt: skip


def invite(request_id: UUID, days_ago: int, owner: str, member: str, colleagues: tuple[tuple[str, str], ...]) -> None:
    with scene(days_ago, owner) as who:
        request, other = services.get(request_id), person(member)
        people = [Person(name, email, "fi") for name, email in colleagues]
        people.append(Person(other.display_name, other.email, other.language))
        invitations.invite(request, services.event_of(request), people, who.id)


def come(request_id: UUID, days_ago: int, most: int) -> None:
    with moment(days_ago):
        request = services.get(request_id)
        event = events.get(request.event_id) if request.event_id else None
        for invitation in invitations.of_request(request.id)[:most] if event is not None else []:
            accept(invitation, request)


def accept(invitation: Invitation, request: TrainingRequest) -> None:
    event = services.event_of(request)
    if event is not None:
        details = Details(name=invitation.name, email=invitation.email, language="fi", attendee_role="other")
        invitations.sign_up(invitation, event, details, network=f"demo {invitation.email}")


def hold() -> None:
    """Asked in the autumn, held, and summed up."""
    goals = "Osaamme lukea alihankkijan tarjouksen.\nTiedämme, mitä pyydämme ennen sopimusta."
    request_id = ask(cast.AINO, 96, Topic.SUBCONTRACTING, goals)
    say(request_id, 94, cast.MARJA, "Montako alihankkijaa teillä on, ja käykö aamupäivä?")
    say(request_id, 93, cast.AINO, "Neljä. Aamupäivä käy hyvin.")
    agree(request_id, 90, -45, certified=True)
    make_event(request_id, 89, CHAIN)
    invite(request_id, 80, cast.AINO, cast.JOONAS, HANDS)
    come(request_id, 70, 4)
    with scene(45, cast.MARJA, hour=13) as marja:
        request = services.get(request_id)
        event = services.event_of(request)
        if event is None:
            raise LookupError("the training has no event")
        there = [each.id for each in attendance.expected(event.id)][:3]
        attendance.mark_attendance(event, set(there), marja)
        deliveries.deliver(request, marja.id)
    with scene(44, cast.AINO):
        letters.name_participants(services.get(request_id), "Joonas Rautavaara\nMaija Malli\nPekka Pohja")


def leave_to_be_marked() -> None:
    """Over, and everybody is marked; the liaison marks the training as held next."""
    request_id = ask(cast.HELMI, 40, Topic.RECRUITMENT, "Haastattelemme jokaista samalla tavalla.", headcount=4)
    agree(request_id, 35, -2, certified=False, content=ADVERT)
    make_event(request_id, 34, ADVERTS)
    invite(request_id, 30, cast.HELMI, cast.HELMI, (("Oona Ohdake", "oona@sinikello.example"),))
    come(request_id, 20, 2)
    with scene(1, cast.MARJA) as marja:
        event = services.event_of(services.get(request_id))
        if event is not None:
            attendance.mark_attendance(event, {each.id for each in attendance.expected(event.id)}, marja)


def set_a_day() -> None:
    goals = "Esihenkilömme huomaavat ajoissa, jos kohteessa jokin ei ole kunnossa."
    request_id = ask(cast.AINO, 20, Topic.EXPLOITATION, goals, headcount=20)
    agree(request_id, 14, 12, certified=False, content=SIGNS["summary_fi"])
    make_event(request_id, 12, SIGNS)
    invite(request_id, 10, cast.AINO, cast.JOONAS, HANDS)
    come(request_id, 6, 2)
    say(request_id, 2, cast.MARJA, "Onko salissa induktiosilmukka?")


def agree_only() -> None:
    goals = "Kirjoitamme ilmoituksen, jonka jokainen ymmärtää."
    request_id = ask(cast.TIMO, 9, Topic.RECRUITMENT, goals, held_as=HeldAs.ONLINE, site="", headcount=6)
    agree(request_id, 1, 25, certified=True, content=ADVERT)


def decline() -> None:
    goals = "We want to reuse waste from our sites."
    request_id = ask(
        cast.SAMPO, 30, Topic.OTHER, goals, topic_words="Waste and recycling", wished_days=[],
        wished_from=TODAY + timedelta(days=10), wished_until=TODAY + timedelta(days=40), training_language="en",
    )  # fmt: skip
    with scene(27, cast.MARJA) as marja:
        reason = "We teach fair work and recruitment, and know too little of waste. The waste authority holds courses."
        services.decline(services.get(request_id), reason, marja.id)


def wait() -> None:
    goals = "Kilpailutamme keittiötarvikkeet ensi vuonna ja haluamme ehdot, jotka pitävät."
    request_id = ask(cast.HELMI, 4, Topic.PROCUREMENT, goals, headcount=8)
    say(request_id, 3, cast.MARJA, "Onko teillä jo hankintaohje, jonka voimme lukea etukäteen?")
    say(request_id, 1, cast.HELMI, "On, lähetämme sen teille. Yhteyshenkilö olen minä.")
    db.session.rollback()
