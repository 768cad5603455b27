"""Where sections of the withdrawn Medicare Carriers Manual (MCM) are in CMS's internet-only manuals.

The table with its source is ``carriers_manual.toml``. A section that it doesn't have keeps its old number alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final, NamedTuple

from hcpcs.records.manuals.coverage_manual import ncd_section

MCM_WITHDRAWN: Final = "withdrawn in 2003; its rules are in CMS's internet-only manuals"
"""What is said of a section whose new place is unknown."""
# "2130 A", "2130.B", "2455B" and "15018I" are subsections: a letter after the number.
_SUBSECTION: Final = re.compile(r"(\d{4,5}(?:\.\d+)?)[ .]?[A-Z]")


class ManualSection(NamedTuple):
    """A section of one of CMS's internet-only manuals."""

    publication: str
    manual: str
    chapter: int
    section: str

    @property
    def text(self) -> str:
        """``in the Medicare Benefit Policy Manual, Pub. 100-02, chapter 15, section 120``."""
        return f"in the {self.manual}, Pub. {self.publication}, chapter {self.chapter}, section {self.section}"


@cache
def _sections() -> Mapping[str, ManualSection]:
    source = resources.files("hcpcs.records.manuals").joinpath("carriers_manual.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            old: ManualSection(row["publication"], table["manuals"][row["publication"]], row["chapter"], row["section"])
            for old, row in table["sections"].items()
        }
    )


def section_now(reference: str) -> ManualSection | None:
    """Where a section of the MCM is now; ``None`` where that is unknown."""
    subsection = _SUBSECTION.fullmatch(reference.upper())
    return _sections().get(subsection[1] if subsection else reference)


def mcm_sections_now(references: tuple[str, ...]) -> str:
    """Where sections are now, in words; blank where that is unknown.

    Some records cite sections of the Coverage Issues Manual here ("60-9").
    """
    ncds = tuple(dict.fromkeys(section for one in references if (section := ncd_section(one))))
    places = tuple(dict.fromkeys(place.text for one in references if (place := section_now(one))))
    now = [*places, *([f"NCD {', '.join(ncds)}, Pub. 100-03"] if ncds else [])]
    return "; ".join(now)


def mcm_meaning(references: tuple[str, ...]) -> str | None:
    """Where the sections of a record are now: ``now in the ...``; that the manual was withdrawn, where that is unknown.

    ``None`` for no references.
    """
    now = mcm_sections_now(references)
    if now:
        return f"now {now}"
    return MCM_WITHDRAWN if references else None
