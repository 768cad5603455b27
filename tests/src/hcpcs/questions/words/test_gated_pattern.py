"""A pattern with a gate matches what the pattern alone does, and the gate keeps most texts away from it."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpcs.questions.subject import subjects_beyond_record
from hcpcs.questions.words.gated_pattern import GatedPattern, PatternIndex, beginnings_of, needed_texts


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        (r"(?:prior|pre) ?auth(?:orization)?", {"auth"}),
        (r"\b(?:rent(?:al|ed)|bought)\b", {"rent", "bought"}),
        (r"colou?r", {"colo"}),
        (r"ab{2,3}cd", {"ab"}),
        (r"ab{0,3}cd", {"cd"}),
        (r"is it\?", {"is it?"}),
        (r"[a|b)]zz\d", {"zz"}),
        (r"(?P<one>abc)(?P=one)d", {"abc"}),
        (r"(?<!co )(?!oa)(?:co|pr)[- ]?\d", {"co", "pr"}),
        (r"\w\w(?= modifier)", {" modifier"}),
        (r"#####.{1,40}#####.{0,60}\bsep[ae]r", {"sep"}),
        (r"(from )?\d(?(1)mg|units) of", {" of"}),
        (r"(?i:Hello) W", {"Hello"}),
        (r"\$\s?\d", {"$"}),
        (r"a+b?", set()),
        (r"or|\d", set()),
        (r"", set()),
    ],
)
def test_the_plain_texts_of_a_pattern(pattern: str, texts: set[str]) -> None:
    assert needed_texts(pattern) == texts


@cache
def cues() -> tuple[str, ...]:
    """Every cue of a subject, as the table writes it."""
    entries = subjects_beyond_record().values()
    return tuple(
        chain.from_iterable(
            (*one.cues, *one.code_cues, *one.weak_cues, *one.modifier_cues, *one.item_cues, *one.hospital_cues)
            for one in entries
        )
    )


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_every_match_opens_the_gate(data: st.DataObject) -> None:
    cue = data.draw(st.sampled_from(cues()))
    ignores_case = data.draw(st.booleans())
    flags = re.ASCII | re.IGNORECASE if ignores_case else re.ASCII
    text = data.draw(st.from_regex(re.compile(cue, flags)))
    assert [match.span() for match in GatedPattern(cue, flags).finditer(text)] == [
        match.span() for match in re.finditer(cue, text, flags)
    ]


def test_a_pattern_is_not_even_compiled_for_a_text_without_its_words() -> None:
    pattern = GatedPattern("(?:rent|bought", re.IGNORECASE)
    assert pattern.search("a walker") is None
    with pytest.raises(re.error):
        pattern.search("a walker, BOUGHT")


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("for rent", {"rent", "no gate"}),
        ("re nt", {"no gate"}),
        ("$5, ok", {"dollars", "two letters", "no gate"}),
        ("ok", {"two letters", "no gate"}),
        ("ent", {"no gate"}),
        ("", {"no gate"}),
    ],
)
def test_an_index_opens_the_patterns_whose_texts_are_there(text: str, opened: set[str]) -> None:
    patterns = {"rent": r"\brent(?:al|ed)?", "dollars": r"\$\s?\d", "two letters": r"ok\b", "no gate": r"\d+"}
    index = PatternIndex({name: GatedPattern(pattern) for name, pattern in patterns.items()})
    assert index.opened(text, beginnings_of(text)).keys() == opened


@cache
def index_of_cues() -> tuple[dict[str, GatedPattern], PatternIndex[str]]:
    """Every cue with its gate, and the index of all."""
    gated = {cue: GatedPattern(cue) for cue in cues()}
    return gated, PatternIndex(gated)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_the_index_of_all_cues_opens_what_each_of_them_does(data: st.DataObject) -> None:
    gated, index = index_of_cues()
    text = data.draw(st.from_regex(re.compile(data.draw(st.sampled_from(cues())), re.ASCII)))
    assert index.opened(text, beginnings_of(text)).keys() == {cue for cue, one in gated.items() if one.opens(text)}
