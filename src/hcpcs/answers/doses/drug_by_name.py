"""Units of a drug that is asked for by name: the search finds the codes, and each code's descriptor gives its units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.drug_matches import (
    CODES_OFFERED,
    DrugMatch,
    is_another_drug,
    is_less_sure,
    is_of_another_form,
    of_most_words,
    of_the_brand,
    strength_first,
    whole_units_first,
)
from hcpcs.answers.doses.unit_counts import unit_evidence
from hcpcs.answers.doses.unit_sentences import units_of_code
from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.answers.facts.amounts.vial_units import VialUnits, vial_units
from hcpcs.answers.intents.search import answer_search, repair_evidence
from hcpcs.answers.lookup import look_up, views
from hcpcs.answers.parts.intent_contacts import contacts_for
from hcpcs.answers.parts.searches.amount_fit import HITS_WEIGHED, by_amount
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.questions.recognizers.quantities.quantity_roles import not_the_drug
from hcpcs.records.billing.billing_units import NoUnitSize, UnitSize, unit_size
from hcpcs.records.billing.dose_forms import DoseForm, dose_form
from hcpcs.records.codes import CodeSystem
from hcpcs.records.families.code_families import is_given
from hcpcs.records.terms.drug_names import substance_of
from hcpcs.search_port import Confidence, Hit, SearchResult

WORDS_TRIED: Final = 6
"""Maximum words that are searched for one by one, if all together find nothing certain."""
SHORTEST_NAME: Final = 4
"""Minimum letters of a word that is searched for by itself."""
LONG_NAME: Final = 9
"""Letters from which a word is taken for the name of a drug: "methotrexate"."""
WHICH_DRUG: Final = (
    "Which drug or item is it? How much one unit is depends on the code: add the name or the code to the amount."
)
DESCRIPTIONS: Final = frozenset({"long_description", "short_description"})
"""The fields of a hit that describe the substance; other fields have its brands."""
CHOOSE: Final = Notice(kind=NoticeKind.CAUTION, text="Matched by drug name; check that the description fits.")


def answer_drug_by_name(context: AnswerContext) -> Draft:
    """The units of the codes that the words of the question find, marked as matches and not as the code meant.

    Only active codes whose descriptor measures what was asked about are counted; without one it is a search.
    """
    words = " ".join(dict.fromkeys(context.question.words.split()))  # each knee names the drug again
    if context.question.quantity is None:
        return _one_unit(context, words)
    if not words:
        return Draft(outcome=Outcome.NOT_UNDERSTOOD, headline=WHICH_DRUG)
    result = _search(context, words)
    if by_amount(context.question.quantities, result)[1] and not _is_measured(context, result):
        return answer_search(context)
    matches = _matches(context, result)
    if matches:
        return _draft(context, words, result, matches)
    for name in (*_pairs(words), *_names(words)):
        result = _search(context, name)
        matches = [match for match in _matches(context, result) if match.units.units]
        if matches and (_is_a_brand(matches[0].hit) if " " in name else _names_a_drug(name, matches[0].hit)):
            return _draft(context, name, result, matches)
    return answer_search(context)


def _names(words: str) -> list[str]:
    """The words that may each name a drug, where there are several."""
    each = words.split()
    names = [one for one in each if len(one) >= SHORTEST_NAME and one.isalpha() and one.lower() not in not_the_drug()]
    return names[:WORDS_TRIED] if len(each) > 1 else []


def _pairs(words: str) -> list[str]:
    """Two words side by side that may name a brand: "depo medrol" is another drug than "medrol"."""
    each = words.split()
    pairs = [f"{one} {then}" for one, then in zip(each, each[1:], strict=False) if (one + then).isalpha()]
    return pairs[:WORDS_TRIED] if len(each) > 2 else []


def _is_a_brand(hit: Hit) -> bool:
    return any(why.rule == "brand" for why in hit.why)


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
            size = unit_size(record.long_description)
            uncounted = isinstance(size, NoUnitSize) and size.per is None and size.counted is None
            if not is_given(record.code) and (context.question.quantities or uncounted):
                return answer_search(context)  # "compression stockings, both legs", "walker units"
            return _draft(context, name, result, [DrugMatch(result.hits[0], statement, units)])
    return answer_search(context)


def several_drugs(context: AnswerContext, answer: Callable[[AnswerContext], Draft]) -> Draft | None:
    """The units of each of several drugs with its dose, by ``answer``; ``None`` unless two of them are found."""
    if not context.question.named_doses:
        return None
    drafts: list[Draft] = []
    unknown: list[str] = []
    described = " ".join(one.record.long_description for one in look_up(context).statements).lower()
    other_systems = tuple(one for one in context.question.codes if one.system is CodeSystem.CPT)
    for named in context.question.named_doses:
        if named.words and all(word in described for word in named.words.lower().split()):
            return None  # "J1100 1 mg dexamethasone 10 mg given": the name is that of the code
        codes = (named.code, *other_systems) if named.code else ()
        update = {"words": named.words, "codes": codes, "quantities": named.quantities, "named_doses": ()}
        one = answer(replace(context, question=context.question.model_copy(update=update)))
        if codes and not one.records:
            return None  # no such code
        if named.code and not named.quantities and named.code.units is None:
            one = one.model_copy(update={"headline": f"No amount of {named.code.code} is given. {one.headline}"})
        if codes or CHOOSE in one.notices:
            drafts.append(one)
        elif context.question.codes and named.quantities[0].unit == "unit":
            return None  # the "4 units" of another word are those of the code
        else:
            unknown.append(named.words)
    different = {draft.codes[0] for draft in drafts}
    if not drafts or len(different) < len(drafts) or (len(drafts) == 1 and not unknown):
        return None  # "J1885 60 mg and toradol 30 mg" are two doses of one drug
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
    brand = _is_a_brand(hit) or f", {word.lower()}," in hit.long_description.lower()
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
    of_another_form: list[DrugMatch] = []
    # A short word that had to be repaired names a drug by chance: "bevc" is not surely "beta".
    guessed = any(len(repair.written) <= SHORTEST_NAME for repair in result.repairs)
    for hit in result.hits if result.confidence is Confidence.HIGH and not guessed else ():
        best = next((one.hit for one in (*matches, *of_another_form)), None)
        if best and (is_less_sure(hit, best) or is_another_drug(context, hit, best)):
            continue
        statement = context.state(hit.code)
        if statement is None:
            continue
        units = units_of_code(hit.code, statement.record.long_description, context.question)
        if is_of_another_form(context, hit):
            of_another_form.append(DrugMatch(hit, statement, units))
            continue
        if not matches and not units.units and is_given(hit.code):
            return [DrugMatch(hit, statement, units)]
        if units.units:
            matches.append(DrugMatch(hit, statement, units))
        if len(matches) == CODES_OFFERED:
            break
    if not matches and of_another_form:
        # "ibuprofen 800 mg tablet" has no code of that form: the answer says why the other isn't billed.
        matches = _of_the_given_form(context, of_another_form[0]) or of_another_form[:1]
    return of_the_brand(strength_first(context, matches) or whole_units_first(of_most_words(context, matches)))


def _of_the_given_form(context: AnswerContext, other: DrugMatch) -> list[DrugMatch]:
    """The codes of the substance in the form in which it was given, where the name finds another one first."""
    substance = substance_of(other.hit.long_description)
    swallowed = dose_form(other.hit.long_description) is DoseForm.INJECTED
    wanted = {DoseForm.ORAL} if swallowed else {DoseForm.INJECTED, None}
    found = _search(context, f"{substance} {'oral' if swallowed else 'injection'}")
    hits = [one for one in found.hits if substance and substance_of(one.long_description) == substance]
    matches = []
    for hit in hits:
        statement = context.state(hit.code)
        if statement is not None and dose_form(hit.long_description) in wanted:
            units = units_of_code(hit.code, statement.record.long_description, context.question)
            matches += [DrugMatch(hit, statement, units)] if units.units else []
    return matches[:CODES_OFFERED]


def _is_named(hit: Hit) -> bool:
    """Whether a hit is a code of the brand that is searched for, and not only of its substance."""
    return any(why.rule == "word" and why.field not in DESCRIPTIONS for why in hit.why)


def _draft(context: AnswerContext, name: str, result: SearchResult, matches: list[DrugMatch]) -> Draft:
    best, *others = matches
    vials = VialUnits() if best.units.units else vial_units(context, best.hit.code)
    head = vials.sentence or best.units.head
    if others:
        also = "; ".join(f"{match.hit.code}, {match.units.units}" for match in others)
        head = f"{head} Other matches for {name}: {also}."
    facts = unit_evidence(best.statement.record, best.units.steps)
    rules = tuple(Notice(kind=NoticeKind.CAUTION, text=rule) for rule in best.units.rules)
    return Draft(
        codes=tuple(match.hit.code for match in matches),
        headline=head,
        evidence=(*map(repair_evidence, result.repairs), *vials.evidence, *facts),
        facts=vials.facts,
        hits=tuple(match.hit for match in matches) if others else (),
        total=len(matches) if others else 0,
        confidence=result.confidence,
        repairs=result.repairs,
        notices=(CHOOSE, *rules),
        records=views(context, (match.statement for match in matches)),
        contacts=contacts_for(context, [match.statement for match in matches]),
    )
