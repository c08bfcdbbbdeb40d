"""The whole way of a training inside a company: asked, talked about, agreed, invited to, held, and summed up."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, or_, select, update

from portal.core import clock, retention, states
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.core.errors import RuleBroken
from portal.core.outbox import OutboxMessage
from portal.events.models import Event, EventKind, SignUp
from portal.trainings.models import Completion
from portal.trainings.requests import rules
from portal.trainings.requests.models import NEXT, Invitation, RequestStatus, TrainingRequest
from tests.factories import accounts, companies, trainings

LINK = re.compile(r"http://localhost(/\w\w/trainings/invitations/\w+)")
OFF_LIST = "Take off the list: Maija Malli"
LISTED = {
    ("requested", "agreed"), ("agreed", "scheduled"), ("scheduled", "delivered"),
    ("requested", "declined"), ("agreed", "declined"),
}  # fmt: skip
"""As the design draws them."""


def test_a_request_moves_only_as_the_design_draws_it(app):
    """The full product of states, in one app: an app for each would cost more than all the rest."""
    moved = set()
    with app.app_context(), transaction():
        for before, to in itertools.product(RequestStatus, RequestStatus):
            request = TrainingRequest(status=before)
            try:
                states.move(request, to, NEXT)
            except RuleBroken:
                assert request.status == before
            else:
                assert request.status == to
                moved.add((before.value, to.value))
    assert moved == LISTED


def test_people_are_read_line_by_line():
    text = "Maija Malli, Maija@Yritys.fi\n\n  Pekka Pohja;pekka@yritys.fi\nMaija M\tmaija@yritys.fi\n"
    assert rules.read_people(text) == [("Maija Malli", "maija@yritys.fi"), ("Pekka Pohja", "pekka@yritys.fi")]
    for bad in ("Maija Malli", "Maija, ", ", maija@yritys.fi", "Maija Malli, maija", "x" * 121 + ", a@yritys.fi"):
        with pytest.raises(RuleBroken) as refused:
            rules.read_people(f"Eka Ensin, eka@yritys.fi\n{bad}")
        assert refused.value.params["line"] == 2


@dataclass
class Cast:
    owner: UUID
    member: UUID
    stranger: UUID
    liaison: UUID
    training: UUID


@pytest.fixture
def people(app) -> Cast:
    with app.app_context(), transaction():
        marja = accounts.account(Role.LIAISON, display_name="Marja Kivelä", email="marja@reilu.example")
        mine, other = companies.company(name="Kuuralinna Oy", language="sv"), companies.company(name="Toinen Oy")
        owner = companies.member(mine, display_name="Aino Owner", email="aino@kuura.fi")
        member = companies.member(mine, Role.RECRUITER, display_name="Joonas Member", email="joonas@kuura.fi")
        member.language = "fi"
        training = trainings.training(code="chain", title_en="Chains")
        return Cast(owner.id, member.id, companies.member(other).id, marja.id, training.id)


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def only(app, model):
    with app.app_context():
        found = db.session.scalars(select(model)).one()
        db.session.expunge_all()
        return found


ASKED = {
    "topic": "subcontracting", "goals": "We read a tender.", "headcount": "5", "held_as": "site", "site": "Kuja 1",
}  # fmt: skip


def ask(owner, **filled):
    return owner.submit("/en/trainings/requests/new", **({**ASKED, "day_1": in_days(20)} | filled))


def agree(liaison, path, people, **filled):
    values = {"content": "Duties along the chain.", "training_id": str(people.training), "starts_on": in_days(20),
              "starts": "9.00", "ends": "11.30"}  # fmt: skip
    return liaison.submit(f"{path}/agree", **(values | filled))


def test_from_asking_to_the_summary_letter(browser, client, people, app, mailbox):
    owner, liaison, stranger = browser(people.owner), browser(people.liaison), browser(people.stranger)
    assert "No trainings asked for yet" in owner.get("/en/trainings/requests").text
    page = ask(owner)
    assert "Sent. You usually hear within 5 working days." in page.text
    path = page.url
    assert mailbox.to("marja@reilu.example")[0].subject == "You have news in Reilu"

    # the liaison has a task, asks, and is answered
    assert "Read a training request" in liaison.get("/en/start").text
    page = liaison.submit(f"{path}/manage", "Send the message", text="How many subcontractors?")
    assert "The programme wrote How many subcontractors?" in page.text
    assert "Answer a message about your training" in owner.get("/en/start").text
    mail = mailbox.to("joonas@kuura.fi")[0]
    assert mail.subject == "Sinulle on uutta Reilussa"
    assert "ubcontract" not in mail.text
    owner.submit(path, text="Four.\nAll small.")
    assert "Answer a message about your training" not in owner.get("/en/start").text
    assert "Answer a message about a training" in liaison.get("/en/start").text

    # content and day are agreed, and the event is made of it
    refused = agree(liaison, path, people, ends="8.00")
    assert refused.status == 422
    assert any("The end is before the start" in error for error in refused.errors)
    page = agree(liaison, path, people)
    assert "Agreed. The company is told." in page.text
    assert "9.00–\u206011.30" in owner.get(path).text
    assert "Nobody is invited" not in owner.get(f"{path}/invited").text
    form = liaison.get(f"{path}/event")
    filled = form.fields(form.form(button="Save the event"))
    assert (filled["title_fi"], filled["capacity"], filled["place"]) == ("Alihankintaketjut", "5", "Kuja 1")
    page = liaison.submit(form, "Save the event")
    assert "Only this company sees it" in page.text
    event = only(app, Event)
    assert (
        "The texts are saved."
        in liaison.submit(f"/en/events/{event.id}/texts/sv", summary="Plikter längs kedjan.").text
    )
    assert (event.title_en, event.title_sv) == ("Subcontracting chains", "Underentreprenadskedjor")
    assert (event.kind, event.training_id) == (EventKind.TAILORED_TRAINING, people.training)
    assert event.company_id == only(app, TrainingRequest).company_id
    assert "See what was agreed with the company" in page.text

    # absent and foreign are the same, whoever else looks
    for other in (client, stranger):
        foreign, absent = (other.get(f"/en/events/{each}") for each in (event.id, uuid4()))
        assert foreign.status == absent.status == 404
        assert foreign.text == absent.text
        assert "Subcontracting chains" not in other.get("/en/events").text
    assert stranger.get(path).status == stranger.get(f"{path}/invited").status == 404
    assert "Subcontracting chains" in owner.get("/en/events").text

    # invitations: a member, two colleagues, and nobody who is not on the list
    assert "Invite people to your training" in owner.get("/en/start").text
    page = owner.submit(f"{path}/invited", people="Maija Malli maija@kuura.fi", language="sv")
    assert page.status == 422
    assert page.errors == ["Line 1: write name, comma, e-mail address, for example Maija Malli, maija@yritys.fi"]
    names = "Maija Malli, maija@kuura.fi\nPekka Pohja, pekka@kuura.fi"
    page = owner.submit(f"{path}/invited", members=[str(people.member)], people=names, language="sv")
    assert "3 people are invited." in page.text
    assert "Underentreprenadskedjor" in mailbox.to("maija@kuura.fi")[0].subject
    assert "Maija" not in mailbox.to("maija@kuura.fi")[0].text.replace("maija@", "")
    assert mailbox.to("joonas@kuura.fi")[-1].language == "fi"
    page = owner.submit(f"/en/events/{event.id}", name="X", email="x@else.fi", attendee_role="other", language="en")
    assert any("not on its list" in error for error in page.errors)
    assert mailbox.to("x@else.fi") == []
    link = LINK.search(mailbox.to("maija@kuura.fi")[0].text)[1].replace("/sv/", "/en/")
    gone = LINK.search(mailbox.to("pekka@kuura.fi")[0].text)[1].replace("/sv/", "/en/")
    assert "A training of Kuuralinna Oy" in client.get(link).text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignUp)) == 0
    page = client.submit(link, needs="Captions")
    assert "you are signed up" in page.text
    assert "You have a seat" in page.text or "Confirmed" in page.text
    assert [message.kind for message in mailbox.to("maija@kuura.fi")] == ["training_invitation", "sign_up_confirmed"]
    assert "You are signed up" in client.get(link).text
    assert "Signed up" in owner.get(f"{path}/invited").text
    listed = owner.get(f"{path}/invited")
    owner.submit(listed.links["Take off the list: Pekka Pohja"])
    assert "Pekka" not in owner.get(f"{path}/invited").text
    assert client.get(gone).status == 404
    assert client.get(gone).text == client.get("/en/trainings/invitations/unknown").text

    # held: attendance, completions in one go, the letter
    with clock.travel(clock.now() + timedelta(days=21)):
        owner, liaison = browser(people.owner), browser(people.liaison)
        assert owner.get(f"{path}/invited").forms() == []
        assert any("can no longer be changed" in each for each in owner.submit(listed.links[OFF_LIST]).errors)
        assert "Mark attendance first" in liaison.get(f"{path}/deliver").text
        assert owner.get(f"{path}/letter").status == 404
        liaison.submit(f"/en/events/{event.id}/attendance", "All were there")
        assert "Mark a training as held" in liaison.get("/en/start").text
        page = liaison.submit(f"{path}/deliver", "Mark as held")
        assert "one person took part" in page.text
        completion = only(app, Completion)
        assert (completion.training_id, completion.email) == (people.training, "maija@kuura.fi")
        assert mailbox.to("maija@kuura.fi")[-1].kind == "certificate"
        letter = owner.get(f"{path}/letter")
        for words in ("Kuuralinna Oy", "We read a tender.", "2 hours 30 minutes", "Chains", "Marja Kivelä"):
            assert words in letter.text
        assert "Maija" not in letter.text
        assert "Plikter längs kedjan." in owner.get(f"{path}/letter".replace("/en/", "/sv/")).text
        assert "Yhteenveto koulutuksesta" in owner.get(f"{path}/letter".replace("/en/", "/fi/")).text
        page = owner.submit(f"{path}/letter/names", participant_names="Maija Malli\n\n")
        assert "Those who took part, as the company names them Maija Malli" in page.text
        assert "Maija Malli" in liaison.get(f"{path}/letter/sent").text
    rules_of = {rule.name: rule for rule in retention.rules()}
    with app.app_context(), clock.travel(clock.now() + timedelta(days=120)):
        with transaction():
            listed = [f":{each}:" for each in db.session.scalars(select(Invitation.id))]
            theirs = update(OutboxMessage).where(or_(*(OutboxMessage.once.contains(each) for each in listed)))
            db.session.execute(theirs.values(sealed=b"of a server that takes nothing"))
        retention.run(rules_of["trainings.invitations"])
        assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0
        unsent = select(func.count()).where(
            OutboxMessage.sealed.is_not(None), OutboxMessage.kind == "training_invitation"
        )
        assert db.session.scalar(unsent) == 0, "what has not left goes with the invitation"
        retention.run(rules_of["trainings.letter_names"])
        assert db.session.scalars(select(TrainingRequest.participant_names)).all() == ["Maija Malli"]
    with app.app_context(), clock.travel(clock.now() + timedelta(days=800)):
        assert retention.dry_run()["trainings.letter_names"] == 1
        retention.run(rules_of["trainings.letter_names"])
        assert db.session.scalars(select(TrainingRequest.participant_names)).all() == [""]


def test_what_is_asked_badly_is_said_beside_its_field_and_a_company_waits_with_three(browser, people, app):
    owner = browser(people.owner)
    for wrong, sentence in (
        ({"day_1": ""}, "Write at least one day that suits you, or a period."),
        ({"topic": "other"}, "Write what the training is about."),
        ({"day_1": "", "wished_from": in_days(3)}, "Write the last day of the period."),
        ({"wished_from": in_days(9), "wished_until": in_days(3)}, "The last day of the period is before the first"),
        ({"day_1": in_days(-1)}, "This day has passed."),
        ({"headcount": "many"}, "Write a whole number"),
    ):
        page = ask(owner, **wrong)
        assert page.status == 422
        assert any(sentence in error for error in page.errors), page.errors
        assert "We read a tender." in page.html
    for _number in range(rules.MOST_UNREAD):
        ask(owner, day_1="", wished_from=in_days(3), wished_until=in_days(9))
    assert any("3 of your requests wait" in error for error in ask(owner).errors)
    liaison = browser(people.liaison)
    with app.app_context():
        request_id = db.session.scalars(select(TrainingRequest.id)).first()
    path = f"/en/trainings/requests/{request_id}"
    assert liaison.submit(f"{path}/decline").errors == ["Write the reason"]
    page = liaison.submit(f"{path}/decline", reason="We know too little of it.")
    assert "We know too little of it." in page.text
    assert "We know too little of it." in owner.get(path).text
    assert "Write to us" not in owner.get(path).text
    refused = agree(liaison, path, people)
    assert any("the state has changed" in error for error in refused.errors)
    assert "Not held" in liaison.get("/en/trainings/requests/manage?status=declined").text


def test_a_cancelled_day_gets_a_new_event_and_everybody_a_new_link(browser, people, app, mailbox):
    owner, liaison = browser(people.owner), browser(people.liaison)
    path = ask(owner).url
    agree(liaison, path, people)
    liaison.submit(f"{path}/event", "Save the event")
    owner.submit(f"{path}/invited", people="Maija Malli, maija@kuura.fi", language="en")
    first = only(app, Event)
    refused = liaison.submit(f"{path}/event", "Save the event")
    assert any("the state has changed" in error for error in refused.errors)
    liaison.submit(f"/en/events/{first.id}/manage", "Cancel the event")
    assert "The day was cancelled" in owner.get(path).text
    assert "Agree a new day for a training" in liaison.get("/en/start").text
    page = liaison.submit(f"{path}/event", "Save the event", starts_on=in_days(30), closes_on=in_days(30))
    assert "The event is made." in page.text
    invitations = [mail for mail in mailbox.to("maija@kuura.fi") if mail.kind == "training_invitation"]
    assert len(invitations) == 2
    assert LINK.search(invitations[0].text)[1] == LINK.search(invitations[1].text)[1]
    assert "You are signed up" not in browser().get(LINK.search(invitations[1].text)[1]).text
    copied = liaison.submit(
        f"/en/events/{first.id}/copy", starts_on=in_days(40), opens_on=in_days(0), closes_on=in_days(40)
    )
    with app.app_context():
        bound = db.session.scalars(select(Event.company_id)).all()
        assert len(bound) == 3 and len(set(bound)) == 1
    assert "Training requests" in liaison.get(copied.links["See what was agreed with the company"]).h1
