"""Medicare's coverage of an item that is asked about in words."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.answer import Verdict
from hcpcs.answers.desk import Desk
from hcpcs.questions.subject import Subject
from hcpcs.search_port import Confidence

CPAP = "E0601 (Continuous positive airway pressure device)"


def desk(full: Desk, *codes: str, confidence: Confidence = Confidence.HIGH) -> Desk:
    return Desk(full.catalog, ListedIndex(full.catalog, *codes, confidence=confidence), lambda: TODAY)


def test_the_first_sentence_is_the_verdict_on_the_item(full: Desk) -> None:
    answer = desk(full, "E0601").ask("does Medicare cover cpap machines")
    assert answer.subject is Subject.COVERAGE
    assert answer.headline == f"Maybe. Medicare covers {CPAP} only if special coverage instructions are met."
    assert answer.verdict is Verdict.CONDITIONAL
    assert answer.codes == ("E0601",)


def test_several_codes_of_one_verdict_share_the_sentence(full: Desk) -> None:
    answer = desk(full, "S9353", "S9328").ask("is home infusion covered by medicare")
    assert answer.headline.startswith("No. S9353 (")
    assert answer.headline.endswith(" are not payable by Medicare.")
    assert answer.verdict is Verdict.NOT_PAYABLE


def test_codes_of_different_verdicts_give_no_verdict(full: Desk) -> None:
    answer = desk(full, "E0601", "S9353").ask("are cpap machines covered")
    assert answer.headline.startswith(f"It depends on the code. Medicare covers {CPAP} only if")
    assert answer.verdict is None


def test_another_payer_comes_first_and_there_is_no_verdict(full: Desk) -> None:
    answer = desk(full, "E0601").ask("does aetna cover cpap machines")
    assert answer.headline == (
        f"Aetna sets its own coverage. Medicare covers {CPAP} only if special coverage instructions are met."
    )
    assert answer.verdict is None


@pytest.mark.parametrize("confidence", [Confidence.LOW, Confidence.NONE])
def test_a_guess_gives_no_verdict(full: Desk, confidence: Confidence) -> None:
    answer = desk(full, "E0601", confidence=confidence).ask("does Medicare cover cpap machines")
    assert answer.headline == f"No exact match. Closest: {CPAP}."
    assert answer.verdict is None


def test_what_matches_far_less_is_not_the_item(full: Desk) -> None:
    scores = {"E0601": 54.0, "S9353": 25.0}
    index = ListedIndex(full.catalog, *scores, scores=scores)
    answer = Desk(full.catalog, index, lambda: TODAY).ask("does Medicare cover cpap machines")
    assert answer.verdict is Verdict.CONDITIONAL
    assert "S9353" not in answer.headline
    assert answer.headline.endswith(" 2 matches.")


def test_for_a_day_before_a_code_was_added_its_coverage_code_decides_nothing(full: Desk) -> None:
    answer = desk(full, "E0601").ask("did Medicare cover cpap machines on January 5, 1980")
    assert answer.verdict is None


def test_a_modifier_among_the_hits_gives_no_verdict(full: Desk) -> None:
    answer = desk(full, "E0601", "RR").ask("does Medicare cover cpap rentals")
    assert answer.verdict is None
    assert answer.headline.startswith("2 matches."), "a list, and no yes or no"


def test_a_code_that_ended_is_not_among_those_of_the_item(full: Desk) -> None:
    answer = desk(full, "A4239", "K0553").ask("does Medicare cover cgm supplies")
    assert answer.headline.startswith("Maybe. ")
    assert "K0553" not in answer.headline
