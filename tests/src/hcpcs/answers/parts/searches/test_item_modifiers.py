"""The modifiers of an item in words."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk
from hcpcs.records.record import RecordKind
from hcpcs.search_port import Confidence, Filters, SearchResult

NO_FILTERS = Filters()


class _ItemsAlone(ListedIndex):
    """Finds the item, and no modifier with its words, or one."""

    of_modifiers = Confidence.LOW

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        result = super().search(text, filters=filters, limit=limit, offset=offset)
        of_modifiers = filters.kind is RecordKind.MODIFIER
        return result.model_copy(update={"confidence": self.of_modifiers}) if of_modifiers else result


class _ModifiersToo(_ItemsAlone):
    """Finds a modifier with all of the words, too."""

    of_modifiers = Confidence.HIGH


def _asked(full: Desk, index: type[_ItemsAlone], code: str, question: str) -> str:
    return Desk(full.catalog, index(full.catalog, code), lambda: TODAY).ask(question).headline


@pytest.mark.parametrize("question", ["seat pad modifiers", "which modifiers do seat pads need"])
def test_an_item_has_the_modifiers_of_its_code(full: Desk, question: str) -> None:
    headline = _asked(full, _ItemsAlone, "E2601", question)
    assert headline.startswith("Modifiers a claim needs for E2601, inexpensive or routinely purchased equipment")
    assert " Codes for " in headline


def test_a_modifier_with_the_words_is_what_is_asked_for(full: Desk) -> None:
    assert not _asked(full, _ModifiersToo, "E2601", "seat pad modifier").startswith("Modifiers a claim")


def test_modifiers_in_the_plural_are_those_of_the_item(full: Desk) -> None:
    assert _asked(full, _ModifiersToo, "E2601", "modifiers for seat pad").startswith(
        "Modifiers a claim needs for E2601"
    )


def test_an_item_without_such_modifiers_is_searched_for(full: Desk) -> None:
    assert not _asked(full, _ItemsAlone, "P9010", "whole blood unit modifiers").startswith("Modifiers a claim")
