"""Webinars and a seminar: one past that opened a right, one to come, one full."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

from werkzeug.datastructures import FileStorage

from portal.core import clock
from portal.events import arrivals, attendance, feedback, imports, materials, sign_ups
from portal.events import services as events
from portal.events.materials import Written
from portal.events.models import Event, EventKind
from portal.events.services import Plan
from portal.events.sign_ups import Details
from portal.trainings import services as trainings
from seeds.demo import cast
from seeds.demo import trainings as demo_trainings
from seeds.demo.companies import by_owner
from seeds.demo.story import ago, ahead, moment, scene

FAIR = {
    "title_fi": "Reilu rekrytointi käytännössä",
    "title_sv": "Rättvis rekrytering i praktiken",
    "title_en": "Fair recruitment in practice",
    "summary_fi": "Opit kirjoittamaan työpaikkailmoituksen, joka on rehellinen, selkeä ja lain mukainen.",
    "summary_sv": "Du lär dig skriva en platsannons som är ärlig, tydlig och laglig.",
    "summary_en": "You learn to write a vacancy that is honest, clear and lawful.",
    "programme_fi": "9.00 Mitä ilmoituksessa pitää lukea\n9.25 Vaatimus vai toive: kielitaito\n10.15 Kysymykset",
    "programme_sv": "9.00 Vad ska stå i annonsen\n9.25 Krav eller önskemål: språk\n10.15 Frågor",
    "programme_en": "9.00 What a vacancy must say\n9.25 Must or wish: languages\n10.15 Questions",
    "speakers_fi": "Saana Viitaniemi, asiantuntija\nEero Halla, yhdyshenkilö",
    "speakers_sv": "Saana Viitaniemi, sakkunnig\nEero Halla, kontaktperson",
    "speakers_en": "Saana Viitaniemi, case officer\nEero Halla, liaison",
    "organisers_fi": "Reilu",
    "organisers_sv": "Reilu",
    "organisers_en": "Reilu",
    "partners_fi": "Kumppani ry (keksitty)",
    "partners_sv": "Kumppani rf (påhittad)",
    "partners_en": "Kumppani (invented)",
    "audience": "employers procurement",
    "access": "captions",
    "contact_name": "Marja Kivelä",
    "contact_email": "marja@reilu.example",
    "contact_phone": "0295 000 001",
}
CHAIN = {
    "title_fi": "Alihankinta ilman yllätyksiä",
    "title_sv": "Underentreprenad utan överraskningar",
    "title_en": "Subcontracting without surprises",
    "summary_fi": "Näin luet liian halvan tarjouksen.",
    "summary_sv": "Så läser du ett anbud som är för billigt.",
    "summary_en": "How to read a tender that is too cheap.",
}
FIRST_DAYS = {
    "title_fi": "Ensimmäiset kolmekymmentä päivää töissä",
    "summary_fi": "Teemaseminaari perehdytyksestä, palkasta ja kielestä.",
    "programme_fi": "9.00 Kahvi\n9.30 Perehdytys selkeällä kielellä\n11.00 Palkkakuitti yhdessä luettuna",
    "speakers_fi": "Saana Viitaniemi, asiantuntija",
    "organisers_fi": "Reilu",
    "partners_fi": "Kumppani ry (keksitty)",
    "accessibility_fi": "Hissi on pääovesta oikealla. Avustaja pääsee mukaan ilman ilmoittautumista.",
    "event_language": "fi sv",
    "interpretation": "en fse",
    "access": "step_free toilet loop",
    "audience": "employers employment_services",
}
OWN_TRAINING = {
    "title_fi": "Alihankintaketjun riskit (vain Kuuralinna)",
    "title_sv": "Risker i underentreprenad (bara Kuuralinna)",
    "title_en": "Risks in the chain of subcontractors (Kuuralinna only)",
    "summary_fi": "Räätälöity koulutus työnjohdolle ja hankinnoista vastaaville.",
    "summary_sv": "Skräddarsydd utbildning för arbetsledare och inköpare.",
    "summary_en": "A tailored training for supervisors and buyers.",
}
SLIDES = "Esimerkki: mitä ilmoituksessa pitää lukea (keksitty).\n\nPalkka, työaika, työpaikka ja yhteyshenkilö.\n"
SEMINAR = {
    "title_fi": "Hankintojen ihmiset näkyviin",
    "title_sv": "Människorna bakom upphandlingen",
    "title_en": "The people behind procurement",
    "summary_fi": "Teemaseminaari siitä, kuka työn lopulta tekee.",
    "summary_sv": "Temaseminarium om vem som till slut gör arbetet.",
    "summary_en": "A theme seminar on who does the work in the end.",
}
PLACE = "Kokeilutalo, Tampere (keksitty)"
GUESTS = (
    "Aada Esimerkki", "Eemil Esimerkki", "Iida Esimerkki", "Oskari Esimerkki", "Pihla Esimerkki", "Ronja Esimerkki",
    "Åke Esimerkki", "Ärla Esimerkki",
)  # fmt: skip
ANSWERS = (
    {"useful": "5", "clear": "4", "on_site": "5", "change": "yes", "best": "Esimerkit oikeista hankinnoista."},
    {"useful": "4", "clear": "4", "on_site": "4", "change": "yes"},
    {"useful": "4", "clear": "3", "on_site": "5", "change": "perhaps", "better": "Enemmän aikaa kysymyksille."},
    {"useful": "5", "clear": "5", "on_site": "3", "change": "yes", "best": "Tarkistuslista, jonka sai mukaan."},
    {"useful": "3", "clear": "4", "change": "no"},
    {"useful": "4", "clear": "5", "on_site": "4", "change": "perhaps"},
)
ATTENDEES = (
    (cast.AINO, "Aino Lehtovirta", "Kuuralinna Siivous Oy"),
    (cast.HELMI, "Helmi Koskiaho", "Sinikello Catering Oy"),
    (cast.TIMO, "Timo Tuohinen", "Tuohikoppa Leipomo Oy"),
    (cast.SAMPO, "Sampo Apila", "Valkoapila Puhtaus Oy"),
    (cast.KAISA, "Kaisa Kuovi", "Pikkukuovi Varastot Oy"),
    ("oma.osoite@posti.example", "Joonas Rautavaara", "Kuuralinna Siivous Oy"),
)


def plan(words: dict[str, str], kind: EventKind, starts_at: datetime, capacity: int, **values: object) -> Plan:
    empty = {f"{part}_{language}": "" for part in ("title", "summary", "programme") for language in ("fi", "sv", "en")}
    chosen: dict[str, object] = {
        "kind": kind, "training_id": None, "event_language": "fi", "place": "", "join_link": "https://kokous.example/reilu",
        "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=90),
        "sign_up_opens_at": clock.now() - timedelta(hours=1), "sign_up_closes_at": starts_at - timedelta(hours=1),
        "capacity": capacity,
    }  # fmt: skip
    return Plan(**{**empty, **chosen, **words, **values})  # type: ignore[arg-type]  # the plan checks itself


def load() -> None:
    past = hold_past_webinar()
    with moment(115):
        for email, name, organisation in ATTENDEES:
            come(past, email, name, organisation)
    with scene(100, cast.MARJA, hour=12) as marja:
        event = events.get(past.id)
        attendance.mark_attendance(event, {each.id for each in attendance.expected(event.id)}, marja)
    hold_past_seminar()
    read_attendance(past)
    with scene(demo_trainings.RENEWED_DAYS_AGO, cast.MARJA):
        demo_trainings.renew(trainings.required_trainings()[0])
    with scene(15, cast.MARJA):
        training_id = trainings.required_trainings()[0].id
        again = plan(FAIR, EventKind.WEBINAR, ahead(9), 40, training_id=training_id, interpretation="fss text")
        publish(again, again_of=events.get(past.id))
        chain_id = demo_trainings.chain().id
        full = publish(plan(CHAIN, EventKind.WEBINAR, ahead(16, 13), 2, event_language="en", training_id=chain_id))
        to_come = publish(plan(FIRST_DAYS, EventKind.THEME_SEMINAR, ahead(58), 60, place=PLACE, join_link=""))
        for_one = plan(OWN_TRAINING, EventKind.TAILORED_TRAINING, ahead(23, 12), 20, company_id=by_owner(cast.AINO).id)
        publish(for_one)
        give_materials(events.get(past.id))
    with moment(9):
        come(to_come, "tuulia.tulija@posti.example", "Tuulia Tulija", "Esimerkkikunta")
        for number in range(3):
            come(full, f"osallistuja{number}@posti.example", f"Osallistuja Esimerkki {number + 1}", "")


def hold_past_seminar() -> None:
    """A seminar in a place: people were checked in at the door, one came without a sign-up, and feedback was given."""
    with scene(60, cast.MARJA):
        seminar = publish(plan(SEMINAR, EventKind.THEME_SEMINAR, ago(30, 9), 30, place=PLACE, join_link=""))
    with moment(40):
        for number, name in enumerate(GUESTS):
            come(seminar, f"vieras{number}@posti.example", name, "Esimerkkikunta")
    with scene(30, cast.MARJA, hour=9) as marja:
        guests = attendance.expected(seminar.id)
        for guest in guests[:-1]:
            arrivals.check_in(guest)
        late = Details(name="Viivi Viimehetki", email="viivi@posti.example", language="fi", attendee_role="other")
        arrivals.check_in(arrivals.add_late(seminar.id, late))
    with scene(29, cast.MARJA, hour=9) as marja:
        event = events.get(seminar.id)
        there = {each.id for each in attendance.expected(event.id) if attendance.is_seen(each)}
        attendance.mark_attendance(event, there, marja)
    with moment(28):
        for number, guest in enumerate(each for each in attendance.expected(seminar.id) if each.attended):
            if number < len(ANSWERS):
                feedback.answer(events.get(seminar.id), guest, ANSWERS[number])


def read_attendance(past: Event) -> None:
    """A file of the webinar that waits for somebody to decide about two of its rows."""
    with scene(2, cast.MARJA) as marja:
        rows = "".join(f"{name};{email};{60 + number}\n" for number, (email, name, _) in enumerate(ATTENDEES))
        text = f"Nimi;Sähköposti;Kesto\n{rows}Vieras puhelimella;;35\nUusi Kuulija;kuulija@posti.example;80\n"
        upload = FileStorage(io.BytesIO(text.encode()), "osallistujat.csv", "file")
        imports.read(events.get(past.id), upload, 75, "percent", marja)


def hold_past_webinar() -> Event:
    with scene(130, cast.MARJA):
        training_id = trainings.required_trainings()[0].id
        return publish(plan(FAIR, EventKind.WEBINAR, ago(100, 9), 40, training_id=training_id))


def give_materials(event: Event) -> None:
    names = ("Tallenne", "Inspelning", "The recording")
    link = "https://kokous.example/tallenne"
    materials.add(event, Written("recording", "attended", *names, link=link, file=None))
    names = ("Diat", "Diabilder", "The slides")
    slides = FileStorage(io.BytesIO(SLIDES.encode()), "diat.txt", "file")
    materials.add(event, Written("material", "everyone", *names, link="", file=slides))


def publish(written: Plan, again_of: Event | None = None) -> Event:
    event = events.create(written, again_of)
    events.publish(event)
    return event


def come(event: Event, email: str, name: str, organisation: str) -> None:
    details = Details(name=name, email=email, organisation=organisation, language="fi", attendee_role="other")
    sign_ups.ask(event.id, details, network=f"demo {email}")
    if (found := sign_ups.find_live(event.id, email)) is not None:
        sign_ups.confirm(found)
