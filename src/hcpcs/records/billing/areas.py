"""The states and territories of Medicare's fee schedules, each with its contractors (MAC): ``areas.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from hcpcs.records.billing.contractors import ContractorKind
from hcpcs.records.record import Frozen


class Contractor(Frozen):
    """A company and the jurisdiction for which it is a contractor: ``CGS Administrators``, ``J15``."""

    company: str
    jurisdiction: str

    @property
    def text(self) -> str:
        """``CGS Administrators (jurisdiction J15)``."""
        return f"{self.company} (jurisdiction {self.jurisdiction})"


class Area(Frozen):
    """A state or territory with its contractors; ``note`` is a sentence on a part of it that has another A/B MAC."""

    code: str
    name: str
    contractors: Mapping[ContractorKind, Contractor]
    note: str = ""


@cache
def areas() -> Mapping[str, Area]:
    """Every area by its abbreviation, read once per process."""
    table = tomllib.loads(resources.files("hcpcs.records").joinpath("tables", "areas.toml").read_text(encoding="utf-8"))
    companies = table["contractor"]
    return MappingProxyType(
        {
            code: Area(
                code=code,
                name=name,
                contractors={
                    kind: Contractor(company=companies[jurisdiction], jurisdiction=jurisdiction)
                    for kind, jurisdiction in zip(_KINDS, jurisdictions, strict=True)
                },
                note=table["part"].get(code, ""),
            )
            for code, (name, *jurisdictions) in table["area"].items()
        }
    )


_KINDS = (ContractorKind.DME, ContractorKind.A_B, ContractorKind.HOME_HEALTH)
"""The kinds in the order of the table's columns."""


def area_name(code: str) -> str:
    """The name of an area; the abbreviation itself if it is unknown."""
    area = areas().get(code)
    return code if area is None else area.name
