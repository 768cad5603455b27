"""The rules that decide what sort of answer is wanted: ``tables/intent_rules.toml``, where the first match wins.

Each rule has a name, the features that must and must not hold, and examples, which are its tests. What gives a feature
is in ``docs/question-rules.md``, which is written from the tables.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from hcpcs.questions.question import Intent
from hcpcs.questions.subject import Subject
from hcpcs.records.record import Frozen


class IntentRule(Frozen):
    """One rule: it holds if all features of ``all``, some of ``any`` (if given) and none of ``none`` do.

    ``subject`` is what a question that it decides is about, where that is not plain from the intent.
    """

    name: str
    intent: Intent | None = None
    subject: Subject | None = None
    all: frozenset[str] = frozenset()
    any: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    examples: tuple[str, ...] = ()

    def holds(self, features: frozenset[str]) -> bool:
        """Whether the rule decides a question of these features."""
        some = not self.any or not self.any.isdisjoint(features)
        return some and self.all <= features and self.none.isdisjoint(features)


@cache
def rules() -> tuple[IntentRule, ...]:
    """The rules in the order in which they are tried; the last one always holds."""
    source = resources.files("hcpcs.questions").joinpath("tables", "intent_rules.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(IntentRule(**rule) for rule in table["rule"])


def decide(features: frozenset[str]) -> IntentRule:
    """The first rule that holds."""
    return next(rule for rule in rules() if rule.holds(features))
