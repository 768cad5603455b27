"""Coded values as they are named in a question: "coverage code I", "BETOS Z2", "pricing indicator 36", "TOS 9"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs.vocabularies import VocabularyName, meaning_of

PROCESSING_NOTE: Final = "processing_note"


class ValueFound(NamedTuple):
    """A coded value and where it stands, its name included. ``vocabulary`` is ``None`` for a processing note."""

    vocabulary: VocabularyName | None
    value: str
    start: int
    end: int


class _Form(NamedTuple):
    vocabulary: VocabularyName | None
    name: re.Pattern[str]
    value: str


_LINK: Final = r"(?: (?:codes?|cod|indicators?|ind\.?|status|values?|category|letter|number|no\.?|#|of|is|=|equals|type))*[ :=#]{1,3}"


def _form(vocabulary: VocabularyName | None, names: str, value: str) -> _Form:
    named = rf"(?<![\w-])(?:{names}){_LINK}['\"(]?(?P<value>{value})['\")]?(?![\w*'-])"
    turned = rf"|(?<![\w-])['\"(]?(?P<before>{value})['\")]? (?:{names})(?: (?:codes?|indicators?|values?))?(?!\w)"
    short_names = vocabulary in {VocabularyName.COVERAGE, VocabularyName.TYPE_OF_SERVICE, VocabularyName.ACTION}
    return _Form(vocabulary, re.compile(named + ("" if short_names else turned), re.IGNORECASE), value)


_V = VocabularyName
_FORMS: Final = (
    _form(None, r"(?:processing|proc|process) notes?|note", r"\d{1,4}"),
    _form(_V.MULTIPLE_PRICING_INDICATOR, r"multi(?:ple)? (?:pricing|price)(?: indicator)?|mpi", r"[0-9A-Z]"),
    _form(_V.PRICING_INDICATOR, r"(?:pricing|price|prcing) (?:indicator|ind|code|indicater)|pricing|pi", r"\d\d"),
    _form(_V.BETOS, r"betos|berenson[ -]eggers(?: type of service)?", r"[DIMOPTYZ]\d[A-Z]?"),
    _form(_V.TYPE_OF_SERVICE, r"tos|types? of services?|service types?", r"[0-9A-Z]"),
    _form(_V.ACTION, r"action codes?|action indicators?|action", r"[A-Z]"),
    _form(_V.LAB_CERTIFICATION, r"(?:lab|laboratory|clia)(?: cert(?:ification|ificate|s)?\.?)?|certification", r"\d{3}"),
    _form(_V.ASC_GROUP, r"asc(?: payment)?(?: group)?", r"YY"),
    _form(_V.MOG_POLICY_INDICATOR, r"(?:mog|opps)(?: payment)?(?: policy)?(?: indicator| pi)?", r"\d"),
    _form(_V.COVERAGE, r"(?:medicare )?(?:coverage|coverge|covrage|cov)(?: code| indicator| status)?", r"[A-Z]"),
)  # fmt: skip
_NAMED: Final = re.compile(
    r"note|pric|mpi|\bpi\b|betos|berenson|tos\b|serv|action|cert|\blab|clia|asc\b|mog|opps|cov", re.IGNORECASE
)
_PRONOUN_I: Final = re.compile(r"\s+(?:can|could|need|should|have|had|get|want|use|am|was|would|will|do)\b")
_ARTICLE_A: Final = re.compile(r"\s+[a-z]{3,}", re.IGNORECASE)
_BARE_BETOS: Final = re.compile(r"(?<![\w-])([DIMOPTYZ]\d[A-Z]|[YZ][12]|M[36]|P0)(?![\w-])")


def find_values(text: str) -> list[ValueFound]:
    """The coded values that a plain text names, in order."""
    if not _NAMED.search(text):
        return []
    found: list[ValueFound] = []
    for vocabulary, name, _ in _FORMS:
        for match in name.finditer(text):
            group = "value" if match["value"] else "before"
            if _is_word(match, group, text) or any(
                one.start < match.end() and match.start() < one.end for one in found
            ):
                continue
            value = match[group].upper()
            found.append(ValueFound(vocabulary, value.zfill(4) if vocabulary is None else value, *match.span()))
    return sorted(found, key=lambda one: one.start)


def bare_betos(text: str) -> ValueFound | None:
    """A BETOS value that stands without its name ("what is Z2"); only values that BETOS has."""
    match = _BARE_BETOS.search(text.upper())
    if match is None or meaning_of(VocabularyName.BETOS, match[1]) is None:
        return None
    return ValueFound(VocabularyName.BETOS, match[1], *match.span())


def _is_word(match: re.Match[str], group: str, text: str) -> bool:
    """Whether the letter is the word "I" or "a" of the sentence and not a value."""
    value, rest = match[group], text[match.end() :]
    if value in {"i", "I"}:
        return bool(_PRONOUN_I.match(rest))
    return value == "a" and bool(_ARTICLE_A.match(rest))
