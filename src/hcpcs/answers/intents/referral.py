"""A subject that no HCPCS record states: what to say about it, where it is published, what the record does state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.asked_units import are_billed_by_amount, has_unit_size, units_beside
from hcpcs.answers.doses.discarded_amounts import GRAFT_MODIFIERS
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.facts import answer_from_facts
from hcpcs.answers.facts.authorization_answer import authorizations_among
from hcpcs.answers.facts.fact_answer import FactAnswer, fact_evidence
from hcpcs.answers.facts.trait_answer import TRAITS, proof_sentence
from hcpcs.answers.intents.units import answer_units
from hcpcs.answers.lookup import LookupResult, look_up, procedures_or_all, views
from hcpcs.answers.notices.denials import denial_evidence, denial_sentence
from hcpcs.answers.notices.modifier_choices import meanings_beside_cpt
from hcpcs.answers.notices.modifier_sentences import (
    CODES_NAMED,
    fitting_sentence,
    line_evidence,
    named_modifiers_sentence,
    pricing_sentence,
    together_sentence,
)
from hcpcs.answers.notices.payers import payer_sentence, where_to_look
from hcpcs.answers.notices.record_sentences import sentence_of_records
from hcpcs.answers.notices.refusals import foreign_notices, missing_notices, out_of_scope_notices, refuse, suggest_codes
from hcpcs.answers.parts.letter_successions import letter_successions, succession_evidence, succession_sentence
from hcpcs.answers.parts.record_draft import ended_evidence, ended_sentence
from hcpcs.answers.parts.record_parts import PARTS
from hcpcs.answers.parts.searches.asked_item import NO_ITEM, AskedItem, every_code_of_item, find_item
from hcpcs.answers.parts.transports import trips_of
from hcpcs.answers.rendering.sentences import join_words, rental_rules
from hcpcs.answers.rendering.yes_or_no import with_opening, with_yes_or_no
from hcpcs.questions.payers import ANY_INSURER
from hcpcs.questions.question import AskedDetail
from hcpcs.questions.subject import Subject, SubjectBeyondRecord, subjects_beyond_record
from hcpcs.records.billing.payment_categories import CAPPED_RENTAL, is_complex_power_wheelchair
from hcpcs.records.codes import CODE_LENGTH, CodeSystem
from hcpcs.records.families.code_families import is_skin_substitute
from hcpcs.records.families.code_uses import use_of
from hcpcs.records.field_spec import long_date
from hcpcs.records.modifiers.pricing_modifiers import family_modifiers
from hcpcs.records.record import RecordKind, Statement, Status

CODES_EXPLAINED: Final = 3
"""Maximum codes for which the answer says what the record does state."""

_AMOUNTS: Final = frozenset({Subject.AMOUNT, Subject.DRUG_PRICE})
_WITH_UNITS: Final = _AMOUNTS | {Subject.NDC, Subject.NDC_ON_CLAIM}
"""Subjects beside which the units of a dose are said as well: "J1885 30 mg units, NDC needed?"."""
_CODE_FIRST: Final = _AMOUNTS | {Subject.PRODUCT_VERIFICATION}
"""Subjects of which the code of an item comes first, where that is asked as well: "commode code and price"."""
WHICH_CODE: Final = "It isn't clear which code is meant: name it to get its amount."
_UNSTATED: Final = frozenset({Subject.UNSTATED, Subject.UNSTATED_CASE})
"""Subjects of which a record says at most that its code ended."""
_OF_DESCRIPTIONS: Final = frozenset({*TRAITS, Subject.UNSTATED})
"""Subjects that the words of a description may answer by yes or no: "does E0260 have rails"."""
_OF_MODIFIERS: Final = frozenset({"4"})
"""Reason codes of a missing or unfit modifier."""
_NAMED: Final = frozenset({CodeSystem.CPT, CodeSystem.CDT})
"""Systems of procedures that the sentence names beside or instead of our codes."""


def answer_referral(context: AnswerContext) -> Draft:
    """What to say about the subject of the question, for each code if codes are named."""
    question, lookup = context.question, look_up(context)
    entry = subjects_beyond_record()[_subject(context, lookup)]
    if entry.subject is Subject.NOC_CLAIM and question.quantities and are_billed_by_amount(lookup.statements):
        return answer_units(context)  # "kenalog 2 mg, J3301 as 1 unit?"
    if lookup.missing and not lookup.statements:
        refusal = refuse(context, lookup)
        if refusal is not None:
            notice = Notice(kind=NoticeKind.OUT_OF_SCOPE, text=entry.general)
            return refusal.model_copy(update={"notices": (*refusal.notices, notice)})
    only_foreign = bool(lookup.foreign) and not lookup.statements
    named = bool(lookup.statements) and not question.words  # "do walkers need RR or NU" names modifiers only
    item = NO_ITEM if named or lookup.foreign else find_item(context)
    item = NO_ITEM if lookup.statements and not pricing_sentence(item.statements[:1]) else item
    letters = _letters(context)
    stated = letters or _from_facts(context, entry.subject, lookup, item)
    if entry.subject in _OF_DESCRIPTIONS and (proved := proof_sentence(context, lookup.statements)):
        stated = stated._replace(headline=proved)
    # "Aetna says E0651 needs precert, does Medicare too?": the payer first, then what Medicare's list says.
    payer = payer_sentence(context) if stated.headline else ""
    first = (f"{payer} Medicare: {stated.headline}" if payer else stated.headline) or _first_sentence(
        context, entry, lookup, item.statements
    )
    if item.hits and not item.statements and entry.subject in _AMOUNTS and context.companions.editions:
        first = WHICH_CODE
    code_first = AskedDetail.CODE in question.details and entry.subject in _CODE_FIRST
    sentences = (item.sentence, first) if code_first else (first, item.sentence)
    headline = " ".join(filter(None, sentences))
    return Draft(
        outcome=Outcome.NOT_HCPCS if only_foreign else Outcome.ANSWERED,
        codes=tuple(statement.record.code for statement in lookup.statements)
        or tuple(mention.code for mention in lookup.foreign)
        or tuple(hit.code for hit in item.hits),
        headline=headline,
        evidence=(
            *ended_evidence(context, procedures_or_all(lookup.statements), headline),
            *stated.evidence,
            *denial_evidence(question.denial_codes),
            *(() if stated.facts or letters else (*_rules(entry), *where_to_look(context, entry))),
            *_parts(context, entry, lookup.statements),
            *item.verdicts,
        ),
        hits=item.hits,
        total=len(item.hits),
        confidence=item.confidence,
        facts=stated.facts,
        notices=(
            *out_of_scope_notices(question, lookup),
            *missing_notices(context, lookup.missing),
            *(foreign_notices(lookup.foreign) if lookup.foreign else ()),
        ),
        records=views(context, lookup.statements),
        suggestions=suggest_codes(context, lookup),
    )


def _subject(context: AnswerContext, lookup: LookupResult) -> Subject:
    """The subject to answer: how a NOC code is billed is what its claim must say besides the code."""
    subject = context.question.subject or Subject.POLICY
    records = [one.record for one in lookup.statements if one.record.kind is RecordKind.PROCEDURE]
    if subject is Subject.CLAIM_RULES and records and all(map(context.catalog.is_not_otherwise_classified, records)):
        return Subject.NOC_CLAIM
    return subject


def _letters(context: AnswerContext) -> FactAnswer | None:
    """Which codes of one letter became codes of another, by the dates of the records."""
    question = context.question
    if question.subject is not Subject.CODE_SUCCESSION or len(question.letters) != 2:
        return None
    former, later = question.letters
    pairs = letter_successions(context, former, later)
    return FactAnswer(succession_sentence(pairs, former, later), succession_evidence(pairs))


def _from_facts(context: AnswerContext, subject: Subject, lookup: LookupResult, item: AskedItem) -> FactAnswer:
    """What companion files state; of the amounts of an item in words, those of its first code lead."""
    if subject is Subject.PRIOR_AUTHORIZATION and item.statements and not lookup.statements:
        listed = authorizations_among(context, every_code_of_item(context), context.question.words)
        if listed.headline:
            return listed
    if lookup.statements or subject not in _AMOUNTS or not item.statements:
        return answer_from_facts(context, subject, lookup.statements or item.statements)
    first, *others = (answer_from_facts(context, subject, (one,)) for one in item.statements)
    further = [fact_evidence(one.headline, "") for one in others if one.headline]
    facts = (*first.facts, *(fact for one in others for fact in one.facts))
    return first._replace(evidence=(*further, *first.evidence), facts=facts)


def _first_sentence(
    context: AnswerContext, entry: SubjectBeyondRecord, lookup: LookupResult, item: Sequence[Statement]
) -> str:
    """The subject's sentence, and that another payer decides; ``item`` are an item's codes, for their rental rules."""
    rented = rental_rules(item) if entry.subject is Subject.RENTAL else ""
    units = units_beside(context, lookup.statements) if entry.subject in _WITH_UNITS else ""
    payer = "" if entry.of_every_payer else payer_sentence(context)
    priced = pricing_sentence(item[:1]) if entry.subject is Subject.REQUIRED_MODIFIERS else ""
    sentences = [payer, units, rented or priced or subject_sentence(context, entry, lookup)]
    if context.question.payer == ANY_INSURER:
        sentences.reverse()
    return " ".join(filter(None, sentences))


def _purchase_option(lookup: LookupResult) -> str:
    """What is true of the codes that a purchase option is asked of; blank where all are capped rentals or none is."""
    procedures = [one for one in lookup.statements if one.record.kind is RecordKind.PROCEDURE]
    if procedures and all(is_complex_power_wheelchair(one.record.code) for one in procedures):
        return f"Yes, in the first month. {rental_rules(procedures)}"
    if any(one.record.pricing_indicators[:1] != (CAPPED_RENTAL,) for one in procedures):
        return rental_rules(procedures)
    return ""


def subject_sentence(context: AnswerContext, entry: SubjectBeyondRecord, lookup: LookupResult) -> str:
    """The first sentence of the answer on a subject: of the rental rules themselves where a record names them."""
    if entry.subject is Subject.RENTAL:
        statements = procedures_or_all(lookup.statements)
        rules = rental_rules(statements)
        if rules:
            return with_yes_or_no(context.question, statements, rules)
    if entry.subject in {Subject.NOC_CLAIM, Subject.DENIAL}:
        unclassified = [one for one in lookup.statements if context.catalog.is_not_otherwise_classified(one.record)]
        if entry.subject is Subject.DENIAL:  # of a drug that is billed by its amount, nothing more must be described
            unclassified = [one for one in unclassified if not has_unit_size(one)]
        if unclassified:
            codes = join_words([one.record.code for one in unclassified][:CODES_NAMED])
            described = f"A claim with {codes} must describe the item or drug, which has no code of its own."
            if entry.subject is Subject.NOC_CLAIM:
                return described
            if reason := denial_sentence(context.question.denial_codes):
                return f"{reason} {described}"
            return f"{described} {_sentence(entry, lookup, context.question.prefix)}"
    procedures = [one.record for one in lookup.statements if one.record.kind is RecordKind.PROCEDURE]
    if (
        entry.subject is Subject.DISCARDED_DRUG
        and procedures
        and all(is_skin_substitute(one.code) for one in procedures)
    ):
        codes = join_words([one.code for one in procedures][:CODES_NAMED])
        are = "is a skin substitute" if len(procedures) == 1 else "are skin substitutes"
        return f"{codes} {are}: {GRAFT_MODIFIERS}"
    policies = context.question.policy_numbers if entry.subject is Subject.POLICY else ()
    if policies and not lookup.statements:
        are = "is the number of a Medicare coverage policy" if len(policies) == 1 else "are Medicare coverage policies"
        return f"{join_words(policies)} {are} (LCD, NCD or article), not a HCPCS code."
    if ruled := sentence_of_records(entry.subject, procedures):
        return ruled
    if context.question.fitting_modifiers and not (context.question.rental_month and procedures):
        return fitting_sentence(context, lookup)
    if trips := trips_of(lookup, entry.subject):
        return trips
    required = entry.subject is Subject.REQUIRED_MODIFIERS
    if required and (named := named_modifiers_sentence(context, lookup) or meanings_beside_cpt(lookup)):
        return named
    if entry.subject is Subject.MODIFIERS_TOGETHER and (ruled := together_sentence(lookup)):
        return ruled
    if entry.subject is Subject.MISSING_MODIFIER:
        reason = denial_sentence(context.question.denial_codes)
        missing = pricing_sentence(lookup.statements) or _sentence(entry, lookup)
        return f"{reason} {missing}".strip()
    if entry.subject in _UNSTATED and (ended := ended_sentence(context, lookup.statements)):
        return ended
    if entry.subject is Subject.UNSTATED and (uses := [use.text for one in procedures if (use := use_of(one.code))]):
        return uses[0]
    if entry.subject is Subject.PURCHASE_OPTION and (ruled := _purchase_option(lookup)):
        return ruled
    if entry.subject is Subject.DENIAL:
        conflicts, denied = (
            (one.text for one in line_evidence(context)),
            (*_ends(lookup), _denied(context, entry, lookup)),
        )
        return " ".join((*denied, *conflicts) if context.question.denial_codes else (*conflicts, *denied))
    if entry.of_family and context.question.family is not None and not lookup.statements:
        return (family_modifiers(context.question.family.noun) if required else "") or entry.of_family
    return with_opening(context.question, entry, _sentence(entry, lookup, context.question.prefix))


def _denied(context: AnswerContext, entry: SubjectBeyondRecord, lookup: LookupResult) -> str:
    """What the denial codes of the question say, else that the record doesn't explain the denial."""
    codes = context.question.denial_codes
    priced = pricing_sentence(lookup.statements) if any(one.reason in _OF_MODIFIERS for one in codes) else ""
    return " ".join(filter(None, (denial_sentence(codes), priced))) or _sentence(entry, lookup, context.question.prefix)


def _ends(lookup: LookupResult) -> Iterator[str]:
    """When the codes of a denied claim ended, which explains a denial for a later date of service."""
    for record in (one.record for one in procedures_or_all(lookup.statements) if one.status is Status.TERMINATED):
        if record.termination_date is not None:
            yield f"{record.code} ended on {long_date(record.termination_date)}, so later dates of service are denied."


def _sentence(entry: SubjectBeyondRecord, lookup: LookupResult, prefix: str | None = None) -> str:
    codes = [one.record.code for one in lookup.statements if one.record.kind is RecordKind.PROCEDURE]
    codes += [
        f"{mention.system.value} {mention.code}"
        for mention in lookup.foreign
        if mention.system in _NAMED and len(mention.code) == CODE_LENGTH
    ]
    if prefix and not codes:
        codes = [f"{prefix}* codes"]
    if not codes:
        return entry.general
    template = entry.several if entry.several and len(codes) > 1 else entry.sentence
    single = len(codes) == 1 and not prefix
    return template.format(
        codes=join_words(codes[:CODES_NAMED]),
        s="s" if single else "",
        es="es" if single else "",
        is_are="is" if single else "are",
    )


def _rules(entry: SubjectBeyondRecord) -> tuple[Evidence, ...]:
    """What is published of a subject, in sentences."""
    return tuple(Evidence(kind=EvidenceKind.CONDITION, text=rule) for rule in entry.rules)


def _parts(context: AnswerContext, entry: SubjectBeyondRecord, statements: Sequence[Statement]) -> tuple[Evidence, ...]:
    """What the records of the first few procedures state that bears on the subject; and what modifiers say."""
    procedures = [one for one in statements if one.record.kind is RecordKind.PROCEDURE][:CODES_EXPLAINED]
    modifiers = [one for one in statements if one.record.kind is RecordKind.MODIFIER][:CODES_EXPLAINED]
    facts = [fact for name in entry.parts for one in procedures for fact in PARTS[name](context, one)]
    facts += [fact for one in modifiers for fact in PARTS["modifiers"](context, one)]
    return tuple(dict.fromkeys(facts))
