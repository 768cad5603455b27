"""Follow-ups: a question that leaves out what the conversation is about, completed by it.

The completed question is a text, so that a button that asks it again needs no memory of the conversation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from hcpcs.questions.conversation.completed_question import (
    FollowUp,
    MissingReferent,
    codes_text,
    finish,
    replaced,
    topic_text,
)
from hcpcs.questions.conversation.follow_up_words import follow_up_words
from hcpcs.questions.conversation.parsed_text import ParsedText, parse
from hcpcs.questions.conversation.reference import Reference, find_all_of_list, find_positions, find_reference, referred
from hcpcs.questions.conversation.topic import Topic
from hcpcs.questions.extraction.search_words import is_of_the_patient
from hcpcs.questions.parser import SMALL_TALK, normalize_question
from hcpcs.questions.question import Intent, QuantityRole
from hcpcs.questions.subject import Subject
from hcpcs.records.codes import is_modifier
from hcpcs.records.terms.glossary import term as term_of

FOLLOW_UP_LIMIT: Final = 200
"""Maximum characters of a follow-up: a longer text says what it is about."""
RENT_AND_STATE: Final = "a rental or purchase in a state"
"""The rule of a code with RR, NU or UE and a state, which asks for its amount there."""
_SEEKS_A_CODE: Final = frozenset({"code_for", "code_word", "which_one"})
_RELATED: Final = frozenset({"compare", "replaces", "bills"})
"""Features of a question that relates a code that it names to another ("compare it with E0470")."""
_OF_A_RECORD: Final = frozenset(
    {
        Subject.COVERAGE,
        Subject.PRICE,
        Subject.STATUS,
        Subject.REPLACEMENT,
        Subject.FIELD,
        Subject.UNITS,
        Subject.HISTORY,
        Subject.COMPARISON,
    }
)
"""The subjects that a record states, as far as words without a code can ask for them."""
_ANY_CODE: Final = Topic(codes=("E0000",))
"""Stands for a topic where there is none, to see whether a question needs one."""
_DEFINITE: Final = re.compile(r"\bthe\b|^(?:which|what) \w+(?: then| now)?\W*$", re.IGNORECASE)
"""In "what is the price" and "which LCD" it is that of the topic; "what is an LCD" asks for a definition."""
_STANDS_ALONE: Final = frozenset({Intent.CHANGES, Intent.CONTACT, Intent.BROWSE})
"""Intents of questions without a code that ask for nothing more, unless a connective opens them."""
_LISTS: Final = frozenset({Subject.SEARCH, Subject.LIST, Subject.CHANGES})
"""Subjects that aren't asked of a code: "in Texas" after a search asks nothing of its first hit."""
_ASKS_WHAT_IT_IS: Final = frozenset({"what_is", "means"})
_OF_THE_SAME_DOSE: Final = frozenset({QuantityRole.WASTE, QuantityRole.CONTAINER})
"""Amounts that go with the dose that was asked about before ("and wasted 30", "from a 100 unit vial")."""

_BILLED_WITH: Final = frozenset(
    {Subject.COVERAGE, Subject.PRICE, Subject.AMOUNT, Subject.DRUG_PRICE, Subject.LIMIT, Subject.PRIOR_AUTHORIZATION}
)
"""Subjects that are asked again of a code with other modifiers; of any other, its card is shown with them."""
_WITH: Final = re.compile(r"\b(?:with|using|w/)", re.IGNORECASE)
_COMPARED_WITH: Final = re.compile(r"(?:compared?|comparison) (?:with|to|against)\b|(?:vs|versus)\b", re.IGNORECASE)
"""Opens a comparison of which only one side is named ("compare with E0470 and E0471", "vs E0470")."""
_TWO: Final = re.compile(r"\b(?:both|two)\b", re.IGNORECASE)
_DEPENDS_ON_THE_PATIENT: Final = frozenset({Subject.LIMIT, Subject.REQUIRED_MODIFIERS})
"""Subjects of which the answer depends on how the patient is treated: "and if not on insulin?"."""


def complete(text: str, topic: Topic | None, today: date) -> FollowUp | MissingReferent | None:
    """The question that ``text`` asks in a conversation about ``topic``; ``None`` where it stands by itself.

    Raises nothing, for text of any content and length.
    """
    asked = normalize_question(text)
    if not asked or len(asked) > FOLLOW_UP_LIMIT:
        return None
    parsed = parse(asked, today)
    if not parsed.features.isdisjoint(SMALL_TALK):
        return None
    positions = find_positions(parsed)
    if positions and (topic is None or topic.listed):
        return _with_positions(parsed, topic, positions, today)
    has_list = topic is not None and (topic.from_list or topic.offers_others)
    reference = (find_all_of_list(parsed) if has_list else None) or find_reference(parsed)
    if topic is not None:
        meant = topic if reference is None else referred(topic, reference)
        if reference is not None and len(meant.codes) == 1 and _TWO.search(reference.words) and not parsed.named:
            return MissingReferent(words=reference.words)
        follow_up = _complete(parsed, meant, reference, today)
        if follow_up is not None and reference is None and _leaves_the_choice(follow_up, topic, today):
            return MissingReferent(listed=topic.listed)
        return follow_up
    if reference is None and (parsed.named or not follow_up_words().connectives.match(asked.lower())):
        return None
    completed = _complete(parsed, _ANY_CODE, reference, today)
    if completed is None or parse(completed.text, today).leftover:
        return None
    return MissingReferent(words=completed.taken_for)


def _complete(parsed: ParsedText, topic: Topic, reference: Reference | None, today: date) -> FollowUp | None:
    rest = _rest(parsed.text)
    if parsed.named and not (reference and parsed.only_modifiers):
        return _with_named_codes(parsed, topic, reference, rest, today)
    for again in follow_up_words().asked_again:
        if topic.subject in again.wordings and again.pattern.fullmatch(parsed.text.lower()):
            return finish(again.wordings[topic.subject].format(codes=topic_text(topic)), parsed, topic, today)
    if reference is not None:
        return _with_reference(parsed, topic, reference, today)
    if (with_dose := _with_dose(parsed, topic, rest, today)) is not None:
        return with_dose
    return _with_ellipsis(parsed, topic, rest, today, goes_on=rest != parsed.text)


def _leaves_the_choice(follow_up: FollowUp, topic: Topic, today: date) -> bool:
    """Whether nothing is asked of the first code, and none was chosen from the list ("in Texas", "and in 2019?")."""
    if not topic.from_list or topic.subject not in _LISTS or follow_up.topic.codes != topic.codes:
        return False
    return parse(follow_up.text, today).question.subject not in follow_up_words().asked_of_a_code | _OF_A_RECORD


def _with_positions(
    parsed: ParsedText, topic: Topic | None, positions: Sequence[Reference], today: date
) -> FollowUp | MissingReferent | None:
    """A question about codes that were listed ("is the second one covered?", "compare the first and the third")."""
    listed = topic.listed if topic is not None else ()
    numbers = [one.position or 0 for one in positions]
    words = " and ".join(one.words for one in positions)
    if topic is None or max(numbers) > len(listed):
        completed = _complete(parsed, _ANY_CODE, positions[0], today)
        known = completed is not None and not parse(completed.text, today).leftover
        return MissingReferent(words=words) if known else None
    chosen = [listed[number - 1 if number > 0 else number] for number in numbers]
    text = parsed.text
    for one, code in reversed(list(zip(positions, chosen, strict=True))):
        text = f"{text[: one.start]}{codes_text((code,))}{text[one.end :]}"
    about = topic.model_copy(update={"codes": tuple(dict.fromkeys(chosen)), "modifiers": ()})
    named = parse(text, today)
    if named.leftover:
        return None
    follow_up = _with_named_codes(named, topic, None, _rest(text), today) or finish(text, named, about, today)
    if follow_up is None:
        return None
    return follow_up.model_copy(update={"topic": about, "taken_for": words, "chosen": True})


def _rest(text: str) -> str:
    """The text after the words by which it goes on with the question before."""
    connective = follow_up_words().connectives.match(text.lower())
    return text[connective.end() :] if connective else text


def _with_named_codes(
    parsed: ParsedText, topic: Topic, reference: Reference | None, rest: str, today: date
) -> FollowUp | None:
    """A question that relates a code to those of the topic, or asks the same of another code ("and E0470?")."""
    if parsed.state.code_range or parsed.state.values:
        return None
    codes = parsed.state.codes
    if reference is not None:
        before = reference.start < min(span.start for span in codes)
        if parsed.features.isdisjoint(_RELATED) and Subject.BILLED_TOGETHER not in parsed.question.out_of_scope:
            return None
        if before or ("compare" in parsed.features and len(codes) == 1):
            bare = topic.model_copy(update={"modifiers": ()})
            return finish(replaced(parsed.text, reference, bare), parsed, bare, today, reference.words)
        return None
    if (compared := _compared_with_topic(parsed, topic, rest, today)) is not None:
        return compared
    if parsed.only_modifiers:
        return _with_modifiers(parsed, topic, rest, today)
    wording = follow_up_words().wordings.get(topic.subject)
    named = [span.mention.code for span in codes]
    only_codes = parsed.question.subject is Subject.DESCRIPTION and not parsed.leftover and not parsed.circumstances
    if rest == parsed.text or not only_codes or wording is None or topic.subject is Subject.COMPARISON:
        return None
    again = topic.model_copy(update={"codes": tuple(named), "modifiers": ()})
    dose = f" for {topic.dose}" if topic.subject is Subject.UNITS and topic.dose else ""
    return finish(f"{wording.format(codes=codes_text(named))}{dose}", parsed, again, today)


def _compared_with_topic(parsed: ParsedText, topic: Topic, rest: str, today: date) -> FollowUp | None:
    """A comparison that names one side alone ("compare to E0470", "vs E0470"): the codes before are the other."""
    named = tuple(dict.fromkeys(span.mention.code for span in parsed.state.codes))
    one_sided = len(named) == 1 or _COMPARED_WITH.match(rest)
    if "compare" not in parsed.features or not one_sided or parsed.leftover or parsed.circumstances:
        return None
    if any(map(is_modifier, (*named, *topic.codes))) or set(named) & set(topic.codes):
        return None
    both = topic.model_copy(update={"codes": (*topic.codes, *named), "modifiers": ()})
    return finish(f"compare {codes_text(both.codes)}", parsed, both, today)


def _with_modifiers(parsed: ParsedText, topic: Topic, rest: str, today: date) -> FollowUp | None:
    """The same question about the code with other modifiers ("and with NU?"); "and modifier KX?" asks about KX."""
    asks_again = rest != parsed.text and topic.subject is Subject.AMOUNT and "means" not in parsed.features
    if len(topic.codes) != 1 or is_modifier(topic.codes[0]) or parsed.leftover or parsed.state.code_range:
        return None
    if not (_WITH.search(parsed.text) or asks_again):
        return None
    modifiers = tuple(dict.fromkeys(span.mention.code for span in parsed.state.codes))
    about = topic.model_copy(update={"modifiers": modifiers})
    wording = follow_up_words().wordings[topic.subject] if topic.subject in _BILLED_WITH else "{codes}"
    return finish(wording.format(codes=topic_text(about)), parsed, about, today)


def _with_reference(parsed: ParsedText, topic: Topic, reference: Reference, today: date) -> FollowUp | None:
    """A question in which a word stands for the codes ("is it covered?")."""
    if parsed.leftover and not parsed.features.isdisjoint(_SEEKS_A_CODE):
        return None
    follow_up = finish(replaced(parsed.text, reference, topic), parsed, topic, today, reference.words)
    if follow_up is None:
        return None
    # "knee brace, is it covered?": what the word stands for is in the question itself.
    completed = parse(follow_up.text, today)
    return None if any(start < reference.start for start in completed.leftover) else follow_up


def _with_dose(parsed: ParsedText, topic: Topic, rest: str, today: date) -> FollowUp | None:
    """What was discarded of the dose that was asked about before, or what it was taken from ("and wasted 30")."""
    if not topic.dose or len(topic.codes) != 1:
        return None
    before = f"{topic.dose} of {topic_text(topic)}"
    given = parse(before, today).question.quantities
    whole = parse(f"{before}, {rest}", today)
    added = whole.question.quantities[len(given) :]
    if whole.leftover or whole.question.quantities[: len(given)] != given:
        return None
    if not added or not {one.role for one in added} <= _OF_THE_SAME_DOSE:
        return None
    return finish(whole.text, parsed, topic, today)


def _with_ellipsis(parsed: ParsedText, topic: Topic, rest: str, today: date, *, goes_on: bool) -> FollowUp | None:
    """A question that leaves the codes out ("and in 2019?", "what about the rental?")."""
    question = parsed.question
    words = follow_up_words()
    if topic.subject in _DEPENDS_ON_THE_PATIENT and is_of_the_patient(rest):
        return finish(f"{words.wordings[topic.subject].format(codes=topic_text(topic))} {rest}", parsed, topic, today)
    defines = question.intent is Intent.DEFINE or "what_is" in parsed.features
    term = term_of(question.topic) if question.topic else None
    if term is not None and term.key not in follow_up_words().terms_of_a_code:
        return None
    # "diagnosis codes?", and not "what is a diagnosis code?"
    names_field = bool({"field", "term"} & parsed.features) and parsed.features.isdisjoint(_ASKS_WHAT_IT_IS)
    of_the_code = names_field or _DEFINITE.search(parsed.text)
    if not goes_on and (question.intent in _STANDS_ALONE or (defines and not of_the_code)):
        return None
    asked_of_a_code = follow_up_words().asked_of_a_code
    if not goes_on and question.intent is Intent.REFERRAL and question.subject not in asked_of_a_code:
        return None
    about_codes = parse(f"{topic_text(topic)} {rest}", today)
    if about_codes.leftover:
        return None
    asks = about_codes.question.rule != RENT_AND_STATE  # "and in Ohio?" asks the same of another state
    if asks and about_codes.question.subject in asked_of_a_code | _OF_A_RECORD:
        return finish(about_codes.text, parsed, topic, today)
    if not (parsed.circumstances or question.quantity):
        return None
    wording = follow_up_words().wordings.get(topic.subject, "{codes}")
    return finish(f"{wording.format(codes=topic_text(topic))} {rest}", parsed, topic, today)
