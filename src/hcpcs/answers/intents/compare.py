"""How do codes differ? In what people choose by, then in the rest of the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from hcpcs.answers.answer import ComparedField, Comparison, DiffKind, DiffSpan, Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.facts.amounts.asked_amounts import asked_amounts, no_amounts, without_amount_subjects
from hcpcs.answers.intents.search import answer_search
from hcpcs.answers.lookup import LookupResult, look_up, views
from hcpcs.answers.notices.modifier_choices import meanings_beside_cpt, uses_of_modifiers
from hcpcs.answers.notices.record_notices import record_notices
from hcpcs.answers.notices.refusals import OTHER_SYSTEMS, refuse, side_notices, suggest_codes
from hcpcs.answers.parts.record_parts import PARTS
from hcpcs.answers.parts.searches.compared_items import codes_compared
from hcpcs.answers.parts.searches.fitting_codes import fitting_code
from hcpcs.answers.parts.searches.hit_labels import labels_of
from hcpcs.answers.rendering.sentences import capitalized, join_words, short_title
from hcpcs.answers.rendering.word_diff import plain_diff, word_diff
from hcpcs.questions.question import AskedDetail
from hcpcs.records.codes import CodeMention, CodeSystem
from hcpcs.records.fields import FIELD_BY_NAME, FIELDS, family_members, long_date, read_field
from hcpcs.records.modifiers.modifier_purposes import use_of_modifier
from hcpcs.records.record import Statement, Status

MOST_LABELED: Final = 3
"""Maximum codes whose descriptions the first sentence quotes."""
MOST_COMPARED: Final = 4
"""Maximum codes compared: as many columns as a screen shows."""
NOT_COMPARED: Final = frozenset({"code", "last_update"})
"""Fields that always differ, or depend on the release alone."""


ASPECTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "description": ("long_description",),
        "Medicare coverage": ("coverage",),
        "pricing indicator": family_members("pricing_indicator"),
        "status": ("status", "termination_date"),
    }
)
"""What people choose between codes by, in order of importance, with the fields that state it."""
_DECISIVE: Final = tuple(name for names in ASPECTS.values() for name in names)
_CHANGED: Final = (DiffKind.REMOVED, DiffKind.ADDED)
_OPEN_WORDS: Final = frozenset({"with", "without", "and", "or", "than", "to", "by", "non", "no", "any", "each", "per"})
"""Last words of a difference that are quoted with the word after them."""
_TWO: Final = 2
"""Codes that a word diff compares; of three it would say how the first two differ."""
WORDS_QUOTED: Final = 40
"""Maximum characters of the only words that two descriptions differ in, for the first sentence to quote them."""
_NAMES: Final = frozenset({"long_description", "short_description"})
"""Fields that word diffs or the descriptions themselves show."""
_SAID_IF_DIFFERENT: Final = frozenset({"status"})
"""Aspects that are not worth saying where they are the same."""


def compare(statements: tuple[Statement, ...]) -> Comparison:
    """Every field that at least one of the statements fills, with each statement's value; the decisive ones first."""
    rows = []
    for spec in FIELDS:
        stated = tuple(read_field(spec, statement) for statement in statements)
        if spec.name in NOT_COMPARED or not any(value.value for value in stated):
            continue
        rows.append(
            ComparedField(
                name=spec.name,
                label=spec.label,
                stated=stated,
                differs=len(set(stated)) > 1,
                decides=spec.name in _DECISIVE,
            )
        )
    rows.sort(key=lambda row: _DECISIVE.index(row.name) if row.decides else len(_DECISIVE))
    first, second = statements[0].record, statements[1].record
    return Comparison(
        codes=tuple(statement.record.code for statement in statements),
        rows=tuple(rows),
        description_diff=word_diff(first.long_description, second.long_description),
    )


def difference(comparison: Comparison) -> str:
    """How the codes differ, and which of ``ASPECTS`` are the same, in a sentence."""
    codes = join_words(comparison.codes)
    differing = {row.name for row in comparison.rows if row.differs}
    if not differing:
        return f"{codes} are the same in every field of the record."
    different = {aspect: _values(comparison, names) for aspect, names in ASPECTS.items() if differing & {*names}}
    if "description" in different:
        different["description"] = _one_difference(comparison) or _labels(comparison)
    stated = {row.name for row in comparison.rows}
    same = [
        aspect
        for aspect, names in ASPECTS.items()
        if aspect not in different and aspect not in _SAID_IF_DIFFERENT and not stated.isdisjoint(names)
    ]
    are = "are" if len(same) > 1 else "is"
    if not different:
        return f"{codes} have the same {join_words(same)}; only other fields of the record differ."
    differ = f"{codes} differ in {join_words([f'{aspect}{values}' for aspect, values in different.items()])}"
    return f"{differ}; {join_words(same)} {are} the same." if same else f"{differ}."


def ended_sentences(statements: Sequence[Statement]) -> tuple[str, ...]:
    """Sentences on codes that ended or are not valid yet, before how they differ: it decides which one is billed."""
    valid = [one.record.code for one in statements if one.active]
    if not valid or len(valid) == len(statements):
        return ()
    others = [one for one in statements if not one.active]
    dated = [
        f"{one.record.code} ended on {long_date(one.record.termination_date)}"
        for one in others
        if one.status is Status.TERMINATED and one.record.termination_date is not None
    ]
    if len(dated) < len(others):
        return ()
    return (f"{join_words(dated)}; {join_words(valid)} {'is' if len(valid) == 1 else 'are'} valid.",)


def _values(comparison: Comparison, names: Iterable[str]) -> str:
    """`` (D vs. C)``: the coded values of a field that differs; blank for a field of another type."""
    row = next(row for row in comparison.rows if row.name in names and row.differs)
    values = [value.value or "blank" for value in row.stated]
    return f" ({' vs. '.join(values)})" if FIELD_BY_NAME[row.name].vocabulary else ""


def descriptions(comparison: Comparison) -> tuple[Evidence, ...]:
    """How the descriptions differ: word by word where two are much alike, else each in full."""
    row = next((row for row in comparison.rows if row.name == "long_description" and row.differs), None)
    if row is None:
        return ()
    codes = comparison.codes
    if len(codes) == 2 and _are_alike(comparison.description_diff):
        text = plain_diff(comparison.description_diff)
        return (Evidence(kind=EvidenceKind.WORD_DIFF, text=text, label=f"Description, {codes[0]} to {codes[1]}"),)
    return tuple(
        Evidence(kind=EvidenceKind.DESCRIPTION, text=value.value or "blank", code=code, field=row.name, label=code)
        for code, value in zip(codes, row.stated, strict=True)
    )


def _one_difference(comparison: Comparison) -> str:
    """`` ("30" vs. "90")``: the words that two codes differ in, where they are few and in one place; else blank."""
    spans = comparison.description_diff
    removed, added = (
        [_quoted(spans, place) for place, span in enumerate(spans) if span.kind is kind] for kind in _CHANGED
    )
    if len(comparison.codes) != _TWO or len(removed) != 1 or len(added) != 1:
        return ""
    quoted = (removed[0], added[0])
    if any(len(words) > WORDS_QUOTED or words.count("(") != words.count(")") for words in quoted):
        return ""
    # "15 minutes" and "diem" are units only with the word before them.
    per = "per " if any(span.kind is DiffKind.SAME and span.text.endswith(" per") for span in spans) else ""
    return f' ("{per}{removed[0]}" vs. "{per}{added[0]}")'


def _labels(comparison: Comparison) -> str:
    """`` ("Full face mask" vs. "Nasal interface")``: the clause that only one of the descriptions has, if any."""
    row = next(row for row in comparison.rows if row.name == "long_description")
    labels = [label.rstrip(" ,;") for label in labels_of([value.value or "" for value in row.stated])]
    told_apart = len(set(labels)) == len(labels) <= MOST_LABELED and all(labels)
    if not told_apart:
        return ""
    quoted = [f'"{label}"' for label in labels]
    return f" ({' vs. '.join(quoted)})"


def _quoted(spans: Sequence[DiffSpan], place: int) -> str:
    """The words of a span that differs; "with" and "0.25" say nothing without the word that follows in both."""
    text = spans[place].text.strip(" ,;.")
    if text.count("(") != text.count(")") or (text[:1], text[-1:]) == ("(", ")"):
        text = text.strip(" ,;.()")
    after = next((one.text.split() for one in spans[place + 1 :] if one.kind is DiffKind.SAME), [])
    last = text.rpartition(" ")[2].lower()
    needs_more = last in _OPEN_WORDS or last.replace(".", "").isdigit()
    ends = spans[place].text[-1:] in ",;.)"
    return f"{text} {after[0].strip(' ,;.()')}" if needs_more and after and not ends else text


def _are_alike(spans: Iterable[DiffSpan]) -> bool:
    """Whether most of two texts is the same, so that their word diff can be read."""
    lengths: Counter[DiffKind] = Counter()
    for span in spans:
        lengths[span.kind] += len(span.text)
    return lengths[DiffKind.SAME] >= max(lengths[DiffKind.REMOVED], lengths[DiffKind.ADDED])


def _field_evidence(comparison: Comparison) -> tuple[Evidence, ...]:
    """What each code states in the decisive fields that differ; then the names of the others, and of the same ones."""
    codes = comparison.codes
    facts = [
        Evidence(
            kind=EvidenceKind.DIFFERENCE,
            text="; ".join(f"{code} {value or 'blank'}" for code, value in zip(codes, row.values, strict=True)),
            field=row.name,
            label=row.label,
        )
        for row in comparison.rows
        if row.differs and row.decides and row.name not in _NAMES
    ]
    others = [FIELD_BY_NAME[row.name].phrase for row in comparison.rows if row.differs and not row.decides]
    if others:
        facts.append(Evidence(kind=EvidenceKind.DIFFERENCE, text=f"{join_words(others)}.", label="Also different"))
    agreeing = [FIELD_BY_NAME[row.name].phrase for row in comparison.rows if not row.differs]
    if agreeing:
        label = "The same in both" if len(codes) == 2 else "The same in all"
        facts.append(Evidence(kind=EvidenceKind.AGREEMENT, text=f"{join_words(agreeing)}.", label=label))
    return tuple(facts)


def _if_the_same(context: AnswerContext, comparison: Comparison) -> tuple[str, ...]:
    """``No.`` where codes of different descriptions are asked to be the same."""
    named = any(row.name == "long_description" and row.differs for row in comparison.rows)
    return ("No.",) if named and AskedDetail.SAME in context.question.details else ()


def _one_code(code: str, lookup: LookupResult, release: str) -> str:
    """Why the only code found has nothing to be compared with."""
    if lookup.missing:
        others = join_words(lookup.missing)
        verb = "isn't" if len(lookup.missing) == 1 else "aren't"
        return f"Can't compare {code} with {others}: {others} {verb} in {release}."
    if lookup.foreign:
        if beside := meanings_beside_cpt(lookup):
            return beside
        other = lookup.foreign[0]
        return f"I can only compare HCPCS Level II codes; {other.code} looks like {OTHER_SYSTEMS[other.system].named}."
    return f"Name a second code to compare {code} with."


def _with_codes(context: AnswerContext, codes: Iterable[str]) -> AnswerContext:
    """The context of the question about these codes."""
    mentions = tuple(CodeMention(code=code, written=code, system=CodeSystem.HCPCS) for code in codes)
    return replace(context, question=context.question.model_copy(update={"codes": mentions}))


def _same_codes(context: AnswerContext) -> Draft:
    """The answer that two items in words have the same code: "Prolia vs Xgeva"."""
    statements = look_up(context).statements
    names = join_words([*map(capitalized, context.question.compared)])
    return Draft(
        codes=tuple(statement.record.code for statement in statements),
        headline=f"{names} have the same code: {join_words([short_title(one) for one in statements])}.",
        evidence=PARTS["long_description"](context, statements[0]),
        records=views(context, statements),
    )


def answer_compare(context: AnswerContext) -> Draft:
    """The codes of the question side by side, or those that the words for two items surely find."""
    if context.question.compared:
        items = codes_compared(context)
        if not items:
            return answer_search(context)
        context = _with_codes(context, dict.fromkeys(code for codes in items for code in codes))
        if len(set(items)) == 1:
            return _same_codes(context)
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    statements = lookup.statements[:MOST_COMPARED]
    codes = tuple(statement.record.code for statement in statements)
    amounts = asked_amounts(context, statements)
    notices = list(side_notices(without_amount_subjects(context, amounts), lookup))
    if len(lookup.statements) > MOST_COMPARED:
        text = f"Only the first {MOST_COMPARED} codes are compared."
        notices.append(Notice(kind=NoticeKind.SELECTION, text=text))
    if len(statements) < 2:
        return Draft(
            codes=codes,
            headline=_one_code(codes[0], lookup, context.catalog.newest.label),
            evidence=PARTS["long_description"](context, statements[0]),
            suggestions=suggest_codes(context, lookup),
            notices=tuple(notices),
            records=views(context, statements),
        )
    comparison = compare(statements)
    fit = fitting_code(context.question.quantities, [(s.record.code, s.record.long_description) for s in statements])
    paid = tuple(filter(None, (amounts.headline or no_amounts(context),)))
    fitting = (fit.sentence,) if fit else ()
    uses = uses_of_modifiers(statements, context.question.unused)
    described = () if uses and not any(use_of_modifier(code) for code in codes) else descriptions(comparison)
    first = (*_if_the_same(context, comparison), *ended_sentences(statements), *fitting, *paid)
    return Draft(
        codes=codes,
        headline=" ".join((*first, uses or difference(comparison))),
        evidence=(*amounts.evidence, *described, *_field_evidence(comparison)),
        notices=(*record_notices(context, statements), *notices),
        records=views(context, statements),
        comparison=comparison,
        facts=amounts.facts,
    )
