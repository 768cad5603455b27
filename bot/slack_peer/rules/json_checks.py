"""Checks of JSON that combine into rules: text, lists, objects with known keys, objects distinguished by type.

Each yields what is wrong in Slack's own form, which names the place by a JSON pointer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

Check = Callable[[Any, str], Iterator[str]]
"""Takes a value and its JSON pointer, and yields what is wrong with the value."""


def violation(what: str, at: str) -> str:
    """A violation in Slack's words: what is wrong, and where."""
    return f"[ERROR] {what} [json-pointer:{at}]"


def string(maximum: int, minimum: int = 1) -> Check:
    """Text of ``minimum`` to ``maximum`` characters."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield violation("must be a string", at)
        elif len(value) < minimum:
            yield violation(f"must be more than {minimum - 1} characters", at)
        elif len(value) > maximum:
            yield violation(f"must be less than {maximum + 1} characters", at)

    return check


def one_of(*values: object) -> Check:
    """One of the values named."""

    def check(value: Any, at: str) -> Iterator[str]:
        if value not in values:
            yield violation(f"must be one of {', '.join(map(str, values))}", at)

    return check


def whole_number(value: Any, at: str) -> Iterator[str]:
    """A whole number from 0."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        yield violation("must be a whole number", at)


def between(least: int, most: int) -> Check:
    """A whole number from ``least`` to ``most``."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield violation(f"must be a whole number from {least} to {most}", at)

    return check


def any_number(value: Any, at: str) -> Iterator[str]:
    """A number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield violation("must be a number", at)


FLAG: Final = one_of(True, False)


def list_of(maximum: int, check: Check, minimum: int = 1) -> Check:
    """A list of ``minimum`` to ``maximum`` items that each pass ``check``."""

    def items(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield violation("must be a list", at)
            return
        if len(value) < minimum:
            yield violation(f"no fewer than {minimum} items allowed", at)
        if len(value) > maximum:
            yield violation(f"no more than {maximum} items allowed", at)
        for number, item in enumerate(value):
            yield from check(item, f"{at}/{number}")

    return items


def object_with(needed: Mapping[str, Check], allowed: Mapping[str, Check]) -> Check:
    """An object with these keys and no other."""
    known = {**needed, **allowed}

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield violation("must be an object", at)
            return
        for name in needed:
            if name not in value:
                yield violation(f"missing required field: {name}", at)
        for name, inner in value.items():
            if name in known:
                yield from known[name](inner, f"{at}/{name}")
            elif name != "type":
                yield violation(f"invalid additional property: {name}", at)

    return check


def by_type(kinds: Mapping[str, Check]) -> Check:
    """An object whose ``type`` chooses the check."""

    def check(value: Any, at: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, Mapping) else None
        if not isinstance(kind, str) or kind not in kinds:
            yield violation(f"unsupported type: {kind}", at)
        else:
            yield from kinds[kind](value, at)

    return check
