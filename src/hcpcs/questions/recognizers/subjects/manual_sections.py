"""Sections of withdrawn manuals in a text: "CIM 60-17", "Carriers Manual section 2049", "what does 2049 mean on"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.records.manuals.citations import Citation, WithdrawnManual

# The name of the manual, then its section: "CIM 60-17", "MCM 2130.B", "coverage issues manual section 35-10".
_CITED: Final = GatedPattern(
    r"\b(?:(cim|coverage issues? manual)|mcm|(?:medicare )?carriers?'? manual)"
    r"\s{0,2}(?:section|sec\.?|ref\.?|reference|#)?\s{0,2}(\d{2,5}(?:[-.]\d{1,3})?(?:[ .]?[A-D]\b)?)(?![\w-])",
    re.IGNORECASE,
)
# The number of a section as a record has it, asked for its meaning beside a code: "what does 2049 mean on J1745".
_ON_A_RECORD: Final = GatedPattern(
    r"\bwhat (?:does|is|do|are) (?:the )?(?:(?P<cim>\d{2}-\d{1,2})|(?P<mcm>2[01]\d\d(?:\.\d)?))"
    r"(?= (?:mean|stand|on|in|for|next to|beside)\b)",
    re.IGNORECASE,
)


class ManualSpan(NamedTuple):
    """A section of a withdrawn manual in a text, and its offsets."""

    citation: Citation
    start: int
    end: int


def find_manual_sections(text: str) -> list[ManualSpan]:
    """The sections that a text cites, in order."""
    cited = [
        ManualSpan(
            Citation(
                manual=WithdrawnManual.COVERAGE_ISSUES if match[1] else WithdrawnManual.CARRIERS,
                section=match[2].upper(),
            ),
            *match.span(),
        )
        for match in _CITED.finditer(text)
    ]
    if cited or not (match := _ON_A_RECORD.search(text)):
        return cited
    manual = WithdrawnManual.COVERAGE_ISSUES if match["cim"] else WithdrawnManual.CARRIERS
    return [ManualSpan(Citation(manual=manual, section=match["cim"] or match["mcm"]), *match.span())]
