"""The synonyms: the data files, read, and matched against the words of a text, longest phrase first.

Each ``tables/*.toml`` holds groups of one kind and source. A key is what people write; its targets, best first, are
phrases of the records or ``code:J1745``. An abbreviation means the same wherever it occurs, so it is also expanded in
the records' own text (see ``abbreviations``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import resources
from itertools import chain, combinations, repeat
from sys import intern
from typing import Final

from hcpcs_index.search_limits import MAX_PHRASE_GAP
from hcpcs_index.synonyms.synonym import (
    CODE_PREFIX,
    ITEM,
    SPANISH,
    Synonym,
    SynonymColumns,
    columns_of,
    parse_synonym,
    read_targets,
)
from hcpcs_index.text.analysis import Word

ABBREVIATION: Final = "abbreviation"
"""The kind of the synonyms that are expanded in the records' own text. Each is one word."""
CONDITION: Final = "condition"
"""The kind of the names of what is treated by drugs: "psoriasis drug" counts only as a whole query, too."""
SPELLING: Final = "spelling"
WHOLE_KINDS: Final = frozenset({ITEM, CONDITION})
"""The kinds of the synonyms that count only as a whole query."""
ITEM_KINDS: Final = frozenset({ITEM, CONDITION, SPANISH})
"""The kinds of the names of items that are a whole query."""
EVERYDAY_FILES: Final = frozenset({"abbreviations_initials.toml", "lay_words.toml"})
"""The data files that suffice for a catalog of a few codes."""


def read_synonyms(
    files: Container[str] | None = None, kinds: Container[str] | None = None
) -> Iterator[tuple[str, str, Synonym]]:
    """Every entry of the data (or of some files or kinds): the file's name, the key as written, the synonym."""
    folder = resources.files("hcpcs_index").joinpath("synonyms", "tables")
    tables = [
        file for file in folder.iterdir() if file.name.endswith(".toml") and (files is None or file.name in files)
    ]
    for file in sorted(tables, key=lambda file: file.name):
        for group in tomllib.loads(file.read_text(encoding="utf-8"))["group"]:
            if kinds is None or group["kind"] in kinds:
                for key, targets in group["terms"].items():
                    yield file.name, key, parse_synonym(key, group["kind"], targets)


def all_synonyms(entries: Iterable[Synonym]) -> SynonymMap:
    """The synonyms among all entries that may be a part of a query."""
    return SynonymMap(entry for entry in entries if entry.kind not in WHOLE_KINDS)


def item_synonyms(entries: Iterable[Synonym]) -> SynonymMap:
    """The names of items that are a whole query, with the codes they ask for: the Spanish names are among them."""
    names = (entry for entry in entries if entry.kind in ITEM_KINDS)
    coded = (entry._replace(targets=tuple(t for t in entry.targets if t.code)) for entry in names)
    return SynonymMap(entry for entry in coded if entry.targets)


def everyday_synonyms() -> SynonymMap:
    """The few synonyms of everyday words and initials, for a catalog of a few codes."""
    return SynonymMap(entry for _, _, entry in read_synonyms(files=EVERYDAY_FILES))


class SynonymMap(Mapping[str, Synonym]):
    """The synonyms by their surfaces. ``key_stems`` has the stem of each word of a key.

    There are thousands of them, and a question asks for a few: a ``Synonym`` is made when it is asked for.
    """

    def __init__(self, synonyms: Iterable[Synonym] | SynonymColumns) -> None:
        self.columns = columns = synonyms if isinstance(synonyms, SynonymColumns) else columns_of(synonyms)
        self._places = {surface: place for place, surface in enumerate(columns.surfaces)}
        self._by_stems: dict[str, int] = {}
        self._by_sorted_stems: dict[str, int] = {}
        self._longest_key_with: dict[str, int] = {}
        self.key_stems: dict[str, str] = {}
        for (surface, place), joined in zip(self._places.items(), columns.stems, strict=True):
            self._by_stems.setdefault(joined, place)
            if " " not in joined:
                self.key_stems[surface] = intern(joined)
                self._longest_key_with.setdefault(joined, 1)
                continue
            stems = joined.split()
            self.key_stems.update(zip(surface.split(), map(intern, stems), strict=True))
            self._by_sorted_stems.setdefault(" ".join(sorted(stems)), place)
            for stem in stems:
                if self._longest_key_with.get(stem, 0) < len(stems):
                    self._longest_key_with[stem] = len(stems)

    def __getitem__(self, surface: str) -> Synonym:
        return self._synonym(self._places[surface])

    def __contains__(self, surface: object) -> bool:
        return surface in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _synonym(self, place: int) -> Synonym:
        columns = self.columns
        return Synonym(
            columns.surfaces[place], columns.stems[place], columns.kinds[place], read_targets(columns.targets[place])
        )

    def plain_codes(self) -> frozenset[str]:
        """The codes of items: those of drugs for a condition are among several for it, and not the plain one."""
        columns = self.columns
        items = [targets for kind, targets in zip(columns.kinds, columns.targets, strict=True) if kind != CONDITION]
        targets = chain.from_iterable(map(str.split, items, repeat("\t")))
        return frozenset([one.removeprefix(CODE_PREFIX) for one in targets if one.startswith(CODE_PREFIX)])

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """For each variant spelling that is one word the word that it stands for: "cathater" is "catheter"."""
        columns = self.columns
        rows = zip(columns.surfaces, columns.kinds, columns.targets, strict=True)
        variants = ((surface, read_targets(targets)) for surface, kind, targets in rows if kind == SPELLING)
        return {
            surface: targets[0].text
            for surface, targets in variants
            if " " not in surface and len(targets) == 1 and targets[0].text.isalpha()
        }

    @cached_property
    def spanish_words(self) -> frozenset[str]:
        """Every word of a Spanish name."""
        columns = self.columns
        names = (surface for surface, kind in zip(columns.surfaces, columns.kinds, strict=True) if kind == SPANISH)
        return frozenset(word for name in names for word in name.split())

    def find(self, words: Sequence[Word]) -> Synonym | None:
        """The synonym whose key is these words: as written, by their stems, or by their stems in another order."""
        place = self._place(words)
        return None if place is None else self._synonym(place)

    def has(self, words: Sequence[Word]) -> bool:
        """Whether ``find`` finds one."""
        return self._place(words) is not None

    def _place(self, words: Sequence[Word]) -> int | None:
        if len(words) == 1:
            word = words[0]
            place = self._places.get(word.surface)
            return self._by_stems.get(word.stem) if place is None else place
        if not words or self.longest_key(words[0]) < len(words):
            return None
        place = self._places.get(" ".join([word.surface for word in words]))
        if place is None:
            stems = [word.stem for word in words]
            place = self._by_stems.get(" ".join(stems))
            if place is None:
                place = self._by_sorted_stems.get(" ".join(sorted(stems)))
        return place

    def longest_key(self, word: Word) -> int:
        """The number of words of the longest key that the word is part of; 0 if there is none."""
        return self._longest_key_with.get(word.stem, 0)

    def match_phrases(self, words: Sequence[Word]) -> list[tuple[int, ...]]:
        """The positions of the words of each key of two words or more that matches, in order, without overlaps.

        Longer keys win over shorter ones, and adjacent words over words with a gap between them.
        """
        stems = [word.stem for word in words]
        # For each position the length of the longest key that its word is part of; 0 once the word is taken.
        reach = [self._longest_key_with.get(stem, 0) for stem in stems]
        if len([longest for longest in reach if longest > 1]) < 2:
            return []
        matched: list[tuple[int, ...]] = []
        for length in range(min(max(reach), len(words)), 1, -1):
            for start in range(len(words) - length + 1):
                end = start + length
                if min(reach[start:end]) >= length and " ".join(sorted(stems[start:end])) in self._by_sorted_stems:
                    matched.append(tuple(range(start, end)))
                    reach[start:end] = [0] * length
        if len(words) > 2:
            matched += self._match_with_gaps(stems, reach)
        return sorted(matched)

    def _match_with_gaps(self, stems: Sequence[str], reach: list[int]) -> list[tuple[int, ...]]:
        """The positions of keys of three or two words with up to ``MAX_PHRASE_GAP`` other words between them."""
        matched: list[tuple[int, ...]] = []
        for length in (3, 2):
            free = [position for position, longest in enumerate(reach) if longest >= length]
            for positions in combinations(free, length):
                if not length <= positions[-1] - positions[0] < length + MAX_PHRASE_GAP:
                    continue
                key = " ".join(sorted([stems[position] for position in positions]))
                if key in self._by_sorted_stems and all(reach[position] for position in positions):
                    matched.append(positions)
                    for position in positions:
                        reach[position] = 0
        return matched
