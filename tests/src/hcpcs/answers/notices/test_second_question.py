"""Where a text has two questions, the one that isn't answered is named."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk

from hcpcs.answers.desk import Desk


@pytest.fixture(scope="module")
def with_files(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The desk with small companion files."""
    return facts_desk(tmp_path_factory.mktemp("companions"))


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("is E0601 covered and for how many days", "how many days"),
        ("is E0601 covered and is E9999 valid", "is E9999 valid"),
    ],
)
def test_the_question_that_is_not_answered_is_named(full: Desk, question: str, part: str) -> None:
    assert f'Not answered: "{part}". Ask it alone, with its code.' in full.ask(question).text


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("what is the MUE of E0601 and is it covered", "The HCPCS record has no ", " Medicare covers E0601 only if"),
        ("J1885 30 mg how many units and do I need a modifier", "The modifiers", " 30 mg of J1885 is 2 units."),
        ("Is J1885 active? Also does it need prior auth?", "The HCPCS record doesn't say", " J1885 is valid today"),
        ("is E0601 covered and what is its BETOS", "Maybe. Medicare covers E0601", " BETOS for E0601: D1E"),
        ("is E0601 covered and is E0470 valid", "Maybe. Medicare covers E0601", " E0470 is valid today"),
        ("is L0650 still active, what mod, and does it need prior auth", "The HCPCS record", " L0650 is valid today"),
        (
            "is L0650 valid on 1/1/2013 and does it need prior auth",
            "The HCPCS record",
            " L0650 was added on January 1, 2014.",
        ),
        ("is E0601 covered and who do I call about it", "For questions about E0601, call", " Medicare covers"),
    ],
)
def test_a_second_question_is_answered_behind_the_first(full: Desk, question: str, first: str, second: str) -> None:
    answer = full.ask(question)
    assert answer.headline.startswith(first)
    assert second in answer.headline
    assert "Not answered" not in answer.text


@pytest.mark.parametrize(
    "question", ["is E0601 covered and is E0470 valid", "does E0601 need prior auth, and which LCD applies"]
)
def test_a_card_that_has_a_headline_of_its_own_can_show_it(full: Desk, question: str) -> None:
    answer = full.ask(question)
    assert answer.lead
    assert answer.headline.endswith(answer.lead)


def test_what_proves_a_second_answer_stands_below(full: Desk) -> None:
    text = full.ask("J1885 30 mg how many units and do I need a modifier").text
    assert "30 mg / 15 mg per billing unit = 2." in text


def test_the_second_answer_repeats_no_sentence(full: Desk) -> None:
    headline = full.ask("is E0601 covered by aetna and how many per month and is it covered").headline
    assert headline.count("Medicare covers E0601") == 1


@pytest.mark.parametrize(
    "question",
    [
        "can I bill E0601 and E0570 together",
        "is E0601 covered and what does it cost",
        "what is E0601 and is it covered?",
        "is E0601 covered and does it need prior auth",
        "is J1885 covered for pain and what ",
        "E0601 and E0570 are they both covered",
        "our K0823 broke and is 6 years old can we bill a replacement",
        "is E0601 covered and what replaced it",
        "can we appeal E0601 and is it covered",
        "is E0601 covered and what is its pricing indicator",
        "what does E0601 pay and how is it priced",
        "Is J1300 deleted and what do we use",
        "when does the 36 month cap hit on E1390 and what can we bill months 37-60",
    ],
)
def test_one_question_or_two_that_are_answered_name_nothing(full: Desk, question: str) -> None:
    assert "Not answered" not in full.ask(question).text


def test_a_second_subject_that_the_answer_names_is_not_called_unanswered(full: Desk) -> None:
    text = full.ask("does K0856 need prior auth and does it need a CMN").text
    assert "No CMN (certificate of medical necessity)" in text
    assert "Not answered" not in text


def test_a_long_note_is_not_taken_apart(full: Desk) -> None:
    note = "The patient was seen and how many days later it is unclear. " * 6
    assert "Not answered" not in full.ask(f"is E0601 covered {note}").text


def test_of_a_code_that_does_not_exist_no_question_is_called_unanswered(full: Desk) -> None:
    text = full.ask("is E9999 active and how many units per day").text
    assert "E9999 isn't in HCPCS" in text
    assert "Not answered" not in text


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("J1745 asp and mue", "J1745 is not on the MUE tables", " The Part B payment limit of J1745 is $"),
        (
            "does E0601 need pa and f2f",
            "No. E0601 is not on the ",
            " E0601 is not on the Required Prior Authorization List",
        ),
        ("K0856 price and pa", "Yes. K0856 has needed prior authorization", "K0856"),
    ],
)
def test_a_second_subject_is_answered_from_companion_files(
    with_files: Desk, question: str, first: str, second: str
) -> None:
    answer = with_files.ask(question)
    assert answer.headline.startswith(first)
    assert second in answer.headline
    assert "isn't in the HCPCS record" not in answer.text
    assert "aren't in the HCPCS record" not in answer.text


def test_what_a_coverage_answer_states_below_is_not_refused(with_files: Desk) -> None:
    answer = with_files.ask("is J1745 covered and whats the price")
    assert "$" not in answer.headline
    text = answer.text
    assert "Amount: The Part B payment limit of J1745 is $" in text
    assert "aren't in the HCPCS record" not in text


def test_each_state_of_a_list_has_its_amount_and_no_difference_of_one(with_files: Desk) -> None:
    answer = with_files.ask("E0601 fee texas vs alabama")
    assert "E0601-RR in Texas: $50.50 a month" in answer.headline
    assert " E0601-RR in Alabama: $" in answer.headline
    assert "a difference of" not in answer.headline


def test_a_coverage_answer_has_the_amount_of_each_state_below(with_files: Desk) -> None:
    text = with_files.ask("is E0601 covered in Texas or Alabama").text
    assert "Amount: E0601-RR in Texas" in text
    assert "Amount: E0601-RR in Alabama" in text
    assert "Not considered" not in text


def test_a_state_that_makes_no_difference_is_named(full: Desk) -> None:
    assert "Not considered: Florida." in full.ask("J0897 medicaid texas and florida").text
    assert "Not considered" not in full.ask("is E0601 covered in texas or florida").text


def test_of_many_states_the_first_four_are_answered_for(with_files: Desk) -> None:
    answer = with_files.ask("E0601 fee in TX, AL, AK, AL, UT, MT and WV")
    assert answer.headline.count("E0601-RR in ") == len(("TX", "AL", "AK"))
    assert "Not considered: Montana, West Virginia." in answer.text


def test_another_payer_is_named_with_every_state(full: Desk) -> None:
    answer = full.ask("does Aetna cover E0601 in Texas and Florida")
    assert answer.headline.startswith("Aetna sets its own coverage for E0601 in Texas and Florida. Medicare covers")
    assert answer.headline.count("Aetna") == 1
    assert "Not considered" not in answer.text


def test_where_nothing_is_loaded_a_second_subject_is_refused(full: Desk) -> None:
    assert "Fees and payment amounts aren't in the HCPCS record" in full.ask("J9271 asp and mue").text


def test_a_second_subject_is_answered_from_the_tables_of_the_program_too(full: Desk) -> None:
    headline = full.ask("does E0601 need prior auth, and which LCD applies").headline
    assert "E0601: LCD L33718" in headline


def test_no_yes_stands_in_the_middle_of_an_answer(full: Desk) -> None:
    headline = full.ask("does a PT eval count as the face to face for K0823").headline
    assert ". K0823 needs a face-to-face encounter" in headline


def test_only_the_first_answer_begins_with_yes_or_no(with_files: Desk) -> None:
    assert with_files.ask("does E0601 need pa and f2f").headline.count("No. ") == 1


def test_words_for_one_amount_give_it_once(with_files: Desk) -> None:
    assert with_files.ask("asp reimbursement for J1745").headline.count("$") == 1
    assert with_files.ask("E0601 rental amount TX").headline.count("E0601-RR in Texas") == 1
