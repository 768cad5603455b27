"""Is a code in use? Yes or no only where it can be read one way, with the dates."""

from __future__ import annotations

from datetime import date

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("is E0601 deleted", "No. E0601 is valid today"),
        ("is G0555 new in 2025", "Yes. G0555 was added on January 1, 2025."),
        (
            "is E0150 a new code",
            "Yes. E0150 is new in 2025, the year of the newest release loaded: it was added on Oct",
        ),
        ("is A4253 a new code", "No. A4253 was added on January 1, 1986."),
        ("was J1440 added this year", "No. J1440 was added on July 1, 2023."),
        ("is Q5101 a new code this year", "No. Q5101 was added on July 1, 2015."),
        ("is J1440 new since 2020", "Yes. J1440 was added on July 1, 2023."),
        ("was E0143 created before 1990", "Yes. E0143 was added on January 1, 1986."),
        ("was E0143 created before 1980", "No. E0143 was added on January 1, 1986."),
        ("was J0135 added in 2005", "Yes. J0135 was added on January 1, 2005 and ended on December 31, 2024."),
        ("were G0555 and G0556 added in 2025", "Yes. G0555 was added on January 1, 2025. Yes. G0556 was"),
        ("was S0020 added and terminated", "Yes. S0020 ended on June 30, 2023."),
        ("is E0601 new or used", "E0601 is valid today"),
        ("was A4253 ever added", "A4253 is valid today"),
        ("is S9353 new and still valid?", "S9353 is valid today"),
        ("will E0431 be valid in jan 2027", "Yes, by the October 2025 release: E0431 is valid on January 1, 2027"),
        ("E0431 valid as of 1/1/2027, status?", "By the October 2025 release, E0431 is valid on January 1, 2027"),
        ("was E0431 valid on 12/1/2025", "Yes. E0431 was valid on December 1, 2025"),
        ("A6209-A6211, A6214 valid?", "Yes. A6209 (added January 1, 1997), A6210"),
        ("is E0601 being replaced", "No. E0601 is valid today"),
        ("is E0601 QQ valid", "No. QQ ended on December 31, 2024. E0601 is valid today (added January 1, 1988)."),
        (
            "is E0601 RR NU valid",
            "No. RR and NU can't be on one line of E0601: A line is for a rental (RR), a new purchase (NU) or a used "
            "one (UE), and has one of the three. E0601 is valid today (added January 1, 1988).",
        ),
        ("is RN a valid ambulance modifier", "Yes. RN on an ambulance claim: from residence (R)"),
        ("was E0601 good on christmas 2024", "Yes. E0601 was valid on December 25, 2024"),
        ("is E0601 no longer valid", "E0601 is valid today"),
        ("has S0020 been discontinued?", "Yes. S0020 ended on June 30, 2023."),
        ("is S0020 still active", "No. S0020 ended on June 30, 2023."),
        ("was S0020 deleted or replaced", "S0020 ended"),
        ("when was S0020 deleted", "S0020 ended"),
        ("when was S0020 added", "S0020 was added on January 1, 2000 and ended on June 30, 2023."),
        (
            "what replaced E1130",
            "No code replaces E1130: it is active. It is not payable by Medicare, and its record points to K0001.",
        ),
        ("when was S9353 added", "S9353 was added on January 1, 2002 and is valid today."),
        ("is S9353 still active", "Yes. S9353 is valid today (added January 1, 2002)."),
        ("is S9353 a current code", "Yes. S9353 is valid today (added January 1, 2002)."),
        ("was J9037 in 2022", "Yes. J9037 was valid on January 1, 2022"),
        ("was Q0239 ever valid", "Yes, once. Q0239 was valid from November 9, 2020 to April 16, 2021."),
        ("is J9271 ever valid", "Yes. J9271 is valid today"),
        ("K0553 crosswalk", "Most likely A4239: K0553 ended on December 31, 2022"),
        ("que reemplazo a J1030", "Most likely J1010: J1030 ended on March 31, 2024"),
        ("cuando termino el codigo K0553", "K0553 ended on December 31, 2022."),
        ("el codigo J1940 esta vigente?", "No. J1940 ended on March 31, 2025."),
        ("Auth# 20240601 J2796 valid?", "No. J2796 ended on December 31, 2024."),
        ("auth dated 1/5/2025 for J0171, service 6/29/2025, a good code?", "Yes. J0171 was valid on June 29, 2025"),
        ("prior auth dated 3/1/2025 for K0856, still valid?", "A prior authorization decision for K0856"),
        ("is K0554 dead", "Yes. K0554 ended on December 31, 2022."),
        ("when did U0004 die", "U0004 ended on May 11, 2023."),
        ("first day I can bill J0121", "J0121 was added on October 1, 2019 and is valid today."),
        ("is J1030 in effect", "No. J1030 ended on March 31, 2024."),
        ("J2001 discontinued, what is the new one", "Most likely J2003"),
        ("does M0220 still exist", "No. M0220 ended on December 12, 2024."),
        ("L8692 start date", "L8692 was added on January 1, 2010 and is valid today."),
        ("what date did Q4228 term", "Q4228 ended on September 30, 2021."),
        ("C9290 denied invalid code, what should I use", "Most likely J0666"),
        ("U0005 termed?", "Yes. U0005 ended on May 11, 2023."),
        ("effective date of J0121", "J0121 was added on October 1, 2019 and is valid today."),
        ("K0903 effective dates", "K0903 was added on April 1, 2018 and ended on December 31, 2018."),
        ("how long has G0379 been around", "G0379 was added on January 1, 2006 and is valid today."),
        ("S0030 was deleted what do I bill for metronidazole", "Most likely J1836: S0030 ended on June 30, 2023"),
        ("J8520 new capecitabine code", "Most likely J8522: J8520 ended on September 30, 2024"),
        ("does J3240 have a replacement code", "No code replaces J3240: it is active."),
    ],
)
def test_yes_and_no_only_where_they_can_be_read_one_way(full: Desk, question: str, start: str) -> None:
    assert full.ask(question).headline.startswith(start)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        (
            "was Q5102 valid on 2017-06-15?",
            "Yes. Q5102 was valid on June 15, 2017 (added July 1, 2016).",
        ),
        ("was Q5102 valid on 2018-03-31?", "Yes. Q5102 was valid on March 31, 2018"),
        ("was Q5102 valid on 2018-04-01?", "No. Q5102 ended on March 31, 2018."),
        (
            "was Q5102 valid on 2016-06-15?",
            "No, not yet, according to its record. Q5102 was added on July 1, 2016. No loaded release says whether it "
            "had another meaning on June 15, 2016.",
        ),
    ],
)
def test_validity_on_a_day(history: Desk, question: str, start: str) -> None:
    assert history.ask(question).headline.startswith(start)


def test_a_code_before_its_first_day_did_not_take_effect_yet(history: Desk) -> None:
    answer = history.ask("was Q5103 valid on 2017-12-01?")
    assert answer.headline == "No, not yet. Q5103 did not take effect until April 1, 2018."


def test_a_code_that_cms_dropped_without_an_end_is_not_called_valid(history: Desk) -> None:
    status = history.ask("was G9976 valid on 2019-05-01?")
    assert status.headline == ("No. G9976 is no longer in the code set: HCPCS January 2019 doesn't include it.")
    assert history.ask("was G9976 valid on 2018-05-01?").headline.startswith("Yes. G9976 was valid")


def test_valid_is_not_payable(full: Desk) -> None:
    cautions = [fact for fact in full.ask("is S9353 still active").evidence if fact.kind is EvidenceKind.CAUTION]
    assert [fact.text for fact in cautions] == ["Valid doesn't mean payable. S9353 is not payable by Medicare."]
    ended = full.ask("is Q5102 still active")
    assert EvidenceKind.CAUTION not in {fact.kind for fact in ended.evidence}


def test_the_date_that_answers_is_in_the_headline_and_no_field_is_repeated(full: Desk) -> None:
    answer = full.ask("is Q5102 still active")
    assert "March 31, 2018" in answer.headline
    assert "Action code" not in full.ask("is E0601 still active").text


def test_an_ended_code_brings_possible_successors(full: Desk) -> None:
    desk = Desk(full.catalog, ListedIndex(full.catalog, "Q5103"), lambda: TODAY)
    answer = desk.ask("what replaced Q5102")
    assert answer.headline == (
        "Most likely Q5103 or Q5104: Q5102 ended on March 31, 2018, and Q5103 and Q5104 were added the day after."
    )
    assert answer.suggestions == ("Q5103", "Q5104")
    assert EvidenceKind.SUCCESSOR in {fact.kind for fact in answer.evidence}


def test_a_replacement_for_a_code_without_one_is_said_to_be_missing(full: Desk) -> None:
    assert full.ask("what replaced K0108").headline == "No code replaces K0108: it is active."
    headline = "CMS's file names no replacement for J2503, which ended on September 30, 2025."
    assert full.ask("what replaced J2503").headline == headline
    assert full.ask("K0553 is dead what do we bill instead").headline.startswith("Most likely A4239: ")


def test_the_codes_before_a_code_are_those_that_ended_the_day_before_it_was_added(full: Desk) -> None:
    assert full.ask("old code for E2103").headline == (
        "Most likely K0554: it ended on December 31, 2022, and E2103 was added on January 1, 2023."
    )
    assert full.ask("what did E0601 replace").headline.startswith("CMS's file names no code that E0601 replaced: ")


def test_as_of_holds_where_the_question_names_no_day(history: Desk) -> None:
    answer = history.ask("is Q5102 still active", as_of=date(2017, 6, 15))
    assert answer.headline.startswith("Yes.")
    assert answer.source.day == date(2017, 6, 15)


def test_several_valid_codes_share_one_sentence(full: Desk) -> None:
    assert full.ask("are A7030 and A7038 valid?").headline == (
        "Yes. A7030 (added January 1, 2003) and A7038 (added January 1, 2003) are valid today."
    )


def test_several_codes_of_which_one_ended_get_a_sentence_each(full: Desk) -> None:
    answer = full.ask("are S9353 and S0020 still valid?")
    assert "S9353 is valid today" in answer.headline
    assert "S0020 ended on June 30, 2023." in answer.headline


def test_an_end_that_is_not_recorded_is_said(full: Desk) -> None:
    assert full.ask("when will J1745 expire").headline.startswith("No end date is recorded for J1745: it is valid")


def test_a_code_that_medicare_does_not_pay_for_has_no_other_to_bill(full: Desk) -> None:
    assert full.ask("S9353 not payable by Medicare, what do I bill instead").headline == (
        "No code replaces S9353: it is active. It is not payable by Medicare, and its record names no code to bill "
        "instead."
    )


def test_a_bare_question_whether_a_code_ended_gets_a_no(full: Desk) -> None:
    assert full.ask("E0607 discontinued?").headline.startswith("No. E0607 is valid today")


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("did S0020 end in 2023", "Yes. S0020 ended on June 30, 2023."),
        (
            "did S0020 end in 2022",
            "No. S0020 was valid on January 1, 2022 (added January 1, 2000; last day",
        ),
        ("did S0020 end in 2025", "S0020 ended on June 30, 2023."),
        ("does S9353 expire in 2026", "No, by the October 2025 release: S9353 is valid"),
        ("will K0001 be deleted in 2027", "Not known: HCPCS October 2025 has no end date for K0001, and a later"),
    ],
)
def test_whether_a_code_ended_in_a_year_is_told_by_its_newest_record(
    full: Desk, history: Desk, question: str, start: str
) -> None:
    assert full.ask(question).headline.startswith(start)
    assert history.ask(question).headline.startswith(start)


def test_a_code_that_ended_in_the_period_is_not_called_valid(full: Desk) -> None:
    assert "Valid doesn't mean payable" not in full.ask("did J9037 end in 2025").text


def test_that_nothing_replaced_a_code_is_said_once(full: Desk) -> None:
    text = full.ask("what is the successor to U0005").text
    assert text.startswith("CMS's file names no replacement for U0005, which ended on May 11, 2023.")
    assert text.count("names no replacement") == 1


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("E0601 GA GZ valid?", "No. GA and GZ can't be on one line of E0601: "),
        ("E0601 ZZ valid?", "No. ZZ isn't a modifier in HCPCS October 2025. E0601 is valid today"),
        (
            "A0429 XH valid?",
            "No. XH isn't a modifier in HCPCS October 2025, nor an origin and destination: X (",
        ),
        (
            "A0428 HX valid?",
            "Yes. A0428 is valid today (added January 1, 2001). HX on an ambulance claim: from",
        ),
        (
            "97110-59-GP ok?",
            "97110 is a CPT code and 59 a CPT modifier: HCPCS doesn't define them. GP is a HCPCS",
        ),
    ],
)
def test_a_line_is_valid_with_its_modifiers(full: Desk, question: str, start: str) -> None:
    answer = full.ask(question)
    assert answer.headline.startswith(start)
    assert "left out" not in answer.text


def test_a_line_that_is_not_valid_has_no_yes_behind_it(full: Desk) -> None:
    headline = full.ask("was K0553 ever valid with GA KX").headline
    assert headline.startswith("No. GA and KX can't be on one line of K0553: ")
    assert headline.endswith("as unprocessable. K0553 was valid from July 1, 2017 to December 31, 2022.")
