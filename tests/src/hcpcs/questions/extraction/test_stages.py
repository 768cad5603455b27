"""The order of the stages is part of what a question means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from hcpcs.questions.explanation.trace import trace_question
from hcpcs.questions.extraction import extractor
from hcpcs.questions.extraction.parse_state import ParseState, Span
from hcpcs.questions.extraction.stages import STAGES, Stage

TODAY = date(2025, 11, 21)


def test_every_stage_has_a_name_of_its_own_and_says_what_and_why() -> None:
    assert len({stage.name for stage in STAGES}) == len(STAGES)
    assert all(stage.recognize.__doc__ and stage.because.endswith(".") for stage in STAGES)


def test_the_fallbacks_come_last() -> None:
    fallbacks = [stage.fallback for stage in STAGES]
    assert fallbacks == sorted(fallbacks)


@pytest.mark.parametrize(
    ("earlier", "later", "text"),
    [
        ("glued words", "misspelled words", "E0601payabel"),
        ("misspelled words", "spoken codes", "what is modifer k x"),
        ("spoken codes", "typed filters", "S ninety three fifty three coverage:D"),
        ("typed filters", "codes", "range:E0100-E0200 walker"),
        ("codes", "code ranges", "S9325-S9328"),
        ("wildcards", "days", "E060* 2019"),
        ("days", "malformed codes", "changes Q22019"),
        ("days", "quantities", "S9353 in 2019 units"),
        ("codes", "phrases", "how is S9353 paid?"),
        ("phrases", "coded values", "what does coverage code I mean"),
        ("phrases", "prefixes in words", "codes that start with S93"),
        ("only a coded value", "only modifiers", "Z2"),
    ],
)
def test_the_order_of_two_stages_matters(earlier: str, later: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = trace_question(text, TODAY)
    (moved,) = (stage for stage in STAGES if stage.name == later)
    order = [stage for stage in STAGES if stage is not moved]
    order.insert([stage.name for stage in order].index(earlier), moved)
    monkeypatch.setattr(extractor, "STAGES", tuple(order))
    wrong = trace_question(text, TODAY)
    assert (wrong.rule, sorted(wrong.spans, key=repr)) != (right.rule, sorted(right.spans, key=repr))


def test_a_code_alone_leaves_nothing_for_the_stages_of_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noting(stage: Stage) -> Stage:
        def recognize(state: ParseState) -> Sequence[Span]:
            asked.append(stage.name)
            return stage.recognize(state)

        return stage._replace(recognize=recognize)

    monkeypatch.setattr(extractor, "STAGES", tuple(map(noting, STAGES)))
    extractor.extract("E0601", TODAY)
    assert [name for name in asked if name in {"days", "malformed codes", "quantities"}] == []
    extractor.extract("E0601 on 3/1/2025 please", TODAY)
    assert {"days", "malformed codes", "quantities"} <= set(asked)


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage.of_the_rest], ids=lambda stage: stage.name)
@pytest.mark.parametrize("text", ["E0601", "E0601-RR, S9353", "range:E0100-E0200", ""])
def test_a_stage_of_the_rest_recognizes_nothing_in_blanks(stage: Stage, text: str) -> None:
    state = extractor.extract(text, TODAY)
    state.rest = " " * len(text)
    assert list(stage.recognize(state)) == []
