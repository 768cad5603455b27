"""The codes of a pasted claim, each with its date of service."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from tests.work import count_lines

from hcpcs.answers.desk import Desk
from hcpcs.questions.claim_lines import (
    CODES_READ,
    LINES_READ,
    ROWS_READ,
    TEXT_READ,
    claim_pages,
    claim_text,
    read_claim,
)
from hcpcs.questions.parser import parse_question
from hcpcs.records.codes import CodeMention


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("DOS 3/2/2018\nQ5102 x 40\nJ1885 x2", "Q5102 2018-03-02, J1885 2018-03-02"),
        ("Q5102 x 40\nJ1885\nDOS 3/2/2018", "Q5102 2018-03-02, J1885 2018-03-02"),
        ("DOB 4/5/1950 DOS 3/2/2018 Q5102 x 40, claim denied 5/5/2024", "Q5102 2018-03-02"),
        ("03/01/2024 03/31/2024 11 J3301\n04/02/2024 04/02/2024 11 J1885", "J3301 2024-03-01, J1885 2024-04-02"),
        ("Q5102 DOS 3/2/2018, J1885 DOS 4/1/2024", "Q5102 2018-03-02, J1885 2024-04-01"),
        ("SV1*HC:J3301:RT*85*UN*4***1~\nDTP*472*D8*20180302~", "J3301 2018-03-02"),
        ("2024-03-01 J3301\n2024-04-02 J1885", "J3301 2024-03-01, J1885 2024-04-02"),
        ("remit date 5/1/2024 J1885", "J1885 None"),
        ("*Code*\nJ3301\n*Date of service*\n3/1/2024", "J3301 2024-03-01"),
        ("DOB:\n1/2/1950\nDOS:\n3/1/2024\nHCPCS:\nJ3301", "J3301 2024-03-01"),
        ("E0601 RR\nMRN 20190301", "E0601 None"),
        ("1/2/2025 E0601 1/5/2025 A7030", "E0601 2025-01-02, A7030 2025-01-05"),
        ("1/2/2025 - 1/5/2025 E0601 A7030", "E0601 2025-01-02, A7030 2025-01-02"),
        ("E0601 1/2/2025 A7030 1/5/2025", "E0601 2025-01-02, A7030 2025-01-05"),
    ],
)
def test_a_code_has_the_date_of_its_line(text: str, lines: str) -> None:
    read = read_claim(text, date(2026, 11, 26)).lines
    assert ", ".join(f"{line.mention.code} {line.day}" for line in read) == lines


def test_a_long_text_is_read_up_to_a_limit_and_says_so() -> None:
    day = date(2026, 11, 26)
    codes = [f"E{number:04d}" for number in range(LINES_READ)]
    assert len(read_claim(" ".join(codes), day).lines) == LINES_READ
    assert read_claim(" ".join(codes), day).whole
    assert not read_claim(" ".join([*codes, "J1885"]), day).whole
    assert not read_claim("; ".join(["E0601"] * ROWS_READ + ["J1885"]), day).whole
    many = read_claim("E0601 RR x2\n" * 3000, day)
    assert [line.mention.code for line in many.lines] == ["E0601"]
    assert not many.whole


def test_equal_rows_are_read_once() -> None:
    day = date(2026, 11, 26)
    equal = "03/01/2024 L8682-RT\n" * 500
    different = "\n".join(f"03/01/2024 L{number:04d}-RT" for number in range(500))
    assert len(read_claim(different, day).lines) == 500
    assert [line.mention.code for line in read_claim(equal, day).lines] == ["L8682"]
    assert 5 * count_lines(partial(read_claim, equal, day)) < count_lines(partial(read_claim, different, day))


def test_what_a_long_row_repeats_is_read_once() -> None:
    day = date(2026, 11, 26)
    once = "".join(f"03/01/2024 L{number:04d}-RT, " for number in range(33))
    others = "".join(f"03/01/2024 L{number:04d}-RT, " for number in range(33, 2 * 33))
    claim = read_claim(once * 20, day)
    assert claim.lines == read_claim(once, day).lines
    assert claim.whole
    # Three pieces are read: the first, those that begin with a space, and the rest.
    assert count_lines(partial(read_claim, once * 20, day)) < 4 * count_lines(partial(read_claim, once * 2, day))
    assert len(read_claim(once + others + once, day).lines) == 2 * 33


def test_no_row_is_read_after_the_last_line() -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(ROWS_READ)]
    rows = [f"{day:%m/%d/%Y} L8682-RT" for day in days]
    longer, shorter = "\n".join(rows), "\n".join(rows[: LINES_READ + 1])
    assert len(longer) <= TEXT_READ
    claim = read_claim(longer, days[-1])
    assert [line.day for line in claim.lines] == days[:LINES_READ]
    assert not claim.whole
    parsed, enough = (count_lines(partial(read_claim, text, days[-1])) for text in (longer, shorter))
    assert parsed < 1.1 * enough


def code_lists() -> list[tuple[str, str]]:
    """Lists and claim shorthand as people paste them, each with its codes, their modifiers and their counts."""
    rows = Path(__file__).with_name("code_lists.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [
        (text.replace("\\n", "\n").replace("\\t", "\t"), codes) for text, codes in (row.split("\t") for row in rows)
    ]


def written(mention: CodeMention) -> str:
    count = "" if mention.units is None else f"*{mention.units:g}"
    return "-".join((mention.code, *mention.modifiers)) + count


@pytest.mark.parametrize(("text", "codes"), code_lists())
def test_no_code_of_a_list_is_lost_and_no_count_becomes_a_modifier(text: str, codes: str) -> None:
    assert " ".join(written(line.mention) for line in read_claim(text, date(2026, 11, 26)).lines) == codes
    assert " ".join(map(written, parse_question(text, date(2026, 11, 26)).codes)) == codes


@pytest.mark.parametrize(("text", "codes"), code_lists())
def test_an_answer_covers_every_code_of_a_list(full: Desk, text: str, codes: str) -> None:
    answer = full.ask(text)
    assert all(one.split("-")[0].split("*")[0] in answer.text for one in codes.split())


@pytest.mark.parametrize(("text", "codes"), code_lists())
def test_the_text_of_lines_is_read_as_the_same_lines(text: str, codes: str) -> None:
    day = date(2026, 11, 26)
    for pasted in (text, f"03/01/2024 {text}"):
        lines = read_claim(pasted, day).lines
        again = read_claim(claim_text(lines), day).lines
        assert [(one.mention.code, one.mention.modifiers, one.day) for one in again] == [
            (one.mention.code, one.mention.modifiers, one.day) for one in lines
        ], codes


def test_pages_count_modifiers_and_days_and_lose_nothing() -> None:
    text = "03/01/2024 E0601-RR-KX\n04/01/2024 E0601-RR\nJ1885 J3301"
    lines = read_claim(text, date(2026, 11, 26)).lines
    pages = list(claim_pages(lines, 4))
    assert [[line.mention.code for line in page] for page in pages] == [["E0601"], ["E0601", "J1885", "J3301"]]
    assert list(claim_pages(lines, 1)) == [(line,) for line in lines]
    assert list(claim_pages((), 4)) == []


def test_reading_stops_after_many_codes_and_says_that_there_are_more() -> None:
    rows = ["E0601 " * 4] * (CODES_READ // 4)
    day = date(2026, 11, 26)
    every, cut = read_claim("\n".join(rows), day), read_claim("\n".join([*rows, "A7030", "J1885"]), day)
    assert every.whole
    assert [line.mention.code for line in cut.lines] == ["E0601", "A7030"]
    assert not cut.whole
