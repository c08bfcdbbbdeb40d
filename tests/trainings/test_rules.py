"""Dates of completions, and the codes of certificates."""

from datetime import date, timedelta
from uuid import uuid4

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
    rules.check_claimable(revoked=False, ended=False, claimed_by_other=False, own=False)
    for wrong in ("revoked", "ended", "claimed_by_other", "own"):
        facts = dict.fromkeys(("revoked", "ended", "claimed_by_other", "own"), False) | {wrong: True}
        with pytest.raises(RuleBroken):
            rules.check_claimable(**facts)


@given(days, st.integers(-40, 60))
def test_of_two_reminders_the_nearer_one_is_due(today, left):
    due = rules.reminder_due(today + timedelta(days=left), today, (60, 14))
    assert due == (None if not 0 <= left <= 60 else 14 if left <= 14 else 60)


def test_a_requirement_lasts_while_enough_people_hold_it():
    lasts = [date(2027, 1, 1), date(2027, 3, 1), date(2027, 2, 1)]
    assert [rules.last_day(lasts, holders) for holders in (1, 2, 3, 4)] == [*sorted(lasts, reverse=True), None]


@given(st.lists(days, max_size=6), st.integers(1, 6), days)
def test_one_more_holder_never_ends_a_requirement_earlier(lasts, holders, more):
    before, after = rules.last_day(lasts, holders), rules.last_day([*lasts, more], holders)
    assert before is None or (after is not None and after >= before)


def test_any_one_of_several_trainings_fills_it_and_nobody_counts_twice():
    one, other, third, mine, yours = (uuid4() for _ in range(5))
    asked = rules.Asked(uuid4(), frozenset({one, other}), 2, date(2026, 1, 1), None)
    day, ends = date(2026, 6, 1), date(2027, 6, 1)

    def held(*pairs):
        return [rules.Held(holder, training, date(2026, 2, 1), ends) for holder, training in pairs]

    assert not rules.is_met(asked, held((mine, one), (mine, other), (yours, third)), day)
    assert rules.is_met(asked, held((mine, one), (yours, other)), day)
    assert not rules.is_met(asked, held((mine, one), (yours, other)), ends + timedelta(days=1))
    assert not asked.in_force(date(2025, 12, 31)) and asked.in_force(date(2026, 1, 1))
