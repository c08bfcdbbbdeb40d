"""Texts of one language at a time, what falls back and says so; recordings and materials and who may open them."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.core.files import SealedContent, SealedFile
from portal.events import letters, services
from portal.events.models import Event, EventKind, Material
from tests.factories import accounts, companies, events
from tests.support.browser import Browser

LINK = "https://meet.example.fi/recording-99"


@pytest.fixture
def liaison(app, browser):
    with app.app_context(), transaction():
        account_id = accounts.account(Role.LIAISON).id
    return browser(account_id)


@pytest.fixture
def over(app):
    """An event of yesterday: one was there, one had a seat, one cancelled. Returns the id and the addresses."""
    with app.app_context(), transaction():
        event = events.event()
        people = [events.sign_up(event, name=name) for name in ("Aino", "Pekka", "Kaisa")]
        people[0].attended, people[1].attended, people[2].status = True, False, "cancelled"
        event.starts_at, event.ends_at = (clock.now() - timedelta(days=1, hours=hours) for hours in (2, 0))
        addresses = {each.name: f"/en/sign-ups/{letters.token_of(each.id)}" for each in people}
        return event.id, addresses


def rows(app, model):
    with app.app_context():
        return len(db.session.scalars(select(model.id)).all())


def test_the_texts_of_a_language_are_written_beside_the_finnish_ones(liaison, client, app):
    with app.app_context(), transaction():
        event_id = events.event(
            title_sv="", speakers_fi="Saana Viitaniemi\nEero Halla", partners_fi="Kumppani ry", organisers_en="Reilu"
        ).id
    page = liaison.get(f"/en/events/{event_id}/texts/sv")
    assert "Saana Viitaniemi" in page.text
    overview = liaison.get(f"/en/events/{event_id}/manage")
    assert "Missing: title, summary, speakers, organisers, partners" in overview.text
    shown = client.get(f"/sv/events/{event_id}")
    assert shown.h1 == "Reilu rekrytointi käytännössä (på finska)"
    assert "Eero Halla (på finska)" in shown.text
    assert "Reilu (på engelska)" in shown.text
    stale = liaison.get(f"/en/events/{event_id}/texts/sv")
    done = liaison.submit(page, title="Rättvis rekrytering", speakers="Saana Viitaniemi, sakkunnig", summary="Hej")
    assert "The texts are saved" in done.text
    shown = client.get(f"/sv/events/{event_id}")
    assert shown.h1 == "Rättvis rekrytering"
    assert "Saana Viitaniemi, sakkunnig" in shown.text
    refused = liaison.submit(stale, title="Något annat")
    assert refused.status == 422
    assert "Someone changed this" in refused.text
    assert refused.fields(refused.form(button="Save the texts"))["title"] == "Något annat"
    for part, sentence in (("title", "Write the title in Finnish"), ("summary", "Write a summary in Finnish")):
        refused = liaison.submit(f"/en/events/{event_id}/texts/fi", **{part: " "})
        assert (refused.status, refused.errors) == (422, [sentence])


def test_lists_of_an_event_and_whom_to_ask_stand_on_its_page(liaison, client, app):
    with app.app_context(), transaction():
        event_id, company = events.event(place="Kokeilutalo").id, companies.company(name="Kuusi Oy")
        company_id = str(company.id)
    page = liaison.submit(
        f"/en/events/{event_id}/edit", event_language=["fi", "sv"], interpretation=["fse", "text"],
        audience="employers", access=["loop", "step_free"], contact_name="Marja",
        contact_email="Marja@Example.FI", contact_phone="040 1234",
    )  # fmt: skip
    assert "The event is saved" in page.text
    shown = client.get(f"/en/events/{event_id}")
    for words in (
        "Finnish, Swedish", "Finnish Sign Language, Speech-to-text", "Step-free access, Induction loop", "Employers",
        "marja@example.fi", "Kokeilutalo, and online",
    ):  # fmt: skip
        assert words in shown.text, shown.text
    edit = f"/en/events/{event_id}/edit"
    for changes, sentence in (
        ({"event_language": None}, "Choose the language of the event"),
        ({"kind": EventKind.TAILORED_TRAINING}, "Choose the company that the training is for"),
        ({"company_id": company_id}, "Only a tailored training is for one company"),
        ({"contact_email": "marja"}, "e-mail address"),
        ({"interpretation": "klingon"}, "Choose one of the list"),
    ):
        refused = liaison.submit(edit, **changes)
        assert refused.status == 422
        assert any(sentence in error for error in refused.errors), refused.errors
    assert "saved" in liaison.submit(edit, kind=EventKind.TAILORED_TRAINING, company_id=company_id).text
    assert client.get(f"/en/events/{event_id}").status == 404
    assert "Kuusi Oy" in liaison.get(f"/en/events/{event_id}/manage").text


def test_a_recording_is_for_those_who_were_there_until_its_keeper_says_otherwise(liaison, client, app, over):
    event_id, own = over
    page = f"/en/events/{event_id}/materials"
    done = liaison.submit(page, kind="recording", title_fi="Tallenne", title_en="The recording", link=LINK)
    assert "Added" in done.text
    with app.app_context():
        material = db.session.scalars(select(Material)).one()
        assert (material.open_to, b"recording-99" in material.link) == ("attended", False)
    seen = {name: LINK in client.get(path).links.values() for name, path in own.items()}
    assert seen == {"Aino": True, "Pekka": False, "Kaisa": False}
    change = liaison.get(page).links["Change or remove: The recording"]
    liaison.submit(change, open_to="confirmed")
    assert [LINK in client.get(path).links.values() for path in own.values()] == [True, True, False]
    assert LINK not in client.get(f"/en/events/{event_id}").html
    liaison.submit(change, open_to="everyone")
    assert client.get(f"/en/events/{event_id}").links["The recording"] == LINK
    assert client.get(f"/sv/events/{event_id}").links["Tallenne"] == LINK
    gone = liaison.submit(change, "Remove")
    assert "Nobody can open it any more" in gone.text
    assert LINK not in client.get(f"/en/events/{event_id}").html + client.get(own["Aino"]).html


def upload(text: str, name: str = "diat.txt"):
    return {"file": (io.BytesIO(text.encode()), name)}


def test_a_file_is_sealed_and_opened_only_through_a_page_that_may(liaison, client, app, over):
    event_id, own = over
    page = f"/en/events/{event_id}/materials"
    liaison.submit(page, kind="material", title_fi="Diat", open_to="confirmed", files=upload("CanaryWords"))
    with app.app_context():
        material_id = db.session.scalars(select(Material.id)).one()
        assert b"CanaryWords" not in db.session.scalars(select(SealedContent.token)).one()
    address = f"/en/events/{event_id}/materials/{material_id}"
    assert client.get(address).status == 404
    assert liaison.get(address).html == "CanaryWords"
    file = client.get(client.get(own["Pekka"]).links["Diat"])
    assert file.html == "CanaryWords"
    assert "diat.txt" in file.headers["Content-Disposition"]
    assert file.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert client.get(f"{own['Kaisa']}/materials/{material_id}").status == 404
    with app.app_context(), transaction():
        other = events.event()
        stranger = letters.token_of(events.sign_up(other).id)
    assert client.get(f"/en/sign-ups/{stranger}/materials/{material_id}").status == 404
    assert client.get(f"/en/events/{other_id(app, event_id)}/materials/{material_id}").status == 404
    change = f"{address}/edit"
    liaison.submit(change, files=upload("OtherWords", "uudet.txt"), open_to="everyone")
    assert client.get(address).html == "OtherWords"
    assert rows(app, SealedFile) == 1
    liaison.submit(change, title_sv="Diabilder")
    assert client.get(address).html == "OtherWords", "without a new file the old one stays"
    liaison.submit(change, link=LINK)
    assert (rows(app, SealedFile), rows(app, SealedContent)) == (0, 0)
    assert client.get(address).status == 404


def other_id(app, event_id):
    with app.app_context():
        return db.session.scalar(select(Event.id).where(Event.id != event_id))


@pytest.mark.parametrize(
    ("filled", "files", "sentence"),
    [
        ({}, {}, "Write a link or choose a file"),
        ({"link": LINK}, upload("x"), "Give either a link or a file"),
        ({"link": "javascript:alert(1)"}, {}, "begins with https://"),
        ({}, upload("<html><script>alert(1)</script>", "diat.html"), "kind of file is not accepted"),
        ({"link": LINK, "title_fi": ""}, {}, "Write the name in Finnish"),
        ({"link": LINK, "kind": ""}, {}, "Choose what it is"),
    ],
)
def test_what_cannot_be_added_gets_a_sentence_and_leaves_nothing(liaison, app, over, filled, files, sentence):
    values = {"kind": "material", "title_fi": "Diat", "title_en": "The slides"} | filled
    page = liaison.submit(f"/en/events/{over[0]}/materials", files=dict(files), **values)
    assert page.status == 422
    assert any(sentence in error for error in page.errors), page.errors
    assert page.fields(page.form(button="Add it"))["title_en"] == "The slides"
    assert (rows(app, Material), rows(app, SealedFile)) == (0, 0)


def test_a_member_opens_the_public_material_of_a_private_training_and_nobody_else_does(liaison, client, app):
    with app.app_context(), transaction():
        company = companies.company()
        event_id = events.event(kind=EventKind.TAILORED_TRAINING, company_id=company.id).id
        member = accounts.account(company_id=company.id).id
        stranger = accounts.account(company_id=companies.company().id).id
        services.get(event_id)
    liaison.submit(
        f"/en/events/{event_id}/materials", kind="material", title_fi="Diat", open_to="everyone", files=upload("Words")
    )
    page = Browser(app).sign_in(member).get(f"/en/events/{event_id}")
    address = page.links["Diat"]
    assert re.fullmatch(rf"/en/events/{event_id}/materials/[0-9a-f-]+", address)
    assert Browser(app).sign_in(member).get(address).html == "Words"
    assert client.get(address).status == Browser(app).sign_in(stranger).get(address).status == 404
