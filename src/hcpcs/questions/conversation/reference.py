"""The words of a question that stand for codes of the conversation: "it", "these", "the second one"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs.questions.conversation.follow_up_words import follow_up_words
from hcpcs.questions.conversation.parsed_text import ParsedText
from hcpcs.questions.conversation.topic import TOPIC_CODES_LIMIT, Topic

PLURAL: Final = re.compile(r"\b(?:they|them|these|those|all|both|ones|codes|items)\b", re.IGNORECASE)
"""References to more than one code: after a list, to all of it."""


class Reference(NamedTuple):
    """The words of a text that refer to codes, and where they are. ``position`` is that in a list, -1 for its last."""

    start: int
    end: int
    words: str
    position: int | None = None


def find_reference(parsed: ParsedText) -> Reference | None:
    """The first word that stands for codes. Apostrophes stay, so that offsets do ("it's" is not a reference)."""
    words = follow_up_words()
    lower = parsed.text.lower()
    if len(lower) != len(parsed.text) or words.expletives.search(lower.replace("'", "")):
        return None
    match = words.references.search(lower)
    if match is None:
        matches = words.demonstratives.finditer(lower)
        match = next((one for one in matches if not _noun_follows(parsed, one.end())), None)
    return None if match is None else Reference(match.start(), match.end(), parsed.text[match.start() : match.end()])


def find_positions(parsed: ParsedText) -> tuple[Reference, ...]:
    """The words that each choose one of a list by its position: "the second one", "#3", "the last"."""
    lower, words = parsed.text.lower(), follow_up_words()
    if len(lower) != len(parsed.text):
        return ()
    return tuple(
        Reference(match.start(), match.end(), parsed.text[match.start() : match.end()], words.position_of(match))
        for match in words.positions.finditer(lower)
        if match["noun"] or words.after_position.match(lower, match.end())
    )


def find_all_of_list(parsed: ParsedText) -> Reference | None:
    """The words that stand for all that was listed, where a list was ("which one is covered?")."""
    match = follow_up_words().all_of_list.search(parsed.text.lower())
    return None if match is None else Reference(match.start(), match.end(), parsed.text[match.start() : match.end()])


def referred(topic: Topic, reference: Reference) -> Topic:
    """What words refer to: the codes of the topic, or all that was listed ("are they covered?")."""
    plural = PLURAL.search(reference.words) or follow_up_words().all_of_list.match(reference.words.lower())
    if plural and (topic.from_list or topic.offers_others):
        return topic.model_copy(update={"codes": topic.listed[:TOPIC_CODES_LIMIT]})
    return topic


def _noun_follows(parsed: ParsedText, end: int) -> bool:
    content = {parsed.state.tokens[place].start for place in parsed.state.content}
    following = next((token.start for token in parsed.state.tokens if token.start >= end), None)
    return following in content
