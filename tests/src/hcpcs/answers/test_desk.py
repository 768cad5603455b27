"""The desk: any text gets an answer, and the same question gets the same one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.answer import Outcome, Verdict
from hcpcs.answers.desk import ANSWERERS, Desk
from hcpcs.questions.question import Intent


def test_every_intent_has_an_answer() -> None:
    assert set(ANSWERERS) == set(Intent)


def test_the_same_question_gets_the_same_answer(full: Desk) -> None:
    first, second = full.ask("is S9353 payable by Medicare?"), full.ask("is S9353 payable by Medicare?")
    assert first == second
    assert first.answer_id != full.ask("is S9328 payable by Medicare?").answer_id
    assert first.answer_id != full.ask("is S9353 payable by Medicare?", today=date(2026, 1, 1)).answer_id


def test_pages_of_a_list_have_ids_of_their_own(full: Desk) -> None:
    pages = [full.ask("E06*", offset=offset).answer_id for offset in (0, 10, 20)]
    assert len(set(pages)) == 3


def test_the_source_is_the_release_of_the_records(history: Desk) -> None:
    assert history.ask("G9890 on 2018-02-01").source.release == "HCPCS January 2018"
    assert history.ask("help").source.release == "HCPCS October 2025"
    later = history.ask("G9890 on 2018-02-01", today=date(2026, 6, 1))
    assert "as of February 1, 2018; CMS publishes quarterly." in later.text
    assert history.ask("G9976 and S9353").source.release == "HCPCS October 2025"


@pytest.mark.parametrize(
    ("text", "headline", "verdict"),
    [
        (
            "DOS 3/15/2024 J1040 x1\nDOS 4/15/2024 J1030 x1\nare these payable?",
            "On March 15, 2024: Maybe. Medicare covers J1040 only if special coverage instructions are met. "
            "On April 15, 2024: No. J1030 ended on March 31, 2024 and is not payable for later dates of service.",
            None,
        ),
        (
            "DOS 1/3/2023 K0554\nDOS 2/3/2023 K0554\nis it covered?",
            "On January 3, 2023: No. K0554 ended on December 31, 2022 and is not payable for later dates of service. "
            "On February 3, 2023: No. K0554 ended on December 31, 2022 and is not payable for later dates of service.",
            Verdict.TERMINATED,
        ),
        (
            "DOB 3/2/1950\nDOS 12/30/2022 K0554\nDOS 1/3/2023 K0554\nvalid?",
            "Yes. K0554 was valid on December 30, 2022 (added July 1, 2017). No. K0554 ended on December 31, 2022.",
            None,
        ),
        (
            "was J1040 payable on 3/31/2024 and on 4/1/2024",
            "On March 31, 2024: Maybe. Medicare covers J1040 only if special coverage instructions are met. "
            "On April 1, 2024: No. J1040 ended on March 31, 2024 and is not payable for later dates of service.",
            None,
        ),
        (
            "is E0601 covered 1/1/2020 or 2/1/2021",
            "On January 1, 2020: Maybe. Medicare covers E0601 only if special coverage instructions are met. "
            "On February 1, 2021: Maybe. Medicare covers E0601 only if special coverage instructions are met.",
            Verdict.CONDITIONAL,
        ),
        (
            "3/15/2024 J1040 x1; 4/15/2024 J1040 x1",
            "1 code decoded on each of its dates of service: J1040.",
            None,
        ),
    ],
)
def test_claim_lines_are_judged_each_on_its_own_day(
    history: Desk, text: str, headline: str, verdict: Verdict | None
) -> None:
    answer = history.ask(text)
    assert (answer.headline, answer.verdict) == (headline, verdict)
    assert answer.source.day == TODAY
    assert "wasn't used" not in answer.text


def test_what_claim_lines_say_names_the_code_and_the_day(full: Desk) -> None:
    text = full.ask("3/15/2024 J1040 x1; 4/15/2024 J1040 x1").text
    assert "J1040 on March 15, 2024: " in text
    assert "J1040 on April 15, 2024: " in text
    assert "\nJ1040: Coverage code D" in full.ask("are J1040 on 3/15/2024 and J1030 on 4/15/2024 payable").text


@pytest.mark.parametrize(
    "text",
    [
        "11/20/2024 from my coder: was Q5102 valid on 3/2/2018",
        "E0601 RR 1/1/2025\nA7030 1/5/2025 do these need prior auth",
    ],
)
def test_dates_that_are_not_of_claim_lines_are_left_out(full: Desk, text: str) -> None:
    assert full.ask(text).source.day < TODAY


@given(text=st.text(max_size=400) | st.binary(max_size=200).map(lambda b: b.decode("utf-8", "surrogateescape")))
@settings(max_examples=100)
def test_any_text_gets_an_answer(starter: Desk, text: str) -> None:
    answer = starter.ask(text)
    assert answer.text
    assert answer.headline
    starter.decode(text)


def test_a_text_of_any_length_gets_a_polite_refusal(starter: Desk) -> None:
    assert starter.ask("S9353 " * 100_000).outcome is Outcome.NOT_UNDERSTOOD


def test_filters_typed_in_a_search_are_taken_out_of_its_words(full: Desk) -> None:
    index = ListedIndex(full.catalog, "E0250")
    result = Desk(full.catalog, index, lambda: TODAY).search("coverage:D hospital bed")
    assert result.query == "coverage:D hospital bed"
    assert index.texts == ["hospital bed"]
    assert index.filters[0].coverage == {"D"}


def test_text_still_being_typed_gets_suggestions(full: Desk) -> None:
    desk = Desk(full.catalog, ListedIndex(full.catalog, "E0250", "E0601"), lambda: TODAY)
    assert [hit.code for hit in desk.suggest("hosp", limit=1)] == ["E0250"]


def test_a_day_that_is_on_no_line_is_named_as_not_used(history: Desk) -> None:
    text = history.ask("is J1040 on 3/1/24 and 6/1/24 and A4253 on 7/1/24 covered").text
    assert "6/1/24 and 7/1/24 weren't used" in text


def test_lines_of_more_days_than_are_judged_are_decoded(history: Desk) -> None:
    lines = "; ".join(f"{month}/1/2024 J1040 x1" for month in range(1, 8))
    assert "decoded" in history.ask(f"are these covered? {lines}").headline


def test_medicare_that_is_asked_about_second_comes_first(full: Desk) -> None:
    assert full.ask("does aetna cover E0601 and medicare too?").headline.startswith("Maybe. Medicare covers E0601")
    assert full.ask("does BCBS cover S9123 when Medicare doesn't").headline.startswith("Blue Cross")


def test_a_clerical_error_has_no_modifier_of_wrong_surgery(full: Desk) -> None:
    assert "Modifier P" not in full.ask("billed the wrong patient").headline
    assert full.ask("surgery on wrong patient").headline.startswith("Modifier PB: ")
