"""What a string is: HCPCS Level II code, modifier, CPT, CDT, ICD-10, NDC, range or prefix; and its repair."""

from __future__ import annotations

from enum import StrEnum

from hcpcs.records import Frozen


class CodeSystem(StrEnum):
    """The code systems that people mix with HCPCS Level II; the desk describes only HCPCS and its modifiers."""

    HCPCS = "HCPCS Level II"
    MODIFIER = "HCPCS modifier"
    CPT = "CPT"
    CDT = "CDT"
    ICD10 = "ICD-10"
    NDC = "NDC"


class CodeMention(Frozen):
    """A code found in a text: normalised (``S9353``), with the modifiers attached to it, and as written."""

    code: str
    system: CodeSystem
    modifiers: tuple[str, ...] = ()
    written: str = ""
