"""The synonym files: every target is an active record of the release, and every key is unique and can be typed."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from hcpcs_index.inverted_index.postings import conjunction
from hcpcs_index.search_limits import MAX_WORDS
from hcpcs_index.searcher import Searcher
from hcpcs_index.synonyms.synonym import ITEM, Target
from hcpcs_index.synonyms.synonym_map import WHOLE_KINDS, read_synonyms

KINDS = {
    "abbreviation",
    "brand",
    "class",
    "condition",
    "device",
    "generic",
    "item",
    "lay",
    "policy",
    "shorthand",
    "spanish",
    "spelling",
    "wording",
}
OF_ENDED_CODES = frozenset({"evusheld", "regen-cov", "regencov"})
"""Brands of antibodies all of whose codes have ended, so that a search says so."""
FILES = sorted(
    (f for f in resources.files("hcpcs_index").joinpath("synonyms", "tables").iterdir() if f.name.endswith(".toml")),
    key=lambda f: f.name,
)


def test_every_file_is_read() -> None:
    package = resources.files("hcpcs_index").joinpath("synonyms")
    assert not [file.name for file in package.iterdir() if file.name.endswith(".toml")]
    assert {file.name for file in FILES} == {name for name, _, _ in read_synonyms()}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_every_group_states_its_kind_and_source(file: object) -> None:
    for group in tomllib.loads(file.read_text(encoding="utf-8"))["group"]:  # type: ignore[attr-defined]
        assert group["kind"] in KINDS
        assert group["source"].strip()
        assert group["terms"]
        for key, targets in group["terms"].items():
            assert key == key.strip() == key.lower(), key
            assert isinstance(targets, list), key
            assert targets, key
            assert len(set(targets)) == len(targets), key


def test_no_key_occurs_twice() -> None:
    seen: dict[str, tuple[str, str]] = {}
    twice = []
    for file, key, entry in read_synonyms():
        # An item's name counts only as a whole query, so it may also be a synonym within one.
        name = f"{entry.surface} ({ITEM})" if entry.kind in WHOLE_KINDS else entry.surface
        if name in seen:
            twice.append((name, seen[name], (file, key)))
        seen[name] = (file, key)
    assert twice == []


def test_every_key_can_be_typed() -> None:
    for file, key, entry in read_synonyms():
        assert 1 <= len(entry.surface.split()) <= MAX_WORDS, (file, key)


def test_every_target_is_an_active_record(searcher: Searcher) -> None:
    table, active = searcher._table, searcher._day.filter_sets.active
    numbers = {code: number for number, code in enumerate(table.codes)}

    def matching(target: Target) -> set[int]:
        if target.code:
            return {numbers[target.code]} & active if target.code in numbers else set()
        return set(conjunction([table.postings.get(stem) for stem in target.stems])) & active

    dead = [
        (file, key, target.text)
        for file, key, entry in read_synonyms()
        for target in entry.targets
        if not matching(target) and key not in OF_ENDED_CODES
    ]
    assert dead == []


@pytest.mark.slow
def test_every_entry_leads_somewhere_when_typed(searcher: Searcher) -> None:
    lost = [(file, key) for file, key, _ in read_synonyms() if not searcher.search(key, limit=1).hits]
    assert lost == []
