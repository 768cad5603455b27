"""What a question asks the meaning of: the fields it names, a term of the glossary, or a coded value."""

from __future__ import annotations

from typing import Final, NamedTuple

from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.question import Intent
from hcpcs.questions.recognizers.coded_values import PROCESSING_NOTE
from hcpcs.records.fields import FIELD_BY_NAME, FIELDS, family_members
from hcpcs.records.terms.glossary import topic_of
from hcpcs.records.terms.vocabularies import VocabularyName

_SEVERAL_FIELDS: Final = {
    **{spec.family_name: family_members(spec.family_name) for spec in FIELDS if spec.family is not None},
    "manual": ("cim_references", "mcm_references"),
}
"""The fields that one name stands for: "pricing indicators", "the manual"."""
_OF_TERMS: Final = frozenset({Intent.DEFINE, Intent.CONTACT})
"""Intents whose answer depends on a term of the glossary: "who to ask about CPT codes"."""
_MOST_COMPARED: Final = 3
"""Maximum values that are explained side by side; of more, the whole vocabulary is."""


class AskedTerm(NamedTuple):
    """The fields asked about, the term that is asked for, and the coded value or values with their vocabulary."""

    fields: tuple[str, ...] = ()
    topic: str | None = None
    vocabulary: VocabularyName | None = None
    value: str | None = None
    values: tuple[str, ...] = ()


def first_of(names: tuple[str, ...]) -> str | None:
    """The first of some names, ``None`` of none."""
    return names[0] if names else None


def asked_term(state: ParseState, intent: Intent | None) -> AskedTerm:
    """What is asked about; a value, term or vocabulary only where the answer depends on it."""
    defining = intent in _OF_TERMS
    if state.values and not state.codes:
        return _value_term(state) if defining else AskedTerm()
    fields = tuple(dict.fromkeys(name for one in state.tagged("field") for name in _SEVERAL_FIELDS.get(one, (one,))))
    if not defining:
        return AskedTerm(fields)
    vocabulary = FIELD_BY_NAME[fields[0]].vocabulary if fields else None
    terms = state.tagged("term")
    if state.code_range and (letter := f"{(state.code_range.prefix or '').lower()}_codes") in terms:
        terms = (letter, *(one for one in terms if one != letter))
    return AskedTerm(fields, (topic_of(terms) if terms else None) or first_of(fields), vocabulary, _only_value(state))


def other_topics(state: ParseState, topic: str | None) -> tuple[str, ...]:
    """The further terms that are compared with the term that is asked for ("what is the difference of ASP and MUE")."""
    terms = state.tagged("term")
    return tuple(one for one in terms if one != topic) if topic in terms else ()


def _value_term(state: ParseState) -> AskedTerm:
    vocabulary, value = state.values[0].vocabulary, _only_value(state)
    values = tuple(dict.fromkeys(one.value for one in state.values if one.vocabulary is vocabulary))
    return AskedTerm(
        topic=PROCESSING_NOTE if vocabulary is None else None,
        vocabulary=vocabulary,
        value=value,
        values=values if vocabulary is not None and 1 < len(values) <= _MOST_COMPARED else (),
    )


def _only_value(state: ParseState) -> str | None:
    return state.values[0].value if len(state.values) == 1 else None
