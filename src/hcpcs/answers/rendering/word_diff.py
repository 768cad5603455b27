"""The words in which two texts differ."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from hcpcs.answers.answer import DiffKind, DiffSpan

_WORDS: Final = re.compile(r"\s*\S+")


def word_diff(before: str, after: str) -> tuple[DiffSpan, ...]:
    """The words of two texts as runs that are in both, only in the first, or only in the second."""
    first, second = _WORDS.findall(before), _WORDS.findall(after)
    keys = [[word.strip().lower() for word in words] for words in (first, second)]
    spans: list[DiffSpan] = []
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            spans.append(DiffSpan(kind=DiffKind.SAME, text="".join(second[b1:b2]).strip()))
            continue
        if a2 > a1:
            spans.append(DiffSpan(kind=DiffKind.REMOVED, text="".join(first[a1:a2]).strip()))
        if b2 > b1:
            spans.append(DiffSpan(kind=DiffKind.ADDED, text="".join(second[b1:b2]).strip()))
    return tuple(spans)


def plain_diff(spans: tuple[DiffSpan, ...]) -> str:
    """A word diff in plain text: ``[-only first-]`` and ``{+only second+}``, as wdiff writes it."""
    form = {DiffKind.SAME: "{}", DiffKind.REMOVED: "[-{}-]", DiffKind.ADDED: "{{+{}+}}"}
    return " ".join(form[span.kind].format(span.text) for span in spans)
