"""The trace of a question: what each stage recognized, what decided, and what was left over."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpcs.questions.explanation.trace import OUT_OF_SCOPE, trace_question
from hcpcs.questions.extraction.stages import STAGES
from hcpcs.questions.intent_rules import rules
from hcpcs.questions.parser import parse_question
from hcpcs.questions.words.normalize import QUESTION_LIMIT

TODAY = date(2025, 11, 21)


def spans(text: str) -> list[tuple[str, str, str]]:
    return [(span.stage, span.text, span.recognized) for span in trace_question(text, TODAY).spans]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("E0601payable", ("glued words", "E0601payable", 'read as "E0601 payable"')),
        ("S9353 coverd", ("misspelled words", "coverd", 'read as "covered"')),
        ("E oh six oh one", ("spoken codes", "E oh six oh one", 'read as "E0601"')),
        ("coverage:D,C bed", ("typed filters", "coverage:D,C", "coverage = C D")),
        ("E0601-RR", ("codes", "E0601-RR", "HCPCS Level II E0601 with RR")),
        ("99213", ("codes", "99213", "CPT 99213")),
        ("S9325-S9328", ("code ranges", "S9325-S9328", "S9325 to S9328")),
        ("E060*", ("wildcards", "E060*", "prefix E060")),
        ("S9353 on 3/1/2019", ("days", "on 3/1/2019", "2019-03-01")),
        ("S9353 in 2019", ("days", "in 2019", "2019-01-01 to 2019-12-31")),
        ("changes since 2024", ("days", "since 2024", "since 2024-01-01")),
        ("S9353 on 2/30/2019", ("days", "on 2/30/2019", "not a date of the calendar")),
        ("is SO353 covered", ("malformed codes", "SO353", "malformed SO353")),
        ("100 mg of J1745", ("quantities", "100 mg", "100 mg")),
        ("is S9353 covered", ("phrases", "covered", "covers")),
        ("BETOS Z2", ("coded values", "BETOS Z2", "betos Z2")),
        ("processing note 88", ("coded values", "processing note 88", "processing_note 0088")),
        ("codes that start with S93", ("prefixes in words", "S93", "prefix S93")),
        ("what is Z2", ("only a coded value", "Z2", "betos Z2")),
        ("what is KX", ("only modifiers", "KX", "HCPCS modifier KX")),
        ("S93", ("only a prefix", "S93", "prefix S93")),
        ("S935", ("attempts at codes", "S935", "malformed S935")),
        ("E0601 prior auth", (OUT_OF_SCOPE, "prior auth", "prior_authorization")),
    ],
)
def test_every_stage_is_traced(text: str, span: tuple[str, str, str]) -> None:
    assert span in spans(text)


def test_the_spans_are_in_the_order_of_the_stages() -> None:
    order = [stage.name for stage in STAGES]
    stages = [stage for stage, _, _ in spans("is S9353 coverd on 3/1/2019 coverage:D for E0601-E0604")]
    assert stages == sorted(stages, key=order.index)


def test_the_rule_and_those_that_it_beat_are_in_the_order_of_the_table() -> None:
    trace = trace_question("is S9353 payable by Medicare?", TODAY)
    order = [rule.name for rule in rules()]
    decided = [trace.rule, *trace.beaten]
    assert decided == [
        "whether a code is paid",
        "a code and Medicare",
        "a code",
        "nothing to search for",
        "whether an item is covered",
        "words",
    ]
    assert decided == sorted(decided, key=order.index)


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("S9353 blue banana", ("blue", "banana")),
        ("is S9353 payable by Medicare?", ()),
        ("40 mg of J3301 to units", ()),
        ("does E0601 need prior auth", ()),
        ("blue wheelchair", ()),
    ],
)
def test_words_that_nothing_used_are_named(text: str, unused: tuple[str, ...]) -> None:
    assert trace_question(text, TODAY).unused == unused


def test_a_text_that_is_too_long_has_an_empty_trace() -> None:
    trace = trace_question("S9353 " * QUESTION_LIMIT, TODAY)
    assert (trace.intent, trace.spans, trace.features) == (None, (), ())


@given(st.text(max_size=200) | st.sampled_from(["İİ prior auth", "E0601E0602payable", "modifier k 1 2 3 4"]))
@settings(max_examples=60)
def test_the_trace_agrees_with_the_parser(text: str) -> None:
    trace, question = trace_question(text, TODAY), parse_question(text, TODAY)
    assert (trace.rule, trace.intent) == (question.rule, question.intent)
    assert all(span.text for span in trace.spans)
