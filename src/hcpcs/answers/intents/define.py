"""What does a term or a coded value mean? From the vocabularies, the field table, the notes and the glossary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz import process

from hcpcs.answers.answer import Definition, Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.notices.payers import payer_sentence
from hcpcs.answers.parts.loaded_files import LOADED_TOPICS, answer_loaded
from hcpcs.answers.rendering.sentences import OpenedSentence, capitalized, in_sentence, join_words
from hcpcs.answers.verdicts import COVERAGE_RULES
from hcpcs.questions.payers import ANY_INSURER
from hcpcs.questions.question import AskedDetail, Question
from hcpcs.questions.recognizers.coded_values import PROCESSING_NOTE
from hcpcs.records.fields import FIELD_BY_NAME, FieldSpec
from hcpcs.records.manuals.citations import Citation
from hcpcs.records.terms.glossary import term
from hcpcs.records.terms.vocabularies import COVERED, Vocabulary, VocabularyName, vocabularies

HARDLY_ANY: Final = 0.1
"""Share of the codes of a letter up to which hardly any is paid for."""
RECORD_LAYOUT: Final = "CMS HCPCS record layout"
"""The source of definitions of fields and coded values."""
MANUALS_PAGE: Final = (
    "CMS, Internet-Only Manuals: "
    "https://www.cms.gov/regulations-and-guidance/guidance/manuals/internet-only-manuals-ioms"
)
SECTIONS_SHOWN: Final = 10
"""Maximum sections of withdrawn manuals that one answer places."""
MOST_VALUES: Final = 40
"""Maximum values that are listed for a vocabulary."""
_MAY_BE_PAID: Final = join_words(sorted(COVERED), "or")


def define_value(vocabulary: Vocabulary, value: str) -> Draft:
    """One coded value of a vocabulary."""
    meaning = vocabulary.meaning(value)
    if meaning is None:
        near = [key for key, _, _ in process.extract(value, list(vocabulary.values), limit=5)]
        return Draft(
            outcome=Outcome.NOT_FOUND,
            headline=f"{vocabulary.label} {value} has no published meaning.",
            evidence=(Evidence(kind=EvidenceKind.SUGGESTION, text=f"Similar values: {', '.join(near)}."),),
            definitions=(_vocabulary_definition(vocabulary),),
            suggestions=tuple(near),
        )
    facts: tuple[Evidence, ...] = ()
    if vocabulary.name is VocabularyName.COVERAGE:
        rule = COVERAGE_RULES[value]
        claim = rule.claim.format(code="a code with it")
        text = capitalized(claim)
        facts = (Evidence(kind=EvidenceKind.VERDICT, text=text, field="coverage"),)
    return Draft(
        headline=f"{vocabulary.label} {value} means: {in_sentence(meaning)}.",
        evidence=facts,
        definitions=(_vocabulary_definition(vocabulary),),
    )


def define_values(vocabulary: Vocabulary, values: Sequence[str]) -> Draft:
    """Two coded values or more of one vocabulary, side by side."""
    meanings = [(value, vocabulary.meaning(value)) for value in values]
    stated = [
        f"{vocabulary.label} {value} means: {in_sentence(meaning)}."
        if meaning is not None
        else f"{vocabulary.label} {value} has no published meaning."
        for value, meaning in meanings
    ]
    return Draft(
        outcome=Outcome.ANSWERED if any(meaning for _, meaning in meanings) else Outcome.NOT_FOUND,
        headline=" ".join(stated),
        definitions=(_vocabulary_definition(vocabulary),),
    )


def _vocabulary_definition(vocabulary: Vocabulary, *, in_headline: bool = False) -> Definition:
    return Definition(
        term=vocabulary.name.value,
        label=vocabulary.label,
        text=vocabulary.definition,
        source=RECORD_LAYOUT,
        in_headline=in_headline,
    )


def _value_facts(vocabulary: Vocabulary) -> tuple[Evidence, ...]:
    if len(vocabulary.values) > MOST_VALUES:
        text = f"It has {len(vocabulary.values)} values. Ask about one, for example: {_example(vocabulary)}."
        return (Evidence(kind=EvidenceKind.EXAMPLE, text=text),)
    return tuple(
        Evidence(kind=EvidenceKind.VALUE, text=meaning, label=value) for value, meaning in vocabulary.values.items()
    )


def _example(vocabulary: Vocabulary) -> str:
    return f"{vocabulary.label} {max(vocabulary.values)}"


def define_field(spec: FieldSpec, *, listing: bool) -> Draft:
    """A field of the record; ``listing`` adds the values of its vocabulary."""
    facts: tuple[Evidence, ...] = ()
    if listing and spec.vocabulary is not None:
        facts = _value_facts(vocabularies()[spec.vocabulary])
    label = spec.family_label
    return Draft(
        headline=f"{label}: {spec.definition}",
        evidence=facts,
        definitions=(
            Definition(
                term=spec.name,
                label=label,
                text=spec.definition,
                form=spec.form,
                source=RECORD_LAYOUT,
                in_headline=True,
            ),
        ),
    )


def define_note(context: AnswerContext, number: str) -> Draft:
    """One processing note, from the releases loaded."""
    text = context.catalog.notes.get(number)
    spec = FIELD_BY_NAME[PROCESSING_NOTE]
    explained = Definition(term=spec.name, label=spec.label, text=spec.definition, form=spec.form)
    if text is None:
        return Draft(
            outcome=Outcome.NOT_FOUND,
            headline=f"None of the loaded releases includes the text of processing note {number}.",
            evidence=(
                Evidence(
                    kind=EvidenceKind.WHERE_TO_LOOK,
                    text="CMS's annual zip files include the notes; load one to read it.",
                ),
            ),
            definitions=(explained,),
        )
    return Draft(headline=f"Processing note {number}: {text}", definitions=(explained,))


def define_term(question: Question) -> Draft | None:
    """A term of the glossary, with the values of its vocabulary where it is one; or the terms that are compared."""
    glossary_term = term(question.topic or "")
    if glossary_term is None:
        return None
    facts: tuple[Evidence, ...] = ()
    if question.vocabulary is not None:
        facts = _value_facts(vocabularies()[question.vocabulary])
    terms = (glossary_term, *(one for key in question.other_topics if (one := term(key))))
    return Draft(
        headline=" ".join(f"{one.label}: {one.text}" for one in terms),
        evidence=facts,
        definitions=tuple(Definition.of(one, in_headline=True) for one in terms),
    )


def coverage_of_letter(context: AnswerContext) -> OpenedSentence:
    """How many codes of the letter Medicare may pay for, where coverage is asked: "are S codes payable by Medicare"."""
    question = context.question
    of_medicare = question.payer is None or AskedDetail.WHO in question.details
    if not question.asks_coverage or not question.prefix or not of_medicare or context.catalog.starter:
        return OpenedSentence("", "")
    return coverage_of(context, context.catalog.starting(question.prefix), f"{question.prefix} codes")


def coverage_of(context: AnswerContext, codes: Sequence[str], name: str) -> OpenedSentence:
    """How many of the valid ones of ``codes`` Medicare may pay for; blank where none is valid."""
    valid = [context.dated_code(code).coverage in COVERED for code in codes if context.is_in_use(code)]
    if not valid:
        return OpenedSentence("", "")
    paid = sum(valid)
    if not paid:
        none = f"Medicare pays for none of the {len(valid):,} valid {name}."
        return OpenedSentence("" if context.question.negated else "No:", none)
    if paid == len(valid):
        return OpenedSentence(
            "Maybe:", f"Medicare may pay for all {paid:,} valid {name} (coverage code {_MAY_BE_PAID})."
        )
    may = f"Medicare may pay for {paid:,} of the {len(valid):,} valid {name}"
    opening = "Hardly any:" if paid < HARDLY_ANY * len(valid) else "It depends on the code:"
    return OpenedSentence(opening, f"{may} (coverage code {_MAY_BE_PAID}) and not for the others.")


def define_manual_sections(citations: tuple[Citation, ...]) -> Draft:
    """Where sections of withdrawn manuals are now."""
    first, *others = (citation.sentence for citation in citations[:SECTIONS_SHOWN])
    return Draft(
        headline=first,
        evidence=(
            *(Evidence(kind=EvidenceKind.VALUE, text=sentence) for sentence in others),
            Evidence(kind=EvidenceKind.WHERE_TO_LOOK, text=MANUALS_PAGE, label="Where to look"),
        ),
    )


def answer_define(context: AnswerContext) -> Draft:
    """What a coded value, a note, a term or a field means."""
    question = context.question
    if question.manual_sections:
        return define_manual_sections(question.manual_sections)
    if question.topic in LOADED_TOPICS:
        return answer_loaded(context, question.topic)
    if question.topic == PROCESSING_NOTE and question.value is not None:
        return define_note(context, question.value)
    if question.vocabulary is not None and question.values:
        return define_values(vocabularies()[question.vocabulary], question.values)
    if question.vocabulary is not None and question.value is not None:
        return define_value(vocabularies()[question.vocabulary], question.value)
    draft = define_term(question)
    if draft is not None:
        # Of a family of codes, a payer that is named decides; of any other term, nothing changes by the payer.
        who = AskedDetail.WHO in question.details and question.payer in {None, ANY_INSURER}
        payer = payer_sentence(context) if question.prefix and not who else ""
        covered = OpenedSentence("", "") if payer else coverage_of_letter(context)
        if who and covered.sentence:  # "does anyone pay for S codes": who the codes are for, and Medicare second
            return draft.model_copy(update={"headline": f"{draft.headline} {covered.sentence}"})
        first = " ".join(filter(None, (payer, covered.whole)))
        return draft.model_copy(update={"headline": f"{first} {draft.headline}"}) if first else draft
    spec = FIELD_BY_NAME.get(question.topic or "")
    if spec is not None:
        return define_field(spec, listing=True)
    if question.vocabulary is not None:
        vocabulary = vocabularies()[question.vocabulary]
        return Draft(
            headline=f"{vocabulary.label}: {vocabulary.definition}",
            evidence=_value_facts(vocabulary),
            definitions=(_vocabulary_definition(vocabulary, in_headline=True),),
        )
    return Draft(
        outcome=Outcome.NOT_FOUND,
        headline="That term isn't in the glossary.",
        evidence=(
            Evidence(
                kind=EvidenceKind.EXAMPLE,
                text="Ask about a field, a coded value or a term, for example: what is BETOS, or coverage code D.",
            ),
        ),
    )
