"""The words of a question that carry no subject, from ``tables/function_words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple


class FunctionWords(NamedTuple):
    """The named tables of function words, each a set of words in lower case without apostrophes.

    ``scaffolding`` are the words around a subject, never a subject themselves; ``kept_in_front`` are those of them
    that stay in front of what is searched for. ``opens_yes_or_no`` open a question that is answered by yes or no,
    after any of ``before_the_opening``; ``expects_no`` make it expect a no. ``asks_a_rule`` ask what is done or
    demanded. ``unnamed`` carry nothing that an answer could consider, so they are not listed as unused.
    ``beside_an_item`` are words of a question on a subject beyond the record that don't name the item,
    unless they are in ``begins_an_item`` and a word of the item follows.
    """

    scaffolding: frozenset[str]
    kept_in_front: frozenset[str]
    opens_yes_or_no: frozenset[str]
    before_the_opening: frozenset[str]
    expects_no: frozenset[str]
    asks_a_rule: frozenset[str]
    unnamed: frozenset[str]
    beside_an_item: frozenset[str]
    begins_an_item: frozenset[str]


@cache
def function_words() -> FunctionWords:
    """The tables, read once per process."""
    source = resources.files("hcpcs.questions").joinpath("tables", "function_words.toml")
    table: dict[str, dict[str, str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return FunctionWords(**{name: frozenset(" ".join(groups.values()).split()) for name, groups in table.items()})
