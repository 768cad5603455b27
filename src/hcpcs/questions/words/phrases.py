"""The phrase matcher: finds the cue phrases of ``tables/cue_phrases.toml`` in a row of tokens.

What a phrase says is its tags: ``covers``, ``field:betos``, ``payer:Aetna``, ``part:B``, ``term:noc``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import product
from typing import Any, Final, NamedTuple

from hcpcs.questions.payers import payer_rows
from hcpcs.questions.words.function_words import function_words
from hcpcs.questions.words.tokens import Token
from hcpcs.records.change_kinds import change_kinds
from hcpcs.records.fields import FIELDS
from hcpcs.records.terms.glossary import glossary

_Trie = dict[str, "_Trie | frozenset[str]"]
_TAGS: Final = ""
"""The key of a node under which the tags of the phrase that ends there are."""


class Phrase(NamedTuple):
    """A cue phrase in a row of tokens: its tags, its first token, and the token after its last."""

    tags: frozenset[str]
    first: int
    end: int


class CuePhrases(NamedTuple):
    """The table.

    ``trie`` holds the phrases; ``subjects`` are the tags that can be a subject, too; ``words`` is every word of any
    phrase; ``before_tokens`` are the patterns of cues that are looked for before there are tokens, in lower case.
    """

    trie: _Trie
    subjects: frozenset[str]
    words: frozenset[str]
    before_tokens: Mapping[str, re.Pattern[str]]


def match_phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """The phrases in a row of tokens, left to right, the longest at each place; they don't overlap."""
    trie = cue_phrases().trie
    phrases: list[Phrase] = []
    position = 0
    while position < len(tokens):
        node, best = trie, None
        for end in range(position, len(tokens)):
            following = node.get(tokens[end].key)
            if not isinstance(following, dict):
                break
            node = following
            if isinstance(tags := node.get(_TAGS), frozenset):
                best = Phrase(tags, position, end + 1)
        if best:
            phrases.append(best)
        position = best.end if best else position + 1
    return phrases


@cache
def cue_phrases() -> CuePhrases:
    """The table, with the terms of the glossary and the words for kinds of change, read once per process."""
    table = _table()
    trie: _Trie = {}
    words: set[str] = set(function_words().scaffolding)
    implied = implied_tags()
    for tag, row in tag_rows():
        for phrase in _expand(row):
            _insert(trie, phrase, {tag, *implied.get(tag, ())})
            words.update(phrase)
    return CuePhrases(
        trie=trie,
        subjects=frozenset(table["subjects"]["tags"].split()),
        words=frozenset(words),
        before_tokens={name: re.compile("|".join(cues)) for name, cues in table["before_tokens"].items()},
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


def _expand(row: str) -> Iterable[tuple[str, ...]]:
    """Every phrase that a row of the table stands for: ``a|b c?`` is "a", "a c", "b" and "b c"."""
    choices = []
    for word in row.split():
        options = word.removesuffix("?").split("|")
        choices.append([*options, ""] if word.endswith("?") else options)
    for choice in product(*choices):
        if phrase := tuple(word for word in choice if word):
            yield phrase


def _insert(trie: _Trie, phrase: tuple[str, ...], tags: set[str]) -> None:
    node = trie
    for word in phrase:
        following = node.setdefault(word, {})
        assert isinstance(following, dict)
        node = following
    known = node.get(_TAGS, frozenset())
    assert isinstance(known, frozenset)
    node[_TAGS] = known | tags
