"""Code families to browse: offered beside hits of low confidence, and when there is no hit."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from hcpcs.records.codes import is_modifier
from hcpcs.search_port import CodeFamily
from hcpcs_index.search_limits import MAX_FAMILIES
from hcpcs_index.text.analysis import tokenize


@cache
def families() -> dict[str, CodeFamily]:
    """Every family of ``browse_families.toml``, by its prefix."""
    text = resources.files("hcpcs_index.results").joinpath("browse_families.toml").read_text(encoding="utf-8")
    return {prefix: CodeFamily(prefix=prefix, label=label) for prefix, label in tomllib.loads(text)["families"].items()}


@cache
def _label_stems() -> list[tuple[str, frozenset[str]]]:
    return [(prefix, frozenset(word.stem for word in tokenize(family.label))) for prefix, family in families().items()]


def family_of(code: str) -> CodeFamily | None:
    """The narrowest family of a procedure code; ``None`` for modifiers and for letters without a family."""
    if is_modifier(code):
        return None
    known = families()
    return next((known[code[:n]] for n in range(len(code), 0, -1) if code[:n] in known), None)


def families_to_browse(codes: Iterable[str], stems: Sequence[str], letters: Iterable[str]) -> tuple[CodeFamily, ...]:
    """The families to offer for a query: those of its hits' codes, then those whose labels share its stems.

    If there is neither, the families of the first ``letters`` of the codes that exist.
    """
    chosen: dict[str, CodeFamily] = {}
    for code in codes:
        family = family_of(code)
        if family is not None:
            chosen.setdefault(family.label, family)
    query_stems = frozenset(stems)
    by_overlap = sorted(_label_stems(), key=lambda entry: (-len(entry[1] & query_stems), -len(entry[0])))
    for prefix, label_stems in by_overlap[:MAX_FAMILIES]:
        if label_stems & query_stems:
            chosen.setdefault(families()[prefix].label, families()[prefix])
    if not chosen:
        return tuple(families()[letter] for letter in sorted(set(letters)) if letter in families())
    return tuple(chosen.values())[:MAX_FAMILIES]
