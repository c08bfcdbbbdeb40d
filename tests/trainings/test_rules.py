"""Dates of completions, and the codes of certificates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.errors import RuleBroken
from portal.trainings import completions, rules

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
months = st.integers(0, 120)


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2026, 9, 9), 24, date(2028, 9, 9)),
        (date(2026, 8, 20), 3, date(2026, 11, 20)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_are_counted_by_the_calendar(day, count, last):
    assert rules.valid_until(day, count) == last


@given(days, months)
def test_the_last_day_is_in_the_right_month_and_never_after_the_same_day(day, count):
    last = rules.add_months(day, count)
    assert (last.year * 12 + last.month) - (day.year * 12 + day.month) == count
    assert last.day <= day.day
    assert last.day == day.day or (last + timedelta(days=1)).day == 1


@given(days, days, months)
def test_an_earlier_day_never_ends_later(first, second, count):
    early, late = sorted((first, second))
    assert rules.add_months(early, count) <= rules.add_months(late, count)


@given(days, st.integers(1, 120))
def test_both_the_first_and_the_last_day_count(day, count):
    last = rules.valid_until(day, count)
    assert rules.holds(day, last, day)
    assert rules.holds(day, last, last)
    assert not rules.holds(day, last, last + timedelta(days=1))
    assert not rules.holds(day, last, day - timedelta(days=1))


def test_codes_have_ten_characters_that_no_one_confuses():
    codes = {completions.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(rules.is_code(code) for code in codes)
    assert not set("0O1IL5S8B2Z") & set(rules.ALPHABET)
    assert len(set(rules.ALPHABET)) ** rules.CODE_LENGTH > 10**13


@given(st.text(st.sampled_from(rules.ALPHABET), min_size=10, max_size=10))
def test_a_code_is_read_however_it_is_written(code):
    for written in (code, rules.shown_code(code), f" {code[:3].lower()} {code[3:]} "):
        assert rules.plain_code(written) == code


@given(st.text(max_size=40))
def test_any_text_is_safe_to_read_as_a_code(text):
    assert rules.is_code(rules.plain_code(text)) in (True, False)


def test_a_certificate_is_claimed_once_by_its_person():
    rules.check_claimable(revoked=False, claimed_by_other=False, own=False)
    for facts in ((True, False, False), (False, True, False), (False, False, True)):
        with pytest.raises(RuleBroken):
            rules.check_claimable(*facts)


@given(days, st.integers(-40, 60))
def test_reminders_come_within_21_and_within_7_days(today, left):
    due = rules.reminders_due(today + timedelta(days=left), today)
    assert due == (None if not 0 <= left <= 21 else 7 if left <= 7 else 21)
