"""The recognizer of denial codes: a group with a reason ("CO-50"), a reason alone ("CARC 197"), a remark ("N115")."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.records.terms.denial_reasons import DenialCode, denial_reasons

_WITH_GROUP: Final = GatedPattern(r"\b(?!CO ?2\b)(CO|PR|OA|PI)[- ]?(\d{1,3}|[ABP]\d{1,2})\b", re.IGNORECASE)
"""A group and a reason. The CO 60 of cobalt is told apart by the cues of the subject, which are asked first.
CO2 is the gas: that reason is CO-2."""
# "denial code 16", "CARC 197", "reason code 50"; without "code" only where nothing is counted or dated: "denial 50",
# not "denial 3 months ago", "denied, reason 30 days", "denial 1/15".
_BY_NUMBER: Final = GatedPattern(
    r"\b(?:(?:carcs?|(?:denial|reason|adjustment)(?: reason)? codes?)[ :#]+(?:code )?(?P<coded>\d{1,3}|B\d{1,2})\b"
    r"|(?:denial|reason|adjustment)(?: reason)?[ :#]+(?P<bare>\d{1,3}|B\d{1,2})"
    r"(?=\W*$|[,;?!]| (?:on|for|from|and|what|how|why|means?|meaning)\b))(?![-/.]\d)",
    re.IGNORECASE,
)


# A remark code, or a reason code of a letter: "N115", "MA130", "B7"; not "N18.6", a diagnosis.
_LETTERED: Final = re.compile(r"\b((?:MA|M|N)-?\d{1,3}|B\d{1,2})\b(?!\.\d)", re.IGNORECASE)
_OF_A_DENIAL: Final = GatedPattern(
    r"\b(?:den(?:y|ied|ial|ials)|reject\w*|remit\w*|remarks?|rarcs?|carcs?|eobs?|eras?|came back|comes back|got back"
    r"|kick\w* (?:back|out)|unprocessable)\b"
    # "MA130 on L3000", "M76 on A4253", "A6222 zero paid"; not "M76 for L1960", a diagnosis
    r"|\b(?:ma|m|n)\d{2,3} on (?:my |the |our |an? )?(?:claim|line|[a-v]\d{4})|\b(?:zero|0|\$0)[- ]?paid\b"
)
"""Words that make a letter and digits the code of a remittance; for text in lower case."""
_AFTER_WORD: Final = re.compile(r"\b(?:remark|rarc|ra|reason|denial)s?(?: codes?)?[ :#]+$", re.IGNORECASE)
_BEFORE_READ: Final = 20
"""Characters before a code that are read for the words that introduce it."""
# All of a question: "N362", "what does MA130 mean", "M51?", "MA130 what do I do"
_ALONE: Final = re.compile(
    r"\W*(?:what(?:s|'s| is| does| are)?|explain|define|meaning of)?\s*(?:code )?(?:MA|M|N)\d{1,3}"
    r"(?: (?:means?|meaning|codes?|now what|what now|(?:what|how) (?:do|should|can|to) (?:i |we )?(?:do|fix|correct)"
    r"(?: it| this| now)*))?\W*",
    re.IGNORECASE,
)
_ALSO_AN_ITEM: Final = "N95"
"""A remark code that is rather a mask where nothing else is said."""
_OF_A_DIAGNOSIS: Final = 3
"""Characters of a diagnosis code without its point ("N18"); "N265" and "N276" are both remark codes."""
_DIAGNOSIS: Final = re.compile(r"([MN]\d\d)(\d?)")


def denial_codes(text: str) -> tuple[DenialCode, ...]:
    """The denial codes of a question in order, each once."""
    numbered = [(match.span(), _code(match[1].upper(), match[2])) for match in _WITH_GROUP.finditer(text)]
    numbered += [(match.span(), _code("", match["coded"] or match["bare"])) for match in _BY_NUMBER.finditer(text)]
    lettered = _lettered(text, beside_others=bool(numbered))
    # In "CO-B7" the letter and number are the reason of the group.
    apart = [one for one in lettered if not any(first <= one[0][0] < end for (first, end), _ in numbered)]
    return tuple(dict.fromkeys(code for _, code in sorted([*numbered, *apart], key=lambda one: one[0])))


def _lettered(text: str, *, beside_others: bool) -> list[tuple[tuple[int, int], DenialCode]]:
    """The remark codes, and reason codes of a letter: beside other codes or a word of a remittance, or all that is."""
    spans = list(_LETTERED.finditer(text))
    if not spans:
        return []
    in_a_row = {span[1].upper() for span in spans if len(span[1]) > _OF_A_DIAGNOSIS} & denial_reasons().keys()
    of_a_denial = beside_others or len(in_a_row) > 1 or _OF_A_DENIAL.search(text.lower()) is not None
    if not of_a_denial and _ALONE.fullmatch(text):
        code = spans[0][1].upper()
        known = code in denial_reasons() and code != _ALSO_AN_ITEM
        diagnosis = _DIAGNOSIS.sub(r"\1.\2", code).rstrip(".") if _DIAGNOSIS.fullmatch(code) else ""
        return [(spans[0].span(), DenialCode(group="", reason=code, diagnosis=diagnosis))] if known else []
    if not of_a_denial:
        return []
    return [
        (span.span(), _code("", span[1].replace("-", "")))
        for span in spans
        if span[1].upper().replace("-", "") in denial_reasons() or _is_introduced(text, span)
    ]


def _is_introduced(text: str, span: re.Match[str]) -> bool:
    """Whether "remark code" or the like is before a code that the tables lack."""
    return _AFTER_WORD.search(text[max(0, span.start() - _BEFORE_READ) : span.start()]) is not None


def _code(group: str, reason: str) -> DenialCode:
    """A code with its reason as the tables have it: without the zeros before a number."""
    return DenialCode(group=group, reason=reason.upper().lstrip("0") or reason)
