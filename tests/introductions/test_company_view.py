"""What a company sees depends on its own instants and the release alone (design: P5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.introductions import company_view
from portal.introductions.company_view import Instants, Seen, View, see
from portal.introductions.models import IntroductionStatus as S

OFFERED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ANSWER_BY = datetime(2026, 12, 9, 14, 0, tzinfo=UTC)
ANSWERED = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
ANSWER_DATE = datetime(2026, 12, 11, 7, 0, tzinfo=UTC)
UNTIL = date(2027, 1, 31)
LAST = datetime(2027, 1, 31, 22, 0, tzinfo=UTC)  # midnight in Finland
instants = st.datetimes(datetime(2026, 11, 1), datetime(2027, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
BEFORE_RELEASE = [S.OFFERED, S.ACCEPTED, S.CONSENTED, S.REFUSED, S.LAPSED, S.REVOKED]


@dataclass
class Row:
    """The columns of the company's side, and around them everything it must not depend on."""

    offered_at: datetime | None = OFFERED
    answer_by: datetime | None = ANSWER_BY
    answer: str = company_view.ACCEPTED
    answered_at: datetime | None = ANSWERED
    answer_date: datetime | None = ANSWER_DATE
    released_at: datetime | None = None
    release_until: date | None = None
    ended_at: datetime | None = None
    outcome_at: datetime | None = None
    status: str = S.ACCEPTED


def at(row: Row, now: datetime) -> View:
    return see(company_view.instants_of(row), now)


@st.composite
def histories(draw: st.DrawFn) -> Row:
    """Whatever staff and candidate may have done to an accepted card short of a release."""
    return Row(
        status=draw(st.sampled_from(BEFORE_RELEASE)),
        ended_at=draw(st.none() | instants),
        release_until=draw(st.none() | st.dates(date(2026, 11, 1), date(2027, 6, 1))),
        outcome_at=draw(st.none() | instants),
    )


@settings(max_examples=400, deadline=None)
@given(histories(), histories(), instants)
def test_p5_every_history_before_a_release_looks_the_same_at_every_instant(one: Row, other: Row, now: datetime) -> None:
    assert at(one, now) == at(other, now)


@settings(max_examples=200, deadline=None)
@given(histories(), instants)
def test_an_unanswered_card_tells_nothing_of_what_happened_behind_it(history: Row, now: datetime) -> None:
    history.answer, history.answered_at, history.answer_date = "", None, None
    expected = Seen.ABSENT if now < OFFERED else Seen.OPEN if now < ANSWER_BY else Seen.UNANSWERED
    assert at(history, now).seen == expected


@settings(max_examples=300, deadline=None)
@given(instants, instants, instants)
def test_p5_after_a_release_withdrawal_not_hired_and_the_last_day_read_the_same(
    ended: datetime, again: datetime, now: datetime
) -> None:
    released = Row(released_at=ANSWERED + timedelta(days=3), release_until=UNTIL)
    withdrawn = Row(**{**vars(released), "ended_at": ended, "status": S.REVOKED})
    not_hired = Row(**{**vars(released), "ended_at": ended, "status": S.NOT_HIRED, "outcome_at": again})
    assert at(withdrawn, now) == at(not_hired, now)
    if now >= LAST:
        assert at(withdrawn, now) == at(released, now) == View(Seen.ENDED)


@settings(max_examples=300, deadline=None)
@given(st.builds(Row, ended_at=st.none() | instants, released_at=st.none() | instants,
                 release_until=st.just(UNTIL), status=st.sampled_from(list(S))), instants)  # fmt: skip
def test_p5_fields_are_seen_only_after_the_release_and_never_past_their_end(row: Row, now: datetime) -> None:
    view = at(row, now)
    if view.has_fields:
        assert row.released_at is not None and row.released_at <= now < LAST
        assert row.ended_at is None or now < row.ended_at


@pytest.mark.parametrize(
    ("changes", "now", "seen"),
    [
        ({"offered_at": None}, ANSWER_BY, Seen.ABSENT),
        ({}, OFFERED - timedelta(seconds=1), Seen.ABSENT),
        ({}, ANSWERED - timedelta(seconds=1), Seen.OPEN),
        ({}, ANSWERED, Seen.WAITING),
        ({}, ANSWER_DATE - timedelta(seconds=1), Seen.WAITING),
        ({}, ANSWER_DATE, Seen.NOT_AHEAD),
        ({"answer": "declined", "answer_date": None}, ANSWER_DATE, Seen.DECLINED),
        ({"released_at": ANSWER_DATE - timedelta(days=2), "release_until": UNTIL}, ANSWER_DATE - timedelta(days=2),
         Seen.RELEASED),
        ({"released_at": ANSWER_DATE - timedelta(days=2), "release_until": UNTIL}, LAST - timedelta(seconds=1),
         Seen.RELEASED),
        ({"released_at": ANSWER_DATE - timedelta(days=2), "release_until": UNTIL}, LAST, Seen.ENDED),
        ({"released_at": ANSWERED, "release_until": UNTIL, "status": S.HIRED, "outcome_at": ANSWER_DATE}, LAST,
         Seen.HIRED),
    ],
)  # fmt: skip
def test_each_instant_has_its_view(changes: dict[str, object], now: datetime, seen: Seen) -> None:
    assert at(Row(**changes), now).seen == seen  # type: ignore[arg-type]


def test_the_view_takes_no_more_of_a_row_than_its_declared_columns() -> None:
    """A row with nothing else on it is enough; so nothing else can be looked at."""
    columns = {name: getattr(Row(), name) for name in company_view.Row.__annotations__}
    assert company_view.instants_of(SimpleNamespace(**columns)) == Instants(
        offered_at=OFFERED, answer_by=ANSWER_BY, answer="accepted", answered_at=ANSWERED, answer_date=ANSWER_DATE
    )


def test_open_cards_are_those_the_company_holds_without_word_of_an_end() -> None:
    assert [seen for seen in Seen if View(seen).is_open] == [Seen.OPEN, Seen.WAITING]
