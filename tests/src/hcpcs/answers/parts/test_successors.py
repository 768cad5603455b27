"""Where to go from a terminated code: its cross-references, then similar descriptions."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY
from tests.src.hcpcs.releases.writing import a_record, fixed_text, put

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.desk import Desk
from hcpcs.answers.parts.successors import SHOWN_FOR, Succession, succession
from hcpcs.catalog.catalog import Catalog
from hcpcs.questions.question import Intent, Question
from hcpcs.records.record import CodeRecord, RecordKind
from hcpcs.releases import read_release

ENDED = date(2019, 12, 31)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    records = (
        a_record("E0601", termination_date=ENDED, cross_references=("E0602", "E0699", "99213")),
        a_record("E0602"),
        a_record("E0603"),
        a_record("E0604", termination_date=ENDED),
    )
    return Catalog.build([read_release(put(tmp_path, "HCPC2020_ANWEB.txt", fixed_text(*records)))])


def succession_of(catalog: Catalog, code: str, *near: str) -> Succession:
    question = Question(text=code, intent=Intent.STATUS, rule="test")
    context = AnswerContext(question, catalog, ListedIndex(catalog, *near), TODAY)
    statement = context.state(code)
    assert statement is not None
    return succession(context, statement)


def test_cross_references_come_first_and_only_active_ones_are_suggested(catalog: Catalog) -> None:
    after = succession_of(catalog, "E0601", "E0602", "E0603")
    assert after.codes == ("E0602", "E0603")
    assert [fact.text for fact in after.evidence] == [
        "The record cross-references E0602, E0699 and 99213 (CPT).",
        "Active codes with similar descriptions (suggestions only): E0602 (Cont airway pressure device), "
        "E0603 (Cont airway pressure device).",
    ]


def test_without_either_nothing_is_suggested_and_that_is_said(catalog: Catalog) -> None:
    after = succession_of(catalog, "E0604")
    assert after.codes == ()
    assert [fact.text for fact in after.evidence] == ["CMS's file names no replacement for E0604."]


def test_a_code_in_use_has_no_successor(catalog: Catalog) -> None:
    assert succession_of(catalog, "E0602", "E0603") == Succession((), ())


INFLIXIMAB = "Injection, infliximab, {}10 mg"
DAY_AFTER = date(2020, 1, 1)


def codes_after(tmp_path: Path, ended: CodeRecord, *others: CodeRecord, near: tuple[str, ...] = ()) -> Succession:
    filler = [a_record(f"A{9100 + number}", long_description=f"Injection, item{number}, 1 mg") for number in range(20)]
    file = put(tmp_path, "HCPC2020_ANWEB.txt", fixed_text(ended, *others, *filler))
    return succession_of(Catalog.build([read_release(file)]), ended.code, *near)


def test_what_was_added_the_day_after_comes_first(tmp_path: Path) -> None:
    ended = a_record("Q5102", long_description=INFLIXIMAB.format("biosimilar, "), termination_date=ENDED)
    added = a_record("Q5103", long_description=INFLIXIMAB.format("biosimilar, (inflectra), "), added_date=DAY_AFTER)
    older = a_record("Q5104", long_description=INFLIXIMAB.format("biosimilar, "))
    after = codes_after(tmp_path, ended, added, older, near=("Q5104",))
    assert after.codes == after.replaced_by == ("Q5103",)
    assert after.evidence[0].text == (
        "Likely replaced by Q5103 (Cont airway pressure device), added January 1, 2020, the day after Q5102 ended."
    )


def test_a_code_that_was_added_shortly_before_counts_where_it_says_nearly_the_same(tmp_path: Path) -> None:
    """G0299 and G0300 were added on November 2, 2015, and G0154 ended on February 29, 2016."""
    words = "Direct skilled nursing services of a licensed nurse in the home health or hospice setting, each 15 minutes"
    ended = a_record("G0154", long_description=words, termination_date=ENDED)
    added = a_record("G0299", long_description=words.replace("licensed", "registered"), added_date=date(2019, 9, 1))
    after = codes_after(tmp_path, ended, added)
    assert (after.replaced_by, after.overlaps) == (("G0299",), True)
    assert after.evidence[0].text.endswith("added September 1, 2019, before G0154 ended.")
    early = a_record("G0299", long_description=words.replace("licensed", "registered"), added_date=date(2019, 8, 1))
    assert codes_after(tmp_path, ended, early, near=()).replaced_by == ()
    unlike = a_record("G0299", long_description="Skilled nursing services of a nurse", added_date=date(2019, 9, 1))
    assert codes_after(tmp_path, ended, unlike, near=()).replaced_by == ()


def test_a_code_that_excludes_what_the_ended_one_is_never_stands_for_it(tmp_path: Path) -> None:
    ended = a_record("Q5102", long_description=INFLIXIMAB.format("biosimilar, "), termination_date=ENDED)
    other = INFLIXIMAB.format("excludes biosimilar, ")
    added = a_record("J1745", long_description=other, added_date=DAY_AFTER)
    older = a_record("J1746", long_description=other)
    assert codes_after(tmp_path, ended, added, older, near=("J1746",)).codes == ()


def test_a_code_for_what_the_ended_one_is_not_is_never_suggested(tmp_path: Path) -> None:
    words = "Injection, epoetin alfa, 1000 units (for {}esrd use)"
    ended = a_record("J0886", long_description=words.format(""), termination_date=ENDED)
    other = a_record("J0885", long_description=words.format("non-"))
    assert codes_after(tmp_path, ended, other, near=("J0885",)).codes == ()


def test_a_code_that_is_only_remotely_alike_is_not_suggested(full: Desk) -> None:
    assert succession_of(full.catalog, "U0003", "G0567").codes == ()
    assert succession_of(full.catalog, "J1094", "J1100").codes == ("J1100",)


@pytest.mark.parametrize(
    ("asked", "headline", "evidence"),
    [
        (
            "G0297 what code now",
            "Most likely 71271 (CPT): G0297 ended on December 31, 2020, and its service has that code now.",
            [],
        ),
        ("what happened to G0297", "G0297 ended on December 31, 2020.", ["Its service has a CPT code now: 71271."]),
        (
            "what replaces U0003",
            "CMS's file names no replacement for U0003, which ended on May 11, 2023.",
            ["No active code has a description like U0003's."],
        ),
    ],
)
def test_where_no_code_took_the_place_that_or_the_cpt_code_is_said(
    full: Desk, asked: str, headline: str, evidence: list[str]
) -> None:
    answer = full.ask(asked)
    assert answer.headline == headline
    assert [fact.text for fact in answer.evidence] == evidence


def test_a_modifier_never_stands_for_a_procedure(tmp_path: Path) -> None:
    words = "Continuous glucose monitor supply"
    ended = a_record("K0553", long_description=words, termination_date=ENDED)
    assert codes_after(tmp_path, ended, a_record("KS", long_description=words), near=("KS",)).codes == ()


def test_a_code_that_medicare_never_pays_comes_after_those_it_may_pay(tmp_path: Path) -> None:
    words = "Continuous glucose monitor receiver"
    ended = a_record("K0554", long_description=words, termination_date=ENDED)
    unpaid = a_record("A9278", long_description=words, added_date=DAY_AFTER, coverage="I")
    paid = a_record("E2103", long_description=f"{words}, each", added_date=DAY_AFTER)
    assert codes_after(tmp_path, ended, unpaid, paid).codes == ("E2103", "A9278")
    assert codes_after(tmp_path, ended, unpaid).codes == ("A9278",)


def test_another_substance_of_the_same_maker_is_not_a_replacement(tmp_path: Path) -> None:
    ended = a_record("J9059", long_description="Injection, bendamustine (baxter), 1 mg", termination_date=ENDED)
    added = a_record("J9076", long_description="Injection, cyclophosphamide (baxter), 5 mg", added_date=DAY_AFTER)
    assert codes_after(tmp_path, ended, added).codes == ()


LETTERS = "JKQESAL"
KNOWN = {
    "Q5102": {"Q5103", "Q5104"}, "K0554": {"E2103"}, "K0553": {"A4239"}, "J2150": {"J2151"}, "S0074": {"J0525"},
    "J1040": {"J1010"}, "J2930": {"J2919"}, "J2001": {"J2002", "J2003", "J2004"}, "J1300": {"J1299"},
    "Q9984": {"J7296"}, "K1006": {"E2001"}, "J1170": {"J1171"},
}  # fmt: skip


def test_on_the_release_what_was_added_the_day_after_is_suggested_first(full: Desk) -> None:
    """Of the 183 codes of these letters that ended from 2015 on, 127 (69 %) have a like code added the day after."""
    ended = [
        code.code
        for code in full.catalog.dated_codes.ended(date(2015, 1, 1), TODAY)
        if code.kind is RecordKind.PROCEDURE and code.code[0] in LETTERS
    ]
    replaced = {}
    for code in ended:
        after = succession_of(full.catalog, code)
        if after.replaced_by:
            replaced[code] = after.codes[0]
            assert after.codes[0] == after.replaced_by[0]
            assert all(len(successor) == len(code) for successor in after.codes)
    assert len(ended) == 183
    assert len(replaced) >= 127
    assert {code: replaced.get(code) for code in KNOWN if replaced.get(code) not in KNOWN[code]} == {}


SUCCESSIONS = tuple(
    csv.DictReader(Path(__file__).with_name("successions.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t")
)
"""Codes that ended and what CMS replaced them with, paired manually: both descriptors name the same drug or item."""

WITHOUT_SUCCESSOR = ("J0760", "J1590", "J1890", "J9037", "J2503", "A9544", "J9058", "Q0222", "Q4129", "S3890")
"""Codes of drugs and services that CMS dropped without a replacement, such as colchicine injections."""


def test_the_first_suggestion_is_what_took_the_place(full: Desk) -> None:
    wrong = {}
    for row in SUCCESSIONS:
        suggested = full.ask(f"what replaced {row['ended']}").suggestions
        if not suggested or suggested[0] not in row["replaced_by"].split():
            wrong[row["ended"]] = suggested[:1]
    assert len(SUCCESSIONS) >= 140
    assert len(wrong) <= 0.03 * len(SUCCESSIONS), wrong


@pytest.mark.parametrize("code", WITHOUT_SUCCESSOR)
def test_nothing_is_said_to_have_replaced_a_code_that_was_dropped(full: Desk, code: str) -> None:
    assert full.ask(f"what replaced {code}").headline.startswith(f"CMS's file names no replacement for {code}")


def test_a_reference_to_cpt_is_named_where_no_code_took_the_place(full: Desk) -> None:
    headline = full.ask("what replaced G0202").headline
    assert headline == "The record points to 77067 (CPT): G0202 ended on December 31, 2017."


def test_a_successor_that_ended_leads_to_the_next(full: Desk) -> None:
    headline = full.ask("what replaced C9487").headline
    assert headline == (
        "Most likely J3358: C9487 ended on June 30, 2017, and Q9989 took its place and ended, too; J3358 came next."
    )


@pytest.mark.parametrize(
    ("code", "successor"),
    [
        (
            "C9754",
            "Most likely G2170: C9754 ended on June 30, 2020, and G2170 was added the day after; G2170 ended on "
            "December 31, 2022, too, and its record points to 36836 (CPT).",
        ),
        (
            "C9080",
            "Most likely J9247: C9080 ended on September 30, 2021, and J9247 was added the day after; J9247 ended on "
            "March 31, 2025, too.",
        ),
        ("G1000", "CMS's file names no replacement for G1000, which ended on "),  # three codes are as similar
        ("G8493", "CMS's file names no replacement for G8493, which ended on "),  # back pain, and sinusitis
    ],
)
def test_a_successor_that_ended_without_another_is_named(full: Desk, code: str, successor: str) -> None:
    assert full.ask(f"which codes replace {code}").headline.startswith(successor)


@pytest.mark.parametrize("text", ["crosswalk J1100", "crosswalk for J1100", "what does J1100 crosswalk to"])
def test_the_crosswalk_of_a_code_in_use_is_not_in_the_record(full: Desk, text: str) -> None:
    assert full.ask(text).headline == (
        "The HCPCS record doesn't say which CPT or other codes correspond to J1100; it is active, so no code replaced "
        "it."
    )
    assert full.ask(text.replace("J1100", "J1040")).headline.startswith("Most likely J1010: ")


def test_of_many_codes_that_ended_the_replacements_of_the_first_few_are_listed(full: Desk) -> None:
    ended = [code.code for code in full.catalog.dated_codes.codes if code.ended and code.ended < TODAY][: SHOWN_FOR + 2]
    answer = full.ask(" ".join(ended))
    told = f"Replacements are listed for the first {SHOWN_FOR} codes that ended. Ask for the others separately."
    assert told in answer.text
    assert told not in full.ask(" ".join(ended[:SHOWN_FOR])).text
