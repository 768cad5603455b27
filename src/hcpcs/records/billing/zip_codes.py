"""The state of a ZIP code, by its first three digits: ``zip_prefixes.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, NamedTuple

from hcpcs.records.record import Frozen


class ZipPlace(NamedTuple):
    """Where a ZIP code is: the state or territory ``area``, or none.

    ``military`` is AE, AA or AP for an address of the armed forces. Both are ``None`` where the table doesn't say it.
    """

    area: str | None = None
    military: str | None = None


class ZipPrefixes(Frozen):
    """The table: places by three digits, and those of single ZIP codes that are elsewhere."""

    prefixes: Mapping[str, ZipPlace]
    exceptions: Mapping[str, ZipPlace]


@cache
def zip_prefixes() -> ZipPrefixes:
    """The table, read once per process."""
    text = resources.files("hcpcs.records").joinpath("tables", "zip_prefixes.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    prefixes = dict(_places(table["prefixes"], military=False)) | dict(_places(table["military"], military=True))
    exceptions = {zip_code: ZipPlace(area) for zip_code, area in table["exceptions"].items()}
    exceptions |= dict.fromkeys(table["elsewhere"]["zip_codes"], ZipPlace())
    return ZipPrefixes(prefixes=MappingProxyType(prefixes), exceptions=MappingProxyType(exceptions))


def place_of_zip(zip_code: str) -> ZipPlace:
    """Where a ZIP code of five digits (or of nine: ``79936-1234``) is."""
    table = zip_prefixes()
    return table.exceptions.get(zip_code[:5]) or table.prefixes.get(zip_code[:3], ZipPlace())


def _places(ranges: Mapping[str, Sequence[str]], *, military: bool) -> Iterator[tuple[str, ZipPlace]]:
    for code, listed in ranges.items():
        place = ZipPlace(military=code) if military else ZipPlace(area=code)
        for written in listed:
            first, _, last = written.partition("-")
            for number in range(int(first), int(last or first) + 1):
                yield f"{number:03}", place
