"""A section of a withdrawn manual, as a question cites it ("CIM 60-17", "Medicare Carriers Manual 2049")."""

from __future__ import annotations

from enum import StrEnum

from hcpcs.records.manuals.carriers_manual import MCM_WITHDRAWN, mcm_sections_now
from hcpcs.records.manuals.coverage_manual import CIM_WITHDRAWN, cim_sections_now, cim_sections_removed
from hcpcs.records.record import Frozen


class WithdrawnManual(StrEnum):
    """A manual of CMS that records cite and that was withdrawn in 2003."""

    COVERAGE_ISSUES = "Coverage Issues Manual"
    CARRIERS = "Medicare Carriers Manual"


class Citation(Frozen):
    """One section of a withdrawn manual."""

    manual: WithdrawnManual
    section: str

    @property
    def sentence(self) -> str:
        """Where the section is now, or that its manual was withdrawn.

        ``Section 60-17 of the Coverage Issues Manual is now NCD 240.4, Pub. 100-03.``
        """
        coverage = self.manual is WithdrawnManual.COVERAGE_ISSUES
        now = (cim_sections_now if coverage else mcm_sections_now)((self.section,))
        removed = cim_sections_removed((self.section,)) if coverage else ""
        state = f"is now {now}" if now else f"was {CIM_WITHDRAWN if coverage else MCM_WITHDRAWN}"
        state = f"became {removed}" if removed else state
        return f"Section {self.section} of the {self.manual.value} {state}."
