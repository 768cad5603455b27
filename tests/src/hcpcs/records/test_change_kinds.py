"""The table of kinds of change is whole, and agrees with CMS's own codes and fields."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from hcpcs.records.change_kinds import (
    ChangeKind,
    change_kinds,
    count_text,
    kind_of_action,
    kind_of_field,
    kinds_named,
    kinds_of_word,
    with_same_words,
)
from hcpcs.records.fields import FIELD_BY_NAME
from hcpcs.records.terms.vocabularies import VocabularyName, vocabularies

TABLE = tomllib.loads(
    resources.files("hcpcs.records").joinpath("tables", "change_kinds.toml").read_text(encoding="utf-8")
)
ENDED = frozenset({ChangeKind.DISCONTINUED, ChangeKind.REMOVED})


def test_every_kind_has_its_table_in_order() -> None:
    assert list(TABLE) == [kind.value for kind in ChangeKind]


def test_a_kind_without_a_table_has_a_name_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tomllib, "loads", lambda _: {})
    specs = change_kinds.__wrapped__()
    assert list(specs) == list(ChangeKind)
    assert specs[ChangeKind.PRICING].label == "pricing changed"
    assert specs[ChangeKind.PRICING].sign


def test_a_word_is_in_one_table_alone() -> None:
    words = [word for spec in change_kinds().values() for word in spec.words]
    assert len(words) == len(set(words))
    assert all(word == word.lower() for word in words)


def test_every_kind_can_be_asked_for() -> None:
    assert {kind for spec in change_kinds().values() for word in spec.words for kind in kinds_of_word(word)} == set(
        ChangeKind
    )


def test_every_action_code_of_cms_but_no_maintenance_is_a_kind_of_change() -> None:
    published = set(vocabularies()[VocabularyName.ACTION].values)
    assert {code for code in published if kind_of_action(code) is None} == {"N"}
    named = [code for spec in change_kinds().values() for code in spec.action_codes]
    assert set(named) <= published
    assert len(named) == len(set(named))


def test_the_fields_of_a_kind_are_fields_of_the_record() -> None:
    assert all(name in FIELD_BY_NAME for spec in change_kinds().values() for name in spec.fields)
    assert kind_of_field("long_description") is ChangeKind.DESCRIPTION
    assert kind_of_field("asc_group") is ChangeKind.PRICING
    assert kind_of_field("betos") is ChangeKind.OTHER


def test_changes_are_counted_in_words() -> None:
    assert count_text(1, ChangeKind.DESCRIPTION) == "1 description change"
    assert count_text(1300, ChangeKind.DESCRIPTION) == "1,300 description changes"
    assert count_text(76, ChangeKind.ADDED) == "76 added"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("what changed this quarter", frozenset()),
        ("what wording changes were there", frozenset({ChangeKind.DESCRIPTION})),
        ("what was removed or re-activated?", ENDED | {ChangeKind.REACTIVATED}),
        ("which codes EXPIRED", ENDED),
        ("other changes", frozenset({ChangeKind.OTHER})),
        ("changes in other codes, other than these", frozenset()),
        ("text me what changed", frozenset()),
        ("pre-priced newborn changes", frozenset()),
    ],
)
def test_the_kinds_that_a_question_names(text: str, kinds: frozenset[ChangeKind]) -> None:
    assert kinds_named(text) == kinds


def test_codes_that_ended_and_codes_dropped_from_the_file_are_asked_for_together() -> None:
    assert with_same_words([ChangeKind.REMOVED]) == with_same_words([ChangeKind.DISCONTINUED]) == ENDED
    assert with_same_words([ChangeKind.COVERAGE]) == {ChangeKind.COVERAGE}
    assert with_same_words([]) == frozenset()
