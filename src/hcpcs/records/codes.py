"""What a code is: its system, and a mention of one in a text with the modifiers attached to it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from hcpcs.records.record import Frozen

HCPCS_LETTERS: Final = "ABCEGHJKLMPQRSTUV"
"""The first letters of HCPCS Level II codes, in order.

Source: the sections of CMS's Alpha-Numeric HCPCS files, 2017 to 2025. D is missing because the D codes are CDT, the
dental codes that the American Dental Association licenses. F, I, N and O have never been used, and W to Z were the
local (Level III) codes, which ended with 2003.
"""

OTHER_LETTERS: Final = "FINOWXYZ"
"""The letters that start neither a HCPCS Level II code nor a CDT code."""

HCPCS_LETTER: Final = f"[{HCPCS_LETTERS}]"
"""Pattern of such a letter, for patterns that ignore case."""


class CodeSystem(StrEnum):
    """The code systems that people mix with HCPCS Level II; the desk describes only HCPCS and its modifiers."""

    HCPCS = "HCPCS Level II"
    MODIFIER = "HCPCS modifier"
    CPT = "CPT"
    CDT = "CDT"
    ICD10 = "ICD-10"
    NDC = "NDC"


class CodeMention(Frozen):
    """A code found in a text: normalised (``S9353``), with the modifiers attached to it, and as written.

    Not ``well_formed`` is what was plainly meant as an HCPCS code and has not the form of one (``SO353``,
    ``S935``): no such code can exist, and ``confusions(code)`` are those that may have been meant.
    """

    code: str
    system: CodeSystem
    modifiers: tuple[str, ...] = ()
    written: str = ""
    well_formed: bool = True
