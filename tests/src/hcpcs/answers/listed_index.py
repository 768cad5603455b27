"""A search that finds the codes it was given, for tests of answers that list hits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from tests.src.hcpcs.conftest import TODAY

from hcpcs.catalog.catalog import Catalog
from hcpcs.search_port import CodeFamily, Confidence, Filters, Hit, Repair, SearchResult, Why

NO_FILTERS = Filters()
WHY = Why(word="x", field="long_description", matched="x", rule="word", trail="x", place="in the long description")


class ListedIndex:
    """Finds ``codes`` by any words, a page at a time, and remembers what was asked. Some texts may have their own."""

    def __init__(
        self,
        catalog: Catalog,
        *codes: str,
        confidence: Confidence = Confidence.HIGH,
        lacking: tuple[str, ...] = (),
        repairs: tuple[Repair, ...] = (),
        families: tuple[CodeFamily, ...] = (),
        scores: Mapping[str, float] = MappingProxyType({}),
        by_text: Mapping[str, Iterable[str]] = MappingProxyType({}),
    ) -> None:
        def hits_of(codes: Iterable[str]) -> tuple[Hit, ...]:
            return tuple(hit for code in codes if (hit := _hit(catalog, code, scores.get(code, 1.0))) is not None)

        self.hits = hits_of(codes)
        self.by_text = {text: hits_of(others) for text, others in by_text.items()}
        self.confidence, self.lacking, self.repairs, self.families = confidence, lacking, repairs, families
        self.texts: list[str] = []
        self.filters: list[Filters] = []

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        self.texts.append(text)
        self.filters.append(filters)
        hits = self.by_text.get(text, self.hits)
        return SearchResult(
            query=text,
            hits=hits[offset : offset + limit],
            total=len(hits),
            confidence=self.confidence,
            lacking=self.lacking,
            repairs=self.repairs,
            families=self.families,
        )

    def finds(self, text: str, codes: Iterable[str]) -> bool:
        return any(hit.code in codes for hit in self.hits)

    def suggest(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        return self.hits[:limit]

    def neighbors(self, text: str, *, excluding: frozenset[str] = frozenset(), limit: int = 10) -> tuple[Hit, ...]:
        return tuple(hit for hit in self.hits if hit.code not in excluding)[:limit]


def _hit(catalog: Catalog, code: str, score: float) -> Hit | None:
    statement = catalog.current(code, TODAY)
    if statement is None:
        return None
    record = statement.record
    return Hit(
        code=code,
        score=score,
        short_description=record.short_description,
        long_description=record.long_description,
        active=statement.active,
        why=(WHY,),
    )
