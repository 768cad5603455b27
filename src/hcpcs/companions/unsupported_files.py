"""The table of files that CMS publishes about codes and that can't be loaded: ``unsupported_files.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from hcpcs.records.record import Frozen


class UnsupportedFile(Frozen):
    """One section of the table; its keys are explained there."""

    what: str
    columns: tuple[str, ...] = ()
    line: str = ""
    instead: str = ""

    @property
    def reason(self) -> str:
        """The reason for which it is refused: ``is ..., which isn't supported; load ... instead``."""
        return f"is {self.what}, which isn't supported{f'; {self.instead}' if self.instead else ''}"


@cache
def unsupported_files() -> tuple[UnsupportedFile, ...]:
    """The table in its order, read once per process."""
    text = resources.files("hcpcs.companions").joinpath("tables", "unsupported_files.toml").read_text(encoding="utf-8")
    return tuple(UnsupportedFile(**section) for section in tomllib.loads(text)["file"])
