"""The features about a question by which the rules decide.

A feature is a cue of ``lexicon.toml`` ("covers", "compare"), a whole section of it ("field", "payer", "term"), or one
of those derived here: ``code``, ``codes`` (two or more), ``family``, ``value``, ``day``, ``amount``, ``filtered``;
``alone``, if no word is left over; ``plain_field`` and its like, by the part of the answer that a field belongs to;
``yes_no``, if it opens like a question that is answered by yes or no; ``or``; ``money``, for an
amount of dollars, as claims have it; ``other_system``, if a code system is named that the desk does not hold, and
HCPCS is not; ``empty`` and ``silent``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hcpcs.questions.function_words import function_words
from hcpcs.questions.phrases import Phrase
from hcpcs.questions.tokens import CODE, Token
from hcpcs.records.codes import CodeMention

ASPECTS: Final = frozenset(
    """
    covers pays bills price how_much how_paid status valid still field payer part medicare compare history change
    changes_asked contact units_asked replaces
    """.split()
)
"""What can be asked of a code: one of these makes what is perhaps an attempt at a code into one."""

_MONEY: Final = re.compile(r"\$\s?\d")
_DOLLARS: Final = re.compile(r"\$(?!\s?\w)|€|💰|💲")
_OTHER_SYSTEMS: Final = frozenset(
    f"term:{key}" for key in ("cdt", "icd10", "ndc", "drg", "revenue", "place_of_service", "loinc", "carc")
)
_OUR_OWN: Final = frozenset({"hcpcs", "hcpc", "modifier", "modifiers"})
_STATUS_FIELDS: Final = frozenset({"status", "added_date", "termination_date", "action_effective_date"})


def features_of_words(text: str, row: Sequence[Token], said: Sequence[Phrase]) -> set[str]:
    """The features that the words of a question give."""
    tags = {tag for phrase in said for tag in phrase.tags}
    features = tags | {tag.split(":")[0] for tag in tags}
    features |= _features_of_fields({tag[6:] for tag in tags if tag[:6] == "field:"})
    if tags & {"filter:active", "filter:inactive"} or {"filter:modifier", "listing"} <= tags:
        features.add("filtered")
    if not any(character.isalnum() for character in text):
        features.add("empty" if not text.strip(" ?") else "silent")
    skipped = function_words().before_the_opening | {CODE}
    opening = next((token.key for token in row if token.key not in skipped), "")
    if opening in function_words().opens_yes_or_no:
        features.add("yes_no")
    if _MONEY.search(text):
        features.add("money")
    if _DOLLARS.search(text):
        features.add("price")
    if tags & _OTHER_SYSTEMS and _OUR_OWN.isdisjoint(token.key for token in row):
        features.add("other_system")
    if any(token.key == "or" for token in row):
        features.add("or")
    return features


def _features_of_fields(fields: set[str]) -> set[str]:
    kinds = set()
    for name in fields:
        if name in _STATUS_FIELDS:
            kinds.add("status_field")
        elif name == "coverage":
            kinds.add("coverage_field")
        elif name.startswith("pricing_indicator"):
            kinds.add("pricing_field")
        else:
            kinds.add("plain_field")
    return kinds


def features_of_names(
    *, found: Sequence[CodeMention], family: bool, value: bool, day: bool, amount: bool, filtered: bool, alone: bool
) -> set[str]:
    """The features that the things named in a question give."""
    holds = {
        "code": bool(found),
        "codes": len({(one.code, *one.modifiers) for one in found}) > 1,
        "family": family,
        "value": value,
        "day": day,
        "time": day,
        "amount": amount,
        "filtered": filtered,
        "alone": alone,
    }
    return {feature for feature, true in holds.items() if true}
