"""Why a record was found: for each word of the query the field and word that it met, and the rule that led there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from hcpcs.records.noc import noc_wording
from hcpcs.search_port import Repair, Why
from hcpcs_index.inverted_index.documents import NOC_WORD
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.concepts import CODE, REPAIR, WORD, Alternative, Concept, ParsedQuery
from hcpcs_index.text.analysis import words

SHORT: Final = "short_description"
LONG: Final = "long_description"
ALIASES: Final = "aliases"
CODE_FIELD: Final = "code"
PLACES: Final[Mapping[str, str]] = {
    SHORT: "in the short description",
    LONG: "in the long description",
    ALIASES: "among the names",
    CODE_FIELD: "by its code",
}


class Explainer:
    """Explains hits of one search table."""

    def __init__(self, table: SearchTable) -> None:
        self._table = table
        self._surfaces: dict[str, list[str]] = defaultdict(list)
        for surface, (stem, _) in table.surfaces.items():
            self._surfaces[stem].append(surface)

    def why(self, number: int, reading: ParsedQuery) -> tuple[Why, ...]:
        """One reason for every concept of the reading that the document says."""
        reasons = list(self._reasons(number, reading.concepts, reading.repairs))
        for ways in (reading.named, reading.begun):
            way = _best_way(number, ways)
            if way is not None:
                reasons.append(self._reason(number, reading.words[-1].surface, way, reading.repairs))
                break
        return tuple(reasons)

    def _reasons(self, number: int, concepts: Iterable[Concept], repairs: Sequence[Repair]) -> Iterator[Why]:
        for concept in concepts:
            way = _best_way(number, concept.alternatives)
            if way is not None and not (concept.parts and way.rule == WORD):
                yield self._reason(number, concept.written, way, repairs)
            elif concept.parts:
                yield from self._reasons(number, concept.parts, repairs)

    def _reason(self, number: int, searched: str, way: Alternative, repairs: Sequence[Repair]) -> Why:
        field, matched = self._met(number, way)
        written, rule = searched, way.rule
        for repair in repairs:
            if repair.searched in searched.split():
                written = written.replace(repair.searched, repair.written)
                rule = REPAIR if rule == WORD else rule
        steps = [written, searched]
        if way.rule not in (WORD, CODE):
            steps.append(way.label)
        if way.rule != CODE:
            steps.append(matched)
        named = f" ({rule})" if rule not in (WORD, CODE) else ""
        trail = f"{' → '.join(dict.fromkeys(steps))}{named}"
        return Why(word=written, field=field, matched=matched, rule=rule, trail=trail, place=PLACES[field])

    def _met(self, number: int, way: Alternative) -> tuple[str, str]:
        """The field in which the words of an alternative stand, and the words as they stand there."""
        table = self._table
        if not way.stems:
            return CODE_FIELD, table.codes[number]
        short, _, long = table.stems[number].partition("|")
        stems = [f" {stem} " for stem in way.stems]
        if all(stem in short for stem in stems):
            return SHORT, self._as_written(way, table.short[number].lower())
        if any(stem in long for stem in stems):
            return LONG, self._as_written(way, f"{table.short[number]} {table.long[number]}".lower())
        if any(stem in short for stem in stems):
            return SHORT, self._as_written(way, table.short[number].lower())
        names = " ".join(table.aliases.get(number, ())).lower()
        if names and any(surface in names for stem in way.stems for surface in self._surfaces.get(stem, ())):
            return ALIASES, self._as_written(way, names)
        return self._met_in_disguise(number, way)

    def _met_in_disguise(self, number: int, way: Alternative) -> tuple[str, str]:
        """The same for words that the record abbreviates, hyphenates, or says by being for what has no code."""
        table = self._table
        short, long = table.short[number], table.long[number]
        for word in words(f"{short} {long}"):
            entry = table.synonyms.find((word,))
            if entry is not None and any(stem in goal.stems for goal in entry.targets for stem in way.stems):
                return (SHORT if word.surface in short.lower() else LONG), word.surface
        if NOC_WORD in way.stems:
            return LONG, noc_wording(long) or way.label
        return (SHORT if way.label in short.lower().replace("-", "") else LONG), way.label

    def _as_written(self, way: Alternative, text: str) -> str:
        found: list[str] = []
        for stem in way.stems:
            forms = [form for form in self._surfaces.get(stem, ()) if form in text]
            found.append(max(forms, key=len) if forms else stem)
        return " ".join(found)


def _best_way(number: int, ways: Sequence[Alternative]) -> Alternative | None:
    """The alternative by which a document says something: the literal one, else the one with the highest score."""
    best: Alternative | None = None
    for way in ways:
        if number in way.scores:
            if way.rule == WORD:
                return way
            if best is None or way.scores[number] > best.scores[number]:
                best = way
    return best
