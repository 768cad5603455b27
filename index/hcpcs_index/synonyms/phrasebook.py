"""What people say for what the records say: the synonym files, read, and matched against words, longest first.

Each ``synonyms/*.toml`` holds groups of one kind and source; a term is what people write, and its targets are
phrases of the records or ``code:J1745``, best first. Kind ``abbreviation`` has one reading wherever it stands and
is also spelt out in the records' own text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Iterator, Sequence
from importlib import resources
from itertools import combinations
from typing import Final, NamedTuple

from hcpcs_index.text.analysis import Word, words

MOST_BETWEEN: Final = 3
"""So many words less one may stand between the words of a key."""
ABBREVIATION: Final = "abbreviation"
CODE_PREFIX: Final = "code:"
EVERYDAY_FILES: Final = frozenset({"abbreviations_initials.toml", "lay_words.toml"})
LONGEST_KEY: Final = 8
"""Keys of more words than this are never matched; the data's test refuses them."""


class Target(NamedTuple):
    """What a synonym stands for: a phrase of the records (``stems`` must all be there) or one ``code``."""

    text: str
    stems: tuple[str, ...]
    code: str = ""


class Synonym(NamedTuple):
    """One key with its targets, best first. ``surface`` and ``stems`` are its words, joined by spaces."""

    surface: str
    stems: str
    kind: str
    targets: tuple[Target, ...]


def target(text: str) -> Target:
    """A target as written in the data."""
    if text.startswith(CODE_PREFIX):
        return Target(text, (), text.removeprefix(CODE_PREFIX).strip().upper())
    return Target(text, tuple(word.stem for word in words(text)))


def synonym(key: str, kind: str, targets: Iterable[str]) -> Synonym:
    """A key with its targets as written in the data."""
    found = words(key)
    return Synonym(
        " ".join(word.surface for word in found),
        " ".join(word.stem for word in found),
        kind,
        tuple(target(text) for text in targets),
    )


def read_synonyms(only: Container[str] | None = None) -> Iterator[tuple[str, str, Synonym]]:
    """Every entry of the data, or of some of its files: the file's name, the key as written, and what it means."""
    folder = resources.files("hcpcs_index").joinpath("synonyms")
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    for file in sorted(files, key=lambda file: file.name):
        if only is not None and file.name not in only:
            continue
        for group in tomllib.loads(file.read_text(encoding="utf-8"))["group"]:
            for key, targets in group["terms"].items():
                yield file.name, key, synonym(key, group["kind"], targets)


def all_synonyms() -> Phrasebook:
    """Every synonym."""
    return Phrasebook(entry for _, _, entry in read_synonyms())


def everyday_synonyms() -> Phrasebook:
    """The synonyms of everyday words and initials, which are few: for a catalogue of a few codes."""
    return Phrasebook(entry for _, _, entry in read_synonyms(EVERYDAY_FILES))


class Phrasebook:
    """The synonyms, ready to be matched against words."""

    def __init__(self, entries: Iterable[Synonym]) -> None:
        self.entries: dict[str, Synonym] = {}
        self._by_stems: dict[str, Synonym] = {}
        for entry in entries:
            known = self.entries.get(entry.surface)
            if known is not None:
                entry = known._replace(targets=tuple(dict.fromkeys(known.targets + entry.targets)))
            if entry.surface:
                self.entries[entry.surface] = entry
        for entry in self.entries.values():
            self._by_stems.setdefault(entry.stems, entry)
        self._by_sorted_stems: dict[str, Synonym] = {}
        self._longest_with: dict[str, int] = {}
        for entry in self.entries.values():
            stems = entry.stems.split()
            length = min(LONGEST_KEY, len(stems))
            if length > 1:
                self._by_sorted_stems.setdefault(" ".join(sorted(stems)), entry)
            for word in (*stems, *entry.surface.split()):
                self._longest_with[word] = max(length, self._longest_with.get(word, 0))

    def find(self, span: Sequence[Word]) -> Synonym | None:
        """The synonym that these words are: as written, by their stems, or by their stems in another order."""
        found = self.entries.get(" ".join([word.surface for word in span]))
        if found is None:
            stems = [word.stem for word in span]
            found = self._by_stems.get(" ".join(stems))
            if found is None and len(stems) > 1:
                found = self._by_sorted_stems.get(" ".join(sorted(stems)))
        return found

    def phrases(self, found: Sequence[Word]) -> list[tuple[int, ...]]:
        """The places of the synonyms of two words or more among the words, none across another, in order.

        Longest first, and words side by side before words with a few others between them.
        """
        longest = self._longest_with
        reach = [max(longest.get(word.surface, 0), longest.get(word.stem, 0)) for word in found]
        matched: list[tuple[int, ...]] = []
        for length in range(min(max(reach, default=0), len(found)), 1, -1):
            for start in range(len(found) - length + 1):
                end = start + length
                if min(reach[start:end]) >= length and self.find(found[start:end]) is not None:
                    matched.append(tuple(range(start, end)))
                    reach[start:end] = [0] * length
        if len(found) > 2:
            matched += self._scattered(found, reach)
        return sorted(matched)

    def _scattered(self, found: Sequence[Word], reach: list[int]) -> list[tuple[int, ...]]:
        """The places of synonyms of three or two words with others between them; ``reach`` is 0 at taken places."""
        matched: list[tuple[int, ...]] = []
        known = self._by_sorted_stems
        for length in (3, 2):
            free = [place for place, longest in enumerate(reach) if longest >= length]
            for places in combinations(free, length):
                if length <= places[-1] - places[0] < length + MOST_BETWEEN:
                    stems = " ".join(sorted([found[place].stem for place in places]))
                    if stems in known and all(reach[place] for place in places):
                        matched.append(places)
                        for place in places:
                            reach[place] = 0
        return matched


def spelt_out(text: str, synonyms: Phrasebook) -> str:
    """The words that a record's abbreviations stand for and that its text lacks, to be indexed beside it."""
    found = words(text)
    present = {word.stem for word in found}
    added: list[str] = []
    spans = [[found[place] for place in places] for places in synonyms.phrases(found)]
    for entry in map(synonyms.find, [*spans, *([word] for word in found)]):
        if entry is None or entry.kind != ABBREVIATION:
            continue
        for goal in entry.targets:
            missing = [word for word in words(goal.text) if word.stem not in present]
            added += [word.surface for word in missing]
            present.update(word.stem for word in missing)
    return " ".join(added)
