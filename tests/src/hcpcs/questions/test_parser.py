"""What people ask is understood: a table of questions across all intents and phrasings, and text of any content."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpcs.questions.parser import parse_question
from hcpcs.questions.question import Intent, Quantity, QuantityRole, Question
from hcpcs.questions.words.normalize import QUESTION_LIMIT

TODAY = date(2025, 11, 21)


class Row(NamedTuple):
    """One row of the table: a question, and what it must be understood as. Only parameters named are compared."""

    question: str
    intent: str
    codes: str
    parameters: dict[str, str]


def table() -> list[Row]:
    lines = Path(__file__).with_name("questions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [row(line) for line in lines if line and not line.startswith("# ")]


def row(line: str) -> Row:
    question, intent, codes, parameters = (*line.split("\t"), "", "", "")[:4]
    if "\\" in question:
        question = question.encode("ascii").decode("unicode_escape")
    pairs = (one.strip().partition("=") for one in parameters.split(";") if one.strip())
    return Row(question, intent, codes, {name: value for name, _, value in pairs})


def seen(question: Question, name: str) -> str:
    """A parameter of a question as the table writes it."""
    filters, quantity = question.filters, question.quantity
    special = {
        "system": question.codes[0].system.value if question.codes else "",
        "miswritten": any(not code.well_formed for code in question.codes),
        "written": question.day_written,
        "quantity": f"{quantity.amount:g} {quantity.unit}" if quantity else "",
        "quantities": ", ".join(map(written, question.quantities)),
        "active": filters.active,
        "kind": filters.kind,
        "coverage": filters.coverage,
        "tos": filters.types_of_service,
        "betos": filters.betos,
        "added": filters.added_since,
        "within": filters.prefix or (f"{filters.first}-{filters.last}" if filters.first else ""),
    }
    value = special[name] if name in special else getattr(question, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | frozenset):
        return " ".join(sorted(value) if isinstance(value, frozenset) else value)
    return "" if value is None else str(value)


def written(quantity: Quantity) -> str:
    """A quantity as the table writes it: ``100 mg``, ``500 mg container``, ``2000 calories per day rate``."""
    per = f"per {quantity.per}" if quantity.per else ""
    role = "" if quantity.role is QuantityRole.DOSE else quantity.role.value
    return " ".join(filter(None, (f"{quantity.amount:g}", quantity.unit, per, role)))


@pytest.mark.parametrize("row", table(), ids=lambda row: row.question or "nothing")
def test_a_question_is_understood(row: Row) -> None:
    question = parse_question(row.question, TODAY)
    codes = " ".join("-".join((code.code, *code.modifiers)) for code in question.codes)
    understood = {name: seen(question, name) for name in row.parameters}
    assert (question.intent or "none", codes, understood) == (row.intent, row.codes, row.parameters), question.rule


def test_the_table_covers_every_intent() -> None:
    assert {row.intent for row in table()} == {*Intent, "none"}


def test_a_text_longer_than_a_question_is_refused() -> None:
    question = parse_question("S9353 " * QUESTION_LIMIT, TODAY)
    assert question.intent is None
    assert len(question.text) <= 200


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("/hcpcs  S9328 ", "S9328"),
        ("/HCPCS: S9328", "S9328"),
        ("@hcpcs is S9353 payable?", "is S9353 payable?"),
        ("<@U123|desk> is *S9353* payable?", "is S9353 payable?"),
        ("@hcpcs /hcpcs S9328", "S9328"),
        ("<@U123>", ""),
        ("the command is /hcpcs", "the command is /hcpcs"),
        ("/hcpcsx S9328", "/hcpcsx S9328"),
        ("pump &lt;!here&gt; &amp; tube", "pump &lt;!here&gt; &amp; tube"),
        ("S9353 :smile:", "S9353 :smile"),
    ],
)
def test_the_text_is_kept_without_the_command_or_mention_that_opens_it(written: str, text: str) -> None:
    assert parse_question(written, TODAY).text == text


WORDS = st.sampled_from(
    "S9353 s9328 E0601-RR 99213 E11.9 J1745 SO353 S93 E06* RR modifier is covered by medicare what does mean price "
    "coverage code I 36 betos 100 mg units compare vs history changes since January 2018 3/1/2019 who do call PDAC "
    "wheelchair active only tos:R coverage:D <@U123> /hcpcs ' \" ( ) - , ? \u200b \ud83d "
    "Ｓ９３５３ S ninety three".split()
)
AMOUNTS = st.sampled_from(
    "J3301 S9500 0 00 1 2 0.0 1/2 1,000 ٣ one two other mg ml units % kg lbs m2 hours days weeks months years vials "
    "boxes doses visits cal x per / every each for over of from and or then another wasted gave q0d q8h bıd tid twıce "
    "thrice daily weekly both knees OU times total at week later pair weighs BSA ?".split()
)


@given(st.text(max_size=400) | st.lists(WORDS | AMOUNTS, max_size=30).map(" ".join) | st.binary(max_size=200).map(repr))
@settings(max_examples=100)
def test_any_text_is_understood_or_refused_the_same_each_time(text: str) -> None:
    question = parse_question(text, TODAY)
    assert question == parse_question(text, TODAY)
    assert question.intent is None or question.intent in Intent
    question.text.encode()


@given(text=st.text(max_size=60), day=st.dates(date(1990, 1, 1), date(2100, 1, 1)))
@settings(max_examples=100)
def test_any_day_is_today(text: str, day: date) -> None:
    parse_question(f"S9353 last March {text} yesterday", day)
    parse_question(f"what changed since January {text} next quarter", day)


@pytest.mark.parametrize(
    "text",
    [
        "a " * 1900, "S9353 " * 600, "1" * 3900, "S" * 3900, "(" * 3900, "modifier " * 400, "*" * 3900, "E0601-" * 600,
        "1/1/" * 900, "coverage " * 400, "<" * 3900, ":a" * 1900, "9 " * 1900, "A1 " * 1200, "ﷺ" * 3900,
        "what is the " * 300,
        "S9353-" + "RR-" * 1200, "in " * 1300, "1,000 " * 600, "\u0301" * 3900, "'" * 3900, "x" * 3900, "j927x " * 600,
    ],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_long_repeated_text_is_understood_too(text: str) -> None:
    parse_question(text, TODAY)


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("what changed between January 2018 and April 2018", True),
        ("changes from 2018 to 2019", True),
        ("what changed in 2018", False),
        ("new codes in 2018 and 2019", False),
        ("what changed since January 2018", False),
        ("what changed", False),
    ],
)
def test_two_releases_to_compare_are_told_from_a_time_to_look_within(text: str, two: bool) -> None:
    assert parse_question(text, TODAY).compares_two_releases is two


@pytest.mark.parametrize(
    ("text", "expects"),
    [
        ("is S9353 still valid?", True),
        ("S9353 valid", True),
        ("is S9353 no longer valid?", False),
        ("is S9353 valid any longer?", False),
        ("isn't S9353 valid?", False),
        ("is S9353 valid or deleted?", False),
        ("is S9353 new and still valid?", False),
        ("when was S9353 added", False),
    ],
)
def test_a_yes_or_no_is_expected_only_where_it_says_what_it_seems_to(text: str, expects: bool) -> None:
    assert parse_question(text, TODAY).expects_yes_no is expects


def test_a_search_says_that_coverage_is_asked_about_and_that_cpt_is_named() -> None:
    assert parse_question("is a wheelchair covered by medicare", TODAY).asks_coverage
    assert not parse_question("wheelchair", TODAY).asks_coverage
    assert parse_question("CPT for cpap?", TODAY).names_cpt


def test_a_modifier_of_a_code_is_not_a_state() -> None:
    assert parse_question("A4253 qty 4 with KS. correct?", TODAY).area is None
    assert parse_question("how much is A4253 in KS", TODAY).area == "KS"
    assert parse_question("how much is A4253-KS in Kansas", TODAY).area == "KS"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sotrovimab ended", "sotrovimab"),
        ("when did sotrovimab end", "sotrovimab"),
        ("evusheld terminated when", "evusheld"),
        ("is evusheld ended", "evusheld"),
        ("drainage bag open end", "drainage bag open end"),
        ("81 codes that start with J and have ended", "81 ended"),
    ],
)
def test_that_an_item_ended_is_not_a_word_of_it(text: str, words: str) -> None:
    assert parse_question(text, TODAY).words == words


@pytest.mark.parametrize(
    ("text", "codes", "rule"),
    [
        ("what is 25 modifier for", ("25",), "a code"),
        ("what does 59 mean", ("59",), "what a modifier or code means"),
        ("what does 51 mean", (), "words"),  # a pricing indicator, too
    ],
)
def test_a_modifier_of_cpt_by_itself_is_the_code_asked_about(text: str, codes: tuple[str, ...], rule: str) -> None:
    question = parse_question(text, TODAY)
    assert (tuple(one.code for one in question.codes), question.rule) == (codes, rule)


@pytest.mark.parametrize("text", ["wound care products 2025", "skin substitutes 2025", "is this list from 2024"])
def test_a_year_behind_products_or_the_data_is_a_time(text: str) -> None:
    assert parse_question(text, TODAY).day is not None
