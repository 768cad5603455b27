"""Mixed queries drawn from a release, the same for every engine: words, filters, ranges, prefixes, phrases, typos."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.records.record import CodeRecord, RecordKind

SEED: Final = 20251001
_WORD: Final = re.compile(r"[a-z]{3,}")
_COMMON: Final = frozenset("and any are each for from her his not one other per than that the this was with".split())


class Kind(StrEnum):
    """The kinds of query."""

    WORD = "one word"
    ALL = "words, all"
    ANY = "words, any"
    FILTERED = "words + filter"
    RANGE = "word + code range"
    FAMILY = "word + code family"
    PHRASE = "phrase"
    TYPO = "typo"
    TYPE_AHEAD = "type-ahead"


COUNTS: Final[dict[Kind, int]] = {
    Kind.WORD: 60,
    Kind.ALL: 130,
    Kind.ANY: 80,
    Kind.FILTERED: 80,
    Kind.RANGE: 40,
    Kind.FAMILY: 30,
    Kind.PHRASE: 50,
    Kind.TYPO: 40,
    Kind.TYPE_AHEAD: 61,
}


class MixedQuery(NamedTuple):
    """One query: its words (the last of ``TYPE_AHEAD`` is a prefix), a coverage code, a code range, a code prefix."""

    kind: Kind
    words: tuple[str, ...]
    coverage: str = ""
    first: str = ""
    last: str = ""
    prefix: str = ""


def mixed_queries(catalog: Catalog, seed: int = SEED) -> list[MixedQuery]:
    """The mixed queries of a catalog, shuffled, the same ones each time."""
    chance = random.Random(seed)
    records = [_record(catalog, code) for code in catalog.codes()]
    procedures = [record for record in records if record.kind is RecordKind.PROCEDURE]
    queries = [
        query for kind, count in COUNTS.items() for query in _some(count, lambda k=kind: _one(k, procedures, chance))
    ]
    chance.shuffle(queries)
    return queries


def _some(count: int, draw: Callable[[], MixedQuery | None]) -> Iterator[MixedQuery]:
    while count:
        query = draw()
        if query is not None:
            count -= 1
            yield query


def _record(catalog: Catalog, code: str) -> CodeRecord:
    statement = catalog.current(code, catalog.newest.effective)
    if statement is None:
        raise LookupError(code)
    return statement.record


def _one(kind: Kind, records: Sequence[CodeRecord], chance: random.Random) -> MixedQuery | None:
    at = chance.randrange(len(records))
    record = records[at]
    words = [w for w in _WORD.findall(record.long_description.lower()[:300]) if w not in _COMMON]
    if len(words) < 4:
        return None
    several = tuple(chance.sample(words, chance.choice((2, 2, 3, 3, 4))))
    one = (chance.choice(words),)
    if kind is Kind.WORD:
        return MixedQuery(kind, one)
    if kind is Kind.FILTERED:
        return MixedQuery(kind, several[:2], coverage=record.coverage) if record.coverage else None
    if kind is Kind.RANGE:
        last = records[min(at + chance.choice((20, 100, 500)), len(records) - 1)].code
        return MixedQuery(kind, one, first=record.code, last=last)
    if kind is Kind.FAMILY:
        return MixedQuery(kind, one, prefix=record.code[: chance.choice((1, 2, 3))])
    if kind is Kind.PHRASE:
        match = re.search(rf"\b{one[0]} ([a-z]{{3,}})\b", record.long_description.lower())
        return MixedQuery(kind, (one[0], match[1])) if match and match[1] not in _COMMON else None
    if kind is Kind.TYPO:
        long = [word for word in words if len(word) >= 6]
        return MixedQuery(kind, (_misspelt(chance.choice(long), chance),)) if long else None
    if kind is Kind.TYPE_AHEAD:
        last_word = several[-1]
        prefix = last_word[: chance.randint(2, max(2, len(last_word) - 1))]
        return MixedQuery(kind, (*several[: chance.randint(0, 2)], prefix))
    return MixedQuery(kind, several)


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
