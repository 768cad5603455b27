"""The words of a query that name what it asks for: without those of any question and those of a billing unit."""

from __future__ import annotations

from collections.abc import Callable

from hcpcs_index.search_limits import MAX_WORDS
from hcpcs_index.text.analysis import Word, tokenize_folded
from hcpcs_index.text.unit_words import PER_DIEM, without_units
from hcpcs_index.text.word_lists import QUERY_STOP_WORDS


def meaningful_words(folded: str, stem: Callable[[str], str], *, typing: bool = False) -> list[Word]:
    """The words without those of any question ("code for"), unless there are no others."""
    words = tokenize_folded(folded, stem)
    if typing and not words and folded.isalnum():
        words = [Word(folded, folded)]
    return [word for word in words if word.surface not in QUERY_STOP_WORDS][:MAX_WORDS] or words[:MAX_WORDS]


def split_units(words: list[Word], folded: str, stem: Callable[[str], str], name: str) -> tuple[list[Word], str]:
    """The words and the text without the unit that the item is billed by, unless nothing else is left.

    The unit decides between the codes of an item (see ``results.wording``); it names none, but for "per diem" and
    where the ``name`` of an item within the query has it: "LPN per hour".
    """
    shorter = without_units(folded)
    if shorter == folded or PER_DIEM in folded:
        return words, folded
    kept = {word.surface for word in tokenize_folded(shorter, stem)}
    units = {word.surface for word in tokenize_folded(folded, stem)} - kept
    left = [word for word in words if word.surface not in units]
    return (left, shorter) if left and units.isdisjoint(name.split()) else (words, folded)
