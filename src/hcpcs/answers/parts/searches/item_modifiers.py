"""The modifiers of an item in words: "wheelchair cushion modifiers"."""

from __future__ import annotations

from dataclasses import replace

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.lookup import views
from hcpcs.answers.notices.modifier_sentences import pricing_sentence
from hcpcs.answers.notices.payers import where_to_look
from hcpcs.answers.parts.searches.asked_item import find_item
from hcpcs.questions.question import AskedDetail
from hcpcs.questions.subject import Subject, subjects_beyond_record
from hcpcs.records.record import RecordKind
from hcpcs.search_port import Confidence, Filters, SearchResult


def item_modifiers(context: AnswerContext, result: SearchResult) -> Draft | None:
    """The modifiers of the first code of an item; ``None`` where no item has any, or words name one modifier.

    Those of "modifier for wheelchair accessory" name KA, those of "modifier for wheelchair" none alone; in the plural
    all of an item are asked for.
    """
    question = context.question
    one = result.confidence is Confidence.HIGH and result.total == 1
    by_words = one and AskedDetail.MODIFIERS not in question.details
    if question.filters.kind is not RecordKind.MODIFIER or by_words:
        return None
    item = find_item(replace(context, question=question.model_copy(update={"filters": Filters()})))
    sentence = pricing_sentence(item.statements[:1])
    if not sentence:
        return None
    entry = subjects_beyond_record()[Subject.REQUIRED_MODIFIERS]
    return Draft(
        codes=tuple(hit.code for hit in item.hits),
        headline=f"{sentence} {item.sentence}",
        evidence=where_to_look(context, entry),
        hits=item.hits,
        total=len(item.hits),
        confidence=item.confidence,
        records=views(context, item.statements[:1]),
    )
