"""The recognizer of malformed codes: ``SO353``, ``S935``, ``S93533``, ``5S9353``, ``9353``.

They are answered as not found, with the codes that may have been meant, and never as words to search for.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from hcpcs.questions.recognizers.codes.code_scanner import CodeSpan, with_point
from hcpcs.questions.words.tokens import Token
from hcpcs.records.codes import HCPCS_LETTER, OTHER_LETTERS, POLICY_NUMBER, CodeMention, CodeSystem

_L: Final = HCPCS_LETTER
# In this order: digits too many (S93533), a digit in front (5S9353), a letter at the end (S9353A), a letter that no
# code starts with (F9353), the letter twice (SS9353), and letters that look like digits (SO353, EO6O1).
_SURE: Final = re.compile(
    rf"(?<![\w.$-])(?:{_L}\d{{5,6}}|\d{_L}\d{{4}}|{_L}\d{{4}}[A-Z]|[{OTHER_LETTERS}]\d{{4}}|({_L})\1\d{{4}}"
    rf"|(?=[A-Z]*(?:\d[A-Z]*){{2,3}}(?!\w))(?={_L}?[OILSBZGE\d]+(?!\w))[A-Z][OILSBZGE\d]{{4}})(?!\w|\.\d)",
    re.IGNORECASE,
)
_AT_MOST: Final = 8
"""Maximum malformed codes per text."""
_PERHAPS: Final = re.compile(rf"(?<!\$)(?<!\$ )(?:{_L}\d{{3}}|\d{{4}})", re.IGNORECASE)
_DIAGNOSIS: Final = re.compile(rf"[{OTHER_LETTERS}]\d\d[0-9A-Z]?", re.IGNORECASE)
_NOT_DIAGNOSES: Final = frozenset({"N95", "X12", "X10"})
"""N95 is a mask, X12 the standard of electronic claims, and both X10 and X12 are sizes ("4 X10")."""
_POLICY: Final = re.compile(POLICY_NUMBER, re.IGNORECASE)
_POLICY_WORD: Final = re.compile(r"\b(?:lcds?|articles?|polic(?:y|ies)|lca)\b\W*(?:number|no|#)?\W*$", re.IGNORECASE)
"""A word before a number of any form that makes it a policy's: "LCD L40001"."""
_WORD_OF_POLICY: Final = re.compile(r"\W?(?:lcds?|articles?|polic(?:y|ies)|lca)\b", re.IGNORECASE)
"""The same word after it: "L11518 policy"."""
_POLICY_WORD_READ: Final = 20
"""Characters before a number that are read for such a word."""


def find_malformed(text: str) -> list[CodeSpan]:
    """What can hardly be anything but an attempt at a code, in a plain text without codes and days."""
    if not any(map(str.isdigit, text)):
        return []
    matches = (
        match
        for match in _SURE.finditer(text)
        if any(map(str.isdigit, match[0])) and not _is_policy(text, match.start(), match[0])
    )
    return [_malformed(text, *match.span()) for match in islice(matches, _AT_MOST)]


def perhaps_malformed(text: str, token: Token) -> CodeSpan | None:
    """An attempt at a code that could be a word as well: ``S935``, ``9353``; the caller decides by what is asked.

    ``I10`` is an ICD-10 code: no HCPCS code starts with that letter.
    """
    written = text[token.start : token.end]
    if _DIAGNOSIS.fullmatch(written) and written.upper() not in _NOT_DIAGNOSES:
        mention = CodeMention(code=with_point(written), system=CodeSystem.ICD10, written=written)
        return CodeSpan(mention, token.start, token.end)
    return _malformed(text, token.start, token.end) if _PERHAPS.fullmatch(text, token.start, token.end) else None


def _is_policy(text: str, start: int, written: str) -> bool:
    before, end = text[max(0, start - _POLICY_WORD_READ) : start], start + len(written)
    named = _POLICY_WORD.search(before) or (written[0] in "LAla" and _WORD_OF_POLICY.match(text, end))
    return bool(_POLICY.fullmatch(written) or named)


def _malformed(text: str, start: int, end: int) -> CodeSpan:
    written = text[start:end]
    mention = CodeMention(code=written.upper(), system=CodeSystem.HCPCS, written=written, well_formed=False)
    return CodeSpan(mention, start, end)
