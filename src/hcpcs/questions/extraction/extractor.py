"""Extraction: the stages walked in order over one text, and the features that the rules decide by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from hcpcs.questions.extraction.parse_state import ParseState, Span
from hcpcs.questions.extraction.stages import STAGES, Stage

Observer = Callable[[Stage, str, Sequence[Span]], None]
"""Is given each stage with the text that it saw and what it recognized there."""


def extract(text: str, today: date, observe: Observer | None = None) -> ParseState:
    """What the stages recognize in a normalized question; relative days count from ``today``."""
    state = ParseState(text, today)
    for stage in STAGES:
        if stage.fallback and state.names_a_subject:
            continue
        seen = state.text
        # The commonest question is a code and nothing else.
        spans: Sequence[Span] = () if stage.of_the_rest and not state.rest.strip() else stage.recognize(state)
        if spans:
            state.claim(spans)
        if observe is not None:
            observe(stage, seen, spans)
    return state
