"""The stem of a plain English or drug word: Porter's algorithm, and the words of this field that it gets wrong."""

from __future__ import annotations

import re
from typing import Final

from whoosh.lang.porter import stem as porter_stem

from hcpcs_index.text.word_lists import STEMS

_GREEK_PLURAL: Final = re.compile(r"(o|the)ses$")


def stem(word: str) -> str:
    """The stem of a lower-case word of four letters or more ("orthoses" and "orthosis" have one)."""
    known = STEMS.get(word)
    if known is not None:
        return known
    if len(word) == 4 and word[-1] == "s" and word[-2] not in "isu":
        return word[:3]
    return str(porter_stem(_GREEK_PLURAL.sub(r"\1sis", word)))
