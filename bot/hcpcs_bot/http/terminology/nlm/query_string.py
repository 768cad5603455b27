"""The query string ``q``: ``field:value`` with wildcards, phrases and ranges, joined by AND, OR, NOT and parentheses.

NLM takes the syntax of Elasticsearch's query string; this is the part of it that a table of codes needs. As there,
clauses without a word between them are joined by OR, unless the second is negated. AND binds closer than OR. What is
beyond this part is refused, since a filter that is not understood must not let codes through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from hcpcs_bot.http.problems import ProblemError
from hcpcs_bot.http.terminology.column_index import Rows
from hcpcs_bot.http.terminology.nlm.column_search import ColumnSearch
from hcpcs_bot.http.terminology.nlm.columns import COLUMNS

MAX_QUERY: Final = 500
"""Maximum characters of ``q``."""
MAX_COST: Final = 24
"""Maximum cost of one ``q``: one for each value in each field, so that a search takes milliseconds."""
PATTERN_COST: Final = 4
"""Cost of a value with wildcards, or of a range, in one field: it is compared with every word of the field."""
MAX_DEPTH: Final = 8
"""Maximum parentheses within each other."""

Filter = Callable[[ColumnSearch], Rows]
"""Finds the rows of a table that a part of ``q`` lets through."""

# A parenthesis, a field name with its colon (code:), a range ([20200101 TO *]), a phrase ("oxygen concentrator"), or a
# word with its signs (E06*, -true, AND, &&).
_TOKEN: Final = re.compile(
    r"(?P<open>\()|(?P<close>\))|(?P<field>[A-Za-z_]+):|\[(?P<range>[^\[\]]*)\]"
    r'|"(?P<phrase>[^"]*)"|(?P<negation>[-!])|(?P<word>[^\s()\[\]":!]+)|(?P<space>\s+)'
)
_RANGE: Final = re.compile(r"\s*(\S+)\s+TO\s+(\S+)\s*")
_AND: Final = frozenset({"AND", "&&"})
_OR: Final = frozenset({"OR", "||"})
_BEYOND: Final = frozenset("~^+\\/<>={}|&")
"""Signs of Elasticsearch's syntax for what is not offered: fuzzy words, boosts, regular expressions, open ranges."""


class _Token(NamedTuple):
    kind: str
    text: str


def parse_query(text: str, fields: Sequence[str]) -> Filter:
    """The filter of a query string; a value without a field is looked for in ``fields``. Raises ``ProblemError``."""
    if len(text) > MAX_QUERY:
        raise _problem(f"it is longer than {MAX_QUERY} characters")
    reader = _Reader(_tokens(text), fields)
    if not reader.tokens:
        return lambda search: search.every
    parsed = reader.alternatives(0)
    if reader.position < len(reader.tokens):
        raise _problem("a closing parenthesis has no opening one")
    return parsed


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _problem("a quotation mark or bracket has no partner, or a colon no field")
        position = match.end()
        kind = match.lastgroup or ""
        if kind != "space":
            tokens.append(_Token(kind, match[kind]))
    return tokens


def _problem(reason: str) -> ProblemError:
    return ProblemError(400, f"q: {reason}. Write field:value, joined by AND, OR and NOT, as in obsolete:false.")


class _Reader:
    """Reads tokens by recursive descent."""

    def __init__(self, tokens: list[_Token], fields: Sequence[str]) -> None:
        self.tokens = tokens
        self.position = 0
        self._fields = fields
        self._cost = 0

    def alternatives(self, depth: int) -> Filter:
        """Parts of which one must hold."""
        parts = [self._all_of(depth)]
        while self._takes(_OR) or not self._ends():
            parts.append(self._all_of(depth))
        return parts[0] if len(parts) == 1 else lambda search: frozenset().union(*(part(search) for part in parts))

    def _all_of(self, depth: int) -> Filter:
        parts = [self._negatable(depth)]
        while self._takes(_AND) or self._negated_next():
            parts.append(self._negatable(depth))
        return parts[0] if len(parts) == 1 else lambda search: frozenset.intersection(*(part(search) for part in parts))

    def _negatable(self, depth: int) -> Filter:
        negated = False
        while self._negated_next():
            self.position += 1
            negated = not negated
        part = self._part(depth)
        return (lambda search: search.every - part(search)) if negated else part

    def _part(self, depth: int) -> Filter:
        token = self._next()
        if token.kind == "open":
            return self._group(depth)
        if token.kind == "field":
            return self._of_field(token.text, depth)
        return self._clause(token, self._fields)

    def _group(self, depth: int) -> Filter:
        if depth >= MAX_DEPTH:
            raise _problem(f"more than {MAX_DEPTH} parentheses stand within each other")
        group = self.alternatives(depth + 1)
        if self._next().kind != "close":
            raise _problem("a parenthesis is not closed")
        return group

    def _of_field(self, name: str, depth: int) -> Filter:
        if name == "_exists_":
            field = self._next()
            return self._clause(_Token("word", "*"), (_known(field.text),))
        outer, self._fields = self._fields, (_known(name),)
        try:
            token = self._next()
            return self._group(depth) if token.kind == "open" else self._clause(token, self._fields)
        finally:
            self._fields = outer

    def _clause(self, token: _Token, names: Sequence[str]) -> Filter:
        is_pattern = token.kind == "range" or (token.kind == "word" and not {"*", "?"}.isdisjoint(token.text))
        self._cost += len(names) * (PATTERN_COST if is_pattern else 1)
        if self._cost > MAX_COST:
            raise _problem("it looks for too many values; name the field of each")
        matches = _matcher(token)
        return lambda search: frozenset().union(*(matches(search, name) for name in names))

    def _next(self) -> _Token:
        if self.position >= len(self.tokens):
            raise _problem("it ends where a value is expected")
        self.position += 1
        return self.tokens[self.position - 1]

    def _ends(self) -> bool:
        return self.position >= len(self.tokens) or self.tokens[self.position].kind == "close"

    def _takes(self, words: frozenset[str]) -> bool:
        taken = not self._ends() and self.tokens[self.position] in {_Token("word", word) for word in words}
        self.position += taken
        return taken

    def _negated_next(self) -> bool:
        return not self._ends() and (
            self.tokens[self.position].kind == "negation" or self.tokens[self.position] == _Token("word", "NOT")
        )


def _known(name: str) -> str:
    if name not in COLUMNS:
        raise _problem(f"a field is not one of {', '.join(COLUMNS)}")
    return name


def _matcher(token: _Token) -> Callable[[ColumnSearch, str], Rows]:
    """Finds the rows with the value of a token in a column."""
    text = token.text
    if token.kind == "phrase":
        return lambda search, name: search.phrase(name, text)
    if token.kind == "range":
        bounds = _RANGE.fullmatch(text)
        if bounds is None:
            raise _problem("a range is written [first TO last]")
        first, last = (None if bound == "*" else bound.lower() for bound in bounds.groups())
        return lambda search, name: search.index(name).between(first, last)
    if token.kind != "word" or text in _AND | _OR or _BEYOND & set(text):
        raise _problem("it has a sign that is not offered here, or an operator without a value")
    if "*" in text or "?" in text:
        return lambda search, name: search.index(name).like(text.lower())
    return lambda search, name: search.phrase(name, text)
