"""The words of a question that are left to search for: what asks is dropped, what is asked for stays."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.extraction.subject_features import listed_values
from hcpcs.questions.question import Intent
from hcpcs.questions.recognizers.filter_syntax import filters_of
from hcpcs.questions.recognizers.places import find_place
from hcpcs.questions.recognizers.quantities.quantity_roles import not_the_drug
from hcpcs.questions.subject import Subject, subjects_beyond_record
from hcpcs.questions.words.function_words import function_words
from hcpcs.questions.words.tokens import Token
from hcpcs.records.codes import CodeSystem
from hcpcs.records.families.code_families import family_words
from hcpcs.records.record import RecordKind
from hcpcs.records.terms.vocabularies import COVERED, NOT_COVERED
from hcpcs.search_port import Filters

_PUNCTUATION: Final = " \t.,;:?!\"'()[]{}<>|-–=~^"
_ALWAYS_DROPPED: Final = frozenset(
    """
    scaffolding code_for what_is means compare asks_coverage how_much how_paid changes_asked yes_or_no
    filter:active filter:inactive filter:modifier term:cpt
    """.split()
)
"""Tags of phrases that ask and are never asked for ("code for", "what is")."""
_DROPPED_IF_COVERAGE: Final = frozenset({"covers", "pays", "bills", "medicare"})
_NOT_BILLED: Final = frozenset({CodeSystem.MODIFIER, CodeSystem.ICD10})
"""What may be beside a drug in words: "toradol 60 mg dx M54.50"."""
_OF_A_DRUG: Final = frozenset({"amount", "units", "units_asked", "code_and_units"})
"""Features of a question about a dose or its units."""
_WHOLE_LISTS: Final = frozenset({"alone", "only_family"})
"""Features of a question about changes that names no item in words."""
# "for an insulin user", "non insulin dependent", "patient not on insulin": how the patient is treated, and no item.
_OF_THE_PATIENT: Final = re.compile(
    r"\b(?:(?:for|if|when|with) )?(?:an? )?(?:non[- ]?)?insulin[- ](?:user|dependent|treated|using|requiring)s?\b"
    r"|\b(?:not |isn't )?(?:on|using|uses|with|without|taking|takes) insulin\b"
)
_JOINT: Final = re.compile(r"\s+(?:and|or|from|to|with|&)\s+", re.IGNORECASE)
_JOINT_BEFORE: Final = re.compile(r"^(?:and|or|from|to|with|&)\s+", re.IGNORECASE)
_COMPARED: Final = frozenset({2, 3})
"""How many items in words are compared."""
_MOST_WORDS: Final = 4
"""Maximum words of an item that is compared with another, or wanted for a code."""
_ASKS_FOR_A_CODE: Final = frozenset({"code_for", "what_is"})
"""Tags of phrases that may stand before an item that is wanted for a code."""
_FOR: Final = "for"
"""The word between an item and the code of the device that it is for."""
_LETTER: Final = re.compile(r"\b(?!(?:if|the|patient|pt|is|client|member)\b)\w+")
_MOST_CAPITALS: Final = 3
"""Maximum letters of a word in capitals that is an abbreviation and not the function word ("OR table", "IM")."""


def is_of_the_patient(text: str) -> bool:
    """Whether a text says how the patient is treated, and nothing else: "if not on insulin"."""
    lower = text.lower()
    return bool(_OF_THE_PATIENT.search(lower)) and not _LETTER.search(_OF_THE_PATIENT.sub("", lower))


def words_of(state: ParseState, features: frozenset[str], intent: Intent | None) -> str:
    """The words to search for in a question of this intent; none where it asks for no search."""
    if intent is Intent.SEARCH or (intent is Intent.COMPARE and not state.codes):
        return search_words(state, features)
    if intent is Intent.CHANGES and not (state.codes or state.code_range or features & _WHOLE_LISTS):
        return search_words(state, features | {"time"})  # "new" says what happened to an item, and doesn't name it
    if intent is Intent.UNITS and all(one.mention.system in _NOT_BILLED for one in state.codes):
        # "knee brace both knees" may be an item: its words are kept for the search that follows.
        return search_words(state, features, of_a_drug=not features.isdisjoint(_OF_A_DRUG))
    if intent is Intent.CARD and len(state.codes) == 1:
        return _item_for_code(state)
    spans = state.deciding_subjects
    # In "do walkers need RR or NU" the item has no code.
    of_modifiers = bool(spans) and spans[0].subject is Subject.REQUIRED_MODIFIERS
    alone = of_modifiers and all(one.mention.system is CodeSystem.MODIFIER for one in state.codes)
    if intent is Intent.REFERRAL and (alone or not state.codes) and not state.code_range:
        table = subjects_beyond_record()
        if spans and table[spans[0].subject].of_items:
            return item_words(state, features)
    return ""


def _item_for_code(state: ParseState) -> str:
    """The item that is wanted for a code, before it and "for"; blank for any other question.

    "Mask for E0601", "what is the code for a mask for E0601".
    """
    code = state.codes[0]
    before = [place for place, token in enumerate(state.tokens) if token.end <= code.start]
    if state.text[code.end :].strip(_PUNCTUATION) or not before or state.tokens[before[-1]].key != _FOR:
        return ""
    first = max([phrase.end for phrase in state.phrases if phrase.tags <= _ASKS_FOR_A_CODE], default=0)
    explained = {place for phrase in state.phrases for place in range(phrase.first, phrase.end)}
    words = [*range(first, before[-1])]
    other = explained.intersection(words) or any(
        not phrase.tags <= _ASKS_FOR_A_CODE for phrase in state.phrases if phrase.first < first
    )
    item = "" if other else _trimmed(state, words)
    return item if len(item.split()) <= _MOST_WORDS else ""


def compared_items(state: ParseState) -> tuple[str, ...]:
    """The two or three items in words that are compared, or none: "Truxima vs Riabni", "compare Eylea and Lucentis"."""
    if "compare" not in state.tags or state.codes or state.code_range:
        return ()
    tags = _ALWAYS_DROPPED
    dropped = {place for phrase in state.phrases if phrase.tags & tags for place in range(phrase.first, phrase.end)}
    items = _runs(state, dropped)
    if len(items) == 1:
        items = _JOINT.split(items[0])
    items = [_JOINT_BEFORE.sub("", item) for item in items]
    short = all(0 < len(item.split()) <= _MOST_WORDS for item in items)
    return tuple(items) if len(items) in _COMPARED and short else ()


def item_words(state: ParseState, features: frozenset[str]) -> str:
    """The words of a question on a subject beyond the record that name an item.

    A counted item is one where nothing else is named: the strips of "90 strips a month".
    """
    return _item_words(state, features, state.measured) or _item_words(state, features, frozenset())


def _item_words(state: ParseState, features: frozenset[str], measured: frozenset[int]) -> str:
    words = function_words()
    asking = words.scaffolding | words.beside_an_item
    tags = _dropped_tags(state, features) | {"medicare"} | {tag for tag in features if ":" in tag}
    dropped = {place for phrase in state.phrases if phrase.tags & tags for place in range(phrase.first, phrase.end)}
    dropped |= measured
    lower = state.text.lower()
    place = find_place(state.text, state.rest)
    asking |= place.words if place.area else frozenset()
    left: list[Token] = []
    spans = [(one.start, one.end) for one in state.subjects] + [(one.start, one.end) for one in state.days]
    spans += [(one.start, one.end) for one in state.codes]
    spans += [match.span() for match in _OF_THE_PATIENT.finditer(lower)] if "insulin" in lower else []
    for at, token in reversed([*enumerate(state.tokens)]):
        asks = token.key in asking or token.key.isdigit()
        named = token.key in words.begins_an_item and bool(left) and left[-1] is state.tokens[at + 1]
        explained = at in dropped or any(start <= token.start < end for start, end in spans)
        if named or not (asks or explained):
            left.append(token)
    families = [*family_words(state.text, broad=True)]
    if all(any(start <= token.start < end for start, end in families) for token in left):
        return ""
    return " ".join(state.text[token.start : token.end].strip(_PUNCTUATION) for token in reversed(left))


def search_words(state: ParseState, features: frozenset[str], *, of_a_drug: bool = False) -> str:
    """The text without what is explained, and without function words at the edges of what is left.

    ``of_a_drug`` says that the name of a drug is wanted, beside its dose: amounts and the words of giving it go, too.
    """
    tags = _dropped_tags(state, features, of_a_drug=of_a_drug)
    dropped = {place for phrase in state.phrases if phrase.tags & tags for place in range(phrase.first, phrase.end)}
    if of_a_drug:
        dropped |= state.measured
        dropped |= {place for place, token in enumerate(state.tokens) if token.key in not_the_drug()}
    dropped |= state.named
    return " ".join(_runs(state, dropped))


def _runs(state: ParseState, dropped: set[int]) -> list[str]:
    """The runs of words between those that are dropped, without function words at their edges."""
    segments: list[list[int]] = [[]]
    for place in range(len(state.tokens)):
        if place in dropped:
            segments.append([])
        else:
            segments[-1].append(place)
    return [run for segment in segments if (run := _trimmed(state, segment))]


def _dropped_tags(state: ParseState, features: frozenset[str], *, of_a_drug: bool = False) -> frozenset[str]:
    """The tags of phrases that ask and are not asked for, in this question."""
    tags = set(_ALWAYS_DROPPED)
    asks_money = bool(features & {"yes_no", "what_is", "how_much", "asks_coverage"})
    if asks_money or (features & {"covers", "pays"} and features & {"medicare", "payer", "part"}):
        tags |= _DROPPED_IF_COVERAGE | {tag for tag in features if tag.startswith(("payer:", "part:"))}
    if state.tokens and state.tokens[-1].key == "covered":  # "compression stockings covered?", not "mattress cover"
        tags.add("covers")
    if "listable_value" in features:  # "which codes are not covered (coverage code M)"
        tags |= {"covers", "pays", "listing", "codes_with", "term:hcpcs"}
    if features & {"code_word", "still"} and not state.codes and features & {"yes_no", "when"}:
        tags |= {"status", "valid", "still", "in_force", "out_of_force"}  # "is the evusheld code terminated"
    if not state.codes and (_at_an_edge(state, "out_of_force") or _ends_with_an_end(state, features)):
        tags |= {"status", "out_of_force"}  # "evusheld terminated", "when did sotrovimab end"
    if "listed_category" in features:
        tags |= {"rental", "price", "listing", *(tag for tag in state.tags if tag.startswith("term:"))}
    if asks_money or _at_an_edge(state, "price"):
        tags |= {"price", "pays"}
    if "time" in features:
        tags |= {"kind_of_change", "filter:added"}
    if of_a_drug or ("units_asked" in features and "amount" in features):
        tags |= {"units_asked", "units"}
    if "ends_with_medicare" in features:
        tags.add("medicare")
    if state.code_range:
        tags |= {f"term:{(state.code_range.prefix or '').lower()}_codes", "family_words"}
    return frozenset(tags)


def _at_an_edge(state: ParseState, tag: str) -> bool:
    """Whether a phrase of this tag opens or ends the question ("price of a walker")."""
    edges = {0, len(state.tokens)}
    return any(tag in phrase.tags and edges & {phrase.first, phrase.end} for phrase in state.phrases)


def _ends_with_an_end(state: ParseState, features: frozenset[str]) -> bool:
    """Whether a text ends by saying or asking that something ended; "open end" by itself says no such thing."""
    if state.code_range is not None:
        return False  # "codes that start with J and have ended"
    end = len(state.tokens) - (state.tokens[-1].key == "when" if state.tokens else 0)
    last = next((phrase.tags for phrase in state.phrases if phrase.end == end), frozenset[str]())
    return "status" in last and bool({"kind_of_change", "out_of_force"} & last or "when" in features)


def _trimmed(state: ParseState, segment: list[int]) -> str:
    """The text of a run of tokens without function words at its edges."""
    words, tokens, text = function_words(), state.tokens, state.text
    loose = [_is_scaffolding(text, tokens[place]) for place in segment]
    # A word that is joined to the one before it without a space stays with it: "self-help", "X-ray".
    joined = [i > 0 and " " not in text[tokens[segment[i - 1]].end : tokens[at].start] for i, at in enumerate(segment)]
    first, last = 0, len(segment)
    while last > first and loose[last - 1] and not joined[last - 1]:
        last -= 1
    while first < last and loose[first] and not (first + 1 < last and joined[first + 1]):
        if tokens[segment[first]].key in words.kept_in_front:
            break
        first += 1
    if first == last:
        return ""
    return text[tokens[segment[first]].start : tokens[segment[last - 1]].end].strip(_PUNCTUATION)


def _is_scaffolding(text: str, token: Token) -> bool:
    """Whether a word carries no subject; capitals of their own in a sentence do ("IM", "OR table")."""
    written = text[token.start : token.end]
    abbreviation = written.isupper() and len(written) <= _MOST_CAPITALS and written not in {"I", "A"}
    return token.key in function_words().scaffolding and not (abbreviation and not text.isupper())


def search_filters(state: ParseState, features: frozenset[str], since: date | None) -> Filters:
    """The filters of a search or a list: those typed, and those given in words. ``since`` bounds the day added."""
    update: dict[str, object] = {}
    for name, value in listed_values(state):
        update[name] = frozenset({value})
    in_words = state.tagged("filter")
    if "active" in in_words:
        update["active"] = True
    if "inactive" in in_words:
        update["active"] = False
    if "modifier" in in_words:
        update["kind"] = RecordKind.MODIFIER
    if state.code_range and features & {"in_force", "out_of_force"}:
        update["active"] = "in_force" in features
    if since:
        update["added_since"] = since
    if {"listing", "alone"} <= features and not features.isdisjoint({"covers", "pays"}) and "coverage" not in update:
        update["coverage"] = NOT_COVERED if state.expects_no else COVERED
    if state.code_range and "modifier" in in_words:
        update["prefix"] = state.code_range.prefix
    elif state.code_range:  # the ranges of a search are of procedures
        update |= {name: getattr(state.code_range, name) for name in ("first", "last", "prefix")}
    typed = filters_of(state.filters)
    return typed.model_copy(update=update) if update else typed
