"""What an answer says of its day: how it was read, and what the loaded releases prove for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hcpcs.answers.answer import Answer
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import NoticeKind


def days(answer: Answer) -> list[str]:
    return [notice.text for notice in answer.notices if notice.kind is NoticeKind.DAY]


def test_a_day_more_than_a_quarter_after_the_newest_release_may_differ(full: Desk) -> None:
    effective = full.catalog.newest.effective
    last, beyond = effective + timedelta(days=92), effective + timedelta(days=93)
    assert days(full.ask(f"was S9353 valid on {last}")) == []
    assert days(full.ask(f"was S9353 valid on {beyond}")) == [
        "HCPCS October 2025 is the newest release loaded; a later one may differ for January 2, 2026."
    ]
    assert days(full.ask("was S9353 valid on 2030-02-02")) != []


def test_the_starter_is_not_compared_with_later_releases(starter: Desk) -> None:
    assert days(starter.ask("was S9353 valid on 2030-02-02")) == []


def test_a_date_that_is_not_in_the_calendar(full: Desk) -> None:
    assert days(full.ask("S9353 on 2/30/2019")) == ["2/30/2019 isn't a calendar date; answering for today."]


def test_a_day_before_the_oldest_release(history: Desk) -> None:
    unchanged = history.ask("S9353 on 3/1/2010")
    assert days(unchanged) == [
        "March 1, 2010 is before the oldest release loaded (HCPCS January 2017). The record still applies: its last "
        "change took effect on January 1, 2002."
    ]
    changed = history.ask("E0601 on 3/1/2010")
    assert days(changed) == [
        "March 1, 2010 is before the oldest release loaded (HCPCS January 2017). For that day only the dates in the "
        "record are known, not its coverage or pricing."
    ]


def test_a_day_before_the_oldest_release_is_one_sentence_for_all_codes(history: Desk) -> None:
    before = "is before the oldest release loaded (HCPCS January 2017)."
    assert days(history.ask("compare S9353 and S9328 on 3/1/2010")) == [
        f"March 1, 2010 {before} The records of these codes still apply: their last changes took effect on January 1, "
        "2002 (S9353) and January 1, 2002 (S9328)."
    ]
    assert days(history.ask("compare E0601 and S9353 on 3/1/2010")) == [
        f"March 1, 2010 {before} The record of S9353 still applies: its last change took effect on January 1, 2002. "
        "For that day only the dates in the record of E0601 are known, not coverage or pricing."
    ]
    many = "compare S9353, S9328, S9325 and S9326 on 3/1/2010"
    assert days(history.ask(many)) == [
        f"March 1, 2010 {before} The records of these 4 codes still apply: the last change took effect on "
        "January 1, 2002 (S9353)."
    ]
    assert days(history.decode("E0601 3/1/2010\nS9353 3/1/2010\nS9328 3/2/2010"))[1].startswith("March 2, 2010 is")


def test_a_reused_code_says_so_on_both_sides(history: Desk) -> None:
    then = history.ask("what did G9890 mean in January 2018")
    assert "macular exam" in then.headline
    assert any(text.startswith("G9890 was reused. From April 1, 2018 on it means: Bridge") for text in days(then))
    now = history.ask("G9890")
    assert "Bridge payment" in now.headline
    assert days(now)[0].startswith(
        "G9890 was reused, so check the date of service. In HCPCS January 2018 it still meant: Dilated macular exam"
    )


def test_what_a_later_release_knows_better(history: Desk) -> None:
    assert days(history.ask("Q5102 on 2018-05-01")) == [
        "This comes from HCPCS January 2019; HCPCS January 2018, in effect at the time, didn't have this information "
        "yet."
    ]


def test_a_removed_code(history: Desk) -> None:
    assert "G9976 is no longer in CMS's file: it is in HCPCS January 2018 but not in HCPCS January 2019." in days(
        history.ask("G9976")
    )


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("was Q5102 covered in March 2018", "On March 1, 2018, the first day of March 2018: Maybe."),
        ("was Q5102 covered on 2018-03-01", "On March 1, 2018: Maybe."),
        ("is Q5102 covered", "No."),
    ],
)
def test_a_period_is_read_on_its_first_day(history: Desk, question: str, headline: str) -> None:
    assert history.ask(question).headline.startswith(headline)


def test_a_period_says_what_was_different_on_its_last_day(history: Desk) -> None:
    assert "Q5102 ended on March 31, 2018, within that period." in days(history.ask("Q5102 in 2018"))
    assert days(history.ask("was S9353 covered in 2018")) == []


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("is Q5102 covered from 3/1/2018 to 5/1/2018", "On March 1, 2018: Maybe. "),
        ("was Q5102 covered in 2018", "On January 1, 2018, the first day of 2018: "),
        ("was Q5102 valid between 3/1/2018 and 5/1/2018", "Yes, until March 31, 2018. Q5102 was valid on March 1"),
    ],
)
def test_the_end_of_the_only_code_within_the_period_is_in_the_headline(
    history: Desk, question: str, headline: str
) -> None:
    answer = history.ask(question)
    assert answer.headline.startswith(headline)
    assert "March 31, 2018" in answer.headline
    assert not any("within that period" in text for text in days(answer))


def test_a_code_that_ends_with_the_period_is_valid_in_all_of_it(history: Desk) -> None:
    assert history.ask("was Q5102 valid in March 2018").headline.startswith("Yes. Q5102 was valid on March 1")


def test_a_day_named_as_of_counts_as_named(history: Desk) -> None:
    assert days(history.ask("S9353", as_of=date(2010, 3, 1)))


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("K0553 FY2018", "K0553 in all of FY2018 (October 1, 2017 to September 30, 2018): Supply allowance"),
        ("E0601 2018", "E0601 in all of 2018: Continuous"),
        ("K0553 2022", "K0553 in all of 2022: Supply allowance"),
        ("K0553 FY2023", "K0553 on October 1, 2022, the first day of FY2023: Supply allowance"),  # it ended in it
        ("G9890 2018", "G9890 on January 1, 2018, the first day of 2018: "),  # it was reused in it
        ("E0601 2027", "E0601 on January 1, 2027, the first day of 2027: "),  # later than the newest release
        ("E0601 2012", "E0601 on January 1, 2012, the first day of 2012: "),  # before the oldest one
    ],
)
def test_a_period_of_one_description_is_stated_whole(history: Desk, question: str, start: str) -> None:
    assert history.ask(question).headline.startswith(start)
