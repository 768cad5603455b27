"""A bench in a process of its own: what one leaves in memory, or has warmed up, is not another's."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from typing import ParamSpec, TypeVar

from bench.figure import Table
from bench.release import RELEASE, NotMeasuredError

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


def in_own_process(
    action: Callable[_Parameters, _Result], *arguments: _Parameters.args, **options: _Parameters.kwargs
) -> _Result:
    """The result of a function of a module, called in a new process; raises what it raises."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(action, *arguments, **options).result()


def tables_of(name: str, arguments: Sequence[str], *, needs_release: bool) -> list[Table]:
    """The tables of one bench. Raises ``NotMeasuredError`` if something that it needs is missing."""
    if needs_release and not RELEASE.is_file():
        raise NotMeasuredError(f"needs ../shared/data/releases/{RELEASE.name}")
    return list(import_module(f"bench.{name}").run(arguments) or ())
