"""Attempts at a code that have not its form: ``SO353``, ``S935``, ``S93533``, ``5S9353``, ``9353``.

The desk answers them as not found, with the codes that may have been meant, and never as words to search for.
"""

from __future__ import annotations

import re
from typing import Final

from hcpcs.questions.recognizers.codes import CodeSpan, pointed
from hcpcs.questions.tokens import Token
from hcpcs.records.codes import HCPCS_LETTER, OTHER_LETTERS, CodeMention, CodeSystem

_L: Final = HCPCS_LETTER
_SURE: Final = re.compile(
    rf"(?<![\w.$-])(?:{_L}\d{{5,6}}|\d{_L}\d{{4}}|{_L}\d{{4}}[A-Z]|[{OTHER_LETTERS}]\d{{4}}|({_L})\1\d{{4}}"
    rf"|(?=[A-Z]*(?:\d[A-Z]*){{2,3}}(?!\w))(?={_L}?[OILSBZGE\d]+(?!\w))[A-Z][OILSBZGE\d]{{4}})(?!\w|\.\d)",
    re.IGNORECASE,
)
_PERHAPS: Final = re.compile(rf"(?<!\$)(?<!\$ )(?:{_L}\d{{3}}|\d{{4}})", re.IGNORECASE)
_DIAGNOSIS: Final = re.compile(rf"[{OTHER_LETTERS}]\d\d[0-9A-Z]?", re.IGNORECASE)
_NO_DIAGNOSES: Final = frozenset({"N95", "X12", "X10"})


def find_malformed(text: str) -> list[CodeSpan]:
    """The attempts in a plain text, codes and days taken out, that can hardly be anything else; at most eight."""
    if not any(map(str.isdigit, text)):
        return []
    matches = (match for match in _SURE.finditer(text) if any(map(str.isdigit, match[0])))
    return [_found(text, *match.span()) for match, _ in zip(matches, range(8), strict=False)]


def perhaps_malformed(text: str, token: Token) -> CodeSpan | None:
    """An attempt that could be a word as well (``S935``, ``9353``): for the caller to judge by what is asked.

    So is ``I10``: no HCPCS code starts with that letter, and ICD-10 codes do.
    """
    written = text[token.start : token.end]
    if _DIAGNOSIS.fullmatch(written) and written.upper() not in _NO_DIAGNOSES:
        mention = CodeMention(code=pointed(written), system=CodeSystem.ICD10, written=written)
        return CodeSpan(mention, token.start, token.end)
    return _found(text, token.start, token.end) if _PERHAPS.fullmatch(text, token.start, token.end) else None


def _found(text: str, start: int, end: int) -> CodeSpan:
    written = text[start:end]
    mention = CodeMention(code=written.upper(), system=CodeSystem.HCPCS, written=written, well_formed=False)
    return CodeSpan(mention, start, end)
