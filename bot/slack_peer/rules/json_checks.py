"""Checks of JSON that are put together to rules: text, lists, objects with known keys, objects told apart by type.

Each yields what is wrong in Slack's own form, which names the place by a JSON pointer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

Check = Callable[[Any, str], Iterator[str]]
"""Looks at a value that stands at a JSON pointer and yields what is wrong with it."""


def wrong(what: str, at: str) -> str:
    """A complaint as Slack words it: what is wrong, and where."""
    return f"[ERROR] {what} [json-pointer:{at}]"


def string(most: int, least: int = 1) -> Check:
    """Text of ``least`` to ``most`` characters."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield wrong("must be a string", at)
        elif len(value) < least:
            yield wrong(f"must be more than {least - 1} characters", at)
        elif len(value) > most:
            yield wrong(f"must be less than {most + 1} characters", at)

    return check


def one_of(*values: object) -> Check:
    """One of the values named."""

    def check(value: Any, at: str) -> Iterator[str]:
        if value not in values:
            yield wrong(f"must be one of {', '.join(map(str, values))}", at)

    return check


def whole(value: Any, at: str) -> Iterator[str]:
    """A whole number from 0."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        yield wrong("must be a whole number", at)


FLAG: Final = one_of(True, False)


def some(most: int, check: Check, least: int = 1) -> Check:
    """A list of ``least`` to ``most`` items, each passing ``check``."""

    def items(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield wrong("must be a list", at)
            return
        if len(value) < least:
            yield wrong(f"no fewer than {least} items allowed", at)
        if len(value) > most:
            yield wrong(f"no more than {most} items allowed", at)
        for number, item in enumerate(value):
            yield from check(item, f"{at}/{number}")

    return items


def shape(needed: Mapping[str, Check], allowed: Mapping[str, Check]) -> Check:
    """An object with these keys and no other."""
    known = {**needed, **allowed}

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield wrong("must be an object", at)
            return
        for name in needed:
            if name not in value:
                yield wrong(f"missing required field: {name}", at)
        for name, inner in value.items():
            if name in known:
                yield from known[name](inner, f"{at}/{name}")
            elif name != "type":
                yield wrong(f"invalid additional property: {name}", at)

    return check


def typed(kinds: Mapping[str, Check]) -> Check:
    """An object whose ``type`` chooses the check."""

    def check(value: Any, at: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, Mapping) else None
        if not isinstance(kind, str) or kind not in kinds:
            yield wrong(f"unsupported type: {kind}", at)
        else:
            yield from kinds[kind](value, at)

    return check
