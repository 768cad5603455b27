"""Whether a long description proves what a yes/no question says that a code is or has: "group 3", "with rails".

It proves it, or the opposite, by a clause that says so plainly; where it leaves a choice, nothing is proved. Pure
functions.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from hcpcs.records.record import Frozen

_CLAUSE: Final = re.compile(r"[^,;()]+")
# "without mattress", "other than spinal applications", "not meeting criteria for high risk".
_NEGATION: Final = re.compile(r"\b(?:without|not|no|non|excludes?|excluding|except|other than)\b")
# "with or without", "adjustable or fixed height", "may include fiber": the clause leaves a choice.
_CHOICE: Final = re.compile(r"\b(?:or|may|up to|if|when|optional|used with|less|more|greater|and/or)\b")
# "supplies for external drug infusion pump" is not a pump.
_GOVERNING: Final = re.compile(r"\b(?:for|of|with|to|in|from|used|on|by|per|against|under|over|using)\b")
_HAS: Final = re.compile(r"\b(?:with|includes|including)\b")
# "group 2 standard": a number of a kind, of which a code has one.
_GROUP: Final = re.compile(r"\bgroup (\d)\b")
# What one unit is: "per statute mile", at the end or before a comma.
_UNIT: Final = re.compile(r"\bper ([a-z0-9 ]+?)(?=$|[,;(])")
_OR: Final = re.compile(r",? (?:or|vs|versus) (?:an? |the |just |only )?|, (?:an? )?|/")
_NUMBER: Final = re.compile(r"\d+")
_FOLLOWED: Final = r"(?=\s*$|\s+(?:with|for|of|in|at|to|per|and)\b)"
"""What may follow a trait: "wheelchair" of "wheelchair accessory" is none."""


class TraitWords(Frozen):
    """The table: the adjectives of items, the names of each kind of item and each unit, the kinds of BETOS codes."""

    source: str
    adjectives: frozenset[str]
    kind: Mapping[str, tuple[str, ...]]
    of_betos: Mapping[str, frozenset[str]]
    unit: Mapping[str, tuple[str, ...]]


class Proof(NamedTuple):
    """Whether a description says what was asked, and the clause that says so."""

    answer: bool
    clause: str


@cache
def trait_words() -> TraitWords:
    """The table, read once per process."""
    source = resources.files("hcpcs.records.terms").joinpath("described_traits.toml")
    return TraitWords.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))


def kinds_named(trait: str) -> frozenset[str]:
    """The kinds of items that a trait names, and nothing else: "drug or biologic"; none where it names another."""
    kinds = {word: kind for kind, words in trait_words().kind.items() for word in words}
    named = [kinds.get(one) for one in _OR.split(trait)]
    return frozenset(one for one in named if one) if all(named) else frozenset()


@cache
def _unit_of_word() -> Mapping[str, str]:
    """The unit that each of its names means: ``statute`` is a mile."""
    return {word: unit for unit, words in trait_words().unit.items() for word in words}


def proof_of_trait(trait: str, description: str) -> Proof | None:
    """What the clauses of a long description prove of ``trait``; ``None`` where they prove nothing, or both."""
    lower, trait = description.lower(), trait.replace("non-", "non").replace("non ", "non")
    if asked := _GROUP.fullmatch(trait):
        stated = _GROUP.findall(lower)
        return Proof(stated[0] == asked[1], f"group {stated[0]}") if len(stated) == 1 else None
    if trait.startswith("per "):
        return _proof_of_unit(trait.removeprefix("per "), lower)
    has = trait.startswith("with ")
    proofs = [proof for one in _CLAUSE.findall(lower) if (proof := _proof_of_clause(trait, one.strip(), has=has))]
    return proofs[0] if len({proof.answer for proof in proofs}) == 1 else None


def _proof_of_unit(asked: str, description: str) -> Proof | None:
    units = _UNIT.findall(description)
    if len(units) != 1:
        return None
    unit, words = ({word.removesuffix("s") for word in text.split()} for text in (units[0], asked))
    numbers = [set(_NUMBER.findall(text)) or {"1"} for text in (units[0], asked)]
    if words <= unit and numbers[0] == numbers[1]:
        return Proof(answer=True, clause=f"per {units[0]}")
    kinds = [{_unit_of_word().get(one, "") for one in text if not one.isdigit()} for text in (unit, words)]
    if "" in kinds[0] | kinds[1]:
        return None
    return Proof(kinds[0] == kinds[1] and numbers[0] == numbers[1], f"per {units[0]}")


def _proof_of_clause(trait: str, written: str, *, has: bool) -> Proof | None:
    clause = written.replace("non-", "non")
    asked = [word for word in re.split(r"[ -]+", trait.removeprefix("with ")) if word]
    words = [re.escape(word.removesuffix("s")) + "s?" for word in asked]
    followed = "" if " ".join(asked) in trait_words().adjectives else _FOLLOWED
    if len(asked) == 1 and re.search(rf"(?<![\w-])non{words[0]}(?![\w-])", clause):
        return None if re.search(r"\bor\b", clause) else Proof(answer=False, clause=written)
    match = re.search(rf"(?<![\w-]){'[ -]'.join(words)}(?![\w-]){followed}", clause)
    if match is None or _CHOICE.search(clause):
        return None
    before = clause[: match.start()]
    # "without drainage bag with indwelling catheter": what is nearest counts.
    *_, near = _HAS.split(before)
    if _NEGATION.search(near):
        # "without contrast followed by with contrast" proves neither.
        return None if _HAS.search(clause, match.end()) else Proof(answer=False, clause=written)
    if has:
        governed = _HAS.search(before) is not None
    else:  # "at high risk" is said of the item itself, whatever is before it
        governed = before.endswith("at ") or _GOVERNING.search(before.removeprefix("for ")) is None
    return Proof(answer=True, clause=written) if governed else None
