"""Services and items that people ask a HCPCS code for and that have codes of another system, CPT or CDT, or none."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from hcpcs.records.record import Frozen


class CptService(Frozen):
    """One entry of ``cpt_services.toml``."""

    name: str
    spoken: tuple[str, ...]
    without: tuple[str, ...] = ()
    codes: str = ""
    system: str = "CPT"
    several: bool = False
    beside: str = ""
    ended: tuple[str, ...] = ()
    source: str

    @property
    def sentence(self) -> str:
        """``Screening mammography has a CPT code, not a HCPCS Level II code: 77067.``, or that it has none."""
        if not self.codes:
            return f"{self.name} has no HCPCS code of its own. {self.beside}".strip()
        kind = f"{self.system} codes, not HCPCS" if self.several else f"a {self.system} code, not a HCPCS"
        own = f"{self.name} has {kind} Level II {'codes' if self.several else 'code'}: {self.codes}."
        return f"{own} {self.beside}".strip()


def cpt_service_named(text: str, *, alone: bool = False) -> CptService | None:
    """The service of the table that a text names, in any case; ``None`` for none.

    ``alone``: the text must name it and say nothing else ("dentures").
    """
    lower = text.lower().strip(" ?.!") if alone else text.lower()
    for service, (spoken, without) in _patterns().items():
        if (spoken.fullmatch(lower) if alone else spoken.search(lower)) and not (without and without.search(lower)):
            return service
    return None


def service_after(code: str) -> CptService | None:
    """The service that a HCPCS code which ended stood for, and that has a code of another system since."""
    return next((service for service in _patterns() if code in service.ended), None)


@cache
def _patterns() -> dict[CptService, tuple[re.Pattern[str], re.Pattern[str] | None]]:
    source = resources.files("hcpcs.records.families").joinpath("cpt_services.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    services = [CptService.model_validate(entry) for entry in table["service"]]
    return {one: (_any_of(one.spoken), _any_of(one.without) if one.without else None) for one in services}


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])")
