"""How much work a call does and what it keeps, counted: the same on every machine, where seconds are not."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType
from typing import Any


def count_lines(action: Callable[[], object]) -> int:
    """How many lines of Python a call executes. What runs inside C (a regular expression, a sort) counts as none."""
    lines = 0

    def trace(_: FrameType, event: str, __: Any) -> Callable[..., Any]:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return lines


def kept_bytes(action: Callable[[], object]) -> int:
    """How many bytes of memory the result of a call takes, with all that the call leaves behind."""
    tracemalloc.start()
    try:
        result = action()
        kept, _ = tracemalloc.get_traced_memory()
        del result
    finally:
        tracemalloc.stop()
    return kept
