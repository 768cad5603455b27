"""The words people ask with: phrases of a readable table found in a text, misspelt ones too.

What a phrase says is its tag: ``covers``, ``field:betos``, ``payer:Aetna``, ``part:B``, ``term:noc``...
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import product
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from hcpcs.records.glossary import glossary

CODE: Final = "#code"
DAY: Final = "#day"
FAMILY: Final = "#family"
FILTER: Final = "#filter"

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_GLUED: Final = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]\d{4})([A-Za-z]{4,20})(?![\w'])")
_CODE: Final = re.compile(r"[A-Za-z]\d{4}")
_CODES_GLUED: Final = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]\d{4}){2,8}(?![A-Za-z0-9])")
_UNKNOWN: Final = re.compile(r"(?<![\w'])[A-Za-z]{3,20}(?![\w'])")
_Trie = dict[str, "_Trie | frozenset[str]"]
_TAGS: Final = ""


class Token(NamedTuple):
    """A word of the text: its form to look up (lower case, no apostrophe), and its place."""

    key: str
    start: int
    end: int


class Phrase(NamedTuple):
    """A phrase of the table found in a text: what it says, and its first and last token (excluded)."""

    tags: frozenset[str]
    first: int
    end: int


class CuePhrases(NamedTuple):
    """The table read: a trie of phrases, the words that carry no subject, and what misspellings are taken for."""

    trie: _Trie
    scaffolding: frozenset[str]
    kept_in_front: frozenset[str]
    subjects: frozenset[str]
    words: frozenset[str]
    repairs: tuple[str, ...]
    slips: Mapping[str, str]
    not_misspelt: frozenset[str]


def repaired(text: str) -> str:
    """``text`` with the slips in words that a question may turn on put right; capitals stay capitals.

    A word of the table that is typed onto a code ("E0601payable") is taken off it, and so is another code.
    """
    text = _GLUED.sub(_unglued, _CODES_GLUED.sub(lambda match: _CODE.sub(r"\g<0> ", match[0]).rstrip(), text))
    return _UNKNOWN.sub(_repair, text)


def _unglued(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2]}" if known_form(match[2].lower()) in cue_phrases().words else match[0]


def _repair(match: re.Match[str]) -> str:
    word = match[0]
    known = known_form(word.lower())
    if known == word.lower():
        return word
    return known.upper() if word[0].isupper() and word[-1].isupper() else known


def tokens(text: str, placed: Sequence[tuple[int, int, str]]) -> list[Token]:
    """The words of ``text``; ``placed`` are spans already understood, in order, each one token of its own."""
    found: list[Token] = []
    position = 0
    for start, end, key in placed:
        found.extend(_words(text, position, start))
        found.append(Token(key, start, end))
        position = end
    found.extend(_words(text, position, len(text)))
    return found


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _WORD.finditer(text, start, end):
        word = match[0].lower()
        if word.endswith("'s") and word[:-2] + "s" not in cue_phrases().scaffolding:
            word = word[:-2]
        yield Token(word.replace("'", ""), match.start(), match.end())


def phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """The phrases in a row of tokens, left to right, the longest at each place."""
    trie = cue_phrases().trie
    found: list[Phrase] = []
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
            found.append(best)
        position = best.end if best else position + 1
    return found


@lru_cache(maxsize=4096)
def known_form(word: str) -> str:
    """The word of the table that ``word`` is, or is a slip away from; else ``word`` itself.

    Only words that a question may turn on are repaired. A slip is a letter wrong, missing or too many, or two
    swapped: one in words of four to seven letters, two in longer ones. The first letter must be right or swapped,
    and words of the guard list are never touched.
    """
    table = cue_phrases()
    if slip := table.slips.get(word):
        return slip
    if word in table.words or not 4 <= len(word) <= 20 or not word.isalpha() or word in table.not_misspelt:
        return word
    best = extractOne(word, table.repairs, scorer=OSA.distance, score_cutoff=1 if len(word) < 8 else 2)
    if best is None or (best[0][0] != word[0] and best[0][:2] != word[1::-1]):
        return word
    return str(best[0])


@cache
def cue_phrases() -> CuePhrases:
    """The table of ``lexicon.toml``, with the terms of the glossary."""
    table = tomllib.loads(resources.files("hcpcs.questions").joinpath("cue_phrases.toml").read_text(encoding="utf-8"))
    trie: _Trie = {}
    words: set[str] = set()
    implied = {tag: str(more).split() for tag, more in table["implies"].items()}
    for tag, rows in _rows(table):
        for phrase in (phrase for row in rows.splitlines() for phrase in _spelt_out(row)):
            _insert(trie, phrase, {tag, *implied.get(tag, ())})
            words.update(phrase)
    scaffolding = frozenset(table["scaffolding"]["words"].split())
    words |= scaffolding
    return CuePhrases(
        trie=trie,
        scaffolding=scaffolding,
        kept_in_front=frozenset(table["scaffolding"]["kept_in_front"].split()),
        subjects=frozenset(table["subjects"]["tags"].split()),
        words=frozenset(words),
        repairs=tuple(sorted(table["misspelt"]["words"].split())),
        slips={slip: word for word, slips in table["misspelt"]["as"].items() for slip in slips.split()},
        not_misspelt=frozenset(table["not_misspelt"]["words"].split()),
    )


def _rows(table: dict[str, dict[str, dict[str, str] | str]]) -> Iterator[tuple[str, str]]:
    yield "scaffolding", str(table["scaffolding"]["phrases"])
    for section, prefix in (("cue", ""), ("field", "field:"), ("filter", "filter:")):
        for name, entry in table[section].items():
            assert isinstance(entry, dict)
            yield prefix + name, entry["phrases"]
    for section in ("payer", "part"):
        for name, rows in table[section].items():
            yield f"{section}:{name}", str(rows)
    for term in glossary():
        yield f"term:{term.key}", "\n".join(term.spoken)


def _spelt_out(row: str) -> Iterable[tuple[str, ...]]:
    """Every phrase that a row of the table stands for."""
    choices = []
    for word in row.split():
        options = word.removesuffix("?").split("|")
        choices.append([*options, ""] if word.endswith("?") else options)
    for choice in product(*choices):
        if phrase := tuple(word for word in choice if word):
            yield phrase


def _insert(trie: _Trie, phrase: tuple[str, ...], said: set[str]) -> None:
    node = trie
    for word in phrase:
        following = node.setdefault(word, {})
        assert isinstance(following, dict)
        node = following
    tags = node.get(_TAGS, frozenset())
    assert isinstance(tags, frozenset)
    node[_TAGS] = tags | said
