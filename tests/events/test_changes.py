"""Whoever comes is told what changed, as it was and as it is, in their own language, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.db import transaction
from portal.events import services
from tests.events.plans import plan_of
from tests.factories import events


@pytest.fixture
def come(app, mailbox):
    """An event with two who have a seat and one who waits; returns how to change it and read what they got."""
    with app.app_context(), transaction():
        starts_at = clock.at(clock.today() + timedelta(days=20), clock.local(clock.now()).time().replace(9, 0, 0, 0))
        event = events.event(capacity=2, starts_at=starts_at, title_sv="")
        for name, language in (("fi", "fi"), ("sv", "sv"), ("waits", "en")):
            events.sign_up(event, email=f"{name}@example.fi", language=language)
        event_id = event.id
    before = {name: len(mailbox.to(f"{name}@example.fi")) for name in ("fi", "sv", "waits")}

    def change(verb):
        with app.app_context(), transaction():
            event = services.get(event_id)
            verb(event)
            sequence = event.calendar_sequence
        return {name: mailbox.to(f"{name}@example.fi")[count:] for name, count in before.items()}, sequence

    return change


def test_a_later_end_a_place_and_a_name_each_stand_there_old_and_new(come):
    got, sequence = come(
        lambda event: services.edit(
            event,
            plan_of(
                event,
                place="Kokeilutalo",
                title_en="Fair work",
                ends_at=event.ends_at + timedelta(hours=1),
                join_link="",
            ),
        )
    )
    assert sequence == 1
    (fi,), (sv,), (waits,) = got["fi"], got["sv"], got["waits"]
    assert "Uusi paikka: Kokeilutalo\nAiemmin: Verkossa" in fi.text
    assert "klo\u00a09.00–\u206011.30" in fi.text
    assert "klo\u00a09.00–\u206010.30" in fi.text
    assert "Uusi nimi" not in fi.text, "the Finnish title is what it was"
    assert "Ny plats: Kokeilutalo\nTidigare: På webben" in sv.text
    assert "New name: Fair work\nBefore: Fair recruitment in practice" in waits.text
    assert (len(fi.attachments), len(sv.attachments), len(waits.attachments)) == (1, 1, 0)
    assert "{{" not in fi.text + sv.text + waits.text


def test_a_new_join_link_is_for_those_with_a_seat_and_moves_no_calendar(come):
    new = "https://meet.example.fi/new-room"
    got, sequence = come(lambda event: services.edit(event, plan_of(event, join_link=new)))
    assert sequence == 0
    assert [len(got[name]) for name in ("fi", "sv", "waits")] == [1, 1, 0]
    assert f"Uusi osallistumislinkki; pidä se omana tietonasi:\n{new}" in got["fi"][0].text
    assert got["fi"][0].attachments == ()


def test_a_title_in_one_language_is_told_to_its_readers_alone(come):
    got, sequence = come(lambda event: services.write(event, "sv", {"title": "Rättvist arbete"}))
    assert sequence == 1
    assert [len(got[name]) for name in ("fi", "sv", "waits")] == [0, 1, 0]
    assert got["sv"][0].subject == "Ändrat: Rättvist arbete"
    assert "Tidigare: Reilu rekrytointi käytännössä" in got["sv"][0].text, "until today it fell back to Finnish"


def test_other_words_tell_nobody(come):
    got, sequence = come(lambda event: services.write(event, "fi", {"programme": "9.00 Kahvi", "speakers": "Saana"}))
    assert (sequence, list(got.values())) == (0, [[], [], []])
