"""Where to go from a terminated code: its cross-references, then similar descriptions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY
from tests.src.hcpcs.releases.writing import a_record, fixed_text, put

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.successors import Succession, succession
from hcpcs.catalog.catalog import Catalog
from hcpcs.questions.question import Intent, Question
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
        "The record cross-references E0602, E0699, 99213 (CPT).",
        "Active codes with similar descriptions (suggestions only): E0602 (Cont airway pressure device), "
        "E0603 (Cont airway pressure device).",
    ]


def test_without_either_there_is_nothing_to_suggest(catalog: Catalog) -> None:
    assert succession_of(catalog, "E0604") == Succession((), ())


def test_a_code_in_use_has_no_successor(catalog: Catalog) -> None:
    assert succession_of(catalog, "E0602", "E0603") == Succession((), ())
