"""Why a record is a hit: for each concept of the query, the field and words that it matched, and the rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from hcpcs.records.families.noc import noc_wording
from hcpcs.search_port import Repair, Why
from hcpcs_index.inverted_index.documents import NOC_WORD
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.concepts import CODE, RANGE, REPAIR, WORD, Alternative, Concept, ParsedQuery
from hcpcs_index.text.amount_ranges import HEAVY_DUTY, ranges_in
from hcpcs_index.text.analysis import tokenize
from hcpcs_index.text.stemming import cached_stem

SHORT: Final = "short_description"
LONG: Final = "long_description"
ALIASES: Final = "aliases"
CODE_FIELD: Final = "code"
FIELD_PHRASES: Final[Mapping[str, str]] = {
    SHORT: "in the short description",
    LONG: "in the long description",
    ALIASES: "among the names",
    CODE_FIELD: "by its code",
}
"""How a reason names each field."""


_Reason = tuple[str, str, str, str, str]
"""A reason before it is a ``Why``: its word, field, matched words, rule and trail."""


class Explainer:
    """Explains the hits of one search table."""

    def __init__(self, table: SearchTable) -> None:
        self._table = table
        self._other_forms: dict[str, list[str]] = defaultdict(list)
        for surface, stem in table.surfaces.items():
            if surface != stem:
                self._other_forms[stem].append(surface)

    def explain(self, number: int, query: ParsedQuery) -> tuple[Why, ...]:
        """One reason for each concept of the query that the document matches."""
        reasons: list[_Reason] = []
        self._add_reasons(reasons, number, query.concepts, query.repairs)
        item = _best_alternative(number, query.items)
        if item is not None:
            written = " ".join(word.surface for word in query.words)
            reasons.insert(0, self._reason(number, written, item, query.repairs))
        item = _best_alternative(number, query.items_within)
        if item is not None:
            reasons.insert(0, self._reason(number, query.name_within, item, query.repairs))
        for completions in (query.name_completions, query.completions):
            completion = _best_alternative(number, completions)
            if completion is not None:
                reasons.append(self._reason(number, query.words[-1].surface, completion, query.repairs))
                break
        # Each model is checked when it is made, so only what differs becomes one.
        return tuple(
            [
                Why(word=word, field=field, matched=matched, rule=rule, trail=trail, place=FIELD_PHRASES[field])
                for word, field, matched, rule, trail in dict.fromkeys(reasons)
            ]
        )

    def _add_reasons(
        self, reasons: list[_Reason], number: int, concepts: Iterable[Concept], repairs: Sequence[Repair]
    ) -> None:
        for concept in concepts:
            if concept.negated:
                continue
            alternative = _best_alternative(number, concept.alternatives)
            # The words of a phrase have better reasons of their own than that all of them are in the record.
            if alternative is not None and not (concept.parts and alternative.rule == WORD):
                reasons.append(self._reason(number, concept.text, alternative, repairs))
            elif concept.parts:
                self._add_reasons(reasons, number, concept.parts, repairs)

    def _reason(self, number: int, searched: str, alternative: Alternative, repairs: Sequence[Repair]) -> _Reason:
        field, matched = self._match(number, alternative)
        written, rule = searched, alternative.rule
        if rule == WORD and not repairs:
            return written, field, matched, rule, written if matched == written else f"{written} → {matched}"
        for repair in repairs:
            if repair.searched in searched.split():
                written = written.replace(repair.searched, repair.written)
                rule = REPAIR if rule == WORD else rule
        steps = [written, searched]
        if alternative.rule not in (WORD, CODE):
            steps.append(alternative.label)
        if alternative.rule != CODE:
            steps.append(matched)
        rule_phrase = f" ({rule})" if rule not in (WORD, CODE) else ""
        trail = f"{' → '.join(dict.fromkeys(steps))}{rule_phrase}"
        return written, field, matched, rule, trail

    def _match(self, number: int, alternative: Alternative) -> tuple[str, str]:
        """The field that an alternative matched in, and the words there as they are written."""
        table = self._table
        if alternative.rule == RANGE:
            description = table.long[number]
            stated = [description[span.start : span.end] for span in ranges_in(description)]
            stated += [match[0] for match in HEAVY_DUTY.finditer(description)]
            return LONG, next(iter(stated), alternative.label)
        if not alternative.stems:
            return CODE_FIELD, table.codes[number]
        short, _, long = table.stems[number].partition("|")
        stems = [f" {stem} " for stem in alternative.stems]
        in_short = [stem in short for stem in stems]
        if False not in in_short:
            return SHORT, self._as_written(alternative, table.short[number].lower())
        if True in [stem in long for stem in stems]:
            return LONG, self._as_written(alternative, f"{table.short[number]} {table.long[number]}".lower())
        if True in in_short:
            return SHORT, self._as_written(alternative, table.short[number].lower())
        aliases = " ".join(table.aliases.get(number, ())).lower()
        if aliases and any(form in aliases for stem in alternative.stems for form in self._forms(stem)):
            return ALIASES, self._as_written(alternative, aliases)
        return self._match_other_form(number, alternative)

    def _match_other_form(self, number: int, alternative: Alternative) -> tuple[str, str]:
        """The same for words that the record abbreviates or hyphenates, and for the wordings of NOC codes."""
        table = self._table
        short, long = table.short[number], table.long[number]
        for word in tokenize(f"{short} {long}", cached_stem):
            synonym = table.synonyms.find((word,))
            if synonym is not None and any(
                stem in target.stems for target in synonym.targets for stem in alternative.stems
            ):
                return (SHORT if word.surface in short.lower() else LONG), word.surface
        if NOC_WORD in alternative.stems:
            return LONG, noc_wording(long) or alternative.label
        return (SHORT if alternative.label in short.lower().replace("-", "") else LONG), alternative.label

    def _forms(self, stem: str) -> Sequence[str]:
        """The words of the records that have a stem."""
        others = self._other_forms.get(stem, ())
        return (stem, *others) if self._table.surfaces.get(stem) == stem else others

    def _as_written(self, alternative: Alternative, text: str) -> str:
        words: list[str] = []
        for stem in alternative.stems:
            forms = [form for form in self._forms(stem) if form in text]
            words.append(max(forms, key=len) if forms else stem)
        return " ".join(words)


def _best_alternative(number: int, alternatives: Sequence[Alternative]) -> Alternative | None:
    """The alternative that a document matches: the literal one if it does, else the one with the highest score."""
    best: Alternative | None = None
    for alternative in alternatives:
        if number in alternative.scores:
            if alternative.rule == WORD:
                return alternative
            if best is None or alternative.scores[number] > best.scores[number]:
                best = alternative
    return best
