"""A noun names the subject of a question without a code, whatever it is asked of: a family, an item or a brand."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from hcpcs.questions.parser import parse_question
from hcpcs.questions.question import Intent
from hcpcs.questions.recognizers.subjects.subject_cues import PASTED
from hcpcs.questions.recognizers.subjects.subject_names import find_names, subject_names
from hcpcs.questions.subject import Subject, subjects_beyond_record

TODAY = date(2026, 1, 15)
NOUNS = {
    "remark code": Subject.DENIAL,
    "ABN": Subject.ABN,
    "documentation": Subject.DOCUMENTATION,
    "face to face": Subject.DOCUMENTATION,
    "taxonomy code": Subject.TAXONOMY,
    "place of service": Subject.PLACE_OF_SERVICE,
    "POS": Subject.PLACE_OF_SERVICE,
    "revenue code": Subject.REVENUE_CODE,
    "NDC": Subject.NDC,
    "NCCI edits": Subject.BILLED_TOGETHER,
    "LCD": Subject.POLICY,
    "coverage criteria": Subject.POLICY,
    "MUE": Subject.LIMIT,
    "PDAC verification": Subject.PRODUCT_VERIFICATION,
    "telehealth": Subject.TELEHEALTH,
    "status indicator": Subject.APC,
    "RVU": Subject.RVU,
    "copay": Subject.COST_SHARING,
    "fee schedule": Subject.AMOUNT,
    "rental months": Subject.RENTAL,
    "crosswalk": Subject.CROSSWALK,
    "consolidated billing": Subject.CONSOLIDATED_BILLING,
    "accreditation": Subject.ACCREDITATION,
    "weight limit": Subject.WEIGHT_CAPACITY,
    "max dose": Subject.DOSAGE,
    "modifier order": Subject.MODIFIER_ORDER,
}
OBJECTS = ("DME", "DMEPOS", "orthotics", "Part B drugs", "G codes", "hospice", "wheelchair", "test strips", "Keytruda")


@pytest.mark.parametrize(("noun", "asked_of"), [*product(NOUNS, OBJECTS)])
def test_a_noun_names_the_subject_whatever_it_is_asked_of(noun: str, asked_of: str) -> None:
    question = parse_question(f"{noun} for {asked_of}", TODAY)
    assert (question.intent, question.subject) == (Intent.REFERRAL, NOUNS[noun]), question.rule


@pytest.mark.parametrize(
    "text",
    [
        "what is DMEPOS",
        "what does MUE mean",
        "LCD",
        "NCCI",
        "what is a revenue code",
        "define place of service",
        "difference between LCD and NCD",
        "what does MAC stand for",
    ],
)
def test_a_question_for_a_definition_stays_one(text: str) -> None:
    assert parse_question(text, TODAY).intent is Intent.DEFINE


@pytest.mark.parametrize(
    "text",
    [
        "Documentation of patient reason(s) for not performing an ecg",
        "More than one scan ordered within 90 days after diagnosis",
        "Monitored anesthesia care (mac)",
        "power wheelchair weight capacity 450 lbs",
        "Rental item, billing for partial month",
    ],
)
def test_a_description_with_the_same_words_is_searched_for(text: str) -> None:
    assert parse_question(text, TODAY).intent is Intent.SEARCH


def test_a_noun_in_the_second_sentence_counts_where_that_sentence_opens_with_it() -> None:
    text = "the patient weighs 380 pounds. what is the weight capacity of a walker"
    assert [name.subject for name in find_names(text)] == [Subject.WEIGHT_CAPACITY]


def test_every_subject_of_the_names_is_in_the_table_of_subjects() -> None:
    assert set(subject_names()) <= set(subjects_beyond_record())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("documentation for drugs", ""),
        ("documentation for DMEPOS supplies", ""),
        ("documentation for glasses", "glasses"),
        ("documentation for knee brace", "knee brace"),
    ],
)
def test_a_family_that_is_not_an_item_is_not_searched_for(text: str, words: str) -> None:
    assert parse_question(text, TODAY).words == words


def test_beside_a_code_an_abn_is_the_subject_where_it_is_needed() -> None:
    assert parse_question("ABN for E0601", TODAY).subject is Subject.ABN_NEEDED
    assert parse_question("is E0601 covered, ABN on file", TODAY).intent is Intent.COVERAGE


def test_a_long_text_in_the_first_person_asks() -> None:
    story = (
        "New patient called about a lift chair, and her doctor wants to know if we need prior authorization to start"
    )
    assert len(story) > PASTED
    assert parse_question(story, TODAY).subject is Subject.PRIOR_AUTHORIZATION
