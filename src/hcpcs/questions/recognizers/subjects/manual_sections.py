"""Sections of withdrawn manuals in a text: "CIM 60-17", "Medicare Carriers Manual section 2049"."""

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


class ManualSpan(NamedTuple):
    """A section of a withdrawn manual in a text, and its offsets."""

    citation: Citation
    start: int
    end: int


def find_manual_sections(text: str) -> list[ManualSpan]:
    """The sections that a text cites, in order."""
    return [
        ManualSpan(
            Citation(
                manual=WithdrawnManual.COVERAGE_ISSUES if match[1] else WithdrawnManual.CARRIERS,
                section=match[2].upper(),
            ),
            *match.span(),
        )
        for match in _CITED.finditer(text)
    ]
