"""Attempts at a code that have not its form: ``SO353``, ``S935``, ``S93533``, ``5S9353``, ``9353``.

The desk answers them as not found, with the codes that may have been meant, and never as words to search for.
"""

from __future__ import annotations

import re
from typing import Final

from hcpcs.codes import CodeMention, CodeSystem, Found

_LETTER = "[A-CEGHJ-MP-V]"
_SURE: Final = re.compile(
    rf"(?<![\w.$-])(?:{_LETTER}\d{{5,6}}|\d{_LETTER}\d{{4}}|{_LETTER}\d{{4}}[A-Z]|[FINOW-Z]\d{{4}}|({_LETTER})\1\d{{4}}"
    rf"|(?=[A-Z]*(?:\d[A-Z]*){{2,3}}(?!\w))(?={_LETTER}?[OILSBZGE\d]+(?!\w))[A-Z][OILSBZGE\d]{{3}}[OILSBZG\d])(?!\w|\.\d)",
    re.IGNORECASE,
)
_PERHAPS: Final = re.compile(rf"(?<![\w.$,/-])(?:{_LETTER}[ -]?\d{{3}}|\d{{4}})(?![\w%]|[.,/-]\d)", re.IGNORECASE)
_SEPARATORS: Final = re.compile("[ -]")


def find_miswritten(text: str, *, sure: bool) -> list[Found]:
    """The attempts in a plain text from which codes, days and values have been taken out.

    ``sure`` ones can hardly be anything else; the others (``S935``, ``9353``) could be words of a search.
    """
    if not any(map(str.isdigit, text)):
        return []
    pattern = _SURE if sure else _PERHAPS
    return [_mention(match) for match in pattern.finditer(text) if any(map(str.isdigit, match[0]))][:8]


def _mention(match: re.Match[str]) -> Found:
    code = _SEPARATORS.sub("", match[0].upper())
    mention = CodeMention(code=code, system=CodeSystem.HCPCS, written=match[0], well_formed=False)
    return Found(mention, match.start(), match.end())
