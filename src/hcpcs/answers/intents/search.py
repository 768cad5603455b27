"""Which codes do the words find? A list, best first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.asked_units import units_of_brand, units_of_period
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.intents.browse import coverage_of_list
from hcpcs.answers.notices.refusals import not_understood, starter_notice
from hcpcs.answers.parts.noc_answers import answer_noc_family, answer_without_code
from hcpcs.answers.parts.searches.amount_fit import HITS_WEIGHED, by_amount
from hcpcs.answers.parts.searches.as_of_search import answer_as_of_search
from hcpcs.answers.parts.searches.fitting_codes import Fit
from hcpcs.answers.parts.searches.hit_labels import labeled_codes
from hcpcs.answers.parts.searches.item_coverage import coverage_of_item, uncertain_coverage, verdicts_on
from hcpcs.answers.parts.searches.item_modifiers import item_modifiers
from hcpcs.answers.parts.searches.priced_list import answer_priced_list
from hcpcs.answers.rendering.sentences import in_sentence, join_words
from hcpcs.questions.question import AskedDetail
from hcpcs.questions.subject import Subject
from hcpcs.questions.words.common_words import common_words
from hcpcs.records.families.cpt_services import CptService
from hcpcs.records.fields import long_date
from hcpcs.records.terms.vocabularies import VocabularyName, vocabularies
from hcpcs.search_port import Confidence, Filters, Hit, Repair, SearchResult, Why

_WORD: Final = re.compile(r"[^\W\d_]+")
_GUESSES: Final = frozenset({"word", "code", "prefix", "repair"})
"""Rules of matches by the letters of a word, which a word of chat has, too."""
LONGEST_QUOTED: Final = 60
"""Maximum characters of the words that an answer quotes."""
FAMILIES_LISTED: Final = 5
"""Maximum families that have a line each."""
SPANISH: Final = "spanish"
"""The rule of matches by a Spanish name."""
_SHORT: Final = 2
"""Maximum letters of a word that names no item by itself."""
CPT_NOTICE: Final = Notice(
    kind=NoticeKind.WHERE_TO_LOOK,
    text="These are HCPCS Level II codes; for CPT codes, see a licensed CPT code book.",
)


def repair_evidence(repair: Repair) -> Evidence:
    """Which word was searched for instead of the one written."""
    text = f'Showing results for "{repair.searched}" instead of "{repair.written}".'
    return Evidence(kind=EvidenceKind.REPAIR, text=text)


def _coverage_of(context: AnswerContext, hits: tuple[Hit, ...]) -> tuple[Evidence, ...]:
    """The verdict on each hit, where the question asks about coverage."""
    if not context.question.asks_coverage:
        return ()
    return verdicts_on(context, hits)


def _search_notices(context: AnswerContext, first: str = "") -> tuple[Notice, ...]:
    """The notices beside hits: that CPT codes are not included, and how a date in the question was used.

    ``first`` is the code of the best hit.
    """
    question = context.question
    notices = list(starter_notice(context))
    if question.names_cpt:
        notices.append(CPT_NOTICE)
    if question.filters.added_since is not None:
        text = f"Only codes added since {long_date(question.filters.added_since)} were searched."
        notices.append(Notice(kind=NoticeKind.SELECTION, text=text))
    elif question.day is not None or question.last_day is not None:
        text = (
            f"This searched {context.catalog.newest.label}, not the code set of {question.day_written}. To see a code "
            "as it was then, ask for the code with that date."
        )
        statement = context.catalog.current(first, context.today)
        added = statement.record.added_date if statement is not None else None
        until = question.last_day or question.day
        if added is not None and until is not None and added > until:
            text = f"{first} was added on {long_date(added)}, later than {question.day_written}. {text}"
        notices.append(Notice(kind=NoticeKind.SELECTION, text=text))
    return tuple(notices)


def _names_something(context: AnswerContext, result: SearchResult) -> bool:
    """Whether a question surely names an item: a code or modifier is asked for, or the best hit has most of the words.

    A word of a table of synonyms is a name, too: "una silla de ruedas".
    """
    question = context.question
    asked = question.filters.kind is not None or AskedDetail.CODE in question.details or question.cpt_service
    if asked or not result.hits:
        return bool(asked)
    by_table = any(_is_a_name(why) for why in result.hits[0].why)
    return by_table or result.confidence is Confidence.HIGH


def _is_a_name(why: Why) -> bool:
    """Whether a word led to a hit by a table of names: "cama", and not the everyday "broken" for fractured."""
    return why.rule not in _GUESSES and (why.rule == SPANISH or why.word not in common_words())


def _is_chat(words: str) -> bool:
    """Whether words are all common ones, as in "how many days until friday": none of them names an item."""
    each = _WORD.findall(words.lower())
    return bool(each) and all(len(word) <= _SHORT or word in common_words() for word in each)


def _headline(result: SearchResult) -> str:
    """How many codes match and which are best, with the words that decide; an ended code is not called best.

    "No exact match" is said only where a word was guessed or the best hit has less than half of what was asked for;
    where it has more, the words that it lacks are named.
    """
    first, several = result.hits[0], result.total > 1
    best = [hit for hit in result.hits[:4] if hit.ended is None][:3]
    if first.ended is not None:
        headline = f"The code that matches is no longer valid: {first.code} {first.status_note}."
        return f"{headline} Closest valid codes: {labeled_codes(best)}." if best else headline
    codes = labeled_codes(best)
    if result.confidence is Confidence.HIGH:
        return f"{result.total:,} matches. Top results: {codes}." if several else f"1 match: {codes}."
    closest = f"Closest{f' of {result.total:,}' if several else ''}: {codes}."
    if not result.lacking:
        return f"No exact match. {closest}"
    words = join_words([f'"{word}"' for word in result.lacking], last="or")
    return f"{closest} {first.code} doesn't mention {words}."


def _listed_by(filters: Filters, total: int) -> str:
    """How many codes have the coded value by which they are listed; blank for other filters."""
    noun = f"{filters.prefix} codes" if filters.prefix else "codes"
    if filters.coverage:
        return f"{total:,} {noun} {coverage_of_list(filters.coverage)}."
    by_value = (
        ("BETOS", VocabularyName.BETOS, filters.betos),
        ("type of service", VocabularyName.TYPE_OF_SERVICE, filters.types_of_service),
    )
    for name, vocabulary, values in by_value:
        for value in values:
            meaning = vocabularies()[vocabulary].meaning(value)
            return f"{total:,} {noun} have {name} {value}{f': {in_sentence(meaning)}' if meaning else ''}."
    return ""


def _sentence_of(service: CptService, subject: Subject | None) -> str:
    """Which code system a service is in; where its coverage is asked, also that no HCPCS record states it."""
    if subject is not Subject.COVERAGE or not service.codes:
        return service.sentence
    return f"{service.sentence} Coverage of CPT and CDT codes isn't in the HCPCS record."


def _families_of(result: SearchResult) -> tuple[Evidence, ...]:
    """The families of codes to browse where the words don't find enough; many are named on one line."""
    if len(result.families) > FAMILIES_LISTED:
        prefixes = ", ".join(f"{family.prefix}*" for family in result.families)
        text = f"Describe the item in other words, or browse {prefixes}."
        return (Evidence(kind=EvidenceKind.FAMILY, text=text),)
    return tuple(
        Evidence(kind=EvidenceKind.FAMILY, text=f"Browse {family.prefix}*: {family.label}")
        for family in result.families
    )


def _quoted(words: str) -> str:
    """The words searched for, in quotes; of a longer text only that they are those words."""
    return f'"{words}"' if words and len(words) <= LONGEST_QUOTED else "those words"


def _no_hits(context: AnswerContext, result: SearchResult) -> Draft:
    """Says that no code has the words; for a service of another system which one, with nothing to browse."""
    repairs = tuple(map(repair_evidence, result.repairs))
    if (service := context.question.cpt_service) is not None:
        return Draft(
            outcome=Outcome.NOT_FOUND,
            headline=_sentence_of(service, context.question.subject),
            evidence=repairs,
            notices=_search_notices(context),
            repairs=result.repairs,
        )
    return Draft(
        outcome=Outcome.NOT_FOUND,
        headline=f"No codes match {_quoted(context.question.words)}.",
        evidence=repairs + _families_of(result),
        notices=_search_notices(context),
        repairs=result.repairs,
        families=result.families,
        suggestions=tuple(f"{family.prefix}*" for family in result.families),
    )


def _dates_of(context: AnswerContext, hit: Hit) -> str:
    """When the best hit was added and ended; blank where its record doesn't say."""
    statement = context.catalog.current(hit.code, context.today)
    record = statement.record if statement is not None else None
    if record is None or record.added_date is None:
        return ""
    ended = f", and its last day was {long_date(record.termination_date)}" if record.termination_date else ""
    return f"{hit.code} ({hit.short_description}) was added on {long_date(record.added_date)}{ended}."


def _result(context: AnswerContext) -> tuple[SearchResult, Fit | None]:
    """The page of hits; where the question gives an amount, those whose range contains it come first."""
    question, last = context.question, context.offset + context.limit
    if question.quantity is None or last > HITS_WEIGHED:
        plain = context.index.search(
            question.words, filters=question.filters, limit=context.limit, offset=context.offset
        )
        return plain, None
    first = context.index.search(question.words, filters=question.filters, limit=HITS_WEIGHED)
    ordered, fit = by_amount(question.quantities, first)
    return ordered.model_copy(update={"hits": ordered.hits[context.offset : last]}), fit


def answer_search(context: AnswerContext) -> Draft:
    """The records that the words find, best first, a page of them."""
    question = context.question
    draft = answer_priced_list(context) or answer_noc_family(context)
    if draft is not None:
        return draft
    result, fit = _result(context)
    outside = ""
    if not result.hits and question.words and question.filters.prefix:
        # "Mvasi jcode": the brand has a Q code.
        filters = question.filters.model_copy(update={"prefix": None})
        wider, fit_of_wider = _result(replace(context, question=question.model_copy(update={"filters": filters})))
        if wider.confidence is Confidence.HIGH and wider.hits:
            result, fit, outside = wider, fit_of_wider, f"No {question.filters.prefix} code matches those words. "
    draft = item_modifiers(context, result) or answer_as_of_search(context, result)
    draft = draft or answer_without_code(context, result)
    if draft is not None:
        return draft.model_copy(update={"evidence": (*draft.evidence, *_coverage_of(context, draft.hits))})
    if not _names_something(context, result) and _is_chat(question.words):
        return not_understood()
    if not result.hits:
        return _no_hits(context, result)
    unsure = result.confidence is not Confidence.HIGH
    if unsure and (named := question.cpt_service) is not None and not named.codes:
        return _no_hits(context, result)  # "massage chair"
    repairs, families = tuple(map(repair_evidence, result.repairs)), _families_of(result)
    headline = _headline(result)
    if fit:
        headline = " ".join(filter(None, (fit.sentence, units_of_period(context, result.hits[0]), headline)))
    elif counted := units_of_brand(context, result):
        headline = f"{counted} {headline}"
    if not question.words:
        headline = _listed_by(question.filters, result.total) or headline
    if question.asks_dates:
        headline = _dates_of(context, result.hits[0]) or headline
    asked = question.subject is Subject.COVERAGE and not context.offset
    if (service := question.cpt_service) is not None:
        sentence = _sentence_of(service, question.subject)
        headline = sentence if unsure or asked or result.hits[0].ended else f"{sentence} {headline}"
        asked = False
    covered = coverage_of_item(context, result) if asked else None
    if asked and covered is None and result.lacking:
        headline = uncertain_coverage(context, result) or headline
    return Draft(
        codes=tuple(hit.code for hit in result.hits),
        verdict=covered.verdict if covered else None,
        headline=covered.headline if covered else f"{outside}{headline}",
        evidence=(*repairs, *_coverage_of(context, result.hits), *(families if unsure else ())),
        hits=result.hits,
        total=result.total,
        offset=context.offset,
        confidence=result.confidence,
        repairs=result.repairs,
        families=result.families if unsure else (),
        notices=_search_notices(context, result.hits[0].code),
    )
