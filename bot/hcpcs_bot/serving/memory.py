"""The memory of a server: when the garbage collector runs, and where the C library takes memory from.

A catalog of ten releases is a million objects, which a full collection examines one by one: a quarter of a second in
which nobody is answered. They contain no cycles, so that a catalog is freed as soon as nobody uses it.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Final

from pydantic import BaseModel

_NEVER: Final = 1_000_000_000
"""A threshold for the oldest generation that is never reached."""
_adding = RLock()
_ARENA_MAX: Final = -8
"""The parameter of ``mallopt`` for the number of arenas (glibc's malloc.h)."""


def use_one_arena() -> None:
    """Has all threads take memory from one arena of glibc, where they can use again what another freed: 10 MB less.

    Call it before there are threads. They don't wait for each other, since Python runs one at a time. Other C libraries
    have no arenas, or no such setting.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_ARENA_MAX, 1)


@contextmanager
def without(package: str) -> Iterator[None]:
    """Has imports in the block find that a package is not installed, which ``None`` in ``sys.modules`` says."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[package]


@contextmanager
def models_built_late() -> Iterator[None]:
    """Has pydantic build the models that are imported in the block when they are first used."""
    BaseModel.model_config["defer_build"] = True
    try:
        yield
    finally:
        BaseModel.model_config.pop("defer_build", None)


@contextmanager
def starting() -> Iterator[None]:
    """Examines nothing that is made in the block: modules and a catalog, which stay. It saves a seventh of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def adding_much() -> Iterator[None]:
    """Examines what is made in the block, and in other threads meanwhile, while it is young, and never again."""
    with _adding:
        first, second, third = gc.get_threshold()
        gc.set_threshold(first, second, _NEVER)
        try:
            yield
        finally:
            gc.freeze()
            gc.set_threshold(first, second, third)
