"""Understanding: a text becomes a ``Question``. Pure, deterministic, and good for text of any content and length."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Final

from hcpcs.questions.extraction import Extraction, read
from hcpcs.questions.function_words import function_words
from hcpcs.questions.intent_rules import IntentRule, decide
from hcpcs.questions.normalize import QUESTION_LIMIT, plain, trim_question
from hcpcs.questions.question import Intent, Question
from hcpcs.questions.recognizers.coded_values import PROCESSING_NOTE
from hcpcs.questions.recognizers.dates import names_two_ends
from hcpcs.questions.recognizers.out_of_scope import find_out_of_scope
from hcpcs.questions.tokens import Token
from hcpcs.records.change_kinds import kinds_named
from hcpcs.records.fields import CODED_FIELDS, FIELD_BY_NAME, FIELDS, family_members
from hcpcs.records.glossary import topic_of
from hcpcs.records.record import RecordKind
from hcpcs.records.vocabularies import VocabularyName
from hcpcs.search_port import Filters

_SEVERAL_FIELDS: Final = {
    **{spec.family_name: family_members(spec.family_name) for spec in FIELDS if spec.family is not None},
    "manual": ("cim_references", "mcm_references"),
}
_FILTERED_BY: Final = {vocabulary: name for name, vocabulary in CODED_FIELDS.items() if name in Filters.model_fields}
"""The filter of ``Filters`` that takes a value of a vocabulary; it has the name of the record's field."""
_PUNCTUATION: Final = " \t.,;:?!\"'()[]{}<>|-–=~^"
_ALWAYS_DROPPED: Final = frozenset(
    """
    scaffolding code_for what_is means compare asks_coverage how_much how_paid changes_asked yes_or_no
    filter:active filter:inactive filter:modifier term:cpt
    """.split()
)
_DROPPED_IF_COVERAGE: Final = frozenset({"covers", "pays", "bills", "medicare"})


_ASKS_VALID: Final = frozenset({"valid", "still"})
_ASKS_MORE_THAN_VALID: Final = frozenset({"status", "new", "replaces", "out_of_force", "any_longer"})
"""Features of a question that a plain yes or no would answer wrongly: ended? since when? what instead?"""
_ASKS_COVERAGE: Final = frozenset({"covers", "pays", "asks_coverage"})
_ASKS_ADDED: Final = frozenset({"new", "status", "change", "changes_asked"})
"""Features of a search by which a date in it bounds when codes were added ("codes added in 2024")."""


def parse_question(text: str, today: date) -> Question:
    """What ``text`` asks on the day ``today`` (in the asker's time zone).

    A text over ``QUESTION_LIMIT`` characters is not read: its intent is ``None``. Raises nothing.
    """
    if len(text) > QUESTION_LIMIT:
        return Question(text=plain(text[:200]), intent=None, rule="longer than a question")
    asked = trim_question(plain(text))
    if len(asked) > QUESTION_LIMIT:
        return Question(text=asked[:200], intent=None, rule="longer than a question")
    reading = read(asked, today)
    rule = decide(reading.features)
    return _question(asked, reading, rule, today)


def _question(asked: str, reading: Extraction, rule: IntentRule, today: date) -> Question:
    family, value = reading.family, reading.values[0] if len(reading.values) == 1 else None
    fields, topic, vocabulary = _subject(reading)
    day, last_day, written, since = _time(reading, rule.intent, today)
    searching = rule.intent is Intent.SEARCH or (rule.intent is Intent.UNITS and not reading.found)
    defining = rule.intent is Intent.DEFINE
    features, negated = reading.features, _negated(reading)
    return Question(
        text=asked,
        intent=rule.intent,
        rule=rule.name,
        codes=reading.mentions,
        first=family.first if family else None,
        last=family.last if family else None,
        prefix=family.prefix if family else None,
        day=day,
        day_written=written,
        last_day=last_day,
        since=since,
        compares_two_releases=since is not None and names_two_ends(reading.text, reading.days),
        fields=fields,
        vocabulary=vocabulary if defining else None,
        value=value.value if defining and value else None,
        topic=topic if defining else None,
        words=_words(reading) if searching else "",
        payer=next(iter(reading.said("payer")), None),
        part=next(iter(reading.said("part")), None),
        negated=negated,
        expects_yes_no=bool(features & _ASKS_VALID) and not features & _ASKS_MORE_THAN_VALID and not negated,
        asks_coverage=bool(features & _ASKS_COVERAGE),
        names_cpt="term:cpt" in features,
        out_of_scope=find_out_of_scope(asked),
        quantity=reading.quantity.quantity if reading.quantity else None,
        change_kinds=kinds_named(reading.text) if rule.intent is Intent.CHANGES else frozenset(),
        filters=_filters(reading, since) if searching or rule.intent in {Intent.BROWSE, Intent.CHANGES} else Filters(),
    )


def _subject(reading: Extraction) -> tuple[tuple[str, ...], str | None, VocabularyName | None]:
    """The fields asked about, the term that is asked for, and the vocabulary that explains it."""
    said = reading.said("field")
    if reading.values and not reading.found:
        vocabulary = reading.values[0].vocabulary
        return (), PROCESSING_NOTE if vocabulary is None else None, vocabulary
    fields = tuple(dict.fromkeys(name for one in said for name in _SEVERAL_FIELDS.get(one, (one,))))
    vocabulary = next((FIELD_BY_NAME[name].vocabulary for name in fields), None)
    topic = topic_of(reading.said("term")) or (fields[0] if fields else None)
    return fields, topic, vocabulary


def _time(
    reading: Extraction, intent: Intent | None, today: date
) -> tuple[date | None, date | None, str | None, date | None]:
    """The day, the last day of its period, how it was written, and since when."""
    if not reading.days:
        return None, None, None, None
    found = reading.days[0]
    if found.span is None:
        return None, None, found.written, None
    first, last = found.span
    bounds = intent is not Intent.SEARCH or found.since or bool(reading.features & _ASKS_ADDED)
    if intent in {Intent.CHANGES, Intent.SEARCH, Intent.HISTORY} and bounds:
        if len(reading.days) > 1 and (until := reading.days[1].span):
            return None, until.last, found.written, first
        return None, None if found.since else last, found.written, first
    if first <= today <= last:
        return today, None, found.written, None
    return first, last if last != first else None, found.written, None


def _filters(reading: Extraction, since: date | None) -> Filters:
    """The filters typed, and those said in words."""
    update: dict[str, object] = {}
    for value in reading.values:
        if name := _FILTERED_BY.get(value.vocabulary) if value.vocabulary else None:
            update[name] = frozenset({value.value})
    said = reading.said("filter")
    if "active" in said:
        update["active"] = True
    if "inactive" in said:
        update["active"] = False
    if "modifier" in said:
        update["kind"] = RecordKind.MODIFIER
    if reading.family and reading.features & {"in_force", "out_of_force"}:
        update["active"] = "in_force" in reading.features
    if since:
        update["added_since"] = since
    if reading.family and "modifier" not in said:  # the families of a search hold procedures
        update |= {name: getattr(reading.family, name) for name in ("first", "last", "prefix")}
    return reading.filters.model_copy(update=update) if update else reading.filters


def _negated(reading: Extraction) -> bool:
    negations = function_words().expects_no
    keys = ["", *(token.key for token in reading.tokens)]
    return any(
        (key in negations and before != "or") or (before, key) == ("no", "longer") for before, key in pairwise(keys)
    )


def _words(reading: Extraction) -> str:
    """What is left to search for: the text without what is explained, and without scaffolding at the edges."""
    gone = _dropped(reading)
    dropped = {i for phrase in reading.phrases if phrase.tags & gone for i in range(phrase.first, phrase.end)}
    if reading.quantity and "units_asked" in reading.features:
        start, end = reading.quantity.start, reading.quantity.end
        dropped |= {i for i, token in enumerate(reading.tokens) if start <= token.start < end}
    segments: list[list[int]] = [[]]
    for i in range(len(reading.tokens)):
        if i in dropped or i in reading.named:
            segments.append([])
        else:
            segments[-1].append(i)
    return " ".join(filter(None, (_trimmed(reading, segment) for segment in segments)))


def _dropped(reading: Extraction) -> frozenset[str]:
    """The tags of phrases that ask and are not asked for, in this question."""
    features, gone = reading.features, set(_ALWAYS_DROPPED)
    asks_money = bool(features & {"yes_no", "what_is", "how_much", "asks_coverage"})
    if asks_money or (features & {"covers", "pays"} and features & {"medicare", "payer", "part"}):
        gone |= _DROPPED_IF_COVERAGE | {tag for tag in features if tag.startswith(("payer:", "part:"))}
    if asks_money or _at_an_edge(reading, "price"):
        gone |= {"price", "pays"}
    if "units_asked" in features and "amount" in features:
        gone |= {"units_asked", "units"}
    if reading.family:
        gone |= {f"term:{(reading.family.prefix or '').lower()}_codes", "family_words"}
    return frozenset(gone)


def _at_an_edge(reading: Extraction, tag: str) -> bool:
    """Whether a phrase of this tag opens or ends the question ("price of a walker")."""
    edges = {0, len(reading.tokens)}
    return any(tag in phrase.tags and edges & {phrase.first, phrase.end} for phrase in reading.phrases)


def _trimmed(reading: Extraction, segment: list[int]) -> str:
    """The text of a run of tokens without scaffolding at its edges."""
    words, row, text = function_words(), reading.tokens, reading.text
    loose = [_is_scaffolding(text, row[i]) for i in segment]
    joined = [j > 0 and not text[row[segment[j - 1]].end : row[i].start].count(" ") for j, i in enumerate(segment)]
    first, last = 0, len(segment)
    while last > first and loose[last - 1] and not joined[last - 1]:
        last -= 1
    while first < last and loose[first] and not (first + 1 < last and joined[first + 1]):
        if row[segment[first]].key in words.kept_in_front:
            break
        first += 1
    if first == last:
        return ""
    return text[row[segment[first]].start : row[segment[last - 1]].end].strip(_PUNCTUATION)


def _is_scaffolding(text: str, token: Token) -> bool:
    """Whether a word carries no subject; capitals of their own in a sentence do ("IM", "OR table")."""
    written = text[token.start : token.end]
    capitals = written.isupper() and len(written) < 4 and written not in {"I", "A"} and not text.isupper()
    return token.key in function_words().scaffolding and not capitals
