"""Sections of withdrawn manuals in a text: "CIM 60-17", "Medicare Carriers Manual section 2049"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.records.manuals.citations import Citation, WithdrawnManual
from hcpcs.records.manuals.coverage_manual import ncd_section

# The name of the manual, then its section: "CIM 60-17", "MCM 2130.B", "coverage issues manual section 35-10".
_CITED: Final = GatedPattern(
    r"\b(?:(cim|coverage issues? manual)|mcm|(?:medicare )?carriers?'? manual)"
    r"\s{0,2}(?:section|sec\.?|ref\.?|reference|#)?\s{0,2}(\d{2,5}(?:[-.]\d{1,3})?(?:[ .]?[A-D]\b)?)(?![\w-])",
    re.IGNORECASE,
)
# The number of a section as a record has it, asked for its meaning beside a code: "what does 2049 mean on J1745".
_ON_A_RECORD: Final = GatedPattern(
    r"\bwhat (?:does|is|do|are) (?:the )?(?:(?P<cim>\d{2}-\d{1,2})|(?P<mcm>2(?:0[4-9]|1\d)\d(?:\.\d)?))"
    r"(?= (?:mean|stand|on|in|for|next to|beside)\b)",
    re.IGNORECASE,
)
# The section first: "2136 in the Medicare Carriers Manual", "section 60-17 of the CIM".
_CITED_AFTER: Final = GatedPattern(
    r"(?<![\w-])(?:section |sec\.? |ref\.? )?(\d{2,5}(?:[-.]\d{1,3})?(?:[ .]?[A-D]\b)?)"
    r" (?:in|of|from|under) (?:the )?(?:old )?(?:(cim|coverage issues? manual)|mcm|(?:medicare )?carriers?'? manual)\b",
    re.IGNORECASE,
)
# A section of the Coverage Issues Manual without its name: "where is 60-16 now", "60-14 infusion pump now".
_ASKED_FOR: Final = GatedPattern(
    r"(?:\b(?:where|what)(?:'s| is| was| did| has)? |^\W*|\bncd (?:for|of) )(?:section )?"
    r"(\d{2}-\d{1,2})(?= (?:[a-z]+ ){0,4}(?:now|ncd)\W*$| go\b| gone| today|\W*$)"
    # "where do i read 60-14 for E0784", "where can I find section 60-17"
    r"|\bwhere (?:do|can|would|could) (?:i|we|you) (?:read|find|see|get|look up)(?: up)?(?: the)?(?: section| ref\w*)? "
    r"(\d{2}-\d{1,2})(?![\w-])",
    re.IGNORECASE,
)


class ManualSpan(NamedTuple):
    """A section of a withdrawn manual in a text, and its offsets."""

    citation: Citation
    start: int
    end: int


def find_manual_sections(text: str) -> list[ManualSpan]:
    """The sections that a text cites, in order."""
    cited = [(match[1], match[2], match.span()) for match in _CITED.finditer(text)]
    cited += [(match[2], match[1], match.span()) for match in _CITED_AFTER.finditer(text)]
    asked = ((match, match.lastindex or 1) for match in _ASKED_FOR.finditer(text))
    cited += [("cim", match[at], match.span(at)) for match, at in asked if ncd_section(match[at])]
    if not cited and (match := _ON_A_RECORD.search(text)):
        cited = [(match["cim"], match["cim"] or match["mcm"], match.span("cim" if match["cim"] else "mcm"))]
    return [
        ManualSpan(
            Citation(
                manual=WithdrawnManual.COVERAGE_ISSUES if coverage else WithdrawnManual.CARRIERS,
                section=section.upper(),
            ),
            *span,
        )
        for coverage, section, span in sorted(cited, key=lambda one: one[2])
    ]
