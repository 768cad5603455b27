"""Days are read as people write them, in the American order, relative ones from today."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.questions.recognizers.dates.date_scanner import find_days, split_by_role
from hcpcs.questions.recognizers.dates.named_periods import DayRange

TODAY = date(2025, 11, 21)
DAYS = st.dates(date(1967, 1, 1), date(2049, 12, 31))


def test_four_digits_alone_are_no_year_far_ahead() -> None:
    assert not find_days("what does 2049 mean", TODAY, loose=True)
    assert find_days("2030", TODAY, loose=True)
    assert find_days("in 2049", TODAY, loose=True)


def day(text: str) -> tuple[str, str] | None:
    (found,) = find_days(text, TODAY)
    return found.span and (found.span.first.isoformat(), found.span.last.isoformat())


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-01", "3/1/2019", "03/01/2019", "3-1-2019", "3.1.2019", "03/01/19", "20190301", "2019/03/01",
        "1 Mar 2019",
        "March 1, 2019", "March 1st, 2019", "Mar. 1 2019", "1st of March 2019", "the 1st of March, 2019", "1-Mar-2019",
        "mar 1 '19", "DOS 03/01/19", "date of service: 3/1/2019", "as of March 1 2019", "on 3/1/2019",
        "1 de marzo de 2019", "el 1 de marzo del 2019", "1 de marzo 2019",
        "03012019", "DOS 03012019", "DOS 030119", "dos: 030119", "date of service 030119",
    ],
)  # fmt: skip
def test_a_day_is_read(text: str) -> None:
    assert day(text) == ("2019-03-01", "2019-03-01")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("in January 2018", "2018-01-01", "2018-01-31"),
        ("en octubre de 2024", "2024-10-01", "2024-10-31"),
        ("setiembre 2024", "2024-09-01", "2024-09-30"),
        ("Jan 2018", "2018-01-01", "2018-01-31"),
        ("01/2018", "2018-01-01", "2018-01-31"),
        ("2018-01", "2018-01-01", "2018-01-31"),
        ("2018 January", "2018-01-01", "2018-01-31"),
        ("February 2020", "2020-02-01", "2020-02-29"),
        ("Q2 2019", "2019-04-01", "2019-06-30"),
        ("2019Q2", "2019-04-01", "2019-06-30"),
        ("second quarter of 2019", "2019-04-01", "2019-06-30"),
        ("in 2018", "2018-01-01", "2018-12-31"),
        ("last March", "2025-03-01", "2025-03-31"),
        ("last November", "2024-11-01", "2024-11-30"),
        ("in December", "2024-12-01", "2024-12-31"),
        ("in June", "2025-06-01", "2025-06-30"),
        ("next January", "2026-01-01", "2026-01-31"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("this quarter", "2025-10-01", "2025-12-31"),
        ("last quarter", "2025-07-01", "2025-09-30"),
        ("last month", "2025-10-01", "2025-10-31"),
        ("last week", "2025-11-10", "2025-11-16"),
        ("next year", "2026-01-01", "2026-12-31"),
        ("yesterday", "2025-11-20", "2025-11-20"),
        ("on St. Patrick's Day 2025", "2025-03-17", "2025-03-17"),
        ("st patricks day, 2025", "2025-03-17", "2025-03-17"),
        ("christmas 2024", "2024-12-25", "2024-12-25"),
        ("the day before yesterday", "2025-11-19", "2025-11-19"),
        ("today", "2025-11-21", "2025-11-21"),
        ("two years ago", "2023-11-21", "2023-11-21"),
        ("3 months ago", "2025-08-21", "2025-08-21"),
        ("10 days ago", "2025-11-11", "2025-11-11"),
        ("a week ago", "2025-11-14", "2025-11-14"),
        ("on May 1", "2025-05-01", "2025-05-01"),
        ("on 12/24", "2024-12-24", "2024-12-24"),
        ("before 2018", "2017-12-31", "2017-12-31"),
        ("prior to April 2018", "2018-03-31", "2018-03-31"),
        ("after 3/31/2018", "2018-04-01", "2018-04-01"),
        ("25/12/2019", "2019-12-25", "2019-12-25"),
    ],
)
def test_a_period_is_read(text: str, first: str, last: str) -> None:
    assert day(text) == (first, last)


@pytest.mark.parametrize("text", ["2/30/2019", "02/29/2021", "13/13/2019", "32/1/2019", "June 31, 2019", "2019-02-30"])
def test_a_day_that_the_calendar_does_not_have_is_seen_as_one(text: str) -> None:
    assert day(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "may I bill", "march madness", "10 mg", "2x2", "1/2", "0.9%", "30-40 mmhg", "2019 mg", "size 12", "$3.10.2019x",
        "second hand", "the last one", "2000 ml", "call 735-1326", "an august body", "030119",
    ],
)  # fmt: skip
def test_other_words_and_numbers_are_no_days(text: str) -> None:
    assert find_days(text, TODAY) == []


def test_a_year_needs_a_word_of_time_unless_a_code_is_asked_about() -> None:
    assert find_days("wheelchair 2019", TODAY) == []
    assert len(find_days("S9353 2019", TODAY, loose=True)) == 1


def test_a_span_of_years_is_one_period_where_a_bare_year_counts() -> None:
    for text in ("L codes added 2020-2023", "L codes added 2023 - 2020"):
        (one,) = find_days(text, TODAY, loose=True)
        assert one.span == DayRange(date(2020, 1, 1), date(2023, 12, 31))
    assert find_days("wheelchair 2020-2023", TODAY) == []


@pytest.mark.parametrize(
    "text", ["since January 2024", "from Jan 2024", "starting January 2024", "starting in Jan 2024"]
)
def test_a_day_that_opens_a_time(text: str) -> None:
    (found,) = find_days(text, TODAY)
    assert found.since
    assert found.span is not None
    assert found.span.first == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("H codes added last 3 years", "2022-11-21"),
        ("J codes added in the last 12 months", "2024-11-21"),
        ("codes changed over the past two quarters", "2025-05-21"),
        ("drugs within the last 6 months", "2025-05-21"),
    ],
)
def test_a_span_until_today_counts_where_changes_are_asked_about(text: str, first: str) -> None:
    (found,) = find_days(text, TODAY, of_changes=True)
    assert found.span == DayRange(date.fromisoformat(first), TODAY)
    assert not find_days(text, TODAY)
    assert not find_days("new walker, fell in the last 6 months", TODAY, of_changes=True)


def test_two_days_in_order() -> None:
    found = find_days("between January 2018 and April 2018", TODAY)
    assert [one.span and one.span.first.month for one in found] == [1, 4]


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%B %d, %Y", "%d %b %Y", "%Y%m%d"]))
def test_every_day_is_read_in_every_form(written: date, form: str) -> None:
    (found,) = find_days(f"S9353 on {written.strftime(form)}?", TODAY)
    assert found.span is not None
    assert (found.span.first, found.span.last) == (written, written)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(["week", "month", "quarter", "year"]))
def test_this_period_holds_today_and_touches_the_last_and_the_next(today: date, unit: str) -> None:
    spans = [find_days(f"{which} {unit}", today)[0].span for which in ("last", "this", "next")]
    last, this, following = (one for one in spans if one)
    assert this.first <= today <= this.last
    assert (this.first - last.last).days == 1
    assert (following.first - this.last).days == 1


@given(st.text(alphabet="0123456789/-.' janfebmrpyulgsoctvdq", max_size=80))
def test_any_text_can_be_looked_through(text: str) -> None:
    assert len(find_days(text, TODAY, loose=True)) <= 4


@pytest.mark.parametrize("lead", ["", "İ ", "E0601 "])
def test_a_day_keeps_its_letters_and_its_place(lead: str) -> None:
    text = f"{lead}SINCE Mar 1, 2019 and LAST MONTH"
    first, second = find_days(text, TODAY)
    assert (first.written, text[first.start : first.end], first.since) == ("Mar 1, 2019", "SINCE Mar 1, 2019", True)
    assert (second.written, text[second.start : second.end]) == ("LAST MONTH", "LAST MONTH")


def test_a_year_in_which_medicare_paid_is_asked_about_and_a_day_is_not() -> None:
    for text, asked in (("Medicare paid E0465 in 2019?", 1), ("E0465 paid 3/1/2019", 0)):
        days, _ = split_by_role(text, find_days(text, TODAY, loose=True))
        assert len(days) == asked


@pytest.mark.parametrize(
    "text", ["surgery 3/31/24 post op injection 4/1/24", "visit 3/31/24, infusion 4/1/24", "seen by ortho, shot 4/1/24"]
)
def test_the_day_of_an_injection_is_that_of_the_service(text: str) -> None:
    asked, _ = split_by_role(text, find_days(text, TODAY))
    assert [(one.marked, one.span and one.span.first) for one in asked] == [(True, date(2024, 4, 1))]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("dos 12/15/22 and 1/15/23", 2),
        ("DOS 3/30/24, 4/2/24", 2),
        ("dos 3/1/24 denied 4/5/24", 1),
        ("ordered 9/1/24, dos 10/2/24", 1),
    ],
)
def test_a_label_of_service_is_for_each_day_that_it_lists(text: str, asked: int) -> None:
    days, _ = split_by_role(text, find_days(text, TODAY))
    assert len(days) == asked
    assert all(day.marked for day in days)
