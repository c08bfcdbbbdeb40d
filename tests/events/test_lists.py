"""What is on: filters in the address, the month, the feed, what search engines read, what is one company's."""

from __future__ import annotations

import json
from datetime import date, time, timedelta

import pytest
import vobject

from portal.core import clock
from portal.core.access import Role
from portal.core.db import transaction
from portal.events import services
from portal.events.models import EventKind, EventStatus
from tests.factories import accounts, companies, events
from tests.support.browser import Browser
from tests.support.statements import counted

KEYS = ("webinar", "seminar", "over", "draft", "cancelled", "private")


@pytest.fixture
def ids(app):
    """One of each; the private one belongs to the company of `member`."""
    with app.app_context(), transaction():
        company = companies.company()
        soon = clock.at(clock.today() + timedelta(days=12), time(9))
        made = {
            "webinar": events.event(title_en="A webinar", event_language="fi en", audience="employers", starts_at=soon),
            "seminar": events.event(
                title_en="A seminar", kind=EventKind.THEME_SEMINAR, place="Kokeilutalo", join_link="",
                starts_at=soon + timedelta(days=1), ends_at=soon + timedelta(days=2, hours=2), event_language="sv",
                audience="procurement", title_sv="",
            ),
            "over": events.event(title_en="It was", starts_at=clock.now() - timedelta(days=2)),
            "draft": events.event(title_en="A draft", status=EventStatus.DRAFT),
            "cancelled": events.event(title_en="It is off", status=EventStatus.CANCELLED, was_published=True),
            "private": events.event(
                title_en="For one", title_fi="Yhdelle", kind=EventKind.TAILORED_TRAINING, company_id=company.id
            ),
        }  # fmt: skip
        people = {
            "member": accounts.account(company_id=company.id).id,
            "foreign": accounts.account(company_id=companies.company().id).id,
            "keeper": accounts.account(Role.LIAISON).id,
        }
        return {key: event.id for key, event in made.items()} | people


def titles(page) -> list[str]:
    return [
        link for link in page.links if link in ("A webinar", "A seminar", "It was", "A draft", "It is off", "For one")
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["A webinar", "A seminar"]),
        ("kind=webinar", ["A webinar"]),
        ("language=sv", ["A seminar"]),
        ("language=en", ["A webinar"]),
        ("where=online", ["A webinar"]),
        ("where=place", ["A seminar"]),
        ("audience=procurement", ["A seminar"]),
        ("audience=employers&kind=theme_seminar", []),
        ("kind=tailored_training", ["A webinar", "A seminar"]),
        ("kind=%27%3B--&where=x", ["A webinar", "A seminar"]),
    ],
)
def test_the_list_is_narrowed_by_its_address(client, ids, asked, found):
    page = client.get(f"/en/events?{asked}")
    assert sorted(titles(page)) == sorted(found)
    if not found:
        assert "No event is like that" in page.text
        assert page.links["Clear the filters"] == "/en/events"
        assert page.links["Past"] == f"/en/events/past?{'&'.join(sorted(asked.split('&'), reverse=True))}"


def test_a_month_shows_each_day_of_what_lasts_and_leads_to_the_next(client, ids, app):
    with app.app_context():
        seminar = services.get(ids["seminar"])
        first, last = clock.local_date(seminar.starts_at), clock.local_date(seminar.ends_at)
    shown = []
    for month in {f"{first:%Y-%m}", f"{last:%Y-%m}"}:
        page = client.get(f"/en/events/month?month={month}")
        cells = [cell for cell in page.tree.iter("td") if "A seminar" in "".join(cell.itertext())]
        shown += [next(cell.iter("time")).get("datetime") for cell in cells]
    assert sorted(shown) == [first.isoformat(), last.isoformat()]
    page = client.get("/fi/events/month?month=2026-12&kind=webinar")
    assert page.h1 == "Tapahtumat kuukausittain"
    assert "joulukuu 2026" in page.text.lower()
    assert page.links["Seuraava kuukausi"] == "/fi/events/month?month=2027-01&kind=webinar"
    assert page.links["Edellinen kuukausi"] == "/fi/events/month?month=2026-11&kind=webinar"
    for nonsense in ("2026-13", "x", "0001-01", "9999-12"):
        assert client.get(f"/en/events/month?month={nonsense}").status == 404


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_feed_is_public_whole_and_in_the_language_of_its_address(client, app, ids, language):
    page = client.get(f"/{language}/events.ics")
    assert page.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    feed = vobject.readOne(page.html)
    assert (feed.method.value, feed.version.value) == ("PUBLISH", "2.0")
    found = {event.uid.value.split("@")[0]: event for event in feed.vevent_list}
    assert set(found) == {str(ids[key]) for key in ("webinar", "seminar", "over", "cancelled")}
    assert found[str(ids["cancelled"])].status.value == "CANCELLED"
    title = {"fi": "Reilu rekrytointi käytännössä", "sv": "Reilu rekrytointi käytännössä", "en": "A seminar"}[language]
    assert found[str(ids["seminar"])].summary.value == title
    assert found[str(ids["webinar"])].url.value == f"http://localhost/{language}/events/{ids['webinar']}"
    assert "meet.example.fi" not in page.html.replace("\r\n ", "")
    assert "attendee" not in found[str(ids["webinar"])].contents
    narrowed = vobject.readOne(client.get(f"/{language}/events.ics?where=place").html)
    assert [event.uid.value.split("@")[0] for event in narrowed.vevent_list] == [str(ids["seminar"])]
    assert client.get("/en/events").links["Events as a calendar (.ics)"] == "/en/events.ics"
    assert vobject.readOne(client.get("/en/events.ics?kind=closing_seminar").html).contents.get("vevent") is None


def read_by_machines(page) -> list[dict]:
    scripts = [each for each in page.tree.iter("script") if each.get("type") == "application/ld+json"]
    return [json.loads("".join(each.itertext())) for each in scripts]


def test_search_engines_read_the_event_and_never_its_join_link(client, app, ids):
    with app.app_context(), transaction():
        services.get(ids["seminar"]).summary_en = "</script><script>alert(1)</script> & more"
        services.get(ids["seminar"]).organisers_fi = "Reilu\nKumppani ry"
        starts_at = clock.local(services.get(ids["seminar"]).starts_at)
    (data,) = read_by_machines(client.get(f"/en/events/{ids['seminar']}"))
    assert (data["@context"], data["@type"], data["name"]) == ("https://schema.org", "EducationEvent", "A seminar")
    assert data["description"] == "</script><script>alert(1)</script> & more"
    assert data["startDate"] == starts_at.isoformat(timespec="minutes")
    assert data["location"] == [{"@type": "Place", "name": "Kokeilutalo", "address": "Kokeilutalo"}]
    assert data["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert [each["name"] for each in data["organizer"]] == ["Reilu", "Kumppani ry"]
    page = client.get(f"/fi/events/{ids['webinar']}")
    (data,) = read_by_machines(page)
    assert data["location"] == [{"@type": "VirtualLocation", "url": f"http://localhost/fi/events/{ids['webinar']}"}]
    assert data["inLanguage"] == ["fi", "en"]
    assert "meet.example.fi" not in page.html
    (data,) = read_by_machines(client.get(f"/en/events/{ids['cancelled']}"))
    assert data["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_tailored_training_is_its_company_s_alone(app, client, ids):
    absent = "00000000-0000-4000-8000-000000000000"

    def bytes_of(who: Browser, path: str, event_id: object) -> tuple[int, str]:
        page = who.open(f"/en/events/{event_id}{path}", follow=False)
        return page.status, page.html.replace(str(event_id), "ID")

    strangers = [client, Browser(app).sign_in(ids["foreign"])]
    for who in strangers:
        for path in ("", "/asked"):
            assert bytes_of(who, path, ids["private"]) == bytes_of(who, path, absent)
            assert bytes_of(who, path, ids["private"])[0] == 404
    member, keeper = Browser(app).sign_in(ids["member"]), Browser(app).sign_in(ids["keeper"])
    for who in (member, keeper):
        page = who.get(f"/en/events/{ids['private']}")
        assert "Private training" in page.text
        assert read_by_machines(page) == []
    listed = member.get("/en/events")
    assert "For one" in titles(listed)
    assert "Only for your company" in listed.text
    for who in (*strangers, keeper):
        assert "For one" not in titles(who.get("/en/events"))
        assert "For one" not in who.get(f"/en/events/month?month={clock.today():%Y-%m}").text
    for who in (member, keeper):
        assert "For one" not in who.get("/en/events.ics").html
    assert "For one" in keeper.get("/en/events/manage").text


def test_a_series_names_its_other_dates_to_those_who_may_see_them(app, client, ids):
    with app.app_context(), transaction():
        series = companies.company().id  # any id
        for key in ("webinar", "over", "draft", "private"):
            services.get(ids[key]).series_id = series
    path = f"/en/events/{ids['webinar']}"
    there = {key: f"/en/events/{ids[key]}" for key in ("over", "draft", "private")}
    for who, seen in ((client, {"over"}), (Browser(app).sign_in(ids["keeper"]), set(there))):
        hrefs = {link.get("href") for link in who.get(path).tree.iter("a")}
        assert {key for key, href in there.items() if href in hrefs} == seen


def test_of_very_many_events_each_page_costs_few_statements(app, client, ids):
    with app.app_context(), transaction():
        starts_at = clock.at(clock.today() + timedelta(days=40), time(9))
        for number in range(120):
            events.event(title_en=f"Number {number}", starts_at=starts_at + timedelta(hours=number))
    month = f"{date.today() + timedelta(days=40):%Y-%m}"  # noqa: DTZ011 - any day of that month
    for path in ("/en/events", "/en/events/past", f"/en/events/month?month={month}", "/en/events.ics",
                 f"/en/events/{ids['webinar']}"):  # fmt: skip
        with counted(app) as statements:
            assert client.get(path).status == 200
        assert len(statements) <= 12, (path, statements)
    page, seen = client.get("/en/events"), []
    while True:
        seen += [link for link in page.links if link.startswith("Number")]
        if "Next page" not in page.links:
            break
        page = client.get(page.links["Next page"])
    assert seen == [f"Number {number}" for number in range(120)]
