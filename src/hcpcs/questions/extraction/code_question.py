"""A question that a program asks: codes and what is asked about them are given, so that no rule has to find them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hcpcs.questions.question import Intent, Question
from hcpcs.questions.recognizers.codes.code_scanner import find_codes
from hcpcs.questions.words.normalize import plain
from hcpcs.records.codes import CodeMention, CodeSystem, is_modifier


def question_about(codes: Sequence[str], intent: Intent, day: date | None = None) -> Question:
    """The question with an ``intent`` about codes as they are written, on the date of service ``day``."""
    written = tuple(map(plain, codes))
    return Question(
        text=" ".join(written), intent=intent, rule="command", codes=tuple(map(read_mention, written)), day=day
    )


def read_mention(written: str) -> CodeMention:
    """One code with its modifiers (E0601-RR), or one modifier; a text of no known form is taken as a code."""
    mentions = find_codes(written)
    if len(mentions) == 1:
        return mentions[0]
    code = written.strip().upper()
    return CodeMention(
        code=code, system=CodeSystem.MODIFIER if is_modifier(code) else CodeSystem.HCPCS, written=written
    )
