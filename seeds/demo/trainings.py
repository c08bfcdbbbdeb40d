"""The catalogue of the demonstration: a second training, a renewed content, a requirement to come, a last day soon."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.events import attendance
from portal.events import services as events
from portal.events.models import EventKind
from portal.trainings import services as trainings
from portal.trainings.models import Training
from seeds.demo import cast
from seeds.demo.story import ago, moment, scene

CHAIN_CODE = "fair-subcontracting"
CHAIN_TEXTS = {
    "title_fi": "Alihankinta ilman yllätyksiä",
    "title_sv": "Underentreprenad utan överraskningar",
    "title_en": "Subcontracting without surprises",
    "audience_fi": "Hankinnasta ja alihankinnasta vastaaville",
    "audience_sv": "För dem som ansvarar för upphandling och underentreprenad",
    "audience_en": "For those in charge of procurement and subcontracting",
}
CHAIN_TEACHES = {
    "teaches_fi": "Näin luet liian halvan tarjouksen\nTilaajavastuu käytännössä\nMitä sopimukseen kirjataan",
    "teaches_sv": "Så läser du ett anbud som är för billigt\nBeställaransvaret i praktiken\nVad som skrivs i avtalet",
    "teaches_en": "How to read a tender that is too cheap\nThe contractor’s obligations\nWhat to write in the contract",
}
RENEWED = {
    "note_fi": "Uutta: kielitaitovaatimusten kirjoittaminen ja asumisen ehdot",
    "note_sv": "Nytt: hur man skriver språkkrav och villkor för boende",
    "note_en": "New: how to write language requirements, and terms of housing",
}
TAUGHT_DAYS_AGO, HELD_DAYS_AGO, RENEWED_DAYS_AGO, REQUIRED_DAYS_AHEAD = 420, 330, 60, 120


def load() -> None:
    with moment(TAUGHT_DAYS_AGO):
        begin_long_ago(trainings.required_trainings()[0])
    with scene(HELD_DAYS_AGO + 40, cast.MARJA):
        written = trainings.Written(CHAIN_CODE, CHAIN_TEXTS, 12, CHAIN_TEACHES, ("fi", "en"), 60)
        training_id = trainings.create(written).id
    hold(trainings.get(training_id))
    with scene(9, cast.ADMINISTRATOR):
        titles = {name: text for name, text in CHAIN_TEXTS.items() if name.startswith("title_")}
        day = clock.today() + timedelta(days=REQUIRED_DAYS_AHEAD)
        trainings.require(
            trainings.WrittenRequirement(titles, trainings=frozenset({training_id}), holders=1, starts_on=day)
        )


def chain() -> Training:
    return next(each for each in trainings.all_trainings() if each.code == CHAIN_CODE)


def hold(training: Training) -> None:
    """A webinar of last winter; the completion of one who was there ends within two months."""
    from seeds.demo.events import CHAIN, come, plan, publish

    with scene(HELD_DAYS_AGO + 30, cast.MARJA):
        starts_at = ago(HELD_DAYS_AGO, 9)
        event_id = publish(plan(CHAIN, EventKind.WEBINAR, starts_at, 30, training_id=training.id)).id
    with moment(HELD_DAYS_AGO + 10):
        come(events.get(event_id), cast.HELMI, "Helmi Koskiaho", "Sinikello Catering Oy")
    with scene(HELD_DAYS_AGO, cast.MARJA, hour=12) as marja:
        event = events.get(event_id)
        attendance.mark_attendance(event, {each.id for each in attendance.expected(event.id)}, marja)


def begin_long_ago(training: Training) -> None:
    """The reference data are of today; in the story they were taught before."""
    trainings.current_version(training).began_on = clock.today()


def renew(training: Training) -> None:
    """The completions before it carry version 1."""
    taught = trainings.current_version(training)
    teaches = {name: getattr(taught, name) for name in ("teaches_fi", "teaches_sv", "teaches_en")}
    trainings.renew_content(training, teaches, RENEWED)
