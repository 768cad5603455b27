"""The desk: any text gets an answer, and the same question gets the same one."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.answer import Outcome
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
    assert history.ask("G9976 and S9353").source.release == "HCPCS October 2025"


@given(text=st.text(max_size=400) | st.binary(max_size=200).map(lambda b: b.decode("utf-8", "surrogateescape")))
@settings(max_examples=300)
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
