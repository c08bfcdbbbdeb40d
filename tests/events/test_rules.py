"""The rules of events: times, windows, seats."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import clock
from portal.core.errors import RuleBroken
from portal.events import rules

STARTS = datetime(2026, 12, 3, 7, 0, tzinfo=UTC)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_time_that_the_clocks_skip_is_refused_with_a_sentence():
    with pytest.raises(RuleBroken) as refusal:
        rules.instant_of(date(2026, 3, 29), time(3, 30), "starts")
    assert "does not exist" in str(refusal.value)
    assert refusal.value.field == "starts"


def test_a_time_that_comes_twice_is_refused_with_a_sentence():
    with pytest.raises(RuleBroken, match="comes twice"):
        rules.instant_of(date(2026, 10, 25), time(3, 30), "ends")


@given(st.dates(date(2024, 1, 1), date(2035, 1, 1)), st.times())
def test_every_other_wall_time_comes_back_as_it_was_written(day, wall):
    wall = wall.replace(second=0, microsecond=0)
    try:
        instant = rules.instant_of(day, wall, "starts")
    except RuleBroken:
        assert not clock.exists_once(day, wall)
    else:
        local = clock.local(instant)
        assert (local.date(), local.time()) == (day, wall)


def test_an_end_before_the_start_is_refused():
    with pytest.raises(RuleBroken, match="end is before the start"):
        rules.check_times(STARTS, STARTS)


def test_an_event_of_three_weeks_is_refused():
    with pytest.raises(RuleBroken, match="at most 14 days"):
        rules.check_times(STARTS, STARTS + timedelta(days=21))


def test_sign_up_days_are_both_inclusive():
    opens, closes = rules.sign_up_window(date(2026, 11, 1), date(2026, 12, 1), STARTS)
    assert clock.local(opens).isoformat() == "2026-11-01T00:00:00+02:00"
    assert clock.local(closes).isoformat() == "2026-12-02T00:00:00+02:00"


def test_sign_up_closes_when_the_event_starts_at_the_latest():
    assert rules.sign_up_window(date(2026, 11, 1), date(2026, 12, 24), STARTS)[1] == STARTS


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [(date(2026, 12, 1), date(2026, 11, 1), "closes_on"), (date(2026, 12, 4), date(2026, 12, 5), "opens_on")],
)
def test_a_sign_up_window_in_the_wrong_order_is_refused(opens, closes, field):
    with pytest.raises(RuleBroken) as refusal:
        rules.sign_up_window(opens, closes, STARTS)
    assert refusal.value.field == field


@given(instants, st.timedeltas(timedelta(seconds=1), timedelta(days=200)))
def test_an_offer_ends_after_now_and_never_after_the_start(now, left):
    deadline = rules.offer_deadline(now, now + left)
    assert now < deadline <= now + left
    assert deadline - now <= rules.LONGEST_OFFER


@given(instants, st.timedeltas(timedelta(minutes=1), timedelta(days=100)), st.timedeltas(timedelta(0), timedelta(9)))
def test_an_offer_is_never_longer_when_the_start_is_nearer(now, left, less):
    near = max(left - less, timedelta(minutes=1))
    assert rules.offer_deadline(now, now + near) <= rules.offer_deadline(now, now + left)


def test_the_day_before_keeps_the_wall_time_through_a_clock_change():
    starts = rules.instant_of(date(2026, 3, 29), time(9), "starts")
    assert clock.local(rules.the_day_before(starts)).strftime("%d %H.%M") == "28 09.00"
    assert starts - rules.the_day_before(starts) == timedelta(hours=23)


def test_a_text_falls_back_and_says_so():
    assert rules.in_language({"fi": "Hei", "sv": "", "en": " "}, "sv") == rules.Spoken("Hei", "fi", True)
    assert rules.in_language({"fi": "Hei", "sv": "Hej", "en": ""}, "sv") == rules.Spoken("Hej", "sv", False)


def test_lowering_seats_below_those_taken_asks_first():
    with pytest.raises(RuleBroken) as refusal:
        rules.check_capacity(10, 14, may_push_out=False)
    assert "14 people hold a seat" in str(refusal.value)
    assert "last 4 lose" in str(refusal.value)
    rules.check_capacity(10, 14, may_push_out=True)
    rules.check_capacity(14, 14, may_push_out=False)


@pytest.mark.parametrize(
    ("published", "shift", "words"),
    [(False, 0, "takes no sign-ups"), (True, -8, "has not opened"), (True, 8, "has closed")],
)
def test_sign_up_outside_its_window_is_refused(published, shift, words):
    opens, closes = STARTS - timedelta(days=5), STARTS
    with pytest.raises(RuleBroken, match=words):
        rules.check_open(published, opens, closes, STARTS - timedelta(days=2) + timedelta(days=shift))


def test_attendance_is_marked_from_the_start_on_and_not_for_a_cancelled_event():
    rules.check_markable(False, STARTS, STARTS)
    with pytest.raises(RuleBroken, match="has not begun"):
        rules.check_markable(False, STARTS, STARTS - timedelta(seconds=1))
    with pytest.raises(RuleBroken, match="was cancelled"):
        rules.check_markable(True, STARTS, STARTS)
