"""The states and territories of Medicare's fee schedules, each with its DME MAC: ``areas.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from hcpcs.records.record import Frozen


class Area(Frozen):
    """A state or territory: ``TX``, Texas, in jurisdiction ``C`` of the DME MAC ``contractor``."""

    code: str
    name: str
    jurisdiction: str
    contractor: str


@cache
def areas() -> Mapping[str, Area]:
    """Every area by its abbreviation, read once per process."""
    table = tomllib.loads(resources.files("hcpcs.records").joinpath("tables", "areas.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            code: Area(code=code, name=name, jurisdiction=jurisdiction, contractor=table["contractor"][jurisdiction])
            for code, (name, jurisdiction) in table["area"].items()
        }
    )


def area_name(code: str) -> str:
    """The name of an area; the abbreviation itself if it is unknown."""
    area = areas().get(code)
    return code if area is None else area.name
