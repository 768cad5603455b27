"""What does a term or a coded value mean?"""

from __future__ import annotations

from functools import partial
from typing import Final

import pytest
from tests.work import count_lines

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind
from hcpcs.answers.intents.define import MOST_VALUES
from hcpcs.questions.question import Intent
from hcpcs.records.terms.vocabularies import VocabularyName, vocabularies

LITTLE: Final = 60_000
"""Lines of Python in which 2,000 codes of ten releases are counted; their records take ten times as many."""


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("what does coverage code I mean", "Coverage code I means: Not payable by Medicare."),
        (
            "pricing indicator 36",
            "Pricing indicator 36 means: Capped rental DME (price subject to floors and ceilings).",
        ),
        ("BETOS Z2", "BETOS Z2 means: Undefined codes."),
    ],
)
def test_a_coded_value(starter: Desk, question: str, headline: str) -> None:
    answer = starter.ask(question)
    assert answer.intent is Intent.DEFINE
    assert answer.headline == headline
    assert not answer.definitions[0].in_headline


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("I", "A code with it is not payable by Medicare."),
        ("M", "A code with it is not covered by Medicare."),
        ("S", "A code with it is not covered by Medicare: it is excluded by statute."),
        ("D", "Medicare covers a code with it only if special coverage instructions are met."),
        ("C", "Coverage of a code with it is at the MAC's discretion."),
    ],
)
def test_a_coverage_code_says_what_it_means_for_payment(starter: Desk, value: str, sentence: str) -> None:
    answer = starter.ask(f"what does coverage code {value} mean")
    assert [(fact.kind, fact.text) for fact in answer.evidence] == [(EvidenceKind.VERDICT, sentence)]


def test_an_unknown_value_suggests_others(starter: Desk) -> None:
    answer = starter.ask("coverage code Z")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.headline == "Coverage code Z has no published meaning."
    assert set(answer.suggestions) <= set(vocabularies()[VocabularyName.COVERAGE].values)


def test_a_term_of_the_glossary_is_explained_once(starter: Desk) -> None:
    answer = starter.ask("what is a MAC")
    assert answer.headline.startswith("MAC: Medicare Administrative Contractor")
    assert answer.definitions[0].in_headline
    assert answer.text.count("Medicare Administrative Contractor") == 1


def test_terms_that_are_compared_are_all_explained(starter: Desk) -> None:
    answer = starter.ask("H codes vs T codes")
    assert answer.headline.startswith("H codes: Behavioral health")
    assert "T codes: Codes for state Medicaid agencies" in answer.headline
    assert "T codes" not in starter.ask("what are H codes").headline


def test_a_payer_decides_on_a_family(starter: Desk) -> None:
    assert starter.ask("tricare S codes accepted?").headline.startswith("TRICARE sets its own coverage for S codes. S")
    assert starter.ask("what is an NDC for medicaid").headline.startswith("NDC: ")


def test_several_values_of_a_field_list_them_all(starter: Desk) -> None:
    text = starter.ask("what does coverage indicator C/D/I/M/S mean").text
    assert "Carrier judgment" in text
    assert "Special coverage instructions apply" in text


def test_a_field_lists_its_values_unless_there_are_too_many(starter: Desk) -> None:
    coverage = starter.ask("what is a coverage code")
    assert [fact.sentence for fact in coverage.evidence][:2] == [
        "C: Carrier judgment",
        "D: Special coverage instructions apply",
    ]
    betos = starter.ask("what is BETOS")
    assert len(vocabularies()[VocabularyName.BETOS].values) > MOST_VALUES
    assert [fact.text for fact in betos.evidence] == ["It has 107 values. Ask about one, for example: BETOS Z2."]


def test_a_field_without_a_term_states_its_format(starter: Desk) -> None:
    answer = starter.ask("what is the MOG payment group")
    assert answer.definitions[0].form == "3 characters"


def test_a_processing_note(starter: Desk) -> None:
    assert starter.ask("processing note 0088").headline.startswith("Processing note 0088: ")
    missing = starter.ask("what is processing note 9999")
    assert missing.outcome is Outcome.NOT_FOUND
    assert missing.headline == "None of the loaded releases includes the text of processing note 9999."


@pytest.mark.parametrize(
    ("asked", "opening"),
    [
        ("is this the jan 2026 file", "No. Answers come from"),
        ("do u have the april 2026 file", "No. Answers come from"),
        ("is your data 2026?", "No. Answers come from"),
        ("do you have january 2026", "No. Answers come from"),
        ("are you using 2025", "Yes. Answers come from"),
        ("is this the latest hcpcs", "No. Answers come from"),
        ("how old r these codes", "Answers come from"),
        ("when was this updated", "Answers come from"),
        ("when was the last update", "Answers come from"),
        ("what year are these codes", "Answers come from"),
        ("do you have the october 2025 release", "Yes. Answers come from"),
        ("which release is this", "Answers come from"),
    ],
)
def test_whether_the_release_of_a_time_is_loaded(full: Desk, asked: str, opening: str) -> None:
    assert full.ask(asked).headline.startswith(opening)


def test_which_releases_are_loaded(history: Desk, starter: Desk) -> None:
    answer = history.ask("which release are you using?")
    assert answer.headline == (
        "Answers come from HCPCS October 2025: 8,463 procedure codes and 383 modifiers, effective October 1, 2025. "
        "CMS publishes quarterly "
        "and has published newer releases since."
    )
    assert "Loaded: HCPCS January 2017" in answer.text
    former = history.ask("do you have the january 2017 file")
    assert former.headline.startswith("Yes, HCPCS January 2017 is loaded. Answers come from HCPCS October 2025")
    assert "hcpcs update" in starter.ask("which release are you using?").text


def test_a_removed_code_is_not_counted_as_valid(full: Desk, history: Desk) -> None:
    counted = history.ask("does medicare pay for G codes").headline
    assert counted == full.ask("does medicare pay for G codes").headline
    notes = {hit.code: hit.status_note for hit in history.ask("G997*").hits}
    assert notes["G9976"] == notes["G9977"] == "(ended 2018-12-31)"


def test_the_coverage_of_a_letter_is_counted(full: Desk) -> None:
    assert full.ask("are T codes covered by medicare").headline.startswith("No: Medicare pays for none of the 114 ")
    assert full.ask("are S codes payable by Medicare").headline.startswith("Hardly any: Medicare may pay for 1 of the")
    assert full.ask("does medicare pay for G codes").headline.startswith("It depends on the code: Medicare may pay for")
    assert full.ask("what are T codes").headline.startswith("T codes: ")


def test_the_coverage_of_a_letter_is_little_work(history: Desk) -> None:
    history.ask("does medicare pay for L codes")
    assert count_lines(partial(history.ask, "does medicare pay for G codes")) < LITTLE


def test_values_that_are_compared_are_explained_first(starter: Desk) -> None:
    assert starter.ask("coverage code D vs I").headline == (
        "Coverage code D means: Special coverage instructions apply. Coverage code I means: Not payable by Medicare."
    )
    assert starter.ask("coverage codes C, D, I, M, S").headline.startswith("Coverage code: Whether")


def test_a_field_of_the_file_is_meant_and_not_the_code_set(starter: Desk) -> None:
    assert starter.ask("action code R in HCPCS file").headline.startswith("Action code R means: Re-activate")
    assert starter.ask("what does cross reference mean in hcpcs file").headline.startswith("Cross-references: Codes")


def test_codes_are_counted(full: Desk) -> None:
    headline = full.ask("how many active HCPCS codes are there").headline
    assert headline.startswith(
        "HCPCS October 2025 has 8,463 procedure codes and 383 modifiers, of which 1,225 have ended."
    )


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("what does N mean in action code", "Action code N means: No maintenance"),
        ("what does I mean in the coverage field", "Coverage code I means: Not payable"),
        ("what does 36 mean in pricing indicator", "Pricing indicator 36 means: Capped rental"),
        ("what's the H series for", "H codes: Behavioral health"),
    ],
)
def test_a_value_or_letter_is_asked_for_the_other_way_round(starter: Desk, question: str, start: str) -> None:
    assert starter.ask(question).headline.startswith(start)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("what does 2049 mean on J1745", "Section 2049 of the Medicare Carriers Manual is now in the Medicare Benefit"),
        ("what is 60-9 on E0143", "Section 60-9 of the Coverage Issues Manual is now"),
        ("what does 60-17 mean on E0601", "Section 60-17 of the Coverage Issues Manual is now"),
        ("what does 2018 mean on J1745", "J1745 on January 1, 2018"),
    ],
)
def test_a_section_is_explained_beside_the_code_whose_record_cites_it(full: Desk, question: str, start: str) -> None:
    assert full.ask(question).headline.startswith(start)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("how many hcpcs codes in 2017", "HCPCS January 2017 has 6,155 procedure codes and 343 modifiers"),
        ("how many hcpcs codes in 2012", "No release of 2012 is loaded; HCPCS October 2025 has 8,463"),
    ],
)
def test_the_codes_of_a_past_year_are_counted_in_its_release(history: Desk, question: str, start: str) -> None:
    assert history.ask(question).headline.startswith(start)
