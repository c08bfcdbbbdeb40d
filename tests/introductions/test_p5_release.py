"""P5: a name leaves only through a release by a second person, to the people the candidate named, until a date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.models import AccountStatus
from portal.candidates import services as candidates
from portal.candidates.values import Safety
from portal.companies.models import CompanyStatus
from portal.core import audit, clock, vault
from portal.core.db import db
from portal.incidents import services as incidents
from portal.introductions import endings, releases
from portal.introductions.models import IntroductionStatus as S
from tests.factories import introductions as factory
from tests.factories.accounts import account
from tests.factories.candidates import consent
from tests.introductions.conftest import Scene, everything, masked

NAME, PHONE, ADDRESS = "Zohra Esimerkki", "+358 40 7654321", "Salakatu 7, Vantaa"
WHO = {"identity": {"legal_name": NAME, "chosen_name": "Zo", "phone": PHONE, "address": ADDRESS}}


@pytest.fixture
def scene(make_scene: Callable[..., Scene]) -> Scene:
    return make_scene(candidate=WHO)


def path(introduction_id: object, step: str = "") -> str:
    return f"/en/introductions/{introduction_id}" + (f"/{step}" if step else "")


def card(introduction_id: object) -> str:
    return f"/en/cards/{introduction_id}"


def ask(scene: Scene, introduction_id: object, **values: Any) -> Any:
    filled = {
        "answer": "given", "how": "paper", "talk_language": "en", "name": "legal", "route": "phone", "may_work": "y",
        "recipients": [str(scene.ids["owner"])],
    } | values  # fmt: skip
    return scene.as_("officer").submit(path(introduction_id, "release-consent"), "Record the answer", **filled)


def release(scene: Scene, introduction_id: object, who: str = "liaison") -> Any:
    return scene.as_(who).submit(path(introduction_id, "release"), "Release the details")


# --- the consent -------------------------------------------------------------------


def test_from_acceptance_to_the_details_through_the_pages(scene: Scene) -> None:
    introduction_id = scene.introduction(S.ACCEPTED)
    assert "Now a second person releases it" in ask(scene, introduction_id).html
    assert "The named recipients have news" in release(scene, introduction_id).html
    page = scene.as_("owner").get(card(introduction_id))
    assert NAME in page.text and PHONE in page.text and "May work Yes" in page.text
    assert ADDRESS not in page.html and "Zo " not in page.text
    assert scene.row(introduction_id).status == S.RELEASED


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"recipients": []}, "Choose who may read the details"),
        ({"name": None}, "Choose which name the company hears"),
        ({"route": None}, "Choose how the company reaches them"),
        ({"route": "email"}, "This is not in the file"),
        ({"until": "2199-01-01"}, "Choose a day from today to"),
        ({"recipients": ["00000000-0000-0000-0000-000000000000"]}, "Choose one of the list"),
    ],
)
def test_a_wrong_release_consent_is_refused_in_words(scene: Scene, values: dict[str, Any], sentence: str) -> None:
    introduction_id = scene.introduction(S.ACCEPTED)
    page = ask(scene, introduction_id, **values)
    assert page.status == 422 and any(sentence in each for each in page.errors), page.errors
    assert scene.status(introduction_id) == S.ACCEPTED


def test_under_a_non_disclosure_order_the_route_is_the_officer(make_scene: Callable[..., Scene]) -> None:
    scene = make_scene(candidate={**WHO, "non_disclosure": True})
    introduction_id = scene.introduction(S.ACCEPTED)
    assert "reaches them through you" in ask(scene, introduction_id).text
    ask(scene, introduction_id, route="officer")
    release(scene, introduction_id)
    page = scene.as_("owner").get(card(introduction_id))
    assert scene.emails["officer"] in page.text and PHONE not in page.html


def test_an_order_that_came_after_the_consent_stops_the_release(scene: Scene) -> None:
    introduction_id = scene.introduction(S.CONSENTED)
    with scene.changing():
        world = scene.world()
        plan = candidates.contact_plan(world.candidate_id)
        candidates.write_contact(world.candidate_id, plan, True, world.officer)
    assert "must be agreed again" in release(scene, introduction_id).text


# --- who releases --------------------------------------------------------------------


def test_whoever_drafted_or_recorded_cannot_release(scene: Scene) -> None:
    introduction_id = scene.introduction(S.CONSENTED)
    page = scene.as_("officer").get(path(introduction_id, "release"))
    assert "A second person releases this" in page.text
    assert not [form for form in page.forms() if "Release" in "".join(form.itertext())]
    with scene.app.app_context(), pytest.raises(Exception, match="second person"):
        world = scene.world()
        releases.release(db.session.get_one(factory.Introduction, introduction_id), world.officer)
    assert scene.status(introduction_id) == S.CONSENTED


def test_a_deputy_who_only_wrote_an_answer_down_cannot_release(scene: Scene) -> None:
    introduction_id = scene.introduction(S.ACCEPTED)
    with scene.changing():
        from portal.candidates.caseloads import name_deputy

        world, today = scene.world(), clock.today()
        name_deputy(world.officer, world.other_officer.id, today, today + timedelta(days=9))
        row = db.session.get_one(factory.Introduction, introduction_id)
        releases.record_release_answer(row, factory.yes(), factory.all_fields(world), world.other_officer)
    page = scene.as_("other_officer").get(path(introduction_id, "release"))
    assert "A second person releases this" in page.text
    assert "named recipients have news" in release(scene, introduction_id).html


def test_another_officer_may_release_and_sees_no_identity(scene: Scene) -> None:
    introduction_id = scene.introduction(S.CONSENTED)
    page = scene.as_("other_officer").get(path(introduction_id, "release"))
    assert "Routine cleaning of premises" in page.text and "The name in their papers" in page.text
    for secret in (NAME, "Zo", PHONE, ADDRESS):
        assert secret not in page.text
    release(scene, introduction_id, "other_officer")
    assert scene.status(introduction_id) == S.RELEASED


def test_a_liaison_never_sees_identity_or_whose_caseload(scene: Scene) -> None:
    introduction_id = scene.introduction(S.CONSENTED)
    liaison = scene.as_("liaison")
    with scene.app.app_context():
        world = scene.world()
        number = candidates.profile(world.candidate_id).case_number
        officer = world.officer.display_name
    for page in (liaison.get("/en/introductions"), liaison.get(path(introduction_id)),
                 liaison.get(path(introduction_id, "release")), liaison.get("/en/start")):  # fmt: skip
        main = page.html.split("<main", 1)[1]
        for secret in (NAME, PHONE, number, officer, str(world.candidate_id), str(scene.ids["officer"])):
            assert secret not in main, (page.url, secret)


def test_a_liaison_does_not_see_what_was_never_offered(scene: Scene) -> None:
    introduction_id = scene.introduction(S.ASKED)
    liaison = scene.as_("liaison")
    here, absent = liaison.get(path(introduction_id)), liaison.get(path(scene.ids["vacancy"]))
    assert here.status == absent.status == 404
    assert masked(here, introduction_id) == masked(absent, scene.ids["vacancy"])


# --- what stops a release ------------------------------------------------------------


def hold(scene: Scene) -> None:
    world = scene.world()
    incidents.open_incident(world.company.owner_group_id, None, world.officer)


def suspend(scene: Scene) -> None:
    scene.world().company.status = CompanyStatus.SUSPENDED


def block(scene: Scene) -> None:
    world = scene.world()
    safety = Safety(blocked_persons=(world.reader.display_name,))
    candidates.write_safety(world.candidate_id, safety, world.officer)


def leave(scene: Scene) -> None:
    scene.world().reader.status = AccountStatus.DEACTIVATED


def refuse_matching(scene: Scene) -> None:
    world = scene.world()
    candidates.withdraw_consent(world.candidate_id, "matching", by=world.officer)


@pytest.mark.parametrize(
    ("obstacle", "sentence"),
    [
        (hold, "Nothing may be shown to this company today"),
        (suspend, "Nothing may be shown to this company today"),
        (block, "cannot be brought together today"),
        (refuse_matching, "cannot be brought together today"),
        (leave, "no longer works at the company"),
    ],
)
def test_each_gate_is_asked_again_at_the_release(
    scene: Scene, obstacle: Callable[[Scene], None], sentence: str
) -> None:
    introduction_id = scene.introduction(S.CONSENTED)
    liaison = scene.as_("liaison")
    page = liaison.get(path(introduction_id, "release"))
    with scene.changing():
        obstacle(scene)
    assert sentence in liaison.submit(page, "Release the details").text
    assert scene.status(introduction_id) == S.CONSENTED
    assert NAME not in scene.as_("owner").get(card(introduction_id)).html


def test_nothing_is_released_after_the_answer_date_even_when_the_worker_stands_still(scene: Scene) -> None:
    introduction_id = scene.introduction(S.CONSENTED)
    with clock.travel(scene.row(introduction_id).answer_date):
        assert "answer date has passed" in scene.as_("liaison").get(path(introduction_id, "release")).text
        assert scene.status(introduction_id) == S.CONSENTED
        with scene.app.app_context():
            endings.lapse_due()
        assert scene.status(introduction_id) == S.LAPSED


# --- what the recipients read ----------------------------------------------------------


def test_only_the_named_recipients_read_the_details(scene: Scene) -> None:
    introduction_id = scene.introduction(S.ACCEPTED)
    ask(scene, introduction_id)
    release(scene, introduction_id)
    page = scene.as_("reader").get(card(introduction_id))
    assert NAME not in page.html and "The details are shown to" in page.text


def test_a_later_member_sees_nothing_earlier_and_a_stranger_nothing_at_all(scene: Scene) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    with scene.changing():
        world = scene.world()
        later = account("recruiter", company_id=world.company.id)
        stranger = factory.standing.responsible_company(world.liaison)[1]
        db.session.flush()
        ids = later.id, stranger.id
    for who in ids:
        browser = scene.open_browser(who)
        assert "No cards have been offered to you" in browser.get("/en/cards").text
        for page, absent in (
            (browser.get(card(introduction_id)), browser.get(card(scene.ids["vacancy"]))),
            (browser.get(card(introduction_id) + "/answer"), browser.get(card(scene.ids["vacancy"]) + "/answer")),
        ):
            assert page.status == absent.status == 404
            assert masked(page, introduction_id) == masked(absent, scene.ids["vacancy"])


def test_every_reading_is_an_identity_read_under_the_readers_name(scene: Scene) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    browser = scene.as_("owner")
    for _ in range(3):
        browser.get(card(introduction_id))
    scene.as_("owner").get("/en/cards")
    with scene.app.app_context():
        entry = audit.AuditEntry
        query = select(entry).where(entry.verb == candidates.RELEASE_READ, entry.account_id == scene.ids["owner"])
        assert len(list(db.session.scalars(query))) == 3


def ending(scene: Scene, introduction_id: Any, how: str) -> None:
    with scene.changing():
        world = scene.world()
        if how == "withdrawal":
            candidates.withdraw_consent(world.candidate_id, "release", by=world.officer, subject_id=introduction_id)
        elif how == "end":
            row = db.session.get_one(factory.Introduction, introduction_id)
            endings.end(row, "staff only", world.officer)
        else:
            candidates.move_to(world.candidate_id, "closed", world.officer, reason="moved")  # type: ignore[arg-type]


@pytest.mark.parametrize("how", ["withdrawal", "end", "closed"])
def test_after_a_release_every_ending_hides_the_details_at_once_and_reads_like_expiry(scene: Scene, how: str) -> None:
    other = scene.introduction(S.RELEASED)
    ending(scene, other, how)
    page = scene.as_("owner").get(card(other))
    assert NAME not in page.html and "This introduction has ended." in page.text
    assert scene.status(other) == S.REVOKED
    with scene.app.app_context():
        assert vault.open(scene.ids["candidate_id"], f"release:{other.hex}") == {}

    def bare(text: str) -> str:
        return re.sub(r"\d+ \w+ \d{4}( at \d+\.\d\d)?", "…", text)

    with scene.changing():
        world = scene.world()
        programme = candidates.profile(world.candidate_id).programme_id
        from portal.programmes.models import Programme

        someone = factory.candidates.candidate(
            world.officer, db.session.get_one(Programme, programme), profile=factory.FITTING
        )
        expiring = factory.introduction(world, S.RELEASED, candidate_id=someone).id
    with clock.travel(clock.now() + timedelta(days=60)):
        expired = scene.as_("owner").get(card(expiring))
        same = scene.as_("owner").get(card(other))
    codes = scene.row(other).card_code, scene.row(expiring).card_code
    assert bare(same.text.replace(codes[0] or "", "…")) == bare(expired.text.replace(codes[1] or "", "…"))


def test_the_company_confirms_that_it_deleted_the_details(scene: Scene) -> None:
    introduction_id = scene.introduction(S.MET)
    scene.as_("officer").submit(path(introduction_id, "outcome"), "Record the outcome", outcome="not_hired")
    assert scene.status(introduction_id) == S.NOT_HIRED
    owner = scene.as_("owner")
    assert "Confirm that you deleted the details" in owner.get("/en/cards").text
    page = owner.submit(card(introduction_id), "We have deleted them")
    assert "You confirmed that the details are deleted" in page.text
    assert scene.row(introduction_id).deletion_confirmed_at is not None


def test_the_companys_word_stands_beside_the_officers_outcome(scene: Scene) -> None:
    introduction_id = scene.introduction(S.MET)
    scene.as_("owner").submit(card(introduction_id), "Tell us", word="hired")
    assert "We agreed on work" in scene.as_("officer").get(path(introduction_id, "outcome")).text
    assert scene.status(introduction_id) == S.MET, "the officer's outcome decides"


def test_fields_are_nowhere_in_the_clear(scene: Scene) -> None:
    scene.introduction(S.RELEASED)
    with scene.app.app_context():
        dump = everything()
    assert NAME not in dump and PHONE not in dump


def test_a_released_introduction_may_be_agreed_on_and_met(scene: Scene) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    officer = scene.as_("officer")
    day = (clock.today() + timedelta(days=3)).isoformat()
    refused = officer.submit(path(introduction_id, "meeting"), None, day=day, time="25", place="Esimerkkikatu 1")
    assert any("Write the time with numbers" in each for each in refused.errors)
    page = officer.submit(path(introduction_id, "meeting"), None, day=day, time="9.30", place="Esimerkkikatu 1",
                          companion="the officer", interpreter="Dari")  # fmt: skip
    assert "Who comes along, and the interpreter, stand on the page of the meeting" in page.text
    company = scene.as_("owner").get(card(introduction_id))
    assert "9.30, Esimerkkikatu 1" in company.text
    assert "Dari" not in company.html and "the officer" not in company.text


def test_the_release_lasts_to_the_end_of_its_last_day(scene: Scene) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    until: date = scene.row(introduction_id).release_until  # type: ignore[assignment]
    from portal.introductions.company_view import end_of

    with clock.travel(end_of(until) - timedelta(minutes=2)):
        assert NAME in scene.as_("owner").get(card(introduction_id)).text
    with clock.travel(end_of(until) + timedelta(seconds=1)):
        assert NAME not in scene.as_("owner").get(card(introduction_id)).html
        with scene.app.app_context():
            endings.lapse_due()
        assert scene.status(introduction_id) == S.EXPIRED


def test_a_matching_consent_given_anew_opens_the_way_again(scene: Scene) -> None:
    introduction_id = scene.introduction(S.CONSENTED)
    with scene.changing():
        refuse_matching(scene)
    with scene.changing():
        consent(scene.ids["candidate_id"], scene.world().officer)
    release(scene, introduction_id)
    assert scene.status(introduction_id) == S.RELEASED
