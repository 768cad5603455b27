"""The first sentence on the modifiers of a code: what fits a purpose, a month of a rental, or those named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.lookup import LookupResult, procedures_or_all
from hcpcs.answers.parts.transports import transport_sentence
from hcpcs.answers.rendering.sentences import in_sentence, join_words, rental_rules
from hcpcs.questions.question import AskedDetail
from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS, is_cpt
from hcpcs.records.billing.payment_categories import CAPPED_RENTAL, RENTAL_MONTHS
from hcpcs.records.codes import CodeMention
from hcpcs.records.field_spec import long_date
from hcpcs.records.manuals.dme_policies import policies_of
from hcpcs.records.modifiers.ambulance_points import is_ambulance_code, no_route, transport_of
from hcpcs.records.modifiers.modifier_pairs import conflicts_among, has_rule_on_each, modifier_pairs, rules_on
from hcpcs.records.modifiers.pricing_modifiers import (
    AMBULANCE_PROVIDERS,
    ON_AMBULANCE_LINES,
    RENTED_OR_BOUGHT,
    PricingModifiers,
    line_modifiers_of,
    pricing_modifiers_of,
)
from hcpcs.records.record import CodeRecord, RecordKind, Statement, Status

_ON_WHICH_LINES: Final = {"RR": "Only on a rental.", "NU": "Only on a new purchase.", "UE": "Only on a used purchase."}
CODES_NAMED: Final = 6
"""Maximum codes that a sentence names."""


def fitting_sentence(context: AnswerContext, lookup: LookupResult) -> str:
    """The modifiers for the purpose that is given, and that the record doesn't say whether the codes require them."""
    fitting = context.question.fitting_modifiers
    records = [one.record for one in procedures_or_all(lookup.statements)]
    if all(map(transport_of, fitting)) and all(is_ambulance_code(one.code) for one in records):
        return " ".join(map(transport_sentence, fitting))  # two for "to dialysis": a facility is of either kind
    if rented := _rental_modifier(fitting, lookup.statements):
        return rented
    named = [
        f"{one}, {in_sentence(statement.record.long_description)}" if (statement := context.state(one)) else one
        for one in fitting
        if not is_cpt(one)
    ]
    named += [f"CPT modifier {one}" for one in fitting if is_cpt(one)]
    first = f"{'Modifier' if len(fitting) == 1 else 'Modifiers'} for that: {'; '.join(named)}."
    if whether := {one.record.code for one in lookup.statements if one.record.kind is RecordKind.MODIFIER}:
        first = f"{'Yes' if whether & {*fitting} else 'No'}. {first}" if _is_whether(context, whether) else first
    # "TB or JG for a 340B drug": the other one may have ended.
    first = f"{first} {companion_sentence(fitting)}".strip()
    first = " ".join((first, *ended_modifiers(one for one in lookup.statements if one.record.code not in fitting)))
    codes = [one.record.code for one in lookup.statements if one.record.kind is RecordKind.PROCEDURE]
    codes += [f"{mention.system.value} {mention.code}" for mention in lookup.foreign if not is_cpt(mention.code)]
    if not codes:
        return first
    do = "doesn't say whether" if len(fitting) == 1 else "doesn't say which of them"
    require = "requires" if len(codes) == 1 else "require"
    it = " it" if len(fitting) == 1 else ""
    asked_for = _policy_sentence([one.code for one in records if one.kind is RecordKind.PROCEDURE], frozenset())
    doubt = f"The HCPCS record {do} {join_words(codes[:CODES_NAMED])} {require}{it}."
    return f"{first} {asked_for or doubt}"


def _is_whether(context: AnswerContext, modifiers: Set[str]) -> bool:
    """Whether a question names nothing but the modifier that it asks to be right for a purpose."""
    details = context.question.details
    return len(modifiers) == len(context.question.codes) == 1 and AskedDetail.YES_NO in details


def ended_modifiers(statements: Iterable[Statement]) -> Iterator[str]:
    """When each modifier of the statements ended that has."""
    for statement in statements:
        record = statement.record
        if record.kind is RecordKind.MODIFIER and statement.status is Status.TERMINATED and record.termination_date:
            yield f"{record.code} ended on {long_date(record.termination_date)}."


def named_modifiers_sentence(context: AnswerContext, lookup: LookupResult) -> str:
    """Which month of a rental has which modifier, or that the record doesn't say whether codes take those named."""
    statements = [one for one in lookup.statements if one.record.kind is RecordKind.PROCEDURE]
    if month := _rental_month(context.question.rental_month, statements):
        return month
    cpt, codes = context.question.cpt_modifiers, [one.record.code for one in statements]
    ours = [one.record.code for one in lookup.statements if one.record.kind is RecordKind.MODIFIER]
    asked = {one for one in ours if one not in cpt}
    priced = pricing_sentence(statements, frozenset(asked))
    if not codes or not (cpt or ours) or (priced and not cpt):
        return f"{_whether_needed(context, statements, asked)}{priced}" if priced else _drug_sentence(statements)
    listed = join_words([*ours, *(f"CPT modifier {one}" for one in cpt)], "or")
    take, named = "takes" if len(codes) == 1 else "take", join_words(codes[:CODES_NAMED])
    if cpt:
        return f"The HCPCS record doesn't say whether {named} {take} {listed}."
    unknown = f"it doesn't say whether {named} {take} {listed}."
    unstated = f"The modifiers a claim needs for {named} are not in the record: {unknown}"
    return " ".join((*ended_modifiers(lookup.statements), unstated))


def _whether_needed(context: AnswerContext, statements: Sequence[Statement], asked: Set[str]) -> str:
    """``Yes. `` or ``No. `` before the modifiers of one code, or when it has the one asked about; else blank."""
    details = context.question.details
    if AskedDetail.YES_NO not in details or AskedDetail.CHOICE in details or len(statements) != 1 or len(asked) > 1:
        return ""
    priced = _priced(statements[0].record)
    by_category = frozenset[str]() if priced is None else priced.modifiers & RENTED_OR_BOUGHT
    if not asked:
        return "Yes. " if by_category else ""
    (one,) = asked
    if one not in RENTED_OR_BOUGHT:
        return "Yes, on conditions. "
    if one in by_category:
        return "Yes. " if len(by_category) == 1 else f"{_ON_WHICH_LINES[one]} "
    return "" if priced is None else "No. "


def pricing_sentence(statements: Sequence[Statement], asked: frozenset[str] = frozenset()) -> str:
    """Which modifiers the claim lines of equipment have by its payment category, and those of ambulance services.

    Then what the DME MACs' policy on them asks for. Blank for other items, and where modifiers are ``asked`` about of
    which one is not among those.
    """
    records = [one.record for one in statements if one.record.kind is RecordKind.PROCEDURE][:CODES_NAMED]
    if records and all(is_ambulance_code(one.code) for one in records):
        codes = join_words([one.code for one in records])
        return "" if asked else f"Modifiers a claim needs for {codes}: {ON_AMBULANCE_LINES}."
    named = [one.code for one in records]
    lines: dict[PricingModifiers, list[str]] = {}
    beside = asked - RENTED_OR_BOUGHT
    for record in records:
        priced = _priced(record)
        if priced is None or not (asked <= priced.modifiers | RENTED_OR_BOUGHT or _is_of_both(record, asked)):
            by_line = _line_sentence(records, asked)
            return f"{by_line} {_policy_sentence(named, asked, leads=not by_line)}".strip()
        beside -= priced.modifiers
        lines.setdefault(priced, []).append(record.code)
    sentences = [
        f"Modifiers a claim needs for {join_words(codes)}, {priced.item} (pricing indicator {priced.indicator}): "
        f"{priced.on_a_line}."
        for priced, codes in lines.items()
    ]
    besides = beside or asked
    by_policy = f"{_line_sentence(records, besides)} {_policy_sentence(named, besides)}".strip()
    others = by_policy or ("" if asked else "Other modifiers, such as KX, aren't in the record.")
    return " ".join(filter(None, (*sentences, others))) if sentences else ""


def _drug_sentence(statements: Sequence[Statement]) -> str:
    """What lines of drugs that are injected have, by CMS's JW and JZ modifier policy; blank for other items."""
    if not statements or not all(one.record.long_description.startswith("Injection") for one in statements):
        return ""
    codes = join_words([one.record.code for one in statements][:CODES_NAMED])
    return (
        f"The modifiers a claim needs for {codes} are not in the record. From a single-dose container, Medicare wants "
        "JZ where nothing was discarded, else JW on the line of the discarded amount."
    )


def _priced(record: CodeRecord) -> PricingModifiers | None:
    return pricing_modifiers_of(record.code, next(iter(record.pricing_indicators), None))


def modifiers_on(record: CodeRecord) -> tuple[frozenset[str], frozenset[str]]:
    """The modifiers of a code's payment category, and those that its lines have besides by its policy or a list."""
    priced, line = _priced(record), line_modifiers_of(record.code)
    by_policy = [one.modifiers for one in policies_of(record.code)[:1]]
    by_list = AMBULANCE_PROVIDERS if is_ambulance_code(record.code) else line.modifiers if line else frozenset[str]()
    return priced.modifiers if priced else frozenset(), by_list.union(*by_policy)


def _is_of_both(record: CodeRecord, asked: frozenset[str]) -> bool:
    """Whether a line has all of the modifiers, some by the payment category and others besides: RR and KX."""
    by_category, besides = modifiers_on(record)
    return asked <= by_category | besides and not asked.isdisjoint(by_category)


def _line_sentence(records: Sequence[CodeRecord], asked: frozenset[str]) -> str:
    """What the lines of the codes have besides; blank for most codes, and where ``asked`` ones aren't in it."""
    lines = [line_modifiers_of(one.code) for one in records]
    (line, *others) = {*lines} or (None,)
    if line is None or others or not asked <= line.modifiers:
        return ""
    return f"Modifiers a claim needs for {join_words([one.code for one in records])}: {line.on_a_line}."


def _policy_sentence(codes: Sequence[str], asked: frozenset[str], *, leads: bool = False) -> str:
    """What the policy article on all of the codes asks for on their lines; blank where ``asked`` ones aren't in it.

    Where it ``leads`` the answer, it begins with what was asked about.
    """
    (policy, *others) = {one for code in codes for one in policies_of(code)[:1]} or (None,)
    if policy is None or others or not policy.asks_for or not all(map(policies_of, codes)):
        return ""
    if not asked <= policy.modifiers:
        return ""
    named, article = join_words(list(codes)), f"the DME MACs' policy article {policy.article}"
    if leads:
        return f"Modifiers a claim needs for {named} by {article}: {policy.asks_for}."
    return f"Modifiers that {article} asks for on {named}: {policy.asks_for}."


def together_sentence(lookup: LookupResult) -> str:
    """Whether the modifiers that are named share a claim line; blank where no published rule is known on them."""
    names = [one.record.code for one in lookup.statements if one.record.kind is RecordKind.MODIFIER]
    ended = [*ended_modifiers(lookup.statements)]
    rules = rules_on(names)
    if not rules or (rules[0].together and not has_rule_on_each(names)):
        return " ".join(ended)
    return " ".join((*ended, "Yes." if rules[0].together and not ended else "No.", rules[0].sentence))


def companion_sentence(modifiers: Sequence[str]) -> str:
    """What goes on the line beside the one modifier that fits ("CQ goes on the line beside GP"); blank for most."""
    rules = [rule for rule in modifier_pairs() if rule.together and rule.one == frozenset(modifiers)]
    return rules[0].sentence if rules else ""


def line_evidence(context: AnswerContext) -> Iterator[Evidence]:
    """Why a line can't have its modifiers.

    One is none ("A0429 XH") or ended, two exclude each other ("GA KX"), or the item isn't so priced ("A4253 RR").
    """
    kind = EvidenceKind.CLAIM_LINE
    for mention in context.question.codes:
        statement = context.state(mention.code)
        if statement is not None:
            ours = (one for one in map(context.state, mention.modifiers) if one is not None)
            texts = (*(_unknown(context, mention, one) for one in mention.modifiers), *ended_modifiers(ours))
            yield from (Evidence(kind=kind, text=text, code=mention.code) for text in texts if text)
        priced = _priced(statement.record) if statement else None
        wrong = [one for one in mention.modifiers if one in RENTED_OR_BOUGHT] if priced else []
        if priced and wrong and priced.modifiers.isdisjoint(wrong):
            named = join_words(wrong, "or")
            text = f"Medicare doesn't price {mention.code} with {named}: it is {priced.item}, with {priced.on_a_line}."
            yield Evidence(kind=kind, text=text, code=mention.code)
        for rule in conflicts_among(mention.code, mention.modifiers):
            both = [one for one in mention.modifiers if one in rule.one | rule.other]
            text = f"{join_words(both)} can't be on one line of {mention.code}: {rule.sentence}"
            yield Evidence(kind=kind, text=text, code=mention.code)


def _unknown(context: AnswerContext, mention: CodeMention, modifier: str) -> str:
    """The sentence that HCPCS has no such modifier, and no ambulance such a route; blank where one has."""
    trip = is_ambulance_code(mention.code)
    if is_cpt(modifier) or (trip and transport_of(modifier)) or context.state(modifier) is not None:
        return ""
    text = f"{modifier} isn't a modifier in {context.catalog.newest.label}"
    wrong = no_route(modifier) if trip else ""
    return f"{text}, nor an origin and destination: {wrong}." if wrong else f"{text}."


def cpt_modifiers_named(lookup: LookupResult) -> tuple[str, ...]:
    """The modifiers of CPT that a question names, those on codes of CPT ("97110 59") included."""
    named = (one for mention in lookup.foreign for one in (mention.code, *mention.modifiers))
    return tuple(dict.fromkeys(one for one in named if one in CPT_MODIFIERS))


def cpt_evidence(modifiers: Sequence[str]) -> tuple[Evidence, ...]:
    """Evidence that modifiers are CPT's and not defined by HCPCS; none where none is named."""
    if not modifiers:
        return ()
    are, them = ("is a CPT modifier", "it") if len(modifiers) == 1 else ("are CPT modifiers", "them")
    text = f"{join_words(list(modifiers))} {are}, which HCPCS Level II codes take, too; HCPCS doesn't define {them}."
    return (Evidence(kind=EvidenceKind.FOREIGN, text=text),)


def _rental_modifier(fitting: Sequence[str], statements: Sequence[Statement]) -> str:
    """The modifiers of a month of a rental beside those that the policy asks for; blank where no month fits."""
    months = {one.modifier for one in RENTAL_MONTHS}
    records = [one.record for one in statements if one.record.kind is RecordKind.PROCEDURE]
    if len(fitting) != 1 or fitting[0] not in months or not records:
        return ""
    codes = [one.code for one in records]
    if any(one.pricing_indicators[:1] != (CAPPED_RENTAL,) for one in records):
        return pricing_sentence(statements)
    words = next(one.words for one in RENTAL_MONTHS if one.modifier == fitting[0])
    first = f"RR and {fitting[0]}: {fitting[0]} is for {words} of the capped rental of {join_words(codes)}."
    return f"{first} {_policy_sentence(codes, frozenset())}".strip()


def _rental_month(month: int | None, statements: Sequence[Statement]) -> str:
    """The modifier of one month of capped rentals; blank where no month or another sort of item is asked about."""
    codes = [one.record.code for one in statements if one.record.pricing_indicators[:1] == (CAPPED_RENTAL,)]
    modifier = next((one.modifier for one in RENTAL_MONTHS if month and one.first <= month <= one.last), None)
    if len(codes) != len(statements) or not codes or not month:
        return ""
    if month > RENTAL_MONTHS[-1].last:
        return f"None: {rental_rules(statements)} There is no month {month} of the rental to bill."
    if modifier is None:
        return ""
    months = ", ".join(f"{one.modifier} for {one.words}" for one in RENTAL_MONTHS)
    return f"RR and {modifier}: month {month} of the capped rental of {join_words(codes)} takes {modifier} ({months})."
