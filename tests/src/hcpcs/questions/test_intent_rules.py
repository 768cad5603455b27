"""Each rule decides its own examples, every name in the tables means something, and real words stay as they are."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from hcpcs.answers.intents.card import BY_PURPOSE, MEANING_RULES, WHETHER_NOC
from hcpcs.answers.notices.unused_words import CODE_RULE
from hcpcs.questions.conversation.follow_up import RENT_AND_STATE
from hcpcs.questions.extraction.features import RECOGNIZED_FEATURES, WORD_FEATURES
from hcpcs.questions.intent_rules import rules
from hcpcs.questions.parser import IN_USE_ON_A_DAY, TWO_RELEASES, parse_question
from hcpcs.questions.recognizers.spelling import known_form
from hcpcs.questions.words.phrases import implied_tags, tag_rows
from hcpcs.records.fields import FIELD_BY_NAME, FIELDS, FieldSpec
from hcpcs.records.terms.glossary import Term, glossary, topic_of
from hcpcs.releases import read_release

TODAY = date(2025, 11, 21)
DERIVED = {one.name for one in (*WORD_FEATURES, *RECOGNIZED_FEATURES)}


def tags() -> set[str]:
    """Every tag that some phrase of the tables has."""
    implied = implied_tags()
    return {each for tag, _ in tag_rows() for each in (tag, *implied.get(tag, ()))}


@pytest.mark.parametrize(("name", "example"), [(rule.name, example) for rule in rules() for example in rule.examples])
def test_a_rule_decides_its_examples(name: str, example: str) -> None:
    assert parse_question(example, TODAY).rule == name


def test_every_rule_has_examples_and_a_name_of_its_own() -> None:
    assert all(rule.examples for rule in rules())
    assert len({rule.name for rule in rules()}) == len(rules())


def test_every_feature_of_a_rule_can_hold() -> None:
    asked = {feature for rule in rules() for feature in rule.all | rule.any | rule.none}
    sections = {tag.partition(":")[0] for tag in tags()}
    assert asked - DERIVED - tags() - sections == set()


def test_the_last_rule_always_holds() -> None:
    last = rules()[-1]
    assert not last.all | last.any | last.none


def test_every_field_of_the_record_has_its_words() -> None:
    grouped = {"pricing_indicator_", "type_of_service_"}
    spoken = {tag.removeprefix("field:") for tag in tags() if tag.startswith("field:")}
    for spec in FIELDS:
        assert spec.name in spoken or any(spec.name.startswith(start) and start[:-1] in spoken for start in grouped)
    assert {name for name in spoken if name not in FIELD_BY_NAME} == {"pricing_indicator", "type_of_service", "manual"}


@pytest.mark.parametrize("spec", [spec for spec in FIELDS if spec.name != "code"], ids=lambda spec: spec.name)
def test_every_field_can_be_asked_for_by_its_label(spec: FieldSpec) -> None:
    label = {"termination_date": "termination date"}.get(spec.name, spec.label.lower())
    question = parse_question(f"what is the {label} of S9353?", TODAY)
    assert spec.name in question.fields
    assert [code.code for code in question.codes] == ["S9353"]


@pytest.mark.parametrize("term", glossary(), ids=lambda term: term.key)
def test_every_term_can_be_asked_for(term: Term) -> None:
    question = parse_question(f"what is {term.label}?", TODAY)
    assert (question.intent, question.topic) == ("define", term.key)


def test_the_code_names_rules_of_the_table() -> None:
    named = {*MEANING_RULES, BY_PURPOSE, WHETHER_NOC, CODE_RULE, RENT_AND_STATE, TWO_RELEASES, IN_USE_ON_A_DAY}
    assert named <= {rule.name for rule in rules()}


def test_a_term_says_what_it_is_and_who_says_so() -> None:
    for term in glossary():
        assert term.text.endswith(".")
        assert term.source
    assert topic_of(["cpt", "hcpcs"]) == "levels"
    assert topic_of([]) is None


@pytest.mark.slow
def test_the_descriptions_of_a_real_release_stay_searches(shared_data: Path) -> None:
    """People paste descriptions: their words stay as they are, and what is not about another code is searched for."""
    records = read_release(shared_data / "releases" / "2020-Alpha-Numeric-HCPCS-File.zip").records
    words = {word for record in records for word in re.findall("[a-z]+", record.long_description.lower())}
    repaired = {word: known_form(word) for word in words if known_form(word) != word}
    assert len(repaired) <= 5, repaired
    texts = [record.long_description for record in records[::5] if len(record.long_description) < 4000]
    lost = [text for text in texts if parse_question(text, TODAY).intent not in {"search", "card"}]
    assert len(lost) <= 0.01 * len(texts), lost
