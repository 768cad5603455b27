"""What the description of a record negates, read when an index is built: "without any adhesive border"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from hcpcs_index.text.word_lists import NEGATIONS
from hcpcs_index.weights import MAX_WORDS_BETWEEN

_NEGATION_WORDS: Final = frozenset(NEGATIONS)
_NEGATION_PARTS: Final = ("no", "w/o", "without", "lack", "exclud", "other than")
"""What every text with a negation has one of: most have none and are not read further."""
_CRITERIA: Final = "criteria"
_WORD: Final = re.compile(r"[a-z0-9/]+")


class NegatedWords(NamedTuple):
    """The words of a long description that a negation precedes, and the others, each with a space before it."""

    negated: str
    others: str

    def has(self, opening: str) -> bool:
        """Whether every word that begins with this is negated, and there is one."""
        return f" {opening}" in self.negated and f" {opening}" not in self.others


NOTHING_NEGATED: Final = NegatedWords("", "")


def normalize_negations(text: str) -> str:
    """A text in lower case, with one spelling of each negation."""
    return (
        text.lower().replace("back-up", "backup").replace("non-", "non ").replace("other than", "non").replace("-", " ")
    )


def words_of(normalized: str) -> list[str]:
    """The words of a normalized text, without punctuation. No pattern is built from what is typed: re would keep it."""
    return _WORD.findall(normalized)


def read_negations(description: str) -> NegatedWords:
    """The negated words of a long description: of "without any adhesive border" all but the first.

    "With or without border" negates nothing.
    """
    text = description.lower()
    if not any(map(text.__contains__, _NEGATION_PARTS)):
        return NOTHING_NEGATED
    tokens = words_of(normalize_negations(text))
    negated = _negated_positions(tokens)
    if not negated:
        return NOTHING_NEGATED
    return NegatedWords(
        "".join([f" {token}" for position, token in enumerate(tokens) if position in negated]),
        "".join([f" {token}" for position, token in enumerate(tokens) if position not in negated]),
    )


def _negated_positions(tokens: Sequence[str]) -> set[int]:
    """The positions of the words that the nearest negation before them negates."""
    negated: set[int] = set()
    count = len(tokens)
    for sign in [position for position, token in enumerate(tokens) if token in _NEGATION_WORDS]:
        after = range(sign + 1, min(sign + MAX_WORDS_BETWEEN + 2, count))
        if tokens[sign] == "no" and after and tokens[sign + 1].isdigit():
            continue  # "No. 2 footplates" (E0970)
        for position in after:
            if "or" in tokens[max(0, position - MAX_WORDS_BETWEEN - 1) : sign]:
                negated.discard(position)
            else:
                negated.add(position)
    # "Individual not meeting criteria for high risk" (G0121): "not" is more than two words before "risk".
    if _CRITERIA in tokens and "not" in tokens:
        start = tokens.index("not") + 1
        for position, token in enumerate(tokens):
            if token == _CRITERIA:
                negated.update(range(max(start, position + 1), min(position + 5, count)))
    return negated
