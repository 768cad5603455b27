"""Units of a drug that is asked for by name: the search finds the codes, and each code's descriptor gives its units."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.dose import number_of
from hcpcs.answers.doses.unit_counts import UnitSentences
from hcpcs.answers.doses.unit_sentences import units_of_code
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.intents.search import answer_search, repair_evidence
from hcpcs.answers.lookup import hit_of, views
from hcpcs.answers.parts.intent_contacts import contacts_for
from hcpcs.answers.parts.searches.amount_fit import by_amount
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.questions.question import QuantityRole
from hcpcs.questions.recognizers.quantities.quantity_roles import not_the_drug
from hcpcs.records.billing.billing_units import UnitSize, unit_size
from hcpcs.records.billing.brand_strengths import code_of_strength
from hcpcs.records.record import Statement
from hcpcs.search_port import Confidence, Hit, SearchResult

HITS_WEIGHED: Final = 20
"""Maximum hits whose units are counted."""
CODES_OFFERED: Final = 4
"""Maximum codes offered for one name."""
WORDS_TRIED: Final = 6
"""Maximum words that are searched for one by one, if all together find nothing certain."""
SHORTEST_NAME: Final = 4
"""Minimum letters of a word that is searched for by itself."""
_GIVEN: Final = ("J", "Q0", "Q2", "Q5", "S0", "C9", "P9", "A9")
"""Prefixes of the codes under which a drug, blood product or tracer is given: more than the family of drugs has."""
LONG_NAME: Final = 9
"""Letters from which a word is taken for the name of a drug: "methotrexate"."""
NEAR_THE_BEST: Final = 0.6
"""Share of the best hit's score from which another hit is offered beside it: another strength or form."""
NEAR_THE_BEST_OF_BIOSIMILARS: Final = 0.5
"""The same for a biosimilar, which the search puts behind the drug: what "infliximab" was given has to be chosen."""
DESCRIPTIONS: Final = frozenset({"long_description", "short_description"})
"""The fields of a hit that describe the substance; other fields have its brands."""
# "pegfilgrastim-bmez (ziextenzo), biosimilar"; not "pegfilgrastim, excludes biosimilar".
_BIOSIMILAR: Final = re.compile(r"(?<!excludes )\bbiosimilar\b", re.IGNORECASE)
_DEPOT: Final = re.compile(r"(?<!non-)(?<!non )\bdepot\b", re.IGNORECASE)
CHOOSE: Final = Notice(kind=NoticeKind.CAUTION, text="Matched by drug name; check that the description fits.")


class DrugMatch(NamedTuple):
    """A code that the name finds, and its units for the amounts of the question."""

    hit: Hit
    statement: Statement
    units: UnitSentences


def answer_drug_by_name(context: AnswerContext) -> Draft:
    """The units of the codes that the words of the question find, marked as matches and not as the code meant.

    Only active codes whose descriptor measures what was asked about are counted; without one it is a search.
    """
    words = " ".join(dict.fromkeys(context.question.words.split()))  # each knee names the drug again
    if context.question.quantity is None:
        return _one_unit(context, words)
    if several := _several_drugs(context):
        return several
    result = _search(context, words)
    if by_amount(context.question.quantities, result)[1] and not _is_measured(context, result):
        return answer_search(context)
    matches = _matches(context, result)
    if matches:
        return _draft(context, words, result, matches)
    for name in _names(words):
        result = _search(context, name)
        matches = [match for match in _matches(context, result) if match.units.units]
        if matches and _names_a_drug(name, matches[0].hit):
            return _draft(context, name, result, matches)
    return answer_search(context)


def _names(words: str) -> list[str]:
    """The words that may each name a drug, where there are several."""
    each = words.split()
    names = [one for one in each if len(one) >= SHORTEST_NAME and one.isalpha() and one.lower() not in not_the_drug()]
    return names[:WORDS_TRIED] if len(each) > 1 else []


def _is_measured(context: AnswerContext, result: SearchResult) -> bool:
    """Whether the best hit's own unit measures the amount, so that no range of another code decides."""
    best = result.hits[0]
    measured = isinstance(unit_size(best.long_description), UnitSize)
    return measured and bool(units_of_code(best.code, best.long_description, context.question).units)


def _one_unit(context: AnswerContext, words: str) -> Draft:
    """What one unit of the drug is, where the question gives no dose; a search where its code isn't certain."""
    for name in (words, *_names(words)):
        result = _search(context, name)
        sure = result.confidence is Confidence.HIGH and (name == words or _names_a_drug(name, result.hits[0]))
        statement = context.state(result.hits[0].code) if sure else None
        if statement is not None:
            record = statement.record
            units = units_of_code(record.code, record.long_description, context.question)
            if not record.code.startswith(_GIVEN) and context.question.quantities:
                return answer_search(context)  # "compression stockings, both legs"
            return _draft(context, name, result, [DrugMatch(result.hits[0], statement, units)])
    return answer_search(context)


def _several_drugs(context: AnswerContext) -> Draft | None:
    """The units of each of several drugs with its dose; ``None`` unless two of them are found."""
    drafts: list[Draft] = []
    unknown: list[str] = []
    for named in context.question.named_doses:
        update = {"words": named.words, "quantities": named.quantities, "named_doses": ()}
        one = answer_drug_by_name(replace(context, question=context.question.model_copy(update=update)))
        if CHOOSE in one.notices:
            drafts.append(one)
        else:
            unknown.append(named.words)
    if not drafts or (len(drafts) == 1 and not unknown):
        return None
    missing = f" No sure match for {join_words(unknown, 'or')}." if unknown else ""
    return Draft(
        codes=tuple(dict.fromkeys(draft.codes[0] for draft in drafts)),
        headline=" ".join(draft.headline for draft in drafts) + missing,
        evidence=tuple(fact for draft in drafts for fact in draft.evidence),
        notices=tuple(dict.fromkeys(notice for draft in drafts for notice in draft.notices)),
        records=tuple(dict.fromkeys(draft.records[0] for draft in drafts)),
        contacts=drafts[0].contacts,
    )


def _names_a_drug(word: str, hit: Hit) -> bool:
    """Whether a word by itself names the drug that it finds: a brand, a name of the code, or a long word.

    A short one is rather a class ("vitamin") or a word of the sentence.
    """
    brand = any(why.rule == "brand" for why in hit.why) or f", {word.lower()}," in hit.long_description.lower()
    return len(word) >= LONG_NAME or _is_named(hit) or brand


def _search(context: AnswerContext, name: str) -> SearchResult:
    filters = context.question.filters.model_copy(update={"active": True})
    return context.index.search(name, filters=filters, limit=HITS_WEIGHED)


def _matches(context: AnswerContext, result: SearchResult) -> list[DrugMatch]:
    """The codes of a sure search for which units are counted.

    Where the best hit is a drug that can't be counted (a combination, another measure), only that: the reason is the
    answer, and the next best code would be a wrong one.
    """
    matches: list[DrugMatch] = []
    for hit in result.hits if result.confidence is Confidence.HIGH else ():
        if matches and hit.score < _least_share(hit) * matches[0].hit.score:
            continue
        statement = context.state(hit.code)
        if statement is None or (matches and _is_other_brand(hit, matches[0].hit)):
            continue
        units = units_of_code(hit.code, statement.record.long_description, context.question)
        if not matches and not units.units and hit.code.startswith(_GIVEN):
            return [DrugMatch(hit, statement, units)]
        if units.units:
            matches.append(DrugMatch(hit, statement, units))
        if len(matches) == CODES_OFFERED:
            break
    return _strength_first(context, matches) or whole_units_first(_most_words_first(context, matches))


def _least_share(hit: Hit) -> float:
    return NEAR_THE_BEST_OF_BIOSIMILARS if _BIOSIMILAR.search(hit.long_description) else NEAR_THE_BEST


def _is_other_brand(hit: Hit, best: Hit) -> bool:
    """Whether a hit is a biosimilar of the brand whose own code is the best hit: Ziextenzo where Neulasta was named."""
    own_code = any(why.rule == "brand" and why.field == "code" for why in best.why)
    return own_code and _BIOSIMILAR.search(hit.long_description) is not None


def _most_words_first(context: AnswerContext, matches: list[DrugMatch]) -> list[DrugMatch]:
    """The matches, first the one whose brand is named beside the substance: "rituximab truxima" is of Q5115."""
    words = [f"({word})" for word in context.question.words.lower().split()]
    named = next((one for one in matches if any(word in one.hit.long_description.lower() for word in words)), None)
    return matches if named is None else [named, *(one for one in matches if one is not named)]


def _strength_first(context: AnswerContext, matches: list[DrugMatch]) -> list[DrugMatch]:
    """The matches, the form of the brand that is given in the dose of the question first; none where it isn't known."""
    quantity = context.question.quantity
    if quantity is None or quantity.role is not QuantityRole.DOSE:
        return []
    amount = number_of(quantity)
    codes = (code_of_strength(word, amount, quantity.unit) for word in context.question.words.split())
    statement = next((one for code in codes if code and (one := context.state(code)) and one.active), None)
    if statement is None:
        return []
    record = statement.record
    units = units_of_code(record.code, record.long_description, context.question)
    listed = (one for one in matches if one.hit.code == record.code)
    first = next(listed, DrugMatch(hit_of(statement), statement, units))
    return [first, *(one for one in matches if one.hit.code != record.code)][:CODES_OFFERED]


def whole_units_first(matches: list[DrugMatch]) -> list[DrugMatch]:
    """The matches, the first one of a larger unit that the dose is a multiple of before one that rounds the dose.

    A brand of several strengths has a code for each: 22.5 mg of Lupron is 3 units of the depot form, per 7.5 mg, and
    not 22.5 per mg. A smaller unit would fit by chance.
    """
    if depot := _depot_form(matches):
        return [depot, *(one for one in matches if one is not depot)]
    if not matches or not matches[0].units.rounded:
        return matches
    most = matches[0].units.billed or 0
    whole = (one for one in matches if not one.units.rounded and 0 < (one.units.billed or 0) < most)
    first = next(whole, matches[0])
    return [first, *(one for one in matches if one is not first)]


def _depot_form(matches: list[DrugMatch]) -> DrugMatch | None:
    """The depot form of a drug that a dose is whole units of, where the best match is another form of it.

    A depot is given in a dose of weeks: 30 mg of Lupron is 4 units per 7.5 mg, while a day's dose of 1 mg would be a
    part of one unit. 11.25 mg is 3 units of the depot per 3.75 mg, and not 1.5 of the one per 7.5 mg.
    """
    best = matches[0] if matches else None
    if best is None or (_DEPOT.search(best.hit.long_description) and not best.units.rounded):
        return None
    depots = (one for one in matches if _DEPOT.search(one.hit.long_description))
    return next((one for one in depots if one.units.units and not one.units.rounded), None)


def _is_named(hit: Hit) -> bool:
    """Whether a hit is a code of the brand that is searched for, and not only of its substance."""
    return any(why.rule == "word" and why.field not in DESCRIPTIONS for why in hit.why)


def _draft(context: AnswerContext, name: str, result: SearchResult, matches: list[DrugMatch]) -> Draft:
    best, *others = matches
    head = best.units.head
    if others:
        also = "; ".join(f"{match.hit.code}, {match.units.units}" for match in others)
        head = f"{head} Other matches for {name}: {also}."
    facts = [
        Evidence(kind=EvidenceKind.ARITHMETIC, text=text, code=best.hit.code, field="long_description")
        for text in best.units.steps
    ]
    facts.append(
        Evidence(
            kind=EvidenceKind.DESCRIPTION,
            text=best.statement.record.long_description,
            code=best.hit.code,
            field="long_description",
            label=f"Descriptor of {best.hit.code}",
        )
    )
    rules = tuple(Notice(kind=NoticeKind.CAUTION, text=rule) for rule in best.units.rules)
    return Draft(
        codes=tuple(match.hit.code for match in matches),
        headline=head,
        evidence=(*map(repair_evidence, result.repairs), *facts),
        hits=tuple(match.hit for match in matches) if others else (),
        total=len(matches) if others else 0,
        confidence=result.confidence,
        repairs=result.repairs,
        notices=(CHOOSE, *rules),
        records=views(context, (match.statement for match in matches)),
        contacts=contacts_for(context, [match.statement for match in matches]),
    )
