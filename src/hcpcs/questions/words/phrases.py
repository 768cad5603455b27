"""The phrase matcher: finds the cue phrases of ``tables/cue_phrases.toml`` in a row of tokens.

What a phrase says is its tags: ``covers``, ``field:betos``, ``payer:Aetna``, ``part:B``, ``term:noc``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from hcpcs.questions.payers import payer_rows
from hcpcs.questions.words.function_words import function_words
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.questions.words.phrase_automaton import PhraseAutomaton, PhraseRow
from hcpcs.questions.words.tokens import Token
from hcpcs.records.change_kinds import change_kinds
from hcpcs.records.fields import FIELDS
from hcpcs.records.terms.glossary import glossary


class Phrase(NamedTuple):
    """A cue phrase in a row of tokens: its tags, its first token, and the token after its last."""

    tags: frozenset[str]
    first: int
    end: int


class CuePhrases(NamedTuple):
    """The table.

    ``automaton`` matches the phrases; ``subjects`` are the tags that can be a subject, too; ``words`` is every word of
    any phrase; ``before_tokens`` are the patterns of cues that are looked for before there are tokens, in lower case.
    """

    automaton: PhraseAutomaton
    subjects: frozenset[str]
    words: frozenset[str]
    before_tokens: Mapping[str, GatedPattern]


def match_phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """The phrases in a row of tokens, left to right, the longest at each place; they don't overlap."""
    start = cue_phrases().automaton.start
    phrases: list[Phrase] = []
    position = 0
    while position < len(tokens):
        node, best = start, None
        for end in range(position, len(tokens)):
            following = node.after(tokens[end].key)
            if following is None:
                break
            node = following
            if node.tags:
                best = Phrase(node.tags, position, end + 1)
        if best:
            phrases.append(best)
        position = best.end if best else position + 1
    return phrases


@cache
def cue_phrases() -> CuePhrases:
    """The table, with the terms of the glossary and the words for kinds of change, read once per process."""
    table = _table()
    implied = implied_tags()
    named = {tag: frozenset({tag, *implied.get(tag, ())}) for tag, _ in tag_rows()}
    rows = [PhraseRow.read(row, named[tag]) for tag, row in tag_rows()]
    words = function_words().scaffolding.union(*(choice for row in rows for choice in row.choices))
    return CuePhrases(
        automaton=PhraseAutomaton(rows),
        subjects=frozenset(table["subjects"]["tags"].split()),
        words=words,
        before_tokens={name: GatedPattern("|".join(cues)) for name, cues in table["before_tokens"].items()},
    )


def tag_rows() -> Iterator[tuple[str, str]]:
    """Every row of phrases with the tag that it gives, as the tables write it (``pay|pays for?``).

    A field without a row of its own is asked for by its label.
    """
    table = _table()
    for tag, rows in _sections(table):
        for row in rows.splitlines():
            if row.strip():
                yield tag, row.strip()
    for spec in FIELDS:
        if spec.name not in table["field"] and spec.family is None:
            yield f"field:{spec.name}", spec.label.lower()
    for term in glossary():
        for row in term.spoken:
            yield f"term:{term.key}", row
    for kind in change_kinds().values():
        for word in kind.codes:
            yield "kind_of_change", word.replace("-", " ")
        for word in kind.events:
            yield "change", word.replace("-", " ")
        for word in kind.before_changes:
            yield "change", f"{word} change|changes|update|updates"


def implied_tags() -> Mapping[str, tuple[str, ...]]:
    """The tags that a tag gives besides itself."""
    return {tag: tuple(more.split()) for tag, more in _table()["implies"].items()}


@cache
def _table() -> dict[str, dict[str, Any]]:
    source = resources.files("hcpcs.questions").joinpath("tables", "cue_phrases.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _sections(table: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Each tag of the file with its rows, one per line."""
    yield "scaffolding", table["scaffolding"]["phrases"]
    for section, prefix in (("cue", ""), ("field", "field:"), ("filter", "filter:")):
        for name, entry in table[section].items():
            yield prefix + name, entry["phrases"]
    for name, rows in payer_rows():
        yield f"payer:{name}", rows
    for name, rows in table["part"].items():
        yield f"part:{name}", rows
