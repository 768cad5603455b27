"""The stem of a word: Porter's algorithm as Snowball implements it, and the words of this field that it gets wrong."""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from typing import Final

import Stemmer

from hcpcs_index.text.word_lists import STEMS, UNIT_OF

ALGORITHM: Final = "porter"
"""Snowball's name of the algorithm. Its "english" (Porter2) finds 0.3 points fewer of the development words."""

_GREEK_PLURAL: Final = re.compile(r"(o|the)ses$")
"""Plurals of "-osis" and "-thesis": orthoses, prostheses."""


class _Stemmers(threading.local):
    """One stemmer per thread: PyStemmer's are not safe to share. Their cache is off: it would keep patients' names."""

    def __init__(self) -> None:
        self.snowball = Stemmer.Stemmer(ALGORITHM, 0)


_stemmers: Final = _Stemmers()


def stem(word: str) -> str:
    """The stem of a lower-case word of four letters or more ("orthoses" and "orthosis" share one)."""
    exception = STEMS.get(word)
    if exception is not None:
        return exception
    if len(word) == 4 and word[-1] == "s" and word[-2] not in "isu":
        return word[:3]
    if word.endswith("ses"):
        word = _GREEK_PLURAL.sub(r"\1sis", word)
    return str(_stemmers.snowball.stemWord(word))


def stem_of(surface: str) -> str:
    """The indexed form of a word: the stem of a plain word, a unit's short form, else the word itself.

    Words of three letters are kept: in this field they are initials more often than plurals (ALS, ACE). Nothing is
    cached, because the word may be a patient's name.
    """
    unit = UNIT_OF.get(surface) if len(surface) > 1 else None
    if unit is not None:
        return unit
    if len(surface) < 4 or not surface.isalpha():
        return surface
    return stem(surface)


@lru_cache(maxsize=65_536)
def cached_stem(surface: str) -> str:
    """``stem_of`` with a cache, for words of records and synonyms only: building an index meets each many times."""
    return stem_of(surface)
