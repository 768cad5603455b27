"""The stem of a plain English or drug word: Porter's algorithm, and the words of this field that it gets wrong."""

from __future__ import annotations

import re
from typing import Final

from whoosh.lang.porter import stem as porter_stem

from hcpcs_index.word_lists import STEMS

_GREEK_PLURAL: Final = re.compile(r"(o|the)ses$")


def stem(word: str) -> str:
    """The stem of a lower-case word of letters ("orthoses" and "orthosis" have one)."""
    return STEMS.get(word) or str(porter_stem(_GREEK_PLURAL.sub(r"\1sis", word)))
