"""The item in words of a question on a subject that no record states, and the codes that its words find."""

from __future__ import annotations

from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.parts.searches.hit_labels import labeled_codes
from hcpcs.answers.parts.searches.item_coverage import sure_hits, verdicts_on
from hcpcs.questions.subject import Subject
from hcpcs.records.record import RecordKind, Statement
from hcpcs.search_port import Confidence, Hit

CODES_NAMED: Final = 3
"""Maximum codes that the sentence names."""
CODES_LISTED: Final = 5
"""Maximum codes that the answer lists."""
FEW_WORDS: Final = 3
"""Words of an item from which a code that lacks more than half of them is not close."""


CODES_FOUND: Final = 400
"""Maximum codes of an item that are compared with a list of CMS; braces have about 300."""


class AskedItem(NamedTuple):
    """The codes of an item, the sentence that names them, and what the records state of them."""

    sentence: str = ""
    hits: tuple[Hit, ...] = ()
    statements: tuple[Statement, ...] = ()
    verdicts: tuple[Evidence, ...] = ()
    confidence: Confidence = Confidence.NONE


NO_ITEM: Final = AskedItem()


def find_item(context: AnswerContext) -> AskedItem:
    """The codes of the item that the question names in words; none where its words match no code well.

    ``statements`` are of codes that surely are the item, for the rules that depend on them.
    """
    question = context.question
    if not question.words:
        return NO_ITEM
    result = context.index.search(question.words, filters=question.filters, limit=context.limit)
    sure = sure_hits(result)
    # In "wheelchair office visit" the best code lacks most words: it is not the item.
    words = len(question.words.split())
    # "max dose of ketorolac in elderly": what isn't stated of any code needs no codes that are only likely.
    near = (
        question.subject is not Subject.DOSAGE
        and result.lacking
        and (words < FEW_WORDS or 2 * len(result.lacking) <= words)
    )
    close = tuple(hit for hit in result.hits if hit.active) if near else ()
    named = tuple(hit for hit in sure or close if _is_procedure(context, hit))
    if not named:
        return NO_ITEM
    stated = (context.state(hit.code) for hit in named[:CODES_NAMED])
    shown = named[:CODES_LISTED]
    opening = f'Codes for "{question.words}"' if sure else f'Closest codes for "{question.words}"'
    return AskedItem(
        sentence=f"{opening}: {labeled_codes(named[:CODES_NAMED], more=len(shown) - CODES_NAMED)}.",
        hits=shown,
        statements=tuple(one for one in stated if one is not None) if sure else (),
        verdicts=verdicts_on(context, shown),
        confidence=result.confidence,
    )


def every_code_of_item(context: AnswerContext) -> frozenset[str]:
    """Every code that is in use and has all words of the item, however far behind the best."""
    result = context.index.search(context.question.words, filters=context.question.filters, limit=CODES_FOUND)
    return frozenset(hit.code for hit in result.hits if hit.active)


def _is_procedure(context: AnswerContext, hit: Hit) -> bool:
    statement = context.state(hit.code)
    return statement is not None and statement.record.kind is RecordKind.PROCEDURE
